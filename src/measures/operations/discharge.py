"""From ready to leave hospital to the first visit at home."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from measures.answer import Found, Warned, ratio
from measures.measure import measure
from measures.operations.leadtimes import LEAST_CASES, kaplan_meier
from measures.tables import OSLO, day, days, moments, need, texts, unlike

LEAST_FOR_P90 = 20


@measure("discharge_wait", version=1, source="Own definition (T-5); Kaplan & Meier 1958.")
def discharge_wait(cases: pl.DataFrame, *, asof: str | date) -> Found:
    """Days from ready to leave hospital to the first visit, and days in hospital after ready (T-5).

    cases: ready (moment), left (day), first_visit (moment; empty: not yet), other (empty, or what came instead: died,
    nursing home, declined). case: rows of the same case count once. Those with `other` are left out, and counted by
    kind. Those not yet visited wait at the end of `asof`. days: by the clock / 24 h; share within one day and median by
    Kaplan–Meier; P90 of those visited from 20. overstay_days: whole days from the day of ready to the day left, or to
    `asof` for those still there.
    """
    need(cases, "cases", ["ready", "left", "first_visit", "other"])
    today = day(asof, "asof")
    once, again = unlike(cases, cases.columns) if "case" in cases.columns else (cases, 0)
    found = days(texts(once, "cases", ["other"]), "cases", ["left"])
    found = moments(moments(found, "cases", "ready", into="_ready"), "cases", "first_visit", into="_first")
    end = (
        pl.lit(today).dt.offset_by("1d").cast(pl.Datetime("us")).dt.replace_time_zone(OSLO).dt.convert_time_zone("UTC")
    )
    begun = found.filter(pl.col("_ready").is_not_null() & (pl.col("_ready") < end))
    instead = dict(begun["other"].drop_nulls().value_counts().sort("other").iter_rows())
    ours = begun.filter(pl.col("other").is_null())
    forward = ours.filter(pl.col("_first").is_null() | (pl.col("_first") >= pl.col("_ready")))
    visited = pl.col("_first").is_not_null() & (pl.col("_first") < end)
    ready_day = pl.col("_ready").dt.convert_time_zone(OSLO).dt.date()
    until = pl.min_horizontal(pl.col("left").fill_null(today), pl.lit(today))
    reckoned = forward.with_columns(
        visited=visited,
        days=(pl.when(visited).then(pl.col("_first")).otherwise(end) - pl.col("_ready")).dt.total_microseconds()
        / 864e8,
        over=(until - ready_day).dt.total_days().clip(lower_bound=0),
    )
    took, ended = reckoned["days"].to_numpy().astype(np.float64), reckoned["visited"].to_numpy().astype(np.bool_)
    curve = kaplan_meier(took, ended)
    n, waiting = int(took.size), int((~ended).sum())
    stayed = reckoned["over"].to_numpy()
    return Found(
        {
            "n": n,
            "n_waiting": waiting,
            "km_median": curve.median(),
            "share_within_1": 1 - curve.at(1) if n else None,
            "p90": float(np.quantile(took[ended], 0.9)) if ended.sum() >= LEAST_FOR_P90 else None,
            "overstay_days": int(stayed.sum()),
            "share_overstayed": ratio(int((stayed > 0).sum()), n),
            "instead": instead,
        },
        n=n,
        excluded={"said_again": again, "not_ready": found.height - begun.height, "other": begun.height - ours.height,
                  "visited_first": ours.height - forward.height},
        warnings=[Warned("too_few", f"Fewer than {LEAST_CASES} cases: do not show.")] if n < LEAST_CASES else [],
    )  # fmt: skip
