"""The queues of cases: mine, my unit's, offered to us, at others; the most urgent first (R23)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tillit.care.citizens.queries.moving import moves_in
from tillit.care.decisions.models import Appeal, Case, Decision, DecisionLine, Holding, Line
from tillit.care.decisions.permissions import HAND_OVER_CASE, READ_CASE, WORK_CASE
from tillit.care.decisions.queries.facts import dates_of, practice_on, targets
from tillit.care.decisions.queries.placing import BEFORE_DECISION
from tillit.care.decisions.queries.reach import reachable_cases
from tillit.care.decisions.rules.appeals import OPEN
from tillit.care.decisions.rules.due import Due, Practice, Urgency, dues
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import at_or_below

PAGE_SIZE = 25


class Whose(StrEnum):
    """Which queue."""

    MINE = "MINE"
    OURS = "OURS"
    OFFERED = "OFFERED"
    OTHERS = "OTHERS"


class Phase(StrEnum):
    """How far the cases have come. WAITING is all that somebody must do something with now or soon."""

    WAITING = "WAITING"
    BEFORE_DECISION = "BEFORE_DECISION"
    DECIDED = "DECIDED"
    RUNNING = "RUNNING"
    CLOSED = "CLOSED"


_IN_WORK = (State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.PROPOSED, State.DECIDED, State.NOTIFIED,
            State.REASSESSMENT)  # fmt: skip
_RUNNING = (State.ACTIVE, State.PAUSED)
_STATES: dict[Phase, tuple[State, ...]] = {
    Phase.BEFORE_DECISION: (State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.PROPOSED, State.REASSESSMENT),
    Phase.DECIDED: (State.DECIDED, State.NOTIFIED),
    Phase.RUNNING: _RUNNING,
    Phase.CLOSED: tuple(CLOSED),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case in a queue."""

    case_id: int
    number: str
    citizen_id: int
    citizen_name: str
    state: str
    services: tuple[str, ...]
    unit_id: int
    unit_name: str
    worker_name: str = field(metadata={"help": "Empty: nobody has it yet"})
    due: Due | None = field(metadata={"help": "The most urgent that must happen; None: nothing has a day"})
    is_urgent: bool = field(metadata={"help": "Help has begun, and nothing is decided"})
    offered_to: str = field(metadata={"help": "A unit it waits for an answer from; empty when it is not offered"})
    moves_on: date | None = field(metadata={"help": "The day she moves to the municipality, while nothing is decided"})


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a queue, and how many there are in each."""

    rows: tuple[QueueRow, ...]
    total: int
    late: int = field(metadata={"help": "How many of them have a deadline that has passed"})
    again: int = field(metadata={"help": "How many of them are not in work, and are soon to be looked at again"})
    counts: dict[Whose, int] = field(metadata={"help": "Cases that wait, by queue; MINE, OURS and OFFERED"})


def list_queue(
    *, actor: Actor, on: date, whose: Whose, phase: Phase = Phase.WAITING, unit_id: int | None = None, page: int = 1
) -> Queue:
    """Return a page of a queue on a day, what is late first. unit_id: only cases there or below.

    Eleven queries, however many cases. Those shown are noted as read.
    """
    practice = targets(practice_on(on))
    cases = _of(whose, actor, reachable_cases(actor, on=on), on=on, unit_id=unit_id)
    cases = cases.filter(waiting(on, practice)) if phase is Phase.WAITING else cases.filter(_in(phase))
    found = list(cases.select_related("citizen", "unit", "case_worker").order_by("pk"))
    dates = dates_of(found)
    first: dict[int, Due | None] = {
        case.pk: next(iter(dues(dates[case.pk], on=on, practice=practice)), None) for case in found
    }
    if phase is Phase.WAITING:
        found = [case for case in found if State(case.state) not in _RUNNING or _presses(first[case.pk])]
    far = date.max
    found.sort(key=lambda case: (due.by if (due := first[case.pk]) else far, case.state_on, case.pk))
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    reading.note_all([case.citizen_id for case in shown])
    services, offers, moves = _services(shown), _offers(shown), _moves(shown, on=on)
    late = sum(1 for case in found if (due := first[case.pk]) and due.urgency is Urgency.LATE)
    return Queue(
        rows=tuple(
            _row(case, first[case.pk], services[case.pk], offers.get(case.pk, ""), moves.get(case.pk)) for case in shown
        ),
        total=len(found),
        late=late,
        again=sum(State(case.state) not in _IN_WORK for case in found),
        counts=_counts(actor, on=on, practice=practice),
    )


def count_waiting(*, actor: Actor, on: date) -> int:
    """Return how many cases wait for the actor: those she works with, and those offered to her units. One query."""
    return Case.objects.filter(_mine(actor) & Q(state__in=[each.value for each in _IN_WORK]) | _offered(actor)).count()


def waiting(on: date, practice: Practice) -> Q:
    """Cases that somebody must do something with: in work, soon to be renewed or reassessed, or with an appeal."""
    own = {"case_id": OuterRef("pk")}
    ends = DecisionLine.objects.filter(
        decision__case_id=OuterRef("pk"), stopped_on__isnull=True, ends_on__lte=on + timedelta(days=practice.renew)
    )
    soon = on + timedelta(days=14)
    return (
        Q(state__in=[each.value for each in _IN_WORK])
        | Q(state__in=[each.value for each in _RUNNING])
        & (
            Q(evaluate_on__lte=soon)
            | Q(Exists(ends))
            | Q(Exists(Decision.objects.filter(**own, evaluate_on__lte=soon)))
        )
        | Q(Exists(Decision.objects.filter(**own, reasons_asked_on__isnull=False, reasons_sent_on__isnull=True)))
        | Q(Exists(Appeal.objects.filter(decision__case_id=OuterRef("pk"), state__in=[each.value for each in OPEN])))
    )


def units_with_cases(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Return the units whose cases the actor works with and that hold any, by name. One query."""
    held = Case.objects.filter(_ours(actor)).exclude(state__in=[each.value for each in CLOSED])
    return list(Unit.objects.filter(pk__in=held.values("unit_id")).order_by("name", "pk").values_list("pk", "name"))


