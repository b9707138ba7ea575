"""One version of a model: its table, edited when it is a draft; who follows it, how it came to be (R04)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.catalogue import Group
from tillit.foundation.responsibility.contexts.findings import task_name
from tillit.foundation.responsibility.contexts.model_history import HistoryEntry, history_of, holder_words
from tillit.foundation.responsibility.contexts.model_rows import EditedGroup, HolderOption, Typed, group_of
from tillit.foundation.responsibility.contexts.models_page import label_of
from tillit.foundation.responsibility.models import HolderKind
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL, MAKE_VARIANTS
from tillit.foundation.responsibility.queries import ChangeLine, ModelChoice, PrinciplesShown
from tillit.foundation.responsibility.rules.tables import compare, different, undecided
from tillit.kernel.errors import NotFound
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class FollowedBy:
    """A unit that follows the version, or is going to."""

    name: str
    href: str
    valid_from: date
    is_coming: bool


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A change in the draft, with the way back while it stands."""

    text: str
    by: str
    at: datetime
    undo_href: str


@dataclass(frozen=True, slots=True)
class ModelPage:
    """responsibility/model.html: one version of a model."""

    version_id: int
    title: str
    state: str = field(metadata={"help": "draft, shipped or settled"})
    lead: str
    description: str
    crumbs: Crumbs
    now_label: str
    original_label: str
    original_href: str
    groups: tuple[EditedGroup, ...]
    holders: tuple[HolderOption, ...]
    is_edited: bool = field(metadata={"help": "The reader may change the cells"})
    newest_change: int
    meanwhile: str = field(metadata={"help": "What others changed since the page was opened, or why it was refused"})
    said: str
    undecided: tuple[str, ...]
    followers: tuple[FollowedBy, ...]
    recent: tuple[RecentChange, ...]
    history: tuple[HistoryEntry, ...]
    principles: PrinciplesShown | None
    check_href: str
    enact_href: str = field(metadata={"help": "Empty: the reader does not decide which model teams follow"})
    copy_href: str
    adjust_href: str = field(metadata={"help": "Receives POST: makes a draft of a settled version of one's own"})
    discard_href: str
    rename_href: str
    compare_href: str
    draft_href: str = field(metadata={"help": "The model's draft, when another version is shown"})


def model_page(
    *,
    actor: Actor,
    version_id: int,
    on: date,
    typed: Typed | None = None,
    opened: str = "",
    seen_change: int | None = None,
    said: str = "",
) -> ModelPage:
    """Return the page of a version in a constant number of queries. Raises NotFound.

    typed: a change that was refused, kept in its row. opened: the row whose terms stay open. seen_change: the newest
    change the reader has seen, so that she is told what others have done since.
    """
    version = queries.get_version(version_id)
    known = {choice.version_id: choice for choice in queries.list_versions()}
    choice = known.get(version_id)
    if choice is None:
        raise NotFound(_("Fant ikke modellen."))
    original = known.get(choice.original_id or 0)
    mine = queries.may_adjust(actor, version)
    is_edited = mine and choice.is_draft
    family = [one for one in known.values() if one.model_id == choice.model_id]
    tables = queries.table_of({one.version_id for one in family} | ({original.version_id} if original else set()))
    rows = queries.rows_of(version_id)
    changes = queries.changes_of(version_id) if choice.is_draft else []
    first = tables[original.version_id] if original else tables[version_id]
    compared = compare(first, tables[version_id])
    decides = bool(actor.paths_for(FOLLOW_MODEL.roles))
    draft = next((one for one in family if one.is_draft), None)
    own = "" if choice.is_shipped else choice.name
    return ModelPage(
        version_id=version_id,
        title=choice.name,
        state="draft" if choice.is_draft else "shipped" if choice.is_shipped else "settled",
        lead=_lead(choice, original, different(compared)),
        description=choice.description,
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(_("Modeller"), reverse("responsibility:models")),
                Crumb(choice.name),
            )
        ),
        now_label=own or label_of(choice),
        original_label=label_of(original) if original else "",
        original_href=reverse("responsibility:model", args=[original.version_id]) if original else "",
        groups=tuple(
            group_of(group, first if original else None, tables[version_id], rows, version_id, is_edited, typed, opened)
            for group in Group
        ),
        holders=tuple(HolderOption(value, str(label)) for value, label in HolderKind.choices) if is_edited else (),
        is_edited=is_edited,
        newest_change=changes[0].change_id if changes else 0,
        meanwhile=_meanwhile(actor, changes, seen_change),
        said=said,
        undecided=tuple(task_name(code) for code in undecided(tables[version_id])),
        followers=_followers(version_id, on),
        recent=_recent(changes, rows) if is_edited else (),
        history=history_of(family, tables, original, on=on, actor=actor),
        principles=queries.principles_now(),
        check_href=reverse("responsibility:check"),
        enact_href=reverse("responsibility:enact", args=[version_id]) if decides else "",
        copy_href=reverse("responsibility:copy-model", args=[version_id])
        if holds_anywhere(actor, MAKE_VARIANTS)
        else "",
        adjust_href=reverse("responsibility:adjust-model", args=[version_id])
        if mine and not choice.is_draft and draft is None
        else "",
        discard_href=reverse("responsibility:discard-draft", args=[version_id]) if is_edited else "",
        rename_href=reverse("responsibility:name-variant", args=[version_id]) if is_edited else "",
        compare_href=_compare_href(choice, original),
        draft_href=reverse("responsibility:model", args=[draft.version_id])
        if draft is not None and draft.version_id != version_id
        else "",
    )


