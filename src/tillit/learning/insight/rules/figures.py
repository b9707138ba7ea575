"""What a figure says, and whether counting it again gave another."""

from dataclasses import dataclass
from datetime import date
from math import isclose

import polars as pl

SLACK = 1e-9
"""Sums of the same numbers in another order may differ so much, and are the same figure."""
DECIMALS = 9
"""So many are kept: what lies beyond depends on the order of a sum, and says nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """One indicator for one unit in one week or month, as counted. held: shown, it would give away a small number."""

    code: str
    unit_id: int
    starts_on: date
    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    excluded: int = 0
    complete: float = 1.0
    held: bool = False

    @property
    def key(self) -> tuple[str, int, date]:
        """What it is of."""
        return self.code, self.unit_id, self.starts_on

    def is_like(self, other: "Found") -> bool:
        """Whether both say the same."""
        numbers = ("value", "n", "numerator", "denominator", "excluded", "complete")
        return self.held == other.held and all(_alike(getattr(self, name), getattr(other, name)) for name in numbers)


def nothing(key: tuple[str, int, date]) -> Found:
    """Return the figure of a week or month with nothing to count."""
    return Found(*key, value=None, n=0)


def read(points: pl.DataFrame) -> list[Found]:
    """Return points (`facts.POINTS`, or those of own indicators with `held`) as figures, in one order."""
    ordered = points.sort("starts_on", "code", "unit").with_columns(pl.col(pl.Float64).round(DECIMALS))
    return [Found(*row) for row in ordered.iter_rows()]


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=SLACK, abs_tol=SLACK)
