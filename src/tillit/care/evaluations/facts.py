"""When goals were looked at with the citizen, for indicators: no names, no free text.

Indicators read this and never the models. Days are days in Oslo. Each function asks one query.
"""

from collections.abc import Iterable

import polars as pl

from tillit.care.evaluations.models import Evaluation
from tillit.kernel import oslo
from tillit.kernel.tables import Columns, table

EVALUATIONS: Columns = {"citizen": pl.Int64, "line": pl.Int64, "on": pl.Date, "next_on": pl.Date}
"""A goal was looked at. line: the goal's, through versions of the plan. next_on: when it is looked at next."""


def evaluations(*, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return all evaluations, the oldest first, by EVALUATIONS; citizen_ids: of these alone."""
    rows = Evaluation.objects.order_by("evaluated_at", "pk")
    if citizen_ids is not None:
        rows = rows.filter(goal__plan__citizen_id__in=list(citizen_ids))
    told = rows.values_list("goal__plan__citizen_id", "line", "evaluated_at", "next_on")
    found = [(citizen, line, oslo.day_of(at), next_on) for citizen, line, at, next_on in told]
    return table(found, EVALUATIONS)
