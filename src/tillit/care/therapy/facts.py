"""When therapists' cases were opened and closed, for indicators: typed, without names, priorities or words.

Indicators read this and never the models. Days are days in Oslo. docs/how-we-count/indicators.md (T-8).
"""

import polars as pl

from tillit.care.therapy.models import TherapyCase
from tillit.kernel.tables import Columns, table

THERAPY_CASES: Columns = {"citizen": pl.Int64, "referred_on": pl.Date, "closed_on": pl.Date}
"""Cases with an occupational therapist or physiotherapist, waiting or taken. closed_on: empty while it is open."""


def therapy_cases() -> pl.DataFrame:
    """Return all cases, by THERAPY_CASES. One query."""
    return table(TherapyCase.objects.values_list("citizen_id", "referred_on", "closed_on"), THERAPY_CASES)
