"""The sliding pass: a window of days moves along each citizen's visits; each visit is counted in once and out once.

A table with a place for each employee holds how often she has come within the window. Σ n_j² grows by 2 n_j + 1 with
each visit that comes in and shrinks by 2 n_j − 1 with each that goes out, so that nothing is summed anew for a day.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from measures.scale.kernel import compiled

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


def _days_with_windows(offsets: Longs, start: Ints, edges: Ints) -> int:
    """Return how many rows `sliding_pass` makes: a day for each citizen from her first visit to her last."""
    rows = 0
    for citizen in range(offsets.size - 1):
        at, end = offsets[citizen], offsets[citizen + 1]
        if at < end:
            first = np.searchsorted(edges, start[at], side="right") - 1
            last = np.searchsorted(edges, start[end - 1], side="right") - 1
            rows += last - first + 1
    return rows


def _sliding_pass(
    offsets: Longs,
    carer: Ints,
    start: Ints,
    edges: Ints,
    length: int,
    table: Ints,
    whose: Ints,
    day: Ints,
    n: Ints,
    distinct: Ints,
    squares: Longs,
) -> int:
    """Fill the last five with a row for each citizen and day from her first visit to her last, and return how many.

    The row of a day tells of the `length` days that end with it. offsets, carer, start: as `one_pass`. edges: when each
    day begins, and the end of the last. table: one for each employee, zeros; zeros again afterwards.
    """
    rows = 0
    for citizen in range(offsets.size - 1):
        comes, end = offsets[citizen], offsets[citizen + 1]
        if comes == end:
            continue
        goes = comes
        today = np.searchsorted(edges, start[comes], side="right") - 1
        visits, people, total = 0, 0, 0
        while comes < end:
            while comes < end and start[comes] < edges[today + 1]:
                came = table[carer[comes]]
                people += came == 0
                total += 2 * came + 1
                table[carer[comes]] = came + 1
                visits += 1
                comes += 1
            first = today + 1 - length
            if first > 0:
                while start[goes] < edges[first]:
                    left = table[carer[goes]] - 1
                    people -= left == 0
                    total -= 2 * left + 1
                    table[carer[goes]] = left
                    visits -= 1
                    goes += 1
            whose[rows], day[rows], n[rows], distinct[rows], squares[rows] = citizen, today, visits, people, total
            rows += 1
            today += 1
        while goes < end:
            table[carer[goes]] = 0
            goes += 1
    return rows


days_with_windows = compiled(_days_with_windows)
sliding_pass = compiled(_sliding_pass)
