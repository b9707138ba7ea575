"""Every citizen's continuity in every month, for a whole city or a country at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.scale.columns import VisitColumns
from measures.scale.kernel import one_pass
from measures.scale.oslo import begins, day_of

Ints = npt.NDArray[np.int32]
Whole = npt.NDArray[Any]
"""32 bits, but for squares."""
STRETCH = 2_000_000
"""Visits read at a time by each thread: 16 MB."""
Days = npt.NDArray[np.datetime64]
NAMES = ("whose", "month", "n", "distinct", "most", "squares", "same")


def months(first_minute: int, last_minute: int) -> tuple[list[date], Ints]:
    """Return the months in Oslo that two minutes lie in and between, and when each begins, with the end of the last."""
    begun, last = [day_of(first_minute).replace(day=1)], day_of(last_minute).replace(day=1)
    while begun[-1] <= last:
        begun.append((begun[-1] + timedelta(days=32)).replace(day=1))
    return begun[:-1], np.array([begins(each) for each in begun], dtype=np.int32)


def stretches(columns: VisitColumns, at_most: int) -> Iterator[tuple[int, int]]:
    """Return stretches of whole citizens with at most that many visits each, or one citizen."""
    first, count = 0, columns.citizens.size
    while first < count:
        last = int(np.searchsorted(columns.offsets, columns.offsets[first] + at_most, side="right")) - 1
        last = min(max(last, first + 1), count)
        yield first, last
        first = last


def _reckon(columns: VisitColumns, first: int, last: int, edges: Ints, days: Days, least_visits: int) -> pl.DataFrame:
    carer, start = columns.stretch(first, last)
    offsets = columns.offsets[first : last + 1] - columns.offsets[first]
    room = min(carer.size, (last - first) * (edges.size - 1))
    found: dict[str, Whole] = {
        name: np.empty(room, dtype=np.int64 if name == "squares" else np.int32) for name in NAMES
    }
    rows = one_pass(offsets, carer, start, edges, np.zeros((columns.carers, 2), dtype=np.int32), *found.values())
    whose, month = columns.citizens[first + found["whose"][:rows]], found["month"][:rows]
    counts = {name: found[name][:rows].copy() for name in NAMES[2:]}
    n, two = pl.col("n").cast(pl.Float64), pl.col("n") >= max(2, least_visits)
    return pl.DataFrame({"user": whose, "month": days[month], **counts}).select(
        "user",
        "month",
        "n",
        "distinct",
        upc=pl.when(two).then(pl.col("most") / n),
        coc=pl.when(two).then((pl.col("squares") - n) / (n * (n - 1))),
        secon=pl.when(two).then(pl.col("same") / (n - 1)),
    )


def monthly_continuity(
    columns: VisitColumns, *, threads: int | None = None, at_most: int = STRETCH, least_visits: int = 2
) -> pl.DataFrame:
    """Return a row for each citizen and month in Oslo with visits, by citizen and month.

    user, month (its first day), n, distinct, upc, coc, secon; the three are null below `least_visits`, and never told
    for fewer than two. Formulas and sources as `continuity_user`; memory does not grow with the visits, only with the
    rows that come out. threads: as many as there are cores when left out.
    """
    begun, edges = months(*columns.span)
    days = np.array(begun, dtype="datetime64[D]")

    def of(span: tuple[int, int]) -> pl.DataFrame:
        return _reckon(columns, *span, edges, days, least_visits)

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        parts = list(pool.map(of, stretches(columns, at_most)))
    return pl.concat(parts or [of((0, 0))], rechunk=False)