def _presses(due: Due | None) -> bool:
    return due is not None and due.urgency is not Urgency.AHEAD


def _in(phase: Phase) -> Q:
    return Q(state__in=[each.value for each in _STATES[phase]])


def _mine(actor: Actor) -> Q:
    return Q(case_worker_id=actor.employee_id) if actor.employee_id is not None else Q(pk__in=())


def _ours(actor: Actor) -> Q:
    """Held by a unit where she reads cases; without working with them she sees what her unit holds as well."""
    return at_or_below(actor.paths_for(READ_CASE.roles))


def _offered(actor: Actor) -> Q:
    paths = actor.paths_for(HAND_OVER_CASE.roles)
    return Q(pk__in=Holding.objects.filter(at_or_below(paths), answer="").values("case_id")) if paths else Q(pk__in=())


def _of(whose: Whose, actor: Actor, cases: QuerySet[Case], *, on: date, unit_id: int | None) -> QuerySet[Case]:
    if unit_id is not None:
        path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or "\x00"
        cases = cases.filter(at_or_below([path]))
    match whose:
        case Whose.MINE:
            return cases.filter(_mine(actor))
        case Whose.OURS:
            return cases.filter(_ours(actor))
        case Whose.OFFERED:
            return cases.filter(_offered(actor))
        case Whose.OTHERS:
            return cases.exclude(_ours(actor)).exclude(_offered(actor))


def _counts(actor: Actor, *, on: date, practice: Practice) -> dict[Whose, int]:
    in_work = Q(state__in=[each.value for each in _IN_WORK])
    found = reachable_cases(actor, on=on).aggregate(
        mine=Count("pk", filter=_mine(actor) & in_work),
        ours=Count("pk", filter=_ours(actor) & in_work),
        offered=Count("pk", filter=_offered(actor)),
    )
    return {Whose.MINE: found["mine"], Whose.OURS: found["ours"], Whose.OFFERED: found["offered"]}


def _services(cases: Iterable[Case]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = (
        Line.objects.filter(case__in=[case.pk for case in cases])
        .exclude(state=Line.State.DROPPED)
        .order_by("case_id", "rank", "pk")
        .values_list("case_id", "service__name")
    )
    for case_id, name in rows:
        if name not in found[case_id]:
            found[case_id].append(name)
    return defaultdict(tuple, {case_id: tuple(names) for case_id, names in found.items()})


def _offers(cases: Iterable[Case]) -> dict[int, str]:
    open_ones = Holding.objects.filter(case__in=[case.pk for case in cases], answer="")
    return dict(open_ones.order_by("pk").values_list("case_id", "unit__name"))


def _moves(cases: Iterable[Case], *, on: date) -> dict[int, date]:
    """The day of moving here, by case: of those about somebody new that nobody has decided yet."""
    new = {case.citizen_id: case.pk for case in cases if case.is_new and case.state in BEFORE_DECISION}
    return {new[citizen_id]: move.moves_on for citizen_id, move in moves_in(new, on=on).items()}


def _row(case: Case, due: Due | None, services: tuple[str, ...], offered_to: str, moves_on: date | None) -> QueueRow:
    return QueueRow(
        case_id=case.pk,
        number=case.number,
        citizen_id=case.citizen_id,
        citizen_name=case.citizen.name,
        state=case.state,
        services=services,
        unit_id=case.unit_id,
        unit_name=case.unit.name,
        worker_name=case.case_worker.name if case.case_worker else "",
        due=due,
        is_urgent=case.urgent_from is not None and case.state in ("CONTACT", "RECEIVED", "ASSESSMENT", "PROPOSED"),
        offered_to=offered_to,
        moves_on=moves_on,
    )


def may_work(actor: Actor) -> bool:
    """Whether the actor can have cases of her own."""
    return actor.employee_id is not None and any(grant.role in WORK_CASE.roles for grant in actor.grants)
