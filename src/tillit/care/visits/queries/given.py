"""The help that was given to one citizen, week by week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tillit.care.careplans.queries.content import help_of_plans
from tillit.care.citizens.queries import away_periods
from tillit.care.visits.models import Visit, VisitState, VisitTask
from tillit.care.visits.queries.said import newest_reports
from tillit.care.visits.rules.given import OTHER, Given, by_kind_and_week, planned_tasks
from tillit.kernel import oslo

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class GivenWeeks:
    """Minutes by kind of help (an InterventionKind), one for each week. away: she was away for some of the week."""

    mondays: tuple[date, ...]
    by_kind: dict[str, list[Fraction]]
    away: tuple[bool, ...]


def given_weeks(citizen_id: int, *, mondays: Sequence[date]) -> GivenWeeks:
    """Return the help given in each ISO week, six queries. mondays: after each other, the oldest first.

    A visit counts what somebody said it took, else what was planned, as in `DeliveryAnswers`. One whose tasks are
    not kept (taken in from before) is what its plan says of that part of the day.
    Callers have checked reach and note the reading.
    """
    first, after = mondays[0], mondays[-1] + _WEEK
    rows = list(
        Visit.objects.filter(citizen_id=citizen_id, on__gte=first, on__lt=after, state=VisitState.DONE).values_list(
            "pk", "on", "minutes", "plan_id", "slot", "part_of_day"
        )
    )
    told = newest_reports([row[0] for row in rows])
    tasks: dict[int, list[tuple[str, int]]] = defaultdict(list)
    of_these = VisitTask.objects.filter(
        visit__citizen_id=citizen_id, visit__on__gte=first, visit__on__lt=after, visit__state=VisitState.DONE
    )
    for visit_id, kind, minutes in of_these.values_list("visit_id", "intervention__kind", "minutes"):
        tasks[visit_id].append((kind or OTHER, minutes))
    plans = help_of_plans({row[3] for row in rows if row[3] is not None and row[0] not in tasks})
    visits = []
    for visit_id, on, planned, plan_id, slot, part in rows:
        report = told.get(visit_id)
        said = tasks[visit_id] or planned_tasks(plans.get(plan_id, ()), slot=slot, part=part, on=on)
        visits.append(Given(on, report.minutes if report and report.minutes else planned, said))
    gone = away_periods((citizen_id,), oslo.whole_days(first, after)).get(citizen_id, ())
    weeks = [oslo.whole_days(monday, monday + _WEEK) for monday in mondays]
    return GivenWeeks(
        mondays=tuple(mondays),
        by_kind=by_kind_and_week(visits, mondays=mondays),
        away=tuple(
            any(one.from_at < week.end and (one.to_at is None or one.to_at > week.start) for one in gone)
            for week in weeks
        ),
    )
