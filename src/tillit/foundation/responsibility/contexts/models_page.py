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
from tillit.foundation.responsibility.permissions import KEEP_MODELS
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
    shown: str = field(metadata={"help": "«Viser 9 av 23 oppgaver.» Empty when all are shown"})
    all_href: str
    may_ship: bool = field(default=False, metadata={"help": "No models are stored, and the reader may fetch them"})


def models_page(
    *, actor: Actor, left_id: int | None, right_id: int | None, only_different: bool, on: date
) -> ModelsPage:
    """Return the page for two versions; without a choice, the two that most teams follow."""
    versions = queries.list_versions()
    crumbs = Crumbs((Crumb(_("Organisasjon"), reverse("organisation:index")), Crumb(_("Modeller"))))
    if not versions:
        return ModelsPage(
            _("Modeller"), "", crumbs, (), (), False, None, None, (), "", "", holds_anywhere(actor, KEEP_MODELS)
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
            _used(choice, tables[choice.version_id], names, followed.values())
            for choice in dict.fromkeys((left, right))
        ),
        shown=_("Viser %(shown)s av %(all)s oppgaver.") % {"shown": count, "all": len(rows)} if only_different else "",
        all_href=all_href,
    )


def label_of(choice: ModelChoice) -> str:
    """The model's name, with the number when it is not the newest version or there are several."""
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
    if row.differs or row.left == row.right:
        return ResponsibilityRow(text, holder_part(row.left), holder_part(row.right))
    notes = [
        _("%(model)s: %(note)s") % {"model": choice.name, "note": cell.note}
        for choice, cell in ((left, row.left), (right, row.right))
        if cell.note
    ]
    bare = holder_part(Cell(row.left.holder))
    return ResponsibilityRow(text, bare, bare, note=". ".join(notes))


def holder_part(cell: Cell) -> Holder:
    """Draw who holds a responsibility."""
    kind = HolderKind(cell.holder)
    return Holder(str(kind.label), _ICONS.get(kind, "PersonGroup"), cell.note)


def _used(
    choice: ModelChoice, table: dict[str, Cell], names: dict[int, str], followed: Iterable[FollowedModel]
) -> UsedModel:
    found = [model for model in followed if model.version_id == choice.version_id]
    return UsedModel(
        heading=label_of(choice),
        source=choice.note if choice.is_shipped else "",
        followers=tuple(
            Follower(names[model.unit_id], reverse("organisation:unit", args=[model.unit_id]), model.valid_from)
            for model in sorted(found, key=lambda model: names[model.unit_id])
        ),
        undecided=tuple(
            _("%(group)s: %(task)s") % {"group": GROUP_NAMES[BY_CODE[code].group], "task": str(BY_CODE[code].text)}
            for code in undecided(table)
        ),
    )
