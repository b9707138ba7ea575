"""Planned and actual time, agreed windows kept, and time with citizens."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from measures.answer import Found, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import need, numbers, texts, unlike

LEAST_VISITS = 30
_SLACK = 1e-9


def _few(n: int) -> list[Warned]:
    return [Warned("too_few", f"Fewer than {LEAST_VISITS} visits: do not show.")] if n < LEAST_VISITS else []


def _once(table: pl.DataFrame, key: str) -> tuple[pl.DataFrame, int]:
    """Return the table with each row of the same key once, where it has the key."""
    return unlike(table, table.columns) if key in table.columns else (table, 0)


@measure("planned_actual", version=1, source="Own definition (T-1).")
def planned_actual(visits: pl.DataFrame, *, tolerance_share: float = 0.2, status: str | None = "utfort") -> Found:
    """Actual against planned minutes of visits carried out (T-1). It tells how real plans are; it judges nobody.

    visits: planned_min, actual_min, status (visit: rows of the same visit count once).
    ratio = Σ actual / Σ planned; share_within counts |actual − planned| ≤ tolerance_share · planned.
    Never per employee, and never to tighten norm times.
    """
    need(visits, "visits", ["planned_min", "actual_min"])
    once, again = _once(numbers(visits, "visits", ["planned_min", "actual_min"]), "visit")
    if status is not None:
        need(visits, "visits", ["status"])
        once = once.filter(pl.col("status").cast(pl.String) == status)
    whole = once.drop_nulls(["planned_min", "actual_min"])
    planned, actual = whole["planned_min"], whole["actual_min"]
    off = actual - planned
    within = int((off.abs() <= tolerance_share * planned + _SLACK).sum())
    n = whole.height
    return Found(
        {
            "n": n,
            "ratio": ratio(float(actual.sum()), float(planned.sum())),
            "mean_diff": off.mean(),
            "median_abs_diff": off.abs().median(),
            "share_within": ratio(within, n),
        },
        n=n,
        excluded={"said_again": again, "without_stamp": once.height - n},
        warnings=_few(n),
    )


@measure("time_window", version=1, source="Own definition (T-2).")
def time_window(
    visits: pl.DataFrame,
    *,
    tolerance_min: float = 0.0,
    performed: str = "utfort",
    not_performed: Sequence[str] = ("ikke_utfort",),
) -> Found:
    """Agreed time windows kept (T-2). Both ends count as inside; not performed is not kept; cancelled is left out.

    visits: status, window_from_min, window_to_min, actual_start_min: minutes from midnight. Visits without an agreed
    window, and performed ones without a start, are left out and counted. Wide windows are easily kept: the median
    width stands beside.
    """
    columns = ["window_from_min", "window_to_min", "actual_start_min"]
    once, again = _once(numbers(texts(visits, "visits", ["status"]), "visits", columns), "visit")
    ours = once.filter(pl.col("status").is_in([performed, *not_performed]))
    agreed = ours.drop_nulls(["window_from_min", "window_to_min"])
    done = pl.col("status") == performed
    counted = agreed.filter(~done | pl.col("actual_start_min").is_not_null())
    inside = (pl.col("actual_start_min") >= pl.col("window_from_min") - tolerance_min - _SLACK) & (
        pl.col("actual_start_min") <= pl.col("window_to_min") + tolerance_min + _SLACK
    )
    kept = counted.filter(done & inside).height
    width = (counted["window_to_min"] - counted["window_from_min"]).median()
    n = counted.height
    return Found(
        {"n": n, "kept": kept, "share": ratio(kept, n), "median_width_min": width},
        n=n,
        excluded={
            "said_again": again,
            "cancelled": once.height - ours.height,
            "without_window": ours.height - agreed.height,
            "without_start": agreed.height - n,
        },
        warnings=_few(n),
    )


@measure("direct_time", version=1, source="Own definition (T-4).")
def direct_time(teams: pl.DataFrame) -> Found:
    """Minutes with citizens as a share of minutes worked, for each team and together (T-4).

    teams: team, visit_min, worked_min; one row per team and period, never per employee.
    """
    found = numbers(texts(teams, "teams", ["team"]), "teams", ["visit_min", "worked_min"])
    whole = found.drop_nulls(["team", "visit_min", "worked_min"])
    if (whole["worked_min"] < 0).any() or (whole["visit_min"] < 0).any():
        raise InvalidInput("teams.visit_min", "minutes cannot be below 0", "Mend the row")
    each = whole.group_by("team").agg(pl.col("visit_min", "worked_min").sum()).sort("team")
    return Found(
        {
            "share": ratio(float(whole["visit_min"].sum()), float(whole["worked_min"].sum())),
            "per_team": {team: ratio(visit, worked) for team, visit, worked in each.iter_rows()},
        },
        n=each.height,
        excluded={"incomplete": found.height - whole.height},
    )
