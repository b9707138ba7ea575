"""How many different employees a citizen met in a window of whole days, by a rule set printed with the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from measures.answer import Found, Value, Warned
from measures.continuity.visits import of_left_out, read_visits
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, need, texts

KOLADA14 = {"days": 14, "full_window": True, "hours": (7, 22), "min_per_day": 2}
"""The Swedish 14-day rule set; its age limit (65) is the caller's choice of citizens."""
ALLE28 = {"days": 28, "full_window": True, "hours": None, "min_per_day": None}
"""All who were there the whole four weeks (after Gjevjon et al. 2014)."""
LEAST_CITIZENS = 5
STRATA = ((1.0, "under_1_per_day"), (2.0, "1_to_2_per_day"), (float("inf"), "2_or_more_per_day"))
"""Upper bounds (visits a day, exclusive) and names. Numbers of employees are compared only within these."""


def in_window(
    visits: pl.DataFrame,
    *,
    start: date,
    length: int,
    hours: Sequence[float] | None,
    exclude_types: Sequence[str],
    status: str | None,
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return the visits of the universe that began in [start, start + length) and in [from, to) of the clock in Oslo.

    status: only these count, None for all; the caller's word for «carried out».
    """
    kept, excluded = read_visits(visits, ids=("visit",))
    inside = (pl.col("on") >= start) & (pl.col("on") < start + timedelta(days=length))
    chosen = kept.filter(inside)
    if status is not None:
        need(visits, "visits", ["status"])
        chosen = chosen.filter(pl.col("status").cast(pl.String) == status)
    if exclude_types:
        need(visits, "visits", ["type"])
        chosen = chosen.filter(~pl.col("type").cast(pl.String).is_in(list(exclude_types)).fill_null(False))
    if hours is not None:
        if len(hours) != 2 or not hours[0] < hours[1]:
            raise InvalidInput("hours", "must be two clock hours, the first before the second", "Write [7, 22]")
        chosen = chosen.filter((pl.col("hour") >= hours[0]) & (pl.col("hour") < hours[1]))
    excluded["outside_universe"] = kept.filter(inside).height - chosen.height
    return chosen, excluded


@measure(
    "continuity_window",
    version=1,
    source="14 days: the Swedish Kolada measure (07–22, ≥ 2 visits a day, there the whole window). "
    "28 days: Gjevjon et al. 2014. There is no national Norwegian definition.",
    words={"days_": "days"},
)
def continuity_window(
    visits: pl.DataFrame,
    users: pl.DataFrame,
    *,
    window_start: str | date,
    days_: int = 28,
    exclude_types: Sequence[str] = ("trygghetsalarm", "matombringing"),
    status: str | None = "utfort",
    full_window: bool = True,
    hours: Sequence[float] | None = None,
    min_per_day: float | None = None,
) -> Found:
    """Different employees for each citizen in 14 or 28 days, and the primary contact's share (K-1, K-5).

    visits: user, carer, start, type, status (visit, where two come together). users: user, active_from, active_to
    (empty: still there), primary. A visit counts by the day it began, in Oslo.
    full_window: only citizens there on the first and on the last day. min_per_day: only those with n ≥ it × days.
    Where two come together, both are met, and it is one visit. `strata` gives the same within levels of visits a day:
    the number of employees follows the number of visits, so compare only within them.
    """
    first = day(window_start, "window_start")
    if days_ < 1:
        raise InvalidInput("days", "must be at least 1", "Use 14 or 28")
    need(users, "users", ["user"])
    people = texts(users, "users", ["user"])
    for column in ("active_from", "active_to", "primary"):
        if column not in people.columns:
            people = people.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    people = days(people, "users", ["active_from", "active_to"])
    chosen, excluded = in_window(
        visits, start=first, length=days_, hours=hours, exclude_types=exclude_types, status=status
    )
    last = first + timedelta(days=days_ - 1)
    there = people
    if full_window:
        there = people.filter(
            (pl.col("active_from").is_null() | (pl.col("active_from") <= first))
            & (pl.col("active_to").is_null() | (pl.col("active_to") >= last))
        )
    primaries = there.select("user", pl.col("primary").cast(pl.String)).unique(
        "user", keep="first", maintain_order=True
    )
    seen = chosen.join(primaries, on="user", how="inner").with_columns(by_primary=pl.col("carer") == pl.col("primary"))
    visit = ["visit"] if "visit" in seen.columns else ["begun", "carer"]
    found = (
        seen.group_by("user")
        .agg(
            n=pl.struct(visit).n_unique().cast(pl.Int64),
            distinct=pl.col("carer").n_unique().cast(pl.Int64),
            by_primary=pl.struct(visit).filter(pl.col("by_primary").fill_null(False)).n_unique(),
            has_primary=pl.col("primary").is_not_null().any(),
        )
        .with_columns(primary_share=pl.when("has_primary").then(pl.col("by_primary") / pl.col("n")))
        .filter(pl.col("n") >= (min_per_day or 0) * days_)
        .sort("user")
    )
    per_user: dict[str, Value] = {
        row["user"]: {"n": row["n"], "distinct": row["distinct"], "primary_share": row["primary_share"]}
        for row in found.iter_rows(named=True)
    }
    left = sorted({str(each) for each in people["user"].drop_nulls().to_list()} - set(per_user))
    warnings = of_left_out(excluded)
    if len(per_user) < LEAST_CITIZENS:
        warnings.append(Warned("too_few", f"Fewer than {LEAST_CITIZENS} citizens: do not show."))
    values = {
        "per_user": per_user,
        **_summary(found),
        "strata": _by_volume(found, days_),
        "excluded": left,
        "rules": {
            "window_start": first.isoformat(),
            "days": days_,
            "full_window": full_window,
            "hours": list(hours) if hours is not None else None,
            "min_per_day": min_per_day,
            "exclude_types": list(exclude_types),
            "status": status,
        },
    }
    return Found(values, n=len(per_user), excluded={**excluded, "citizens": len(left)}, warnings=warnings)


def _summary(found: pl.DataFrame) -> dict[str, Value]:
    return {
        "n_users": found.height,
        "mean_distinct": found["distinct"].mean(),
        "median_distinct": found["distinct"].median(),
        "mean_primary_share": found["primary_share"].mean(),
    }


def _by_volume(found: pl.DataFrame, length: int) -> dict[str, Value]:
    """Return the summary within each level of visits a day, for the levels that have citizens."""
    told: dict[str, Value] = {}
    lower = 0.0
    for upper, name in STRATA:
        inside = found.filter((pl.col("n") / length >= lower) & (pl.col("n") / length < upper))
        if inside.height:
            told[name] = _summary(inside)
        lower = upper
    return told
