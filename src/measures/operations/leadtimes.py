"""How long people wait, with those who still wait counted in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from measures.answer import Found, Warned, ratio
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import day, days, flags, numbers, unlike

LEAST_CASES = 5
_SLACK = 1e-9
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan–Meier curve: at each time with an event, the share that still waits just after it."""

    times: Floats
    waiting: Floats

    def at(self, time: float) -> float:
        """Return the share still waiting at `time`."""
        index = int(np.searchsorted(self.times, time + _SLACK, side="right")) - 1
        return float(self.waiting[index]) if index >= 0 else 1.0

    def median(self) -> float | None:
        """Return the smallest time with at most half waiting, or None when it is not reached."""
        reached = np.nonzero(self.waiting <= 0.5 + _SLACK)[0]
        return float(self.times[reached[0]]) if reached.size else None


def kaplan_meier(time: Floats, ended: Flags) -> Curve:
    """Return the product-limit estimate; one who leaves at a time is still at risk at it (Kaplan & Meier 1958)."""
    when = np.unique(time[ended])
    order = np.sort(time)
    at_risk = order.size - np.searchsorted(order, when, side="left")
    ends = np.sort(time[ended])
    count = np.searchsorted(ends, when, side="right") - np.searchsorted(ends, when, side="left")
    return Curve(when, np.cumprod(1 - count / at_risk, dtype=np.float64))


@measure("lead_time_km", version=1, source="Kaplan & Meier 1958 (T-6).")
def lead_time_km(cases: pl.DataFrame, *, asof: str | date, horizon: float = 30) -> Found:
    """Days from start to end with open cases counted as still waiting on `asof` (T-5, T-6).

    cases: start, end (empty: open; case: rows of the same case count once). Days in Oslo. One that ended after `asof`
    was open then; one that started after it is left out. The naive numbers look at closed cases only, and flatter.
    """
    today = day(asof, "asof")
    once, again = unlike(cases, cases.columns) if "case" in cases.columns else (cases, 0)
    found = days(once, "cases", ["start", "end"])
    known = found.filter(pl.col("start").is_not_null() & (pl.col("start") <= today))
    backwards = known.filter(pl.col("end") < pl.col("start")).height
    known = known.filter(pl.col("end").is_null() | (pl.col("end") >= pl.col("start")))
    closed = pl.col("end").is_not_null() & (pl.col("end") <= today)
    known = known.with_columns(
        ended=closed,
        took=(pl.when(closed).then(pl.col("end")).otherwise(pl.lit(today)) - pl.col("start")).dt.total_days(),
    )
    took = known["took"].to_numpy().astype(float)
    ended = known["ended"].to_numpy().astype(bool)
    curve = kaplan_meier(took, ended)
    n, n_open = known.height, int((~ended).sum())
    warnings = []
    if n < LEAST_CASES:
        warnings.append(Warned("too_few", f"Fewer than {LEAST_CASES} cases: do not show."))
    if took.size and horizon > took.max() and n_open:
        warnings.append(Warned("beyond_observed", "The horizon is longer than any case has been followed."))
    return Found(
        {
            "n": n,
            "n_open": n_open,
            "km_median": curve.median(),
            "km_share_within": 1 - curve.at(horizon) if n else None,
            "naive_median_closed": float(np.median(took[ended])) if ended.any() else None,
            "naive_share_closed": ratio(int((took[ended] <= horizon).sum()), int(ended.sum())),
        },
        n=n,
        excluded={"said_again": again, "not_started": found.height - known.height - backwards, "ends_first": backwards},
        warnings=warnings,
    )


@measure("km_simple", version=1, source="Kaplan & Meier 1958.")
def km_simple(cases: pl.DataFrame, *, horizon: float) -> Found:
    """Median and share still waiting at `horizon` from times and whether each ended.

    cases: time, event (1: it ended, 0: no longer followed). Unit as in the table.
    """
    found = flags(numbers(cases, "cases", ["time"]), "cases", ["event"]).drop_nulls("time")
    time = found["time"].to_numpy().astype(float)
    if (time < 0).any():
        raise InvalidInput("cases.time", "a time is below 0", "Mend the row")
    curve = kaplan_meier(time, found["event"].to_numpy().astype(bool))
    return Found(
        {"median": curve.median(), "s_horizon": curve.at(horizon) if time.size else None},
        n=found.height,
        excluded={"incomplete": cases.height - found.height},
    )


@measure("competing_risks", version=1, source="Aalen & Johansen 1978 (P-6).")
def competing_risks(cases: pl.DataFrame, *, horizon: float) -> Found:
    """Share that has ended for each reason by `horizon`, when ending for one stops the others (P-6).

    cases: time, reason (empty: no longer followed, none of them happened). The shares and the one still waiting sum
    to 1. A mean, or one minus Kaplan–Meier for one reason, would count the others as if they could still happen.
    """
    found = numbers(cases, "cases", ["time"]).drop_nulls("time")
    if "reason" not in cases.columns:
        raise InvalidInput("cases.reason", "the column is missing", "Leave it empty where nothing has happened yet")
    time = found["time"].to_numpy().astype(float)
    reason = found["reason"].cast(pl.String).to_list()
    ended = np.array([each is not None for each in reason], dtype=bool)
    curve = kaplan_meier(time, ended)
    before = np.concatenate([[1.0], curve.waiting[:-1]]) if curve.times.size else np.empty(0)
    order = np.sort(time)
    at_risk = order.size - np.searchsorted(order, curve.times, side="left")
    shares: dict[str, float] = {}
    for name in sorted({each for each in reason if each is not None}):
        mine = np.sort(time[[each == name for each in reason]])
        count = np.searchsorted(mine, curve.times, side="right") - np.searchsorted(mine, curve.times, side="left")
        within = curve.times <= horizon + _SLACK
        shares[name] = float((before * count / at_risk)[within].sum())
    return Found({"shares": shares, "still": curve.at(horizon), "n": found.height}, n=found.height)
