"""Reads about appeals: one, those of a case or a citizen, and the list of all that somebody reaches."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.decisions.models import Appeal, AppealEvent, Case, CasePractice, Decision
from tillit.care.decisions.queries.facts import appeal_dates, newest_decision, practice_on, targets
from tillit.care.decisions.queries.notices import appeal_period
from tillit.care.decisions.queries.reach import reachable_cases
from tillit.care.decisions.rules import deadlines
from tillit.care.decisions.rules.appeal_steps import CHANGES
from tillit.care.decisions.rules.appeals import OPEN, AppealState, InTime, timeliness
from tillit.care.decisions.rules.due import CaseDates, Due, Practice, dues
from tillit.care.decisions.rules.states import State
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo, red_days
from tillit.kernel.errors import NotFound

MOST_ENDED = 100


@dataclass(frozen=True, slots=True)
class AppealLine:
    """An appeal in a list."""

    appeal_id: int
    state: AppealState
    decision_id: int
    decided_on: date
    decision_outcome: str
    case_id: int
    case_number: str
    citizen_id: int
    unit_id: int
    unit_name: str
    received_on: date
    in_time: InTime
    last_day: date | None
    dues: tuple[Due, ...] = field(metadata={"help": "What must happen with it, the nearest first"})
    stay_asked_on: date | None
    stay_granted: bool | None
    waits_for_decision: bool = field(metadata={"help": "It was changed, and the new decision is not made yet"})
    reviewed_on: date | None
    outcome_on: date | None
    new_decision_id: int | None
    reviewed_by_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether something must still happen: a step, or the new decision it led to."""
        return self.state in OPEN or self.waits_for_decision


def last_day_of(decision: Decision) -> date | None:
    """Return the last day of a decision's appeal period; None before it is told. Guidance: nothing is refused by it."""
    period = appeal_period(decision)
    return period.last_day if period else None


def in_time_of(appeal: Appeal) -> InTime:
    """Return whether an appeal came in time. `decision` is loaded. An appeal on a dismissal has a period of its own."""
    dismissal = appeal.on_dismissal_of
    if dismissal is not None and dismissal.reviewed_on is not None:
        last_day: date | None = deadlines.appeal_last_day(dismissal.reviewed_on, is_red=red_days.is_red)
        return timeliness(appeal.posted_on, last_day=last_day, latest=deadlines.latest_appeal(dismissal.reviewed_on))
    latest = deadlines.latest_appeal(appeal.decision.decided_on)
    return timeliness(appeal.posted_on, last_day=last_day_of(appeal.decision), latest=latest)


def get_appeal(*, actor: Actor, appeal_id: int, at: datetime) -> Appeal:
    """Return the appeal if the actor reaches its case at `at` (aware UTC), and note the reading.

    Raises NotFound also when it exists out of reach.
    """
    cases = reachable_cases(actor, on=oslo.day_of(at))
    found = _with_all(Appeal.objects.filter(pk=appeal_id, decision__case__in=cases)).first()
    if found is None:
        raise NotFound(_("Fant ikke klagen."))
    reading.note(found.decision.case.citizen_id)
    return found


def get_decision(*, actor: Actor, decision_id: int, at: datetime) -> Decision:
    """Return a decision if the actor reaches its case, and note the reading. Raises NotFound."""
    cases = reachable_cases(actor, on=oslo.day_of(at))
    found = Decision.objects.select_related("case__citizen", "case__unit").filter(pk=decision_id, case__in=cases)
    decision = found.first()
    if decision is None:
        raise NotFound(_("Fant ikke vedtaket."))
    reading.note(decision.case.citizen_id)
    return decision


def list_appeals(actor: Actor, *, on: date, ended: bool = False, unit_paths: Iterable[str] = ()) -> list[AppealLine]:
    """Return the appeals somebody reaches: the open ones by deadline, or the newest that are ended.

    unit_paths: only cases held at or below these. Callers note whom they hand out. Three queries.
    """
    rows = Appeal.objects.filter(decision__case__in=reachable_cases(actor, on=on))
    paths = tuple(unit_paths)
    if paths:
        below = Q()
        for path in paths:
            below |= Q(decision__case__unit__path__startswith=path)
        rows = rows.filter(below)
    lines = _lines(_open_or_ended(rows, ended=ended), on=on)
    if ended:
        return lines
    return sorted(lines, key=lambda line: (line.dues[0].by if line.dues else date.max, line.appeal_id))


