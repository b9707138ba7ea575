"""The visits that continuity is counted on: one row per employee and visit, in the order they began."""

from __future__ import annotations

import polars as pl

from measures.answer import Warned
from measures.tables import OSLO, moments, need, texts, unlike


def read_visits(visits: pl.DataFrame, *, ids: tuple[str, ...] = ()) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return visits with `user`, `carer`, `begun` (UTC), `on` (day in Oslo) and `hour` (wall clock, as a fraction).

    ids: further columns that tell rows apart, used where the table has them. Rows without citizen, employee or time are
    left out, and rows that say the same again count once; both are counted by reason. Sorted by citizen and time, and
    by employee where two began at once, so that the order of the file plays no part.
    """
    need(visits, "visits", ["user", "carer", "start"])
    found = texts(visits, "visits", ["user", "carer", *(each for each in ids if each in visits.columns)])
    found = moments(found, "visits", "start", into="begun")
    whole = found.drop_nulls(["user", "carer", "begun"])
    kept, again = unlike(whole, ["user", "carer", "begun", *(each for each in ids if each in visits.columns)])
    there = pl.col("begun").dt.convert_time_zone(OSLO)
    kept = kept.with_columns(
        on=there.dt.date(),
        hour=there.dt.hour().cast(pl.Float64) + there.dt.minute() / 60 + there.dt.second() / 3600,
    ).sort("user", "begun", "carer", *(each for each in ids if each in visits.columns))
    return kept, {"incomplete": found.height - whole.height, "said_again": again}


def of_left_out(excluded: dict[str, int]) -> list[Warned]:
    """Return the warnings that the reader needs about rows left out."""
    told = []
    if excluded.get("incomplete"):
        told.append(Warned("incomplete_rows", f"{excluded['incomplete']} rows lack citizen, employee or time."))
    if excluded.get("said_again"):
        told.append(Warned("rows_said_again", f"{excluded['said_again']} rows say what another says; counted once."))
    return told
