"""T-5, T-6: how long people wait, for help after hospital and for an answer, with those who still wait counted in.

Over the three months that end with the month. Formulas: `measures.operations.discharge` and `leadtimes`.
docs/how-we-count/measures-time.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.operations.discharge import discharge_wait
from measures.operations.leadtimes import lead_time_km
from tillit.kernel.tables import table
from tillit.learning.insight.rules.facts import POINTS, MonthFacts, followed
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.periods import begin, end

OSLO = "Europe/Oslo"
DONE = "DONE"
MONTHS = 3


def since(month: date) -> date:
    """Return the first day of the three months that end with a month."""
    for _each in range(MONTHS - 1):
        month = begin(Step.MONTH, month - timedelta(days=1))
    return month


def count(facts: MonthFacts, months: Sequence[date]) -> pl.DataFrame:
    """Return the points of T-5 and T-6 for these months."""
    found: list[tuple[object, ...]] = []
    ready = _ready(facts)
    cases = facts.cases.join(facts.places.belongs, on="unit")
    for month in months:
        last = end(Step.MONTH, month) - timedelta(days=1)
        first = since(month)
        whole = facts.places.kept_since is not None and facts.places.kept_since <= first
        mine = ready.filter(pl.lit(whole) & (pl.col("day") >= first) & (pl.col("day") <= last))
        for (at,), rows in mine.group_by("at", maintain_order=True):
            told = discharge_wait(rows.select("case", "ready", "left", "first_visit", "other"), asof=last)
            found.append(_point("T-5", at, month, told.values["km_median"], told.values["n"], told.excluded))
        asked = cases.filter((pl.col("received_on") >= first) & (pl.col("received_on") <= last))
        gone = pl.col("closed_on") <= last
        for (at,), rows in asked.filter(~gone.fill_null(False)).group_by("at", maintain_order=True):
            answer = lead_time_km(rows.select("case", start="received_on", end="decided_on"), asof=last)
            dropped = asked.filter((pl.col("at") == at) & gone.fill_null(False)).height
            found.append(_point("T-6", at, month, answer.values["km_median"], answer.values["n"], {"closed": dropped}))
    return table(found, POINTS)


def _point(code: str, at: object, month: date, value: object, n: object, excluded: object) -> tuple[object, ...]:
    left_out = sum(excluded.values()) if isinstance(excluded, dict) else 0
    return (code, at, month, value, n, None, None, left_out, 1.0)


def _ready(facts: MonthFacts) -> pl.DataFrame:
    """Return each time somebody was ready to leave hospital, for each unit that followed her that day.

    case, at, day, ready, left, first_visit (the first one carried out after it), other («died» where she died first).
    """
    stays = facts.stays.filter(pl.col("ready_at").is_not_null()).with_row_index("case")
    visits = facts.waited.filter(pl.col("state") == DONE).select("citizen", "start")
    firsts = (
        stays.select("case", "citizen", "ready_at")
        .join(visits, on="citizen")
        .filter(pl.col("start") >= pl.col("ready_at"))
        .group_by("case")
        .agg(first_visit=pl.col("start").min())
    )
    there = followed(facts.spells, facts.places.belongs)
    rows = (
        stays.with_columns(
            day=pl.col("ready_at").dt.convert_time_zone(OSLO).dt.date(),
            left=pl.col("to_at").dt.convert_time_zone(OSLO).dt.date(),
        )
        .join(firsts, on="case", how="left")
        .join(facts.people.select("citizen", "died_on"), on="citizen", how="left")
        .join(there, on="citizen")
        .filter((pl.col("first") <= pl.col("day")) & (pl.col("after") > pl.col("day")))
        .sort("at", "case")
    )
    died = pl.col("died_on").is_not_null() & pl.col("first_visit").is_null()
    return rows.select(
        "case", "at", "day", "left", "first_visit", ready="ready_at", other=pl.when(died).then(pl.lit("died"))
    )
