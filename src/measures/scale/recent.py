"""The last days' visits kept at hand, so that a day is put in and every citizen's rolling numbers are told at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.errors import InvalidInput
from measures.scale.columns import VisitColumns
from measures.scale.kernel import one_pass
from measures.scale.oslo import begins
from measures.tables import moments, need

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
NAMES = ("whose", "window", "n", "distinct", "most", "squares", "same")


@dataclass(frozen=True, slots=True)
class RecentVisits:
    """The visits of the `days` days that end with `until`, by citizen and time.

    citizen: the caller's pseudonymous number. carer: place in `carers`, which holds their pseudonymous numbers. start:
    minutes since 1970 in UTC. 12 bytes a visit: a country's 28 days are 100 MB.
    """

    until: date
    days: int
    citizen: Ints
    carer: Ints
    start: Ints
    carers: Ints

    @classmethod
    def of(cls, visits: pl.DataFrame, *, until: date, days: int = 28) -> RecentVisits:
        """Take the visits of the window from a table: user, carer (whole numbers), start (see `measures.tables`)."""
        _check(days)
        empty = np.empty(0, dtype=np.int32)
        begun = cls(until - timedelta(days=days), days, empty, empty, empty, empty)
        return begun.with_day(visits, until)

    @classmethod
    def of_columns(cls, columns: VisitColumns, *, until: date, days: int = 28) -> RecentVisits:
        """Take the visits of the window from columns on disk. Raises InvalidInput when ids do not fit in 31 bits."""
        _check(days)
        carers = np.fromfile(columns.folder / "carers", dtype="<i8")
        for name, ids in (("citizens", columns.citizens), ("carers", carers)):
            if ids.size and not 0 <= int(ids.min()) <= int(ids.max()) < 2**31:
                raise InvalidInput(f"folder.{name}", "lie outside 0 to 2³¹ − 1", "Give smaller pseudonymous numbers")
        first, last = begins(until - timedelta(days=days - 1)), begins(until + timedelta(days=1))
        kept = []
        carer, start = (np.memmap(columns.folder / name, dtype="<i4", mode="r") for name in ("carer", "start"))
        for begin in range(0, columns.visits, 10_000_000):
            piece = slice(begin, begin + 10_000_000)
            kept.append(begin + np.flatnonzero((start[piece] >= first) & (start[piece] < last)))
        where = np.concatenate(kept) if kept else np.empty(0, dtype=np.int64)
        whose = np.searchsorted(columns.offsets, where, side="right") - 1
        return cls(
            until,
            days,
            columns.citizens[whose].astype(np.int32),
            np.asarray(carer[where]),
            np.asarray(start[where]),
            carers.astype(np.int32),
        )

    def with_day(self, visits: pl.DataFrame, day: date) -> RecentVisits:
        """Return the window moved to end with `day`, with these visits in it; those that fell out are gone.

        visits: as `of`; late ones from earlier days of the window come in at their place. Visits after `day` or before
        the window are refused: what is older than the window changes other days' numbers, and they are told anew.
        Raises InvalidInput for these, for a day before `until`, and for a row without citizen, employee or time.
        """
        if day < self.until:
            raise InvalidInput("day", "lies before the last one", "Begin anew from the columns")
        citizen, carer, start = _read(visits)
        first, after = begins(day - timedelta(days=self.days - 1)), begins(day + timedelta(days=1))
        if start.size and (int(start.min()) < first or int(start.max()) >= after):
            raise InvalidInput("visits.start", "lies outside the window", "Tell those days anew from the columns")
        kept = self.start >= first
        old = (self.citizen[kept], self.carer[kept], self.start[kept])
        if start.size == 0:
            return RecentVisits(day, self.days, *old, self.carers)
        key = (old[0].astype(np.int64) << 32) | old[2]
        at = np.searchsorted(key, (citizen.astype(np.int64) << 32) | start, side="right")
        carers, coded = _coded(self.carers, carer)
        return RecentVisits(
            day,
            self.days,
            np.insert(old[0], at, citizen),
            np.insert(old[1], at, coded),
            np.insert(old[2], at, start),
            carers,
        )

    def numbers(self, windows: Sequence[int] = (14, 28), *, threads: int | None = None) -> pl.DataFrame:
        """Return a row for each citizen with visits: for each window of days that ends with `until`, her numbers.

        user, and for a window of 28: n_28, distinct_28, upc_28, coc_28, secon_28 (as `monthly_continuity`; null for
        fewer than two visits, n is then 0 or 1).
        Raises InvalidInput when a window is longer than what is kept.
        """
        if any(not 1 <= each <= self.days for each in windows):
            raise InvalidInput("windows", "must lie within the days that are kept", f"Keep more than {self.days}")
        where = np.flatnonzero(np.diff(self.citizen, prepend=-1))
        users, offsets = self.citizen[where], np.append(where, self.citizen.size).astype(np.int64)
        table = pl.DataFrame({"user": users.astype(np.int64)})
        pieces = np.linspace(0, users.size, (threads or os.cpu_count() or 1) + 1).astype(int)
        with ThreadPoolExecutor(max(1, pieces.size - 1)) as pool:
            for window in windows:
                first = begins(self.until - timedelta(days=window - 1))
                edges = np.array([0, first, begins(self.until + timedelta(days=1))], dtype=np.int32)

                def of(piece: int, edges: Ints = edges) -> pl.DataFrame:
                    low, high = pieces[piece], pieces[piece + 1]
                    return _told(users, offsets[low : high + 1], self.carer, self.start, edges, self.carers.size, low)

                found = pl.concat(pool.map(of, range(pieces.size - 1)))
                named = {name: f"{name}_{window}" for name in found.columns if name != "user"}
                table = table.join(found.rename(named), on="user", how="left", maintain_order="left")
                table = table.with_columns(pl.col(named["n"], named["distinct"]).fill_null(0))
        return table


def _told(
    users: npt.NDArray[np.int32], offsets: Longs, carer: Ints, start: Ints, edges: Ints, carers: int, low: int
) -> pl.DataFrame:
    """Return the numbers of some citizens for the last of the windows that `edges` bound: the first is all before."""
    room = 2 * max(0, offsets.size - 1)
    found = {name: np.empty(room, dtype=np.int64 if name == "squares" else np.int32) for name in NAMES}
    rows = one_pass(offsets, carer, start, edges, np.zeros((carers, 2), dtype=np.int32), *found.values())
    inside = np.flatnonzero(found["window"][:rows] == 1)
    n = np.asarray(found["n"][inside], dtype=np.float64)
    squares = np.asarray(found["squares"][inside], dtype=np.float64)
    two = pl.col("n") >= 2
    return pl.DataFrame(
        {
            "user": users[low + found["whose"][inside]].astype(np.int64),
            "n": found["n"][inside],
            "distinct": found["distinct"][inside],
            "most": found["most"][inside] / np.maximum(n, 1),
            "pairs": (squares - n) / np.maximum(n * (n - 1), 1),
            "again": found["same"][inside] / np.maximum(n - 1, 1),
        }
    ).select(
        "user",
        "n",
        "distinct",
        upc=pl.when(two).then("most"),
        coc=pl.when(two).then("pairs"),
        secon=pl.when(two).then("again"),
    )


def _coded(known: Ints, carer: Ints) -> tuple[Ints, Ints]:
    """Return all known numbers, new ones last, and each employee's place among them."""
    mine, where = np.unique(carer, return_inverse=True)
    carers = np.concatenate([known, np.setdiff1d(mine, known, assume_unique=True)]).astype(np.int32)
    order = np.argsort(carers, kind="stable")
    places = order[np.searchsorted(carers, mine, sorter=order)]
    return carers, places[where].astype(np.int32)


