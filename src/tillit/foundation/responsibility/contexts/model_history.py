"""What each version of a model changed, from when, by whom, and what was said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.contexts.findings import task_name
from tillit.foundation.responsibility.contexts.models_page import terms_of
from tillit.foundation.responsibility.models import HolderKind, Stance
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.foundation.responsibility.queries import EnactmentLine, ModelChoice
from tillit.foundation.responsibility.rules.tables import Cell, compare


@dataclass(frozen=True, slots=True)
class EnactedEntry:
    """A version was put into force: for whom, from when, by whom, what was said."""

    teams: str
    valid_from: date
    by: str
    at: datetime
    serves: tuple[str, ...]
    strains: tuple[str, ...]
    words: str
    is_taken_back: bool
    take_back_href: str = field(metadata={"help": "Receives POST until the day comes; else empty"})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One version in the history."""

    label: str
    href: str
    is_draft: bool
    made: str
    made_at: datetime | None
    changed: tuple[str, ...] = field(metadata={"help": "What it changed from the one before, or the original"})
    more: str = field(metadata={"help": "«og 4 til», when many are changed"})
    enacted: tuple[EnactedEntry, ...]


#: More lines than this are counted, not listed: the comparison shows them all.
MOST = 6


def holder_words(cell: Cell) -> str:
    """«Innsatsteam», with its terms."""
    name, terms = str(HolderKind(cell.holder).label), terms_of(cell)
    return f"{name} ({terms})" if terms else name


def history_of(
    family: Sequence[ModelChoice],
    tables: Mapping[int, Mapping[str, Cell]],
    original: ModelChoice | None,
    *,
    on: date,
    actor: Actor,
) -> tuple[HistoryEntry, ...]:
    """Return the model's versions, the newest first. family: its versions, the newest first."""
    made = queries.makers_of([one.version_id for one in family])
    enacted: dict[int, list[EnactmentLine]] = {}
    for line in queries.enactments(version_ids=[one.version_id for one in family]):
        enacted.setdefault(line.version_id, []).append(line)
    decides = bool(actor.paths_for(FOLLOW_MODEL.roles))
    entries = []
    for place, choice in enumerate(family):
        before = family[place + 1] if place + 1 < len(family) else original
        changed = _changed(tables[before.version_id], tables[choice.version_id]) if before else ()
        by, at = made[choice.version_id]
        entries.append(
            HistoryEntry(
                label=_("Versjon %(number)s") % {"number": choice.number},
                href=reverse("responsibility:model", args=[choice.version_id]),
                is_draft=choice.is_draft,
                made=by or (_("Fulgte med Tillit") if choice.is_shipped else ""),
                made_at=at,
                changed=changed[:MOST],
                more=_("og %(count)s til") % {"count": len(changed) - MOST} if len(changed) > MOST else "",
                enacted=tuple(
                    enacted_entry(line, on=on, decides=decides) for line in enacted.get(choice.version_id, ())
                ),
            )
        )
    return tuple(entries)


def enacted_entry(line: EnactmentLine, *, on: date, decides: bool) -> EnactedEntry:
    """Draw one."""
    open_yet = decides and line.taken_back_at is None and line.valid_from > on
    return EnactedEntry(
        teams=", ".join(line.unit_names),
        valid_from=line.valid_from,
        by=line.by_name,
        at=line.at,
        serves=tuple(one.title for one in line.said(Stance.SERVES)),
        strains=tuple(one.title for one in line.said(Stance.STRAINS)),
        words=line.words,
        is_taken_back=line.taken_back_at is not None,
        take_back_href=reverse("responsibility:take-back", args=[line.enactment_id]) if open_yet else "",
    )


def _changed(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> tuple[str, ...]:
    return tuple(
        _("%(task)s: fra %(was)s til %(now)s")
        % {"task": task_name(row.code), "was": holder_words(row.left), "now": holder_words(row.right)}
        for row in compare(before, after)
        if row.left != row.right
    )
