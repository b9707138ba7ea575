"""A day's visits are put in, and every citizen's numbers for the last 14 and 28 days are told again."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.measures.engines import Sums

WINDOWS = (14, 28)


def _last_day(folder: Path) -> tuple[Any, date, Any]:
    """Return the columns, their last whole day in Oslo, and the visits of that day as a table."""
    import polars as pl

    from measures.scale.columns import VisitColumns
    from measures.scale.recent import RecentVisits
    from measures.scale.rolling import day_edges

    columns = VisitColumns.open(folder / "columns")
    day = day_edges(*columns.span)[0][-1].item()
    only = RecentVisits.of_columns(columns, until=day, days=1)
    begun = pl.from_epoch(pl.Series(only.start.astype("int64") * 60), time_unit="s").dt.replace_time_zone("UTC")
    return columns, day, pl.DataFrame({"user": only.citizen, "carer": only.carers[only.carer], "start": begun})


def tillit(folder: Path) -> Callable[[], Sums]:
    """The window kept in memory moves a day; the kernel tells both windows."""
    from measures.scale.recent import RecentVisits

    columns, day, visits = _last_day(folder)
    yesterday = RecentVisits.of_columns(columns, until=day - timedelta(days=1))

    def ask() -> Sums:
        found = yesterday.with_day(visits, day).numbers(WINDOWS)
        sums = {"citizens": float(found.height)}
        for window in WINDOWS:
            for name in ("n", "distinct", "upc", "coc"):
                sums[f"{name}_{window}"] = float(found[f"{name}_{window}"].sum())
        return sums

    return ask


def duckdb(folder: Path) -> Callable[[], Sums]:
    """DuckDB: the window lies in a table in memory; the day is inserted, and both windows are grouped."""
    import duckdb as db

    from measures.scale.recent import RecentVisits

    columns, day, visits = _last_day(folder)
    kept = RecentVisits.of_columns(columns, until=day - timedelta(days=1))
    connection = db.connect()
    connection.execute(f"set threads = {os.cpu_count() or 1}")
    window = {"citizen": kept.citizen, "carer": kept.carers[kept.carer], "start": kept.start}
    new = visits.with_columns(minute=visits["start"].dt.epoch("s") // 60)
    places = (("citizen", "user"), ("carer", "carer"), ("start", "minute"))
    today = {name: new[column].to_numpy() for name, column in places}
    connection.register("window_rows", window)
    connection.register("day_rows", today)

    connection.execute("create table kept as select * from window_rows")

    def ask() -> Sums:
        connection.execute("begin")
        found = _with_the_day(connection, day)
        connection.execute("rollback")
        return found

    return ask


def _with_the_day(connection: Any, day: date) -> Sums:
    from measures.scale.oslo import begins

    connection.execute("insert into kept select * from day_rows")
    sums: Sums = {}
    for window in WINDOWS:
        first = begins(day - timedelta(days=window - 1))
        row = connection.execute(
            f"""with c as (select citizen, carer, count(*) as k from kept where start >= {first} group by all),
                     g as (select citizen, sum(k) as n, count(*) as people, max(k) as most, sum(k * k) as squares
                           from c group by all)
                select count(*), sum(n), sum(people), sum(most / n) filter (n >= 2),
                       sum((squares - n) / (n * (n - 1))) filter (n >= 2) from g"""
        ).fetchone()
        sums["citizens"] = float(row[0])
        for name, value in zip(("n", "distinct", "upc", "coc"), row[1:], strict=True):
            sums[f"{name}_{window}"] = float(value)
    return sums


ENGINES: dict[str, Callable[[Path], Callable[[], Sums]]] = {"tillit": tillit, "duckdb": duckdb}
BYTES_PER_VISIT = {"tillit": 0, "duckdb": 4}
UNLIKE = "Both have the last 28 days in memory; taking them there is not in the times."
