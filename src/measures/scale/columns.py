"""Visits kept in columns on disk, sorted by citizen and time: what the one pass reads.

A folder of plain little-endian arrays: `citizens` (id, 64 bits), `offsets` (where each one's visits begin, 64), `carer`
(place in `carers`, 32) and `start` (minutes since 1970 in UTC, 32), `carers` (id, 64), `span` (first and last minute,
64). Ids are the caller's pseudonymous numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.errors import InvalidInput
from measures.tables import moments, need

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
FILES = {"citizens": "<i8", "offsets": "<i8", "carer": "<i4", "start": "<i4", "carers": "<i8", "span": "<i8"}


@dataclass(frozen=True, slots=True)
class VisitColumns:
    """A folder of columns, opened. The small ones are in memory; visits are read a stretch at a time."""

    folder: Path
    citizens: Longs
    offsets: Longs
    carers: int
    span: tuple[int, int]

    @property
    def visits(self) -> int:
        """How many visits there are."""
        return int(self.offsets[-1])

    @classmethod
    def open(cls, folder: Path) -> VisitColumns:
        """Open a folder. Raises InvalidInput when a file is missing or they do not belong together."""
        names = ("citizens", "offsets", "carers", "span")
        try:
            small = {name: np.fromfile(folder / name, dtype=FILES[name]) for name in names}
            sizes = {(folder / name).stat().st_size for name in ("carer", "start")}
        except OSError:
            raise InvalidInput("folder", "a column cannot be read", f"It holds {', '.join(FILES)}") from None
        citizens, offsets, span = small["citizens"], small["offsets"], small["span"].tolist()
        if len(span) != 2 or offsets.size != citizens.size + 1 or sizes != {4 * int(offsets[-1])}:
            raise InvalidInput("folder", "its columns do not belong together", "Write them anew")
        return cls(folder, citizens, offsets, int(small["carers"].size), (span[0], span[1]))

    def stretch(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Return carer and start of the visits of the citizens in [first, last)."""
        begin, count = int(self.offsets[first]), int(self.offsets[last] - self.offsets[first])
        return (
            np.fromfile(self.folder / "carer", dtype="<i4", offset=4 * begin, count=count),
            np.fromfile(self.folder / "start", dtype="<i4", offset=4 * begin, count=count),
        )


class ColumnsWriter:
    """Writes columns a stretch of whole citizens at a time. Use as a context; the folder is whole when it ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._big = {name: (folder / name).open("wb") for name in ("carer", "start")}
        self._citizens: list[Longs] = []
        self._offsets: list[Longs] = [np.zeros(1, dtype=np.int64)]
        self._known = np.empty(0, dtype=np.int64)
        self._codes = np.empty(0, dtype=np.int64)
        self._total = 0
        self._span = (2**31, 0)
        self._last: tuple[int, int] | None = None

    def append(self, citizen: Longs, carer: Longs, start: Longs) -> None:
        """Add visits of whole citizens, sorted by citizen and start; citizens rise from one stretch to the next.

        start: minutes since 1970 in UTC. Raises InvalidInput when they are not in order, or out of range.
        """
        if citizen.size == 0:
            return
        rises = np.diff(citizen)
        falls_back = (rises == 0) & (np.diff(start) < 0)
        if (rises < 0).any() or falls_back.any() or (self._last and int(citizen[0]) <= self._last[0]):
            raise InvalidInput("visits", "are not in the order of citizen and time", "Sort them first")
        if int(start.min()) < 0 or int(start.max()) >= 2**31:
            raise InvalidInput("visits.start", "lies before 1970 or after the year 6000", "Mend the row")
        begins = np.concatenate([[0], np.flatnonzero(rises) + 1]).astype(np.int64)
        self._citizens.append(citizen[begins].astype(np.int64))
        self._offsets.append(np.append(begins[1:], citizen.size) + self._total)
        self._total += citizen.size
        self._span = (min(self._span[0], int(start.min())), max(self._span[1], int(start.max())))
        self._last = (int(citizen[-1]), int(start[-1]))
        self._big["carer"].write(self._coded(carer).astype("<i4").tobytes())
        self._big["start"].write(start.astype("<i4").tobytes())

    def _coded(self, carer: Longs) -> Longs:
        """Return each employee's place, giving new ones the next."""
        mine, where = np.unique(carer, return_inverse=True)
        new = np.setdiff1d(mine, self._known, assume_unique=True)
        known = np.concatenate([self._known, new])
        codes = np.concatenate([self._codes, np.arange(new.size) + self._known.size])
        order = np.argsort(known, kind="stable")
        self._known, self._codes = known[order], codes[order]
        return np.asarray(self._codes[np.searchsorted(self._known, mine)][where], dtype=np.int64)

    def __enter__(self) -> ColumnsWriter:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._big.values():
            each.close()
        citizens = np.concatenate(self._citizens) if self._citizens else np.empty(0, dtype=np.int64)
        by_code = self._known[np.argsort(self._codes, kind="stable")]
        small = {"citizens": citizens, "offsets": np.concatenate(self._offsets), "carers": by_code}
        small["span"] = np.array(self._span if self._total else (0, 0), dtype=np.int64)
        for name, values in small.items():
            values.astype(FILES[name]).tofile(self.folder / name)


def write_columns(folder: Path, visits: pl.DataFrame) -> VisitColumns:
    """Write visits to a folder and open it.

    visits: user, carer (whole numbers), start (a time as `measures.tables` reads it). Rows lacking one of them are
    refused: the caller decides what is left out. Of two that began at once the lower employee comes first.
    """
    need(visits, "visits", ["user", "carer", "start"])
    for column in ("user", "carer"):
        if not visits[column].dtype.is_integer():
            raise InvalidInput(f"visits.{column}", "must be whole numbers", "Give pseudonymous numbers")
    table = moments(visits, "visits", "start", into="_begun").select("user", "carer", "_begun")
    if sum(table[column].null_count() for column in table.columns):
        raise InvalidInput("visits", "a row lacks citizen, employee or time", "Leave it out, and count it")
    ordered = table.sort("user", "_begun", "carer")
    minute = (ordered["_begun"].dt.epoch("us") // 60_000_000).to_numpy().astype(np.int64)
    with ColumnsWriter(folder) as writer:
        writer.append(ordered["user"].to_numpy().astype(np.int64), ordered["carer"].to_numpy().astype(np.int64), minute)
    return VisitColumns.open(folder)
