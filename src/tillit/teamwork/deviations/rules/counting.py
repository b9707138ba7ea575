"""How many of each kind over time, for a team, with small numbers held back. docs/how-we-count/deviations.md."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

FEWEST_SHOWN = 5
"""Fewer than this is not shown: it could be somebody."""


@dataclass(frozen=True, slots=True)
class Told:
    """One deviation, as it is counted."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Row:
    """A quarter. counts: by kind, in the order asked; None is fewer than five. total: None when any is."""

    year: int
    quarter: int
    counts: tuple[int | None, ...]
    total: int | None


def quarters(told: Iterable[Told], kinds: Sequence[str], *, last: date, number: int) -> tuple[Row, ...]:
    """Return the last `number` quarters, the newest first; the one that `last` lies in is the first of them."""
    counted = Counter((one.on.year, (one.on.month + 2) // 3, one.kind) for one in told)
    rows = []
    year, quarter = last.year, (last.month + 2) // 3
    for _each in range(number):
        exact = [counted[year, quarter, kind] for kind in kinds]
        rows.append(_held_back(year, quarter, exact))
        year, quarter = (year - 1, 4) if quarter == 1 else (year, quarter - 1)
    return tuple(rows)


def _held_back(year: int, quarter: int, exact: Sequence[int]) -> Row:
    """0 is shown, for it is nobody. With anything held back the total goes too: what is left of it would tell."""
    shown = tuple(None if 0 < value < FEWEST_SHOWN else value for value in exact)
    return Row(year, quarter, shown, None if None in shown else sum(exact))
