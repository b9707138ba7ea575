"""What a reader can reckon: the bounds that the published numbers set for each hidden one, by linear programming."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from measures.disclosure.table import Published

Flags = npt.NDArray[np.bool_]
_SLACK = 1e-6


def bounds(table: Published, hidden: Flags, place: int) -> tuple[float, float]:
    """Return the lowest and highest value that a hidden number can have, for one who sees the rest and the sums."""
    where = np.flatnonzero(hidden)
    lines = table.sums[:, where]
    tied = np.abs(lines).sum(axis=1) > 0
    known = lines[tied] @ table.counts[where]
    one = (where == place).astype(float)
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(
            sign * one,
            A_eq=lines[tied] if tied.any() else None,
            b_eq=known if tied.any() else None,
            bounds=(0, None),
            method="highs",
        )
        ends.append(sign * float(found.fun) if found.status == 0 else float("inf"))
    return ends[0], ends[1]


def sensitive(table: Published, threshold: float, *, zero_is_safe: bool) -> Flags:
    """Return which numbers are small: 1 to threshold − 1, and 0 when that is not safe to show."""
    small = (table.counts > 0) & (table.counts < threshold)
    return small if zero_is_safe else small | (table.counts == 0)


def opened(table: Published, hidden: Flags, threshold: float, *, zero_is_safe: bool) -> list[int]:
    """Return the places of small numbers that a reader sees, pins down, or knows to be below the threshold."""
    found = []
    for place in np.flatnonzero(sensitive(table, threshold, zero_is_safe=zero_is_safe)):
        if not hidden[place]:
            found.append(int(place))
            continue
        low, high = bounds(table, hidden, int(place))
        if high < threshold - _SLACK or high - low < _SLACK:
            found.append(int(place))
    return found
