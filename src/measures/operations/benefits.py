"""What benefits come to, by kind, and when a project has paid for itself."""

from __future__ import annotations

import math

import polars as pl

from measures.answer import Found, Value, Warned
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import numbers, texts, unlike

KINDS = {"budget": "kr", "time": "hours", "quality": None}
"""Kinds and their unit: money that can be moved, hours freed, and what has no kroner."""
CONFIRMED = "confirmed"


@measure("benefits_by_kind", version=1, source="Own definition (G-2).")
def benefits_by_kind(benefits: pl.DataFrame) -> Found:
    """Benefits summed within each kind, never across: kroner of the budget, hours freed, quality without kroner (G-2).

    benefits: benefit, kind (budget, time, quality), value, low, high, status, hours_of, used_for. low and high add up
    as if all went badly, or well, at once: the widest. Hours that two benefits claim (same hours_of) count once, the
    first by name. Hours without a word on what they were used for are not counted.
    """
    once, again = unlike(
        texts(benefits, "benefits", ["benefit", "kind", "status", "hours_of", "used_for"]), benefits.columns
    )
    found = numbers(once, "benefits", ["value", "low", "high"]).drop_nulls(["benefit", "kind"]).sort("benefit")
    strange = sorted({str(each) for each in found["kind"].unique()} - set(KINDS))
    if strange:
        raise InvalidInput("benefits.kind", f"there is no kind «{strange[0]}»", f"Use {', '.join(KINDS)}")
    counted = found.filter((pl.col("kind") != "quality") & pl.col("value").is_not_null())
    placed = counted.filter((pl.col("kind") != "time") | pl.col("used_for").is_not_null())
    time = placed.filter(pl.col("kind") == "time")
    time = time.filter(pl.col("hours_of").is_null() | pl.col("hours_of").is_first_distinct())
    kept = pl.concat([placed.filter(pl.col("kind") != "time"), time])
    values: dict[str, Value] = {}
    for kind, unit in KINDS.items():
        mine = kept.filter(pl.col("kind") == kind)
        if unit is None:
            values[kind] = {"count": found.filter(pl.col("kind") == kind).height}
            continue
        low, high = (mine.select(pl.coalesce(each, "value").sum()).item() for each in ("low", "high"))
        confirmed = mine.filter(pl.col("status") == CONFIRMED)["value"].sum()
        values[kind] = {
            "unit": unit,
            "count": mine.height,
            "sum": float(mine["value"].sum()),
            "low": float(low),
            "high": float(high),
            "confirmed": float(confirmed),
        }
    unused, twice = counted.height - placed.height, placed.height - kept.height
    warnings = []
    if unused:
        warnings.append(
            Warned("hours_unplaced", f"{unused} benefits of hours do not say what the hours were used for.")
        )
    if twice:
        warnings.append(Warned("hours_twice", f"{twice} benefits claim hours that another has; counted once."))
    return Found(values, n=found.height, excluded={"said_again": again, "unplaced": unused, "claimed_twice": twice},
                 warnings=warnings)  # fmt: skip


@measure("break_even", version=1, source="Own definition (G-3); undiscounted, or at a monthly rate.")
def break_even(
    *,
    cost: float,
    monthly_cost: float = 0.0,
    low: float,
    base: float,
    high: float,
    months: int,
    delay: int = 0,
    yearly_rate: float = 0.0,
) -> Found:
    """Net gain over the months, and the month in which the project has paid for itself, low, base and high (G-3).

    cost: at the start (project, training, overlap, meetings). monthly_cost: each month. low, base, high: budget benefit
    of a month, from month delay + 1. yearly_rate: discount, (1 + r)^(month/12). Only money that can be moved belongs
    here. None: not paid back within the months.
    """
    if not low <= base <= high:
        raise InvalidInput("base", "must lie between low and high", "Give them in order")
    if months < 1 or delay < 0 or yearly_rate <= -1 or cost < 0:
        raise InvalidInput("months", "must be 1 or more, delay and cost 0 or more", "Mend them")
    if not all(math.isfinite(each) for each in (cost, monthly_cost, low, base, high)):
        raise InvalidInput("cost", "all numbers must be finite", "Give numbers")
    values: dict[str, Value] = {}
    for name, gain in (("low", low), ("base", base), ("high", high)):
        net, paid = -cost, 0 if cost == 0 else None
        for month in range(1, months + 1):
            net += ((gain if month > delay else 0.0) - monthly_cost) / (1 + yearly_rate) ** (month / 12)
            if paid is None and net >= 0:
                paid = month
            if net < 0:
                paid = None  # paid back and then lost again is not paid back
        values[name] = {"net": net, "month": paid}
    warnings = []
    if values["low"]["month"] is None:
        warnings.append(Warned("may_not_pay", "At the low estimate it is not paid back within the months."))
    return Found(values, n=months, warnings=warnings)
