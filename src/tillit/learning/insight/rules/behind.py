"""Whom a point rests on: what each citizen gave the number, the most telling first.

The same rows the families reckon the point from, so the list and the number cannot differ. Nothing here is about an
employee: how many somebody met, never whom. docs/how-we-count/figures.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from tillit.learning.insight.rules.facts import PlanFacts, WeekFacts
from tillit.learning.insight.rules.families import continuity, delivery, plans
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.periods import end

HIGH_FIRST: Mapping[str, bool] = {"K-1-28": True, "K-1-14": True, "K-2": False, "K-3": False}
"""Whether many is what one looks for, of the numbers that are a mean of what each citizen has."""
WEEKLY = frozenset({*HIGH_FIRST, "V-1"})
CODES = WEEKLY | {"P-1", "P-2", "P-5"}
"""Numbers with citizens behind them. The others are of visits, waits and employees."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What one citizen gave the number: for P-2 one date, for P-5 one case, so that she may stand twice.

    part: her visits not managed. of: her visits, for P-1 her goals. telling: what the number is there to find.
    """

    citizen: int
    telling: bool
    value: float | None = None
    part: int = 0
    of: int = 0
    due: date | None = field(default=None, metadata={"help": "The day agreed; P-1: the first day a goal is looked at"})
    done: date | None = field(default=None, metadata={"help": "P-2: the day it was looked at"})


def followed(spells: pl.DataFrame, *, first: date, after: date) -> list[int]:
    """Return those followed some day in [first, after): all who may be behind a number of citizens followed."""
    there = spells.filter((pl.col("first") < after) & (pl.col("after").is_null() | (pl.col("after") >= first)))
    return there["citizen"].unique().sort().to_list()


def of_week(code: str, facts: WeekFacts, week: date) -> list[Behind]:
    """Return whom a weekly number of the one unit in `facts.places` rests on, the most telling first."""
    if code == "V-1":
        told = delivery.each_citizen(facts, [week])
        found = [
            Behind(citizen, telling=part > 0, part=part, of=of)
            for citizen, part, of in told.select("citizen", "numerator", "n").iter_rows()
        ]
        return sorted(found, key=lambda one: (-one.part, one.of, one.citizen))
    rows = continuity.each_citizen(facts, [week])[code].drop_nulls("value")
    sign = -1 if HIGH_FIRST[code] else 1
    means = [
        Behind(citizen, telling=True, value=float(value), of=n)
        for citizen, value, n in rows.select("citizen", "value", "n").iter_rows()
    ]
    return sorted(means, key=lambda one: (sign * (one.value or 0.0), -one.of, one.citizen))


def of_month(code: str, facts: PlanFacts, month: date) -> list[Behind]:
    """Return whom a monthly number of the one unit in `facts.places` rests on, the most telling first."""
    rows = plans.each_row(facts, [month])[0][code]
    last = end(Step.MONTH, month) - timedelta(days=1)
    match code:
        case "P-1":
            found = [
                Behind(citizen, telling=not goals or due is None, of=goals or 0, due=due)
                for citizen, goals, due in rows.select("user", "n_goals", "eval_due").iter_rows()
            ]
            return sorted(found, key=lambda one: (not one.telling, one.of, one.due or date.max, one.citizen))
        case "P-2":
            found = [
                Behind(citizen, telling=on is None or on > due, due=due, done=on)
                for citizen, due, on in rows.select("user", "eval_due", "evaluated").iter_rows()
            ]
        case _p_5:
            dated = rows.drop_nulls("reassess_due")
            found = [
                Behind(citizen, telling=due < last, due=due)
                for citizen, due in dated.select("user", "reassess_due").iter_rows()
            ]
    return sorted(found, key=lambda one: (not one.telling, one.due or date.max, one.citizen))
