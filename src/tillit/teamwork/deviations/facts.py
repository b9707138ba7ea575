"""What went wrong, for indicators: kind, unit and day; nobody's name, no words.

Indicators read this and never the models. Withdrawn ones are not in. One query.
"""

import polars as pl

from tillit.kernel import oslo
from tillit.kernel.tables import Columns, table
from tillit.teamwork.deviations.models import Deviation, DeviationState

DEVIATIONS: Columns = {"unit": pl.Int64, "kind": pl.String, "on": pl.Date}
"""One row for each deviation told. kind: a DeviationKind. on: the day it was told, in Oslo."""


def deviations() -> pl.DataFrame:
    """Return all deviations that stand, by DEVIATIONS."""
    rows = Deviation.objects.exclude(state=DeviationState.WITHDRAWN).values_list("unit_id", "kind", "reported_at")
    return table([(unit, kind, oslo.day_of(at)) for unit, kind, at in rows], DEVIATIONS)
