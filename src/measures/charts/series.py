"""A series as charts read it: in the order of time, with its points' own numbers, and a baseline that stays put."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.answer import Warned
from measures.errors import InvalidInput
from measures.tables import numbers, ordered

Floats = npt.NDArray[np.float64]
LEAST_BASELINE = 12
"""A median or limits from fewer points move too much to judge by."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values in order, with the 1-based number each had among all points, empty ones counted too."""

    columns: dict[str, Floats]
    points: npt.NDArray[np.int64]
    missing: int

    @property
    def n(self) -> int:
        """How many points have values."""
        return int(self.points.size)


def read_series(data: pl.DataFrame, columns: tuple[str, ...]) -> Series:
    """Return the points in order of `t` where the table has one. A point lacking a value is left out, and counted."""
    found = numbers(ordered(data, "data"), "data", columns).with_row_index("_point", offset=1)
    whole = found.drop_nulls(columns)
    return Series(
        {each: whole[each].to_numpy().astype(np.float64) for each in columns},
        whole["_point"].to_numpy().astype(np.int64),
        found.height - whole.height,
    )


def baseline(series: Series, baseline_n: int | None) -> tuple[int, list[Warned]]:
    """Return how many of the first points the limits rest on, and what to say about it.

    The limits are frozen there: later points never move them. Without a baseline all points are used. A new baseline is
    somebody's documented decision, made by giving another `baseline_n` or another table.
    """
    if baseline_n is None:
        count = series.n
    elif baseline_n < 1:
        raise InvalidInput("baseline_n", "must be at least 1", "Give 12 or more points")
    else:
        count = int((series.points <= baseline_n).sum())
    warnings = []
    if count < LEAST_BASELINE:
        warnings.append(
            Warned("short_baseline", f"A baseline of {count} points; fewer than {LEAST_BASELINE} say little.")
        )
    return count, warnings


def outside(series: Series, values: Floats, lower: Floats, upper: Floats) -> list[int]:
    """Return the 1-based numbers of points strictly outside their limits (a limit that is NaN stops nothing)."""
    with np.errstate(invalid="ignore"):
        out = (values > upper + 1e-12) | (values < lower - 1e-12)
    return [int(each) for each in series.points[out]]
