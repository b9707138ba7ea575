"""What visits were: who came, how it went with goals, how long things take."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db.models import Count, Q

from tillit.care.visits.models import CancelledBy, LearnedMinutes, Visit, VisitHelper, VisitState, VisitTask
from tillit.care.visits.queries.rows import VisitRow
from tillit.care.visits.queries.said import newest_reports
from tillit.care.visits.rules import continuity
from tillit.care.visits.rules.learning import Learned
from tillit.foundation.access import reading
from tillit.kernel import oslo

CONTINUITY_REACH = timedelta(days=29)
"""28 whole days, and the night before them."""


@dataclass(frozen=True, slots=True)
class StripVisit:
    """One cell of the continuity strip. helper_ids: who came, or who is to come. state: a VisitState."""

    visit_id: int
    unit_id: int
    on: date
    part_of_day: str
    starts_at: datetime
    helper_ids: tuple[int, ...]
    state: str
    cancelled_by: str


@dataclass(frozen=True, slots=True)
class ContinuityLine:
    """How few people a citizen has to relate to, over the days that end with the day before `until`.

    visits_by_helper: (employee id, visits) of the last 28 days, most first.
    """

    last_14: continuity.Continuity
    before_14: continuity.Continuity
    last_28: continuity.Continuity
    visits_by_helper: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoalTrend:
    """What helpers said about a goal after visits that served it: easier, as before, harder."""

    easier: int
    same: int
    harder: int


def known_helpers(
    *, unit_id: int, until: date, days: int = 28, citizen_ids: Iterable[int] | None = None
) -> dict[tuple[int, int], int]:
    """Return how many visits each (employee, citizen) had together in the `days` before `until`, in one query.

    Visits carried out, whichever unit's: for the citizens named, else for those the unit visited or is to visit in
    that time or the fortnight after. Ids only, for planning; the caller has checked the unit.
    """
    first = until - timedelta(days=days)
    visits = Visit.objects.filter(unit_id=unit_id, on__gte=first, on__lt=until + timedelta(days=14))
    citizens = Q(visit__citizen_id__in=visits.values("citizen_id"))
    if citizen_ids is not None:
        citizens = Q(visit__citizen_id__in=list(citizen_ids))
    rows = (
        VisitHelper.objects.filter(citizens, visit__state=VisitState.DONE, visit__on__gte=first, visit__on__lt=until)
        .values_list("employee_id", "visit__citizen_id")
        .annotate(visits=Count("pk"))
    )
    return {(employee_id, citizen_id): visits for employee_id, citizen_id, visits in rows}


def strip(citizen_id: int, *, first: date, after: date) -> list[StripVisit]:
    """Return the visits of the days [first, after), in order, in two queries. Callers have checked reach.

    Cancelled ones are included, except those that no longer stand in the plan.
    """
    rows = list(
        Visit.objects.filter(citizen_id=citizen_id, on__gte=first, on__lt=after)
        .exclude(cancelled_by=CancelledBy.PLAN)
        .values_list(
            "pk", "unit_id", "on", "part_of_day", "starts_at", "wished_at", "earliest_at", "state", "cancelled_by"
        )
    )
    helpers = _helpers_of([row[0] for row in rows])
    cells = [
        StripVisit(pk, unit_id, on, part, starts_at or wished_at or earliest_at, tuple(helpers[pk]), state, by)
        for pk, unit_id, on, part, starts_at, wished_at, earliest_at, state, by in rows
    ]
    return sorted(cells, key=lambda cell: (cell.starts_at, cell.visit_id))


def strip_from(rows: Iterable[VisitRow], *, first: date) -> list[StripVisit]:
    """Return the same of visits that are read already, in order: those of the days from `first` on."""
    cells = [
        StripVisit(
            visit_id=row.visit_id,
            unit_id=row.unit_id,
            on=row.on,
            part_of_day=row.part_of_day,
            starts_at=row.sort_at,
            helper_ids=row.helper_ids,
            state=row.state,
            cancelled_by=row.cancelled_by,
        )
        for row in rows
        if row.on >= first and row.cancelled_by != CancelledBy.PLAN
    ]
    return sorted(cells, key=lambda cell: (cell.starts_at, cell.visit_id))


def continuity_of(
    citizen_ids: Iterable[int], *, until: date, primary_ids: Mapping[int, int] | None = None
) -> dict[int, ContinuityLine]:
    """Return the continuity of each citizen over the last 14 and 28 whole days before `until`, in two queries.

    primary_ids: primary contact by citizen, for that share. Callers have checked reach.
    """
    wanted = list(dict.fromkeys(citizen_ids))
    found = list(
        Visit.objects.filter(
            citizen_id__in=wanted, state=VisitState.DONE, on__gte=until - CONTINUITY_REACH, on__lte=until
        ).values_list("pk", "citizen_id", "starts_at", "wished_at", "earliest_at")
    )
    helpers = _helpers_of([row[0] for row in found])
    visits: dict[int, list[continuity.CarriedOutVisit]] = {citizen_id: [] for citizen_id in wanted}
    for pk, citizen_id, starts_at, wished_at, earliest_at in found:
        visits[citizen_id].append(
            continuity.CarriedOutVisit(starts_at or wished_at or earliest_at, frozenset(helpers[pk]))
        )
    reading.note_all(wanted)
    primaries = primary_ids or {}
    return {citizen_id: _line(own, until, primaries.get(citizen_id)) for citizen_id, own in visits.items()}


def continuity_from(visits: Iterable[StripVisit], *, until: date, primary_id: int | None = None) -> ContinuityLine:
    """Return the same for one citizen whose visits are read already: `strip` from `until - CONTINUITY_REACH` on."""
    own = [
        continuity.CarriedOutVisit(visit.starts_at, frozenset(visit.helper_ids))
        for visit in visits
        if visit.state == VisitState.DONE
    ]
    return _line(own, until, primary_id)


def share_by(visits: Iterable[StripVisit], employee_ids: Collection[int], *, until: date, days: int) -> Fraction | None:
    """Return the share of visits that one of these came to, over the whole days that end with the day before `until`.

    visits: as for `continuity_from`. Who goes with somebody else has come too. None without visits.
    """
    own = (
        continuity.CarriedOutVisit(visit.starts_at, frozenset(visit.helper_ids))
        for visit in visits
        if visit.state == VisitState.DONE
    )
    return continuity.primary_share(continuity.within(own, oslo.last_days(days, until=until)), employee_ids)


def _line(own: list[continuity.CarriedOutVisit], until: date, primary_id: int | None) -> ContinuityLine:
    primaries = () if primary_id is None else (primary_id,)
    last_28 = oslo.last_days(28, until=until)
    return ContinuityLine(
        last_14=continuity.measure(own, period=oslo.last_days(14, until=until), primary_ids=primaries),
        before_14=continuity.measure(
            own, period=oslo.last_days(14, until=until - timedelta(days=14)), primary_ids=primaries
        ),
        last_28=continuity.measure(own, period=last_28, primary_ids=primaries),
        visits_by_helper=continuity.visits_by_helper(continuity.within(own, last_28)),
    )


def learned_of(citizen_ids: Iterable[int]) -> dict[tuple[int, int], Learned]:
    """Return the learned minutes by (citizen, line), in one query; lines without a basis are left out."""
    rows = LearnedMinutes.objects.filter(citizen_id__in=list(citizen_ids), basis__gt=0).values_list(
        "citizen_id", "line", "minutes", "basis"
    )
    return {(citizen_id, line): Learned(minutes, basis) for citizen_id, line, minutes, basis in rows}


def goal_trends(citizen_ids: Iterable[int], *, until: date, days: int = 28) -> dict[int, GoalTrend]:
    """Return what was said about each goal after visits in the `days` before `until`, by the goal's line.

    Three queries. Only visits where somebody said something count. Callers have checked reach.
    """
    visit_ids = list(
        Visit.objects.filter(
            citizen_id__in=list(citizen_ids),
            state=VisitState.DONE,
            on__gte=until - timedelta(days=days),
            on__lt=until,
            reports__goal_trend__in=["EASIER", "SAME", "HARDER"],
        )
        .distinct()
        .values_list("pk", flat=True)
    )
    said = {visit_id: row.goal_trend for visit_id, row in newest_reports(visit_ids).items() if row.goal_trend}
    lines = (
        VisitTask.objects.filter(visit_id__in=list(said), intervention__goal__isnull=False)
        .values_list("visit_id", "intervention__goal__line", "intervention__goal_id")
        .distinct()
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: {"EASIER": 0, "SAME": 0, "HARDER": 0})
    for visit_id, line, goal_id in lines:
        counts[line or goal_id or 0][said[visit_id]] += 1
    return {
        line: GoalTrend(easier=found["EASIER"], same=found["SAME"], harder=found["HARDER"])
        for line, found in counts.items()
    }


def _helpers_of(visit_ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = (
        VisitHelper.objects.filter(visit_id__in=visit_ids)
        .order_by("employee_id")
        .values_list("visit_id", "employee_id")
    )
    for visit_id, employee_id in rows:
        found[visit_id].append(employee_id)
    return found
