"""B-1: how much of the agreed working time was lost to employees' own illness, over three months.

By the units a position belongs to, weighted by how much of it does. Formula: `measures.operations.staffing.sick_leave`.
docs/how-we-count/measures-staffing.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.operations.staffing import LEAST_EMPLOYEES, sick_leave
from tillit.kernel import red_days
from tillit.kernel.tables import table
from tillit.learning.insight.rules.facts import FAR, POINTS, MonthFacts
from tillit.learning.insight.rules.families.waiting import since
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.periods import end

ILL = ("SELF_CERTIFIED", "SICK_LEAVE")
"""Own illness. A child's illness, leave, courses and holidays are not in."""
DAY = timedelta(days=1)


def count(facts: MonthFacts, months: Sequence[date]) -> pl.DataFrame:
    """Return the points of B-1 for these months.

    n is how many were ill: from one to four the value could be somebody's, and is hidden. A unit with fewer than ten
    employees has no point; neither has a month whose three began before absences were kept here.
    """
    if facts.absences.is_empty():
        return table((), POINTS)
    kept_since = min(facts.absences["first"].to_list())
    held = (
        facts.shares.join(facts.places.belongs, on="unit")
        .group_by("position", "at")
        .agg(pl.col("share").sum())
        .join(facts.positions, on="position")
        .with_columns(fraction=pl.col("percent") * pl.col("share") / 10_000)
        .filter(pl.col("fraction") > 0)
        .sort("at", "position")
    )
    found: list[tuple[object, ...]] = []
    for month in months:
        first, after = since(month), end(Step.MONTH, month)
        if kept_since > first:
            continue
        away = _within(facts.absences, first, after).filter(pl.col("kind").is_in(ILL))
        for (at,), mine in _within(held, first, after).group_by("at", maintain_order=True):
            found += _point(at, month, mine, away.join(mine.select("employee").unique(), on="employee"), first, after)
    return table(found, POINTS)


def _within(rows: pl.DataFrame, first: date, after: date) -> pl.DataFrame:
    ends = pl.col("after").fill_null(FAR)
    return rows.filter((pl.col("first") < after) & (ends > first) & (ends > pl.col("first")))


def _point(
    at: object, month: date, held: pl.DataFrame, away: pl.DataFrame, first: date, after: date
) -> list[tuple[object, ...]]:
    until = (pl.col("after") - DAY).alias("to")
    last = after - DAY
    told = sick_leave(
        held.select(pl.col("employee").cast(pl.String), "position", "fraction", pl.col("first").alias("from"), until),
        away.select(pl.col("employee").cast(pl.String), pl.col("kind").alias("type"),
                    pl.col("first").alias("from"), until, pl.lit(1.0).alias("grade")),
        from_=first,
        to=last,
        holidays=[day for day in (first + DAY * each for each in range((after - first).days)) if red_days.is_red(day)],
        self_type=ILL[0],
        doctor_type=ILL[1],
    )  # fmt: skip
    agreed, lost = told.values["agreed"], told.values["lost_self"] + told.values["lost_doctor"]
    if told.n < LEAST_EMPLOYEES or not agreed:
        return []
    return [("B-1", at, month, lost / agreed, away["employee"].n_unique(), lost, agreed, 0, 1.0)]