def _lead(choice: ModelChoice, original: ModelChoice | None, count: int) -> str:
    if original is None:
        return _("Følger med Tillit og endres ikke. Lag en egen variant for å endre den.")
    if not count:
        text = _("Alle oppgavene ligger som i %(original)s.") % {"original": original.name}
    else:
        text = ngettext(
            "%(count)s oppgave ligger annerledes enn i %(original)s.",
            "%(count)s oppgaver ligger annerledes enn i %(original)s.",
            count,
        ) % {"count": count, "original": original.name}
    if choice.is_draft:
        return _("Utkast. Ingen følger det ennå. %(text)s") % {"text": text}
    return _("Versjon %(number)s. %(text)s") % {"number": choice.number, "text": text}


def _meanwhile(actor: Actor, changes: Sequence[ChangeLine], seen: int | None) -> str:
    if seen is None:
        return ""
    others = [one for one in changes if one.change_id > seen and one.by_id != actor.employee_id]
    if not others:
        return ""
    return _("%(who)s har også endret: %(tasks)s.") % {
        "who": ", ".join(dict.fromkeys(one.by_name or _("Systemet") for one in others)),
        "tasks": ", ".join(dict.fromkeys(task_name(one.code) for one in others)),
    }


def _followers(version_id: int, on: date) -> tuple[FollowedBy, ...]:
    return tuple(
        FollowedBy(
            line.unit_name,
            reverse("organisation:unit", args=[line.unit_id]),
            line.valid_from,
            is_coming=line.valid_from > on,
        )
        for line in queries.followings(version_ids=[version_id], not_over_on=on)
    )


def _recent(changes: Sequence[ChangeLine], rows: Mapping[str, queries.RowLine]) -> tuple[RecentChange, ...]:
    """The last five, each with its way back while it is the newest of its cell."""
    newest: dict[str, int] = {}
    for one in changes:
        newest.setdefault(one.code, one.change_id)
    return tuple(
        RecentChange(
            _("%(task)s: fra %(was)s til %(now)s")
            % {"task": task_name(one.code), "was": holder_words(one.was), "now": holder_words(one.now)},
            one.by_name,
            one.at,
            reverse("responsibility:undo-cell", args=[one.change_id])
            if newest[one.code] == one.change_id and rows[one.code].cell == one.now
            else "",
        )
        for one in _first(changes, 5)
    )


def _first(changes: Iterable[ChangeLine], count: int) -> list[ChangeLine]:
    return list(changes)[:count]


def _compare_href(choice: ModelChoice, original: ModelChoice | None) -> str:
    left = original.version_id if original else choice.version_id
    address = f"{reverse('responsibility:models')}?venstre={left}"
    return f"{address}&hoyre={choice.version_id}" if original else address
