"""For each citizen and day: the different employees of the 28 days that end with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bench.measures.engines import Sums

DAYS = 28


def tillit(folder: Path) -> Callable[[], Sums]:
    """One sliding pass over our columns: each visit is counted in once and out once."""
    from measures.scale.columns import VisitColumns
    from measures.scale.rolling import rolling_continuity

    def ask() -> Sums:
        sums = {"rows": 0.0, "visits": 0.0, "distinct": 0.0, "coc": 0.0}
        for piece in rolling_continuity(VisitColumns.open(folder / "columns"), days=DAYS):
            sums["rows"] += piece.height
            sums["visits"] += int(piece["n"].sum())
            sums["distinct"] += int(piece["distinct"].sum())
            sums["coc"] += float(piece["coc"].sum())
        return sums

    return ask


def duckdb(folder: Path) -> Callable[[], Sums]:
    """DuckDB: each employee's visits to a citizen per day, spread over the 28 days they count in, and grouped."""
    import duckdb as db

    question = f"""
      with v as (select "user", carer, cast(timezone('Europe/Oslo', to_timestamp(start * 60)) as date) as day
                 from read_parquet($file)),
           a as (select "user", carer, day, count(*) as k from v group by all),
           u as (select "user", min(day) as first, max(day) as last from a group by all),
           w as (select "user", carer, unnest(range(day, day + interval {DAYS} day, interval 1 day))::date as day, k
                 from a),
           c as (select "user", day, carer, sum(k) as k from w group by all),
           g as (select "user", day, sum(k) as n, count(*) as people, sum(k * k) as squares from c group by all)
      select sum(last - first + 1)::bigint from u
      union all select sum(n)::bigint from g join u using ("user") where day between first and last
      union all select sum(people)::bigint from g join u using ("user") where day between first and last
      union all select sum((squares - n) / (n * (n - 1)))
                from g join u using ("user") where day between first and last and n >= 2"""

    def ask() -> Sums:
        connection = db.connect()
        connection.execute(f"set threads = {os.cpu_count() or 1}; set preserve_insertion_order = false")
        found = [row[0] for row in connection.execute(question, {"file": str(folder / "visits.parquet")}).fetchall()]
        return dict(zip(("rows", "visits", "distinct", "coc"), map(float, found), strict=True))

    return ask


ENGINES: dict[str, Callable[[Path], Callable[[], Sums]]] = {"tillit": tillit, "duckdb": duckdb}
BYTES_PER_VISIT = {"tillit": 0, "duckdb": 500}
"""DuckDB spreads each visit over 28 days."""
UNLIKE = "DuckDB reads Parquet and finds the day; ours reads its own columns and finds the day itself."