def _check(days: int) -> None:
    if days < 1:
        raise InvalidInput("days", "must be at least 1", "Use 28")


def _read(visits: pl.DataFrame) -> tuple[Ints, Ints, Ints]:
    """Return citizen, carer and minute in the order of citizen, time and carer."""
    need(visits, "visits", ["user", "carer", "start"])
    for column in ("user", "carer"):
        if not visits[column].dtype.is_integer():
            raise InvalidInput(f"visits.{column}", "must be whole numbers", "Give pseudonymous numbers")
        if visits.height and not 0 <= int(visits[column].min() or 0) <= int(visits[column].max() or 0) < 2**31:  # type: ignore[arg-type]
            raise InvalidInput(f"visits.{column}", "lies outside 0 to 2³¹ − 1", "Give smaller pseudonymous numbers")
    table = moments(visits, "visits", "start", into="_begun").select("user", "carer", "_begun")
    if sum(table[column].null_count() for column in table.columns):
        raise InvalidInput("visits", "a row lacks citizen, employee or time", "Leave it out, and count it")
    table = table.with_columns(minute=pl.col("_begun").dt.epoch("us") // 60_000_000).sort("user", "_begun", "carer")
    citizen, carer, minute = (table[name].to_numpy().astype(np.int32) for name in ("user", "carer", "minute"))
    return citizen, carer, minute
