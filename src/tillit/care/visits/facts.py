"""What visits were, for indicators: typed tables without names, national ids or free text.

Indicators read this and never the models. Employees are numbers without meaning, needed to tell one helper from
another while an indicator is counted; no store, page, log or file above keeps or shows them. Days are days in Oslo,
moments aware UTC. Each function asks one query, however many visits there are.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl
from django.db.models import Count
from django.db.models.functions import Coalesce

from tillit.care.visits.models import Visit, VisitHelper, VisitReport, VisitState
from tillit.care.visits.rules.reports import Said, counting
from tillit.kernel.tables import Columns, table

VISITS: Columns = {
    "visit": pl.Int64,
    "citizen": pl.Int64,
    "unit": pl.Int64,
    "on": pl.Date,
    "start": pl.Datetime("us", "UTC"),
    "state": pl.String,
    "cancelled_by": pl.String,
    "planned_min": pl.Int32,
}
"""start: agreed, else wished, else the earliest. state: a VisitState; cancelled_by: a CancelledBy or empty."""
HELPERS: Columns = {"visit": pl.Int64, "carer": pl.Int64}
"""Who went, or is to go: one row for each employee of a visit."""
TOLD_MINUTES: Columns = {"visit": pl.Int64, "told_min": pl.Int32}
"""Minutes a helper told of, where it took clearly longer or shorter than planned. Nothing is clocked (R29)."""

DONE_BY_DAY: Columns = {"unit": pl.Int64, "on": pl.Date, "done": pl.Int64}
"""How many visits a unit carried out on a day."""


def visits_of(
    *, first: date, after: date, citizen_ids: Iterable[int] | None = None, unit_ids: Iterable[int] | None = None
) -> pl.DataFrame:
    """Return the visits of the days [first, after), by VISITS; citizen_ids, unit_ids: of these alone."""
    rows = Visit.objects.filter(on__gte=first, on__lt=after)
    if citizen_ids is not None:
        rows = rows.filter(citizen_id__in=list(citizen_ids))
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    found = rows.annotate(start=Coalesce("starts_at", "wished_at", "earliest_at")).values_list(
        "pk", "citizen_id", "unit_id", "on", "start", "state", "cancelled_by", "minutes"
    )
    return table(found, VISITS)


def helpers_of(*, first: date, after: date, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return who went to the visits of the days [first, after), by HELPERS."""
    rows = VisitHelper.objects.filter(on__gte=first, on__lt=after)
    if citizen_ids is not None:
        rows = VisitHelper.objects.filter(
            visit__citizen_id__in=list(citizen_ids), visit__on__gte=first, visit__on__lt=after
        )
    return table(rows.values_list("visit_id", "employee_id"), HELPERS)


def told_minutes(*, first: date, after: date) -> pl.DataFrame:
    """Return the minutes that the counting report of a visit tells, where it does, by TOLD_MINUTES."""
    rows = (
        VisitReport.objects.filter(visit__on__gte=first, visit__on__lt=after)
        .filter(visit__reports__minutes__isnull=False)
        .order_by("visit_id", "reported_at", "pk")
        .values_list("visit_id", "pk", "outcome", "minutes")
        .distinct()
    )
    said: dict[int, list[Said]] = {}
    minutes: dict[int, int | None] = {}
    for visit_id, report_id, outcome, told in rows:
        said.setdefault(visit_id, []).append(Said(report_id, outcome))
        minutes[report_id] = told
    found = [
        (visit_id, minutes[counted.report_id])
        for visit_id, reports in said.items()
        if (counted := counting(reports)) is not None and minutes[counted.report_id] is not None
    ]
    return table(found, TOLD_MINUTES)


def done_by_day(*, first: date, after: date) -> pl.DataFrame:
    """Return how many visits were carried out in the days [first, after), by DONE_BY_DAY."""
    rows = Visit.objects.filter(on__gte=first, on__lt=after, state=VisitState.DONE).order_by()
    return table(rows.values_list("unit_id", "on").annotate(done=Count("pk")), DONE_BY_DAY)


def days_of(visit_ids: Iterable[int]) -> tuple[set[int], set[int], set[date]]:
    """Return the units, the citizens and the days of these visits; those that are gone are in none."""
    rows = Visit.objects.filter(pk__in=list(visit_ids)).order_by()
    found = set(rows.values_list("unit_id", "citizen_id", "on").distinct())
    return {unit for unit, _, _ in found}, {citizen for _, citizen, _ in found}, {on for _, _, on in found}


def first_day() -> date | None:
    """Return the day of the oldest visit that is stored, or None."""
    return Visit.objects.order_by("on").values_list("on", flat=True).first()
