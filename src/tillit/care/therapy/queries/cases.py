"""The therapists' cases, and the guarded door to each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import readable
from tillit.care.therapy.models import CaseState, EventKind, Result, Source, TherapyCase, TherapyEvent
from tillit.care.therapy.queries.groups import line_of as group_line
from tillit.care.therapy.queries.groups import on_her_lists
from tillit.care.therapy.queries.holders import is_unowned
from tillit.care.therapy.rules.waiting import Waited
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import barred_now
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

#: For so many days the one who referred sees how it went, after it is closed.
TOLD_DAYS = timedelta(days=30)
#: What somebody wrote about the citizen: the latest of these is «the latest word».
WORDS = (EventKind.WORDS, EventKind.INTERIM, EventKind.CLOSED)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case. holder_*: empty while it waits."""

    case_id: int
    citizen_id: int
    citizen_name: str
    group_id: int
    group_name: str
    profession_name: str
    source_name: str = field(metadata={"help": "With who, when it was said: «Sykehuset, ortopedisk avdeling»"})
    own_words: str
    reason: str
    priority: int
    referred_on: date
    due_on: date
    referred_by: str
    referred_unit_id: int | None
    referred_unit: str
    state: str
    state_name: str
    holder_id: int | None
    holder_name: str
    taken_on: date | None
    next_step: str
    next_on: date | None
    result: str
    result_name: str
    closed_on: date | None
    edition: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened."""

    event_id: int
    case_id: int
    kind: str
    kind_name: str
    words: str
    priority: int
    by_name: str
    at: datetime


def get_case(*, actor: Actor, therapy_id: int, at: datetime, lock: bool = False) -> TherapyCase:
    """Return a case of a citizen the actor reaches, or on a list she works or leads while nobody has it; notes it.

    Raises NotFound also when it exists out of reach.
    """
    seen = Q(citizen__in=readable(actor, on=oslo.day_of(at)).values("pk"))
    rows = TherapyCase.objects.filter(seen | open_on_lists(actor, on=oslo.day_of(at))).exclude(
        citizen_id__in=actor.barred
    )
    rows = rows.select_for_update(of=("self",)) if lock else rows
    try:
        row = rows.select_related("group__unit").get(pk=therapy_id)
    except TherapyCase.DoesNotExist:
        raise NotFound(_("Fant ikke saken.")) from None
    reading.note(row.citizen_id)
    return row


def open_on_lists(actor: Actor, *, on: date) -> Q:
    """What nobody has on her lists: it waits, or she who has it has left or is away. Else it is for those who reach."""
    return on_her_lists(actor) & (Q(state=CaseState.WAITING) | is_unowned(on))


def case_line(case: TherapyCase) -> CaseLine:
    """Return a case that `get_case` gave, for showing."""
    return _lines(TherapyCase.objects.filter(pk=case.pk))[0]


def cases_of_holder(employee_id: int) -> list[CaseLine]:
    """Return the cases somebody has, in one query, and note the reading. Her own: asked for the one signed in."""
    rows = TherapyCase.objects.filter(holder_id=employee_id, state=CaseState.TAKEN)
    return _noted(_lines(rows.exclude(citizen_id__in=barred_now())))


def count_of_holder(employee_id: int) -> int:
    """Return how many cases somebody has."""
    return TherapyCase.objects.filter(holder_id=employee_id, state=CaseState.TAKEN).count()


def unowned_of_group(group_id: int, *, on: date) -> list[CaseLine]:
    """Return the cases of a list whose holder has left or is away; notes the reading. Callers checked the list."""
    rows = TherapyCase.objects.filter(is_unowned(on), group_id=group_id)
    return _noted(_lines(rows.exclude(citizen_id__in=barred_now())))


def unowned_of_citizens(citizen_ids: Iterable[int], *, on: date) -> list[CaseLine]:
    """Return the same of some citizens, in one query. Callers have checked reach, and note it when they name them."""
    rows = TherapyCase.objects.filter(is_unowned(on), citizen_id__in=list(citizen_ids))
    return _lines(rows.exclude(citizen_id__in=barred_now()))


def waiting_of_group(group_id: int) -> list[CaseLine]:
    """Return who waits on a list, the first deadline first, in one query; notes the reading. Callers checked it."""
    rows = TherapyCase.objects.filter(group_id=group_id, state=CaseState.WAITING)
    return _noted(_lines(rows.exclude(citizen_id__in=barred_now())))


def count_waiting(group_ids: Iterable[int], *, on: date) -> dict[int, tuple[int, int]]:
    """Return, by list, how many wait and how many of them are over the deadline. Nobody is named."""
    found = dict.fromkeys(group_ids, (0, 0))
    rows = TherapyCase.objects.filter(group_id__in=list(found), state=CaseState.WAITING)
    for group_id, due in rows.values_list("group_id", "due_on"):
        waiting, late = found[group_id]
        found[group_id] = (waiting + 1, late + (due < on))
    return found


def referred_by_unit(*, actor: Actor, unit_id: int, on: date) -> list[CaseLine]:
    """Return what a unit has referred: open, and closed lately, of those the actor reaches. Notes the reading."""
    rows = TherapyCase.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=on - TOLD_DAYS),
        referred_unit_id=unit_id,
        citizen__in=readable(actor, on=on),
    )
    return _noted(_lines(rows))


def cases_of_citizen(citizen_id: int, *, on: date) -> list[CaseLine]:
    """Return a citizen's open cases, and those closed lately. Callers have checked reach."""
    return _lines(
        TherapyCase.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on - TOLD_DAYS), citizen_id=citizen_id)
    )


