"""How many different people came in the last days, for every citizen and every day of a whole city."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.errors import InvalidInput
from measures.scale.columns import VisitColumns
from measures.scale.monthly import stretches
from measures.scale.oslo import begins, day_of
from measures.scale.sliding import days_with_windows, sliding_pass

Ints = npt.NDArray[np.int32]
Days = npt.NDArray[np.datetime64]
PIECE = 1_000_000
"""Visits in a piece: a little fewer rows come out, 30 bytes each."""


def day_edges(first_minute: int, last_minute: int) -> tuple[Days, Ints]:
    """Return the days in Oslo that two minutes lie in and between, and when each begins, with the end of the last.

    Days of 23 and 25 hours are as long as they were.
    """
    first, last = day_of(first_minute), day_of(last_minute)
    days = [first + timedelta(days=count) for count in range((last - first).days + 2)]
    return np.array(days[:-1], dtype="datetime64[D]"), np.array([begins(each) for each in days], dtype=np.int32)


def _piece(columns: VisitColumns, span: tuple[int, int], edges: Ints, days: Days, length: int) -> pl.DataFrame:
    first, last = span
    carer, start = columns.stretch(first, last)
    offsets = columns.offsets[first : last + 1] - columns.offsets[first]
    room = int(days_with_windows(offsets, start, edges))
    whose, day, n, distinct = (np.empty(room, dtype=np.int32) for _ in range(4))
    squares = np.empty(room, dtype=np.int64)
    table = np.zeros(columns.carers, dtype=np.int32)
    sliding_pass(offsets, carer, start, edges, length, table, whose, day, n, distinct, squares)
    found = pl.DataFrame(
        {"user": columns.citizens[first + whose], "day": days[day], "n": n, "distinct": distinct, "squares": squares}
    )
    many = pl.col("n").cast(pl.Float64)
    coc = pl.when(pl.col("n") >= 2).then((pl.col("squares") - many) / (many * (many - 1)))
    return found.with_columns(coc=coc).drop("squares")


def rolling_continuity(
    columns: VisitColumns, *, days: int = 28, threads: int | None = None, at_most: int = PIECE
) -> Iterator[pl.DataFrame]:
    """Yield pieces with a row for each citizen and day in Oslo from her first visit to her last, in order.

    user, day, n (visits in the `days` days that end with the day), distinct (different employees in them), coc (null
    for fewer than two visits). Days before `days` have passed look back as far as there is. Each visit is counted in
    once and out once, so the time does not grow with `days` (K-1 of docs/how-we-count/measures-continuity.md). No more
    than a few pieces are in memory at a time.
    Raises InvalidInput when days is below 1.
    """
    if days < 1:
        raise InvalidInput("days", "must be at least 1", "Use 14 or 28")
    all_days, edges = day_edges(*columns.span)
    workers = threads or os.cpu_count() or 1
    waiting: deque[Future[pl.DataFrame]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for span in stretches(columns, at_most):
            waiting.append(pool.submit(_piece, columns, span, edges, all_days, days))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
