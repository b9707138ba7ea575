"""A city's visits, made by a seed: no person is in them.

A citizen's spell ends with 2.9 % each month, and another citizen comes. A team of 14 for 70 citizens: a quarter of the
visits by one helper, under half by the rest of the team, the others by a pool that six teams share. 0.3–5 visits a day,
mostly one or two, 07–24.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba
import numpy as np

from measures.scale.columns import ColumnsWriter
from measures.scale.monthly import months

FIRST = 26_822_820
"""Minutes from 1970 to 1 January 2021 in Oslo, in UTC."""
MONTHLY_END = 1 / 1050
TEAM, CITIZENS_OF_A_TEAM, TEAMS_OF_A_POOL, POOL = 14, 70, 6, 60
BLOCK = 2_000


@numba.njit(cache=True)
def _visits(seed: int, places: int, days: int, per_day: float, user: int, place0: int, room: int) -> Any:
    np.random.seed(seed)
    who, by, when = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    n = 0
    for place in range(places):
        team = (place0 + place) // CITIZENS_OF_A_TEAM
        started, rate, primary = False, 0.0, 0
        for day in range(days):
            if not started or np.random.random() < MONTHLY_END:
                user += 1
                started = True
                rate = per_day * (0.2 + 2.0 * np.random.random() ** 1.5)
                primary = team * TEAM + np.random.randint(TEAM)
            count, at = np.random.poisson(rate), 420
            for _ in range(count):
                at += 1 + int(np.random.exponential(840 / (count + 1)))
                if at > 1435 or n == room:
                    break
                x = np.random.random()
                if x < 0.25:
                    by[n] = primary
                elif x < 0.70:
                    by[n] = team * TEAM + np.random.randint(TEAM)
                else:
                    by[n] = 10_000_000 + (team // TEAMS_OF_A_POOL) * POOL + np.random.randint(POOL)
                who[n], when[n] = user, day * 1440 + at
                n += 1
    return who[:n], by[:n], when[:n], user


def make(folder: Path, *, citizens: int, years: int, per_day: float, seed: int, parquet: bool) -> int:
    """Write the city as our columns, and as Parquet for the others, and return how many visits it has.

    The Parquet file has the month in it, so that the others need not find it: only ours does.
    """
    days = 365 * years + years // 4
    edges = months(FIRST, FIRST + days * 1440)[1]
    user = total = 0
    writer: Any = None
    if parquet:
        import pyarrow as pa
        import pyarrow.parquet as pq
    with ColumnsWriter(folder / "columns") as columns:
        for place in range(0, citizens, BLOCK):
            places = min(BLOCK, citizens - place)
            room = int(places * days * per_day * 1.6) + 1000
            who, by, when, user = _visits(seed + place, places, days, per_day, user, place, room)
            start = when + FIRST
            columns.append(who, by, start)
            total += who.size
            if parquet:
                month = (np.searchsorted(edges, start, side="right") - 1).astype(np.int16)
                table = pa.table(
                    {"user": who.astype(np.int32), "carer": by.astype(np.int32), "start": start.astype(np.int32),
                     "month": month}
                )  # fmt: skip
                writer = writer or pq.ParquetWriter(folder / "visits.parquet", table.schema, compression="zstd")
                writer.write_table(table, row_group_size=2_000_000)
    if writer is not None:
        writer.close()
    return total