def events_of(case_id: int) -> list[EventLine]:
    """Return everything that happened in a case, newest first. Callers have come through `get_case`."""
    return [_event(row) for row in TherapyEvent.objects.filter(case_id=case_id).order_by("-at", "-pk")]


def latest_words(case_ids: Iterable[int]) -> dict[int, EventLine]:
    """Return the newest thing somebody wrote about the citizen in each case, in one query."""
    found: dict[int, EventLine] = {}
    rows = TherapyEvent.objects.filter(case_id__in=list(case_ids), kind__in=WORDS).exclude(words="")
    for row in rows.order_by("case_id", "-at", "-pk"):
        found.setdefault(row.case_id, _event(row))
    return found


def profession_of(employee_id: int) -> str:
    """Return somebody's profession."""
    return Employee.objects.filter(pk=employee_id).values_list("profession", flat=True).first() or ""


def waited(group_id: int, *, first: date, after: date) -> list[Waited]:
    """Return the referrals of a list that somebody took in [first, after), without names and without who took them."""
    rows = TherapyCase.objects.filter(group_id=group_id, taken_on__gte=first, taken_on__lt=after)
    return [
        Waited(referred_on, taken_on, due, priority)
        for referred_on, taken_on, due, priority in rows.values_list("referred_on", "taken_on", "due_on", "priority")
        if taken_on is not None
    ]


def _noted(lines: list[CaseLine]) -> list[CaseLine]:
    reading.note_all(line.citizen_id for line in lines)
    return lines


def _event(row: TherapyEvent) -> EventLine:
    kind = str(EventKind(row.kind).label)
    return EventLine(row.pk, row.case_id, row.kind, kind, row.words, row.priority, row.by_name, row.at)


def _lines(rows: QuerySet[TherapyCase]) -> list[CaseLine]:
    found = rows.select_related("citizen", "group__unit", "referred_by", "referred_unit", "holder")
    return [_line(row) for row in found.order_by("due_on", "priority", "referred_on", "pk")]


def _line(row: TherapyCase) -> CaseLine:
    group = group_line(row.group)
    return CaseLine(
        case_id=row.pk,
        citizen_id=row.citizen_id,
        citizen_name=row.citizen.name,
        group_id=row.group_id,
        group_name=group.name,
        profession_name=group.profession_name,
        source_name=", ".join(filter(None, (str(Source(row.source).label), row.from_whom))),
        own_words=row.own_words,
        reason=row.reason,
        priority=row.priority,
        referred_on=row.referred_on,
        due_on=row.due_on,
        referred_by=row.referred_by.name if row.referred_by else "",
        referred_unit_id=row.referred_unit_id,
        referred_unit=row.referred_unit.name if row.referred_unit else "",
        state=row.state,
        state_name=str(CaseState(row.state).label),
        holder_id=row.holder_id,
        holder_name=row.holder.name if row.holder else "",
        taken_on=row.taken_on,
        next_step=row.next_step,
        next_on=row.next_on,
        result=row.result,
        result_name=str(Result(row.result).label) if row.result else "",
        closed_on=row.closed_on,
        edition=row.edition,
    )
