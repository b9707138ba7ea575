"""Changes with citizens that somebody is to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import citizen_ids_of_unit, readable
from tillit.care.journal.models import EntryKind
from tillit.care.journal.queries import corrected_words
from tillit.care.visits.models import FollowUp
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """«Noe har endret seg»: what was seen, by whom, and who is to look at it by when. kind: a ChangeKind."""

    follow_up_id: int
    citizen_id: int
    visit_id: int | None
    kind: str
    words: str
    urgency: str
    owner_id: int | None
    owner_name: str
    told_by_id: int | None
    told_by_name: str
    told_at: datetime
    due_at: datetime
    closed_at: datetime | None
    answer: str

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has looked at it in time."""
        return self.closed_at is None and self.due_at <= at


def get_follow_up(*, actor: Actor, follow_up_id: int, at: datetime, lock: bool = False) -> FollowUp:
    """Return the follow-up if a unit the actor reaches follows the citizen at `at`. Raises NotFound otherwise."""
    rows = FollowUp.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at)))
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        row = rows.get(pk=follow_up_id)
    except FollowUp.DoesNotExist:
        raise NotFound(_("Fant ikke endringen.")) from None
    reading.note(row.citizen_id)
    return row


def open_follow_ups(
    *,
    unit_id: int | None = None,
    owner_id: int | None = None,
    citizen_id: int | None = None,
    on: date | None = None,
    citizen_ids: Iterable[int] | None = None,
) -> list[FollowUpLine]:
    """Return the changes nobody has closed, soonest due first, in at most two queries.

    Of the citizens a unit, or one below it, follows on a day (without `on`: follows until further notice), or those
    one employee is to look at, or of one citizen or several. Callers have checked reach; the reading is noted here.
    Raises ValueError when nothing is asked.
    """
    rows = FollowUp.objects.filter(closed_at__isnull=True)
    if citizen_ids is not None:
        rows = rows.filter(citizen_id__in=list(citizen_ids))
    elif unit_id is not None:
        rows = rows.filter(citizen_id__in=citizen_ids_of_unit(unit_id, on or date.max))
    elif owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    elif citizen_id is not None:
        rows = rows.filter(citizen_id=citizen_id)
    else:
        raise ValueError("Whose follow-ups?")
    found = [_line(row) for row in _with_words(rows).order_by("due_at", "pk")]
    reading.note_all(line.citizen_id for line in found)
    return found


def follow_ups_since(citizen_id: int, *, since: datetime) -> list[FollowUpLine]:
    """Return one citizen's changes that are open, or were told or closed since a moment, newest first. One query.

    Callers have checked reach; the reading is noted here.
    """
    reading.note(citizen_id)
    return follow_ups_of_many((citizen_id,), since=since)


def follow_ups_before(citizen_id: int, *, before: datetime, most: int) -> list[FollowUpLine]:
    """Return one citizen's changes told before a moment, the newest first, at most so many. One query.

    Callers have checked reach; the reading is noted here.
    """
    reading.note(citizen_id)
    rows = FollowUp.objects.filter(citizen_id=citizen_id, told_at__lt=before).exclude(words="")
    return [_line(row) for row in _with_words(rows).order_by("-told_at", "-pk")[:most]]


def follow_ups_of_many(citizen_ids: Iterable[int], *, since: datetime) -> list[FollowUpLine]:
    """Return the same of several citizens, in the same query. The reading of those who have any is noted here."""
    rows = (
        FollowUp.objects.filter(citizen_id__in=list(citizen_ids))
        .exclude(words="")
        .filter(Q(closed_at__isnull=True) | Q(told_at__gte=since) | Q(closed_at__gte=since))
    )
    found = [_line(row) for row in _with_words(rows).order_by("-told_at", "-pk")]
    reading.note_all(line.citizen_id for line in found)
    return found


def _with_words(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """The words as they stand: what was corrected in the journal is read as it was corrected."""
    return rows.select_related("owner", "told_by").annotate(
        words_now=corrected_words(EntryKind.CHANGE), answer_now=corrected_words(EntryKind.ANSWER)
    )


def _line(row: FollowUp) -> FollowUpLine:
    return FollowUpLine(
        follow_up_id=row.pk,
        citizen_id=row.citizen_id,
        visit_id=row.visit_id,
        kind=row.kind,
        words=getattr(row, "words_now", None) or row.words,
        urgency=row.urgency,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        told_by_id=row.told_by_id,
        told_by_name=row.told_by.name if row.told_by else "",
        told_at=row.told_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        answer=getattr(row, "answer_now", None) or row.answer,
    )