def appeals_of_cases(
    case_ids: Iterable[int], *, on: date, wanted: Practice | None = None
) -> dict[int, list[AppealLine]]:
    """Return the appeals in cases, the oldest first, by case id. Callers have checked reach. Three queries.

    wanted: the municipality's targets on the day, when they are read already: one query less.
    """
    found: dict[int, list[AppealLine]] = {case_id: [] for case_id in case_ids}
    rows = Appeal.objects.filter(decision__case_id__in=found)
    for line in sorted(_lines(rows, on=on, wanted=wanted), key=lambda line: (line.received_on, line.appeal_id)):
        found[line.case_id].append(line)
    return found


def stays_in_force(decision_ids: Iterable[int]) -> dict[int, date]:
    """Return the decisions whose execution is stayed now, and since when: nothing may be taken away until then.

    A stay holds while the appeal it belongs to is open. Callers have checked reach. One query.
    """
    rows = Appeal.objects.filter(
        decision_id__in=set(decision_ids), stay_granted=True, state__in=[each.value for each in OPEN]
    ).order_by("-stay_answered_on")
    return {decision_id: day for decision_id, day in rows.values_list("decision_id", "stay_answered_on") if day}


def stayed_since(case: Case) -> date | None:
    """Return since when execution of the case's newest decision is stayed; None when it is not. Two queries."""
    decision = newest_decision(case)
    return stays_in_force([decision.pk]).get(decision.pk) if decision else None


def waits_for_decision(appeal: Appeal) -> bool:
    """Whether an appeal has led to a change that no new decision has been made for yet."""
    if appeal.new_decision_id is not None or appeal.state == AppealState.WITHDRAWN:
        return False
    return any(event.step in _CHANGES for event in appeal.events.all())


def dues_of(appeal: Appeal, *, on: date, practice: CasePractice | None = None) -> tuple[Due, ...]:
    """Return what must happen with one appeal, and by when."""
    return _dues(appeal, on=on, wanted=targets(practice or practice_on(on)))


def _dues(appeal: Appeal, *, on: date, wanted: Practice) -> tuple[Due, ...]:
    dates = appeal_dates(appeal)
    if dates.state not in OPEN:
        return ()
    return dues(CaseDates(state=State.ACTIVE, appeals=(dates,)), on=on, practice=wanted)


def _with_all(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return rows.select_related(
        "decision__case__citizen", "decision__case__unit", "on_dismissal_of", "applicant", "reviewed_by", "new_decision"
    )


def _open_or_ended(rows: QuerySet[Appeal], *, ended: bool) -> QuerySet[Appeal]:
    still = Q(state__in=[each.value for each in OPEN]) | (
        Q(new_decision__isnull=True) & ~Q(state=AppealState.WITHDRAWN.value) & Exists(_changes())
    )
    if not ended:
        return rows.filter(still)
    return rows.exclude(still).order_by("-received_on", "-pk")[:MOST_ENDED]


_CHANGES = frozenset(each.value for each in CHANGES)


def _changes() -> QuerySet[AppealEvent]:
    return AppealEvent.objects.filter(appeal_id=OuterRef("pk"), step__in=sorted(_CHANGES))


def _lines(rows: QuerySet[Appeal], *, on: date, wanted: Practice | None = None) -> list[AppealLine]:
    wanted = wanted or targets(practice_on(on))
    if not rows.query.is_sliced:
        rows = rows.order_by("received_on", "pk")
    found = rows.select_related("decision__case__unit", "on_dismissal_of").prefetch_related("events")
    return [line_of(appeal, on=on, wanted=wanted) for appeal in found]


def line_of(appeal: Appeal, *, on: date, wanted: Practice) -> AppealLine:
    """Return an appeal as lists show it. Its decision with case and unit, and its events, are loaded."""
    decision = appeal.decision
    return AppealLine(
        appeal_id=appeal.pk,
        state=AppealState(appeal.state),
        decision_id=decision.pk,
        decided_on=decision.decided_on,
        decision_outcome=decision.outcome,
        case_id=decision.case_id,
        case_number=decision.case.number,
        citizen_id=decision.case.citizen_id,
        unit_id=decision.case.unit_id,
        unit_name=decision.case.unit.name,
        received_on=appeal.received_on,
        in_time=in_time_of(appeal),
        last_day=last_day_of(decision),
        dues=_dues(appeal, on=on, wanted=wanted),
        stay_asked_on=appeal.stay_asked_on,
        stay_granted=appeal.stay_granted,
        waits_for_decision=waits_for_decision(appeal),
        reviewed_on=appeal.reviewed_on,
        outcome_on=appeal.outcome_on,
        new_decision_id=appeal.new_decision_id,
        reviewed_by_id=appeal.reviewed_by_id,
    )
