"""The one pass: each visit is looked at once, and what it takes is a place in a table that fits the processor's cache.

A table with a place for each employee holds how often she has come this month, with the month's own stamp beside, so
that it is never emptied: Briggs & Torczon 1993, ACM LOPLAS 2:59. Σ n_j² grows by 2 n_j + 1 with each visit, so that
nothing is summed at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


def _one_pass(
    offsets: Longs,
    carer: Ints,
    start: Ints,
    edges: Ints,
    table: Ints,
    whose: Ints,
    month: Ints,
    n: Ints,
    distinct: Ints,
    most: Ints,
    squares: Longs,
    same: Ints,
) -> int:
    """Fill the last seven with a row for each citizen and month with visits, and return how many.

    offsets: where each citizen's visits begin, and the end of the last, within carer and start (minutes, ascending for
    each citizen). edges: when each month begins, and the end of the last; every start lies between. table: two for each
    employee, stamp and count, stamps 0. whose, month: places among citizens and months.
    """
    rows = 0
    for citizen in range(offsets.size - 1):
        at, end = offsets[citizen], offsets[citizen + 1]
        which = 0
        while at < end:
            while start[at] >= edges[which + 1]:
                which += 1
            until = edges[which + 1]
            stamp = rows + 1
            visits, people, highest, again, before = 0, 0, 0, 0, -1
            total = 0
            while at < end and start[at] < until:
                who = carer[at]
                again += who == before
                before = who
                if table[who, 0] == stamp:
                    came = table[who, 1]
                else:
                    table[who, 0] = stamp
                    came = 0
                    people += 1
                total += 2 * came + 1
                table[who, 1] = came + 1
                if came >= highest:
                    highest = came + 1
                visits += 1
                at += 1
            whose[rows], month[rows], n[rows], distinct[rows] = citizen, which, visits, people
            most[rows], squares[rows], same[rows] = highest, total, again
            rows += 1
    return rows


def compiled(function: Callable[..., int]) -> Any:
    """Return the function as machine code, free of the interpreter's lock."""
    try:
        return numba.njit(cache=True, nogil=True, boundscheck=False)(function)
    except RuntimeError:  # no folder can be written: compile in every process
        return numba.njit(nogil=True, boundscheck=False)(function)


one_pass = compiled(_one_pass)
