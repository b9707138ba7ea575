"""T-7, B-3, B-4: deviations for each thousand visits, how many have a whole position, and how large positions are.

T-7: by the unit whose work it was, over the month. B-3, B-4: by the units a position belongs to, on the month's last
day.
Formula of B-3 and B-4: `measures.operations.staffing`. docs/how-we-count/measures-staffing.md and deviations.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.operations.staffing import fulltime
from tillit.kernel.tables import table
from tillit.learning.insight.rules.facts import POINTS, MonthFacts, points, together
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.periods import end

THOUSAND = 1000
HUNDRED = 100


def count(facts: MonthFacts, months: Sequence[date]) -> pl.DataFrame:
    """Return the points of T-7, B-3 and B-4 for these months."""
    return together([_deviations(facts, months), _fulltime(facts, months)])


def _deviations(facts: MonthFacts, months: Sequence[date]) -> pl.DataFrame:
    month = pl.col("on").dt.month_start()
    visits = (
        facts.done_by_day.with_columns(starts_on=month)
        .filter(pl.col("starts_on").is_in(list(months)))
        .join(facts.places.belongs, on="unit")
        .group_by("at", "starts_on")
        .agg(done=pl.col("done").sum())
    )
    told = (
        facts.deviations.with_columns(starts_on=month)
        .join(facts.places.belongs, on="unit")
        .group_by("at", "starts_on")
        .agg(numerator=pl.len())
    )
    found = visits.join(told, on=["at", "starts_on"], how="left").with_columns(pl.col("numerator").fill_null(0))
    return points(
        "T-7",
        found.with_columns(
            n=pl.col("numerator"),
            denominator=pl.col("done") / THOUSAND,
            value=pl.col("numerator") / (pl.col("done") / THOUSAND),
        ),
    )


def _fulltime(facts: MonthFacts, months: Sequence[date]) -> pl.DataFrame:
    """Positions of all who have one in the unit, with what they have elsewhere: full time is a person's."""
    here = facts.shares.join(facts.places.belongs, on="unit").join(
        facts.positions.select("position", "employee", "first", "after"), on="position"
    )
    found: list[tuple[object, ...]] = []
    for month in months:
        last = end(Step.MONTH, month) - timedelta(days=1)
        on = (pl.col("first") <= last) & (pl.col("after").is_null() | (pl.col("after") > last))
        members = here.filter(on).select("at", "employee").unique()
        held = facts.positions.filter(on).select("employee", "percent", kind="employment")
        for (at,), rows in members.join(held, on="employee").sort("at", "employee").group_by("at", maintain_order=True):
            told = fulltime(rows.select("employee", "percent", "kind"), exclude_kinds=("TEMPORARY",))
            share, n = told.values["fulltime_share"], told.values["n"]
            part = round(share * n) if share is not None else None
            left_out = rows["employee"].n_unique() - n
            found.append(("B-3", at, month, share, n, part, n, left_out, 1.0))
            size = told.values["mean_size"]
            whole = None if size is None else size / HUNDRED
            found.append(("B-4", at, month, whole, n, None if whole is None else whole * n, n, left_out, 1.0))
    return table(found, POINTS)
