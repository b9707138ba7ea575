"""Two models beside each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.organisation.queries import TEAM_KINDS, all_units
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.catalogue import BY_CODE, GROUP_NAMES, Group
from tillit.foundation.responsibility.models import HolderKind
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL, KEEP_MODELS, MAKE_VARIANTS
from tillit.foundation.responsibility.queries import FollowedModel, ModelChoice
from tillit.foundation.responsibility.rules.tables import Cell, Compared, compare, different, undecided
from tillit.ui.parts import (
    Crumb,
    Crumbs,
    Holder,
    ResponsibilityGroup,
    ResponsibilityRow,
    ResponsibilityTable,
    ToggleGroup,
    ToggleLink,
)

_ICONS = {
    HolderKind.TEAM_CASE_WORKER: "Person",
    HolderKind.TEAM_LEADER: "PersonCheckmark",
    HolderKind.ALLOCATION_OFFICE: "Buildings3",
    HolderKind.OFFICE_HEAD: "PersonGavel",
    HolderKind.SPECIALIST_CASE_WORKER: "Person",
    HolderKind.COORDINATOR: "Person",
    HolderKind.COACH: "PersonChat",
    HolderKind.NOBODY: "ExclamationmarkTriangle",
}


@dataclass(frozen=True, slots=True)
class VersionOption:
    """A line in one of the two menus."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Follower:
    """A unit that follows the model, since when."""

    name: str
    href: str
    since: date


@dataclass(frozen=True, slots=True)
class UsedModel:
    """One of the two models: where it comes from, who follows it."""

    heading: str
    source: str
    followers: tuple[Follower, ...]
    undecided: tuple[str, ...] = field(metadata={"help": "Responsibilities that nobody holds in it"})
    href: str = field(metadata={"help": "The version's own page"})
    copy_href: str = field(metadata={"help": "Empty: the reader makes no variants"})
    enact_href: str = field(metadata={"help": "Empty: the reader does not decide which model teams follow"})


@dataclass(frozen=True, slots=True)
class OwnModel:
    """One of the municipality's own models, or a draft of one."""

    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class ModelsPage:
    """responsibility/models.html: who does what in two models, with the differences marked."""

    title: str
    lead: str
    crumbs: Crumbs
    left: tuple[VersionOption, ...]
    right: tuple[VersionOption, ...]
    only_different: bool
    toggle: ToggleGroup | None
    table: ResponsibilityTable | None = field(metadata={"help": "None when no models are stored"})
    used: tuple[UsedModel, ...]
    shown: str = field(metadata={"help": "«Viser 9 av 24 oppgaver.» Empty when all are shown"})
    all_href: str
    own: tuple[OwnModel, ...] = field(default=(), metadata={"help": "The municipality's own, drafts first"})
    may_ship: bool = field(default=False, metadata={"help": "No models are stored, and the reader may fetch them"})


def models_page(
    *, actor: Actor, left_id: int | None, right_id: int | None, only_different: bool, on: date
) -> ModelsPage:
    """Return the page for two versions; without a choice, the two that most teams follow."""
    versions = queries.list_versions()
    crumbs = Crumbs((Crumb(_("Organisasjon"), reverse("organisation:index")), Crumb(_("Modeller"))))
    if not versions:
        return ModelsPage(
            _("Modeller"), "", crumbs, (), (), False, None, None, (), "", "", (), holds_anywhere(actor, KEEP_MODELS)
        )
    units = [unit for unit in all_units(actor=actor, on=on) if unit.kind in TEAM_KINDS]
    names = {unit.pk: unit.name for unit in units}
    followed = queries.followed_models(on=on, units=units)
    left, right = _chosen(versions, left_id, right_id, followed.values())
    tables = queries.table_of({left.version_id, right.version_id})
    rows = compare(tables[left.version_id], tables[right.version_id])
    count = different(rows)
    address = reverse("responsibility:models")
    chosen = {"venstre": left.version_id, "hoyre": right.version_id}
    all_href = f"{address}?{urlencode(chosen)}"
    return ModelsPage(
        title=_("Hvem gjør hva i %(left)s og %(right)s") % {"left": left.name, "right": right.name},
        lead=_lead(rows, count),
        crumbs=crumbs,
        left=_options(versions, left),
        right=_options(versions, right),
        only_different=only_different,
        toggle=ToggleGroup(
            _("Vis"),
            (
                ToggleLink(_("Alle %(count)s") % {"count": len(rows)}, all_href, current=not only_different),
                ToggleLink(
                    ngettext("Bare den ulike", "Bare de %(count)s ulike", count) % {"count": count},
                    f"{all_href}&vis=ulike",
                    current=only_different,
                ),
            ),
        ),
        table=_table(rows, left, right, only_different=only_different),
        used=tuple(
            _used(actor, choice, tables[choice.version_id], names, followed.values())
            for choice in dict.fromkeys((left, right))
        ),
        shown=_("Viser %(shown)s av %(all)s oppgaver.") % {"shown": count, "all": len(rows)} if only_different else "",
        all_href=all_href,
        own=_own(versions, followed.values(), names),
    )


def _own(
    versions: Sequence[ModelChoice], followed: Iterable[FollowedModel], names: dict[int, str]
) -> tuple[OwnModel, ...]:
    """Drafts, and the newest of each model of one's own with those who follow any version of it."""
    teams: dict[int, list[str]] = defaultdict(list)
    by_version = {one.version_id: one.model_id for one in versions}
    for model in followed:
        teams[by_version[model.version_id]].append(names[model.unit_id])
    found = [one for one in versions if not one.is_shipped and (one.is_draft or one.is_newest)]
    return tuple(
        OwnModel(
            label_of(one),
            "" if one.is_draft else ", ".join(sorted(teams[one.model_id])) or _("Ingen team følger den nå"),
            reverse("responsibility:model", args=[one.version_id]),
        )
        for one in sorted(found, key=lambda one: (not one.is_draft, one.name))
    )


