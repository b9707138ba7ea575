"""Plans and goals through time, for indicators: typed tables without names, national ids or free text.

Indicators read this and never the models. Versions of a plan are rows; one that has been in use is never edited but
for how its goals went, so what held on an earlier day can be read again. Each function asks one query.
"""

from collections.abc import Iterable

import polars as pl

from tillit.care.careplans.models import CarePlan, Goal, GoalState
from tillit.kernel.tables import Columns, table

PLANS: Columns = {
    "plan": pl.Int64,
    "citizen": pl.Int64,
    "from_at": pl.Datetime("us", "UTC"),
    "after_at": pl.Datetime("us", "UTC"),
}
"""Versions that are or have been in use; after_at is empty for the one in use."""
GOALS: Columns = {
    "plan": pl.Int64,
    "line": pl.Int64,
    "evaluate_on": pl.Date,
    "ended_on": pl.Date,
}
"""Goals of those versions. line: the same goal through versions. ended_on: reached or dropped that day, else empty."""


def plans(*, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return the versions of all plans that are or were in use, by PLANS; citizen_ids: of these alone."""
    rows = CarePlan.objects.filter(valid_from__isnull=False)
    if citizen_ids is not None:
        rows = rows.filter(citizen_id__in=list(citizen_ids))
    return table(rows.values_list("pk", "citizen_id", "valid_from", "valid_to"), PLANS)


def goals(*, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return the goals of those versions, by GOALS; citizen_ids: of these alone."""
    rows = Goal.objects.filter(plan__valid_from__isnull=False)
    if citizen_ids is not None:
        rows = rows.filter(plan__citizen_id__in=list(citizen_ids))
    told = rows.values_list("plan_id", "pk", "line", "evaluate_on", "state", "state_on")
    found = [
        (plan, line or pk, evaluate_on, state_on if state != GoalState.ACTIVE else None)
        for plan, pk, line, evaluate_on, state, state_on in told
    ]
    return table(found, GOALS)
