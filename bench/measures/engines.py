"""The same question put to each engine. Every one answers with the same sums, or the run fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Sums = dict[str, float]


def tillit(folder: Path) -> Callable[[], Sums]:
    """One pass over our columns."""
    from measures.scale.columns import VisitColumns
    from measures.scale.monthly import monthly_continuity

    def ask() -> Sums:
        found = monthly_continuity(VisitColumns.open(folder / "columns"))
        return {
            "rows": found.height, "visits": int(found["n"].sum()), "distinct": int(found["distinct"].sum()),
            "upc": float(found["upc"].sum()), "coc": float(found["coc"].sum()), "secon": float(found["secon"].sum()),
        }  # fmt: skip

    return ask


def pandas(folder: Path) -> Callable[[], Sums]:
    """Vectorised pandas: no Python per group; the file is in the order of citizen and time."""
    import pandas as pd

    def ask() -> Sums:
        v = pd.read_parquet(folder / "visits.parquet")
        same_group = (v.user.diff() == 0) & (v.month.diff() == 0)
        v["same"] = ((v.carer.diff() == 0) & same_group).astype("int8")
        c = (
            v.groupby(["user", "month", "carer"], sort=False)
            .agg(k=("start", "size"), same=("same", "sum"))
            .reset_index()
        )
        c["squares"] = c.k * c.k
        g = c.groupby(["user", "month"], sort=False).agg(
            n=("k", "sum"), distinct=("k", "size"), most=("k", "max"), squares=("squares", "sum"), same=("same", "sum")
        )
        return _sums(*(g[each].to_numpy() for each in ("n", "distinct", "most", "squares", "same")))

    return ask


def polars(folder: Path) -> Callable[[], Sums]:
    """Polars, lazily, from the Parquet file."""
    import polars as pl

    def ask() -> Sums:
        alike = [pl.col(each) == pl.col(each).shift(1) for each in ("carer", "user", "month")]
        each = (
            pl.scan_parquet(folder / "visits.parquet")
            .with_columns(same=pl.all_horizontal(alike).cast(pl.Int32))
            .group_by("user", "month", "carer")
            .agg(k=pl.len().cast(pl.Int64), same=pl.col("same").sum())
        )
        k = pl.col("k")
        g = (
            each.group_by("user", "month")
            .agg(n=k.sum(), distinct=pl.len(), most=k.max(), squares=(k**2).sum(), same=pl.col("same").sum())
            .collect()
        )
        return _sums(*(g[name].to_numpy() for name in ("n", "distinct", "most", "squares", "same")))

    return ask


def duckdb(folder: Path) -> Callable[[], Sums]:
    """DuckDB: a window and two groupings, on as many threads as there are cores."""
    import duckdb as db

    question = """
      with s as (select "user", month, carer,
                   (carer = lag(carer) over (partition by "user", month order by start))::int as same
                 from read_parquet($file)),
           c as (select "user", month, carer, count(*) as k, sum(same) as same from s group by all)
      select sum(k)::bigint as n, count(*)::bigint as "distinct", max(k)::bigint as most,
             sum(k * k)::bigint as squares, coalesce(sum(same), 0)::bigint as same, "user", month
      from c group by "user", month"""

    def ask() -> Sums:
        connection = db.connect()
        connection.execute(f"set threads = {os.cpu_count() or 1}; set preserve_insertion_order = false")
        g = connection.execute(question, {"file": str(folder / "visits.parquet")}).fetchnumpy()
        return _sums(*(g[name] for name in ("n", "distinct", "most", "squares", "same")))

    return ask


def _sums(n: Any, distinct: Any, most: Any, squares: Any, same: Any) -> Sums:
    """Return the sums of what the engine counted, with the indices of months of two visits or more."""
    import numpy as np

    n, most, squares, same = (np.asarray(each, dtype=np.float64) for each in (n, most, squares, same))
    two = n >= 2
    m = n[two]
    return {
        "rows": int(n.size), "visits": int(n.sum()), "distinct": int(np.asarray(distinct).sum()),
        "upc": float((most[two] / m).sum()), "coc": float(((squares[two] - m) / (m * (m - 1))).sum()),
        "secon": float((same[two] / (m - 1)).sum()),
    }  # fmt: skip


ENGINES: dict[str, Callable[[Path], Callable[[], Sums]]] = {
    "tillit": tillit, "duckdb": duckdb, "polars": polars, "pandas": pandas,
}  # fmt: skip
BYTES_PER_VISIT = {"tillit": 0, "duckdb": 35, "polars": 65, "pandas": 125}
"""Peak memory for each visit, as measured; an engine that would not fit in memory is left out, and said to be."""
UNLIKE = "The others read Parquet with the month in it; ours reads its own columns and finds the month itself."