def label_of(choice: ModelChoice) -> str:
    """The model's name, with the number when it is not the newest version or there are several; a draft says so."""
    if choice.is_draft:
        return _("%(name)s, utkast") % {"name": choice.name}
    if choice.is_newest and choice.number == 1:
        return choice.name
    return _("%(name)s, versjon %(number)s") % {"name": choice.name, "number": choice.number}


def _options(versions: Sequence[ModelChoice], chosen: ModelChoice) -> tuple[VersionOption, ...]:
    return tuple(
        VersionOption(str(choice.version_id), label_of(choice), chosen.version_id == choice.version_id)
        for choice in versions
    )


def _chosen(
    versions: Sequence[ModelChoice],
    left_id: int | None,
    right_id: int | None,
    followed: Iterable[FollowedModel],
) -> tuple[ModelChoice, ModelChoice]:
    """Return what was asked for; else the most followed models, then the shipped ones in order."""
    known = {choice.version_id: choice for choice in versions}
    votes: dict[int, int] = defaultdict(int)
    for model in followed:
        votes[model.version_id] += 1
    newest = [choice for choice in versions if choice.is_newest or votes[choice.version_id]]
    order = sorted(newest, key=lambda choice: -votes[choice.version_id])
    left = known.get(left_id or 0) or next((one for one in order if one.version_id != right_id), order[0])
    right = known.get(right_id or 0) or next((one for one in order if one.model_id != left.model_id), left)
    return left, right


def _lead(rows: Sequence[Compared], count: int) -> str:
    if not count:
        return _("De to er like: alle %(all)s oppgavene ligger hos de samme.") % {"all": len(rows)}
    text = ngettext(
        "%(count)s av %(all)s oppgaver ligger ulikt.", "%(count)s av %(all)s oppgaver ligger ulikt.", count
    ) % {"count": count, "all": len(rows)}
    for group, words in (
        (Group.NEW, _("De fleste gjelder nye brukere.")),
        (Group.EXISTING, _("De fleste gjelder brukere med vedtak.")),
        (Group.DAILY, _("De fleste gjelder daglig arbeid.")),
    ):
        if 2 * different(row for row in rows if row.group == group) > count:
            return f"{text} {words}"
    return text


def _table(
    rows: Sequence[Compared], left: ModelChoice, right: ModelChoice, *, only_different: bool
) -> ResponsibilityTable:
    return ResponsibilityTable(
        caption=_("Ansvar i %(left)s og %(right)s, med forskjeller") % {"left": left.name, "right": right.name},
        left=label_of(left),
        right=label_of(right),
        left_note=left.description,
        right_note=right.description,
        groups=tuple(
            ResponsibilityGroup(
                str(GROUP_NAMES[group]),
                tuple(_drawn(row, left, right) for row in rows if row.group == group),
            )
            for group in Group
        ),
        only_different=only_different,
    )


def _drawn(row: Compared, left: ModelChoice, right: ModelChoice) -> ResponsibilityRow:
    """Draw a row. The same holder on other terms is told under the task, so that only other holders are marked."""
    text = str(BY_CODE[row.code].text)
    row_id = f"rad-{row.code.lower()}"
    if row.differs or row.left == row.right:
        return ResponsibilityRow(text, holder_part(row.left), holder_part(row.right), row_id=row_id)
    notes = [
        _("%(model)s: %(note)s") % {"model": choice.name, "note": terms_of(cell)}
        for choice, cell in ((left, row.left), (right, row.right))
        if terms_of(cell)
    ]
    bare = holder_part(Cell(row.left.holder))
    return ResponsibilityRow(text, bare, bare, note=". ".join(notes), row_id=row_id)


def holder_part(cell: Cell) -> Holder:
    """Draw who holds a responsibility."""
    kind = HolderKind(cell.holder)
    return Holder(str(kind.label), _ICONS.get(kind, "PersonGroup"), terms_of(cell))


def terms_of(cell: Cell) -> str:
    """The terms in words: the note, and how long when the note does not say it."""
    if cell.weeks is None or "uke" in cell.note.lower():
        return cell.note
    weeks = ngettext("Inntil %(count)s uke", "Inntil %(count)s uker", cell.weeks) % {"count": cell.weeks}
    return f"{weeks}. {cell.note}" if cell.note else weeks


def _used(
    actor: Actor, choice: ModelChoice, table: dict[str, Cell], names: dict[int, str], followed: Iterable[FollowedModel]
) -> UsedModel:
    found = [model for model in followed if model.version_id == choice.version_id]
    return UsedModel(
        heading=label_of(choice),
        source=choice.note if choice.is_shipped else "",
        href=reverse("responsibility:model", args=[choice.version_id]),
        copy_href=reverse("responsibility:copy-model", args=[choice.version_id])
        if holds_anywhere(actor, MAKE_VARIANTS)
        else "",
        enact_href=reverse("responsibility:enact", args=[choice.version_id])
        if holds_anywhere(actor, FOLLOW_MODEL)
        else "",
        followers=tuple(
            Follower(names[model.unit_id], reverse("organisation:unit", args=[model.unit_id]), model.valid_from)
            for model in sorted(found, key=lambda model: names[model.unit_id])
        ),
        undecided=tuple(
            _("%(group)s: %(task)s") % {"group": GROUP_NAMES[BY_CODE[code].group], "task": str(BY_CODE[code].text)}
            for code in undecided(table)
        ),
    )
