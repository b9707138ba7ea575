"""T-8: how many of those a unit follows have an open case with a therapist on the month's last day (R43)."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from tillit.kernel.tables import table
from tillit.learning.insight.rules.facts import POINTS, MonthFacts, followed
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.periods import end


def count(facts: MonthFacts, months: Sequence[date]) -> pl.DataFrame:
    """Return the points of T-8 for these months: 0 for a unit that follows people without such cases."""
    spells = followed(facts.spells, facts.places.belongs)
    found: list[tuple[object, ...]] = []
    if facts.therapy_cases.is_empty():
        return table(found, POINTS)
    kept_since = min(facts.therapy_cases["referred_on"].to_list())
    for month in months:
        last = end(Step.MONTH, month) - timedelta(days=1)
        if kept_since > last:
            continue
        here = spells.filter((pl.col("first") <= last) & (pl.col("after") > last)).select("at", "citizen")
        still = pl.col("closed_on").is_null() | (pl.col("closed_on") > last)
        cases = facts.therapy_cases.filter((pl.col("referred_on") <= last) & still)
        counted = here.join(cases.group_by("citizen").agg(cases=pl.len()), on="citizen", how="left")
        for at, n in counted.group_by("at", maintain_order=True).agg(pl.col("cases").sum()).iter_rows():
            found.append(("T-8", at, month, float(n), int(n), None, None, 0, 1.0))
    return table(found, POINTS)
