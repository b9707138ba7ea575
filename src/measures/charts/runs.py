"""Run charts by Anhøj's rules: is it only chance, or has something changed?"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy import stats

from measures.answer import Found, Warned
from measures.charts.series import Floats, baseline, read_series
from measures.errors import InvalidInput
from measures.measure import measure

SOURCE = "Anhøj & Olesen 2014, PLoS ONE 9(11):e113825."
LEAST_USEFUL = 10
GOOD_USEFUL = 12


def longest_allowed(useful: int) -> int:
    """Return the longest run that chance explains: round(log2 n) + 3."""
    return round(math.log2(useful)) + 3 if useful > 0 else 0


def crossings_needed(useful: int) -> int:
    """Return the fewest crossings that chance explains: the 5 per cent point of the binomial (n − 1, ½)."""
    return int(stats.binom.ppf(0.05, useful - 1, 0.5)) if useful > 1 else 0


def runs(values: Floats, centre: float) -> tuple[int, int, int]:
    """Return useful points, the longest run on one side and the crossings; points on the centre are dropped."""
    side = np.sign(values - centre)
    side = side[np.abs(values - centre) > 1e-12 * max(1.0, abs(centre))]
    if side.size == 0:
        return 0, 0, 0
    turns = np.flatnonzero(side[1:] != side[:-1])
    lengths = np.diff(np.concatenate([[-1], turns, [side.size - 1]]))
    return int(side.size), int(lengths.max()), int(turns.size)


@measure("run_limits", version=1, source=SOURCE)
def run_limits(*, n: Sequence[int]) -> Found:
    """Anhøj's limits for these numbers of useful points."""
    if any(each < 1 for each in n):
        raise InvalidInput("n", "must be at least 1", "Give numbers of useful points")
    return Found(
        {"longest_max": [longest_allowed(each) for each in n], "crossings_min": [crossings_needed(each) for each in n]},
        n=len(n),
    )


@measure("runchart", version=1, source=SOURCE)
def runchart(data: pl.DataFrame, *, baseline_n: int | None = None) -> Found:
    """A run chart: median, longest run and crossings, and whether they are more than chance.

    data: y, in order of t. A signal is a run LONGER than round(log2 n) + 3, or FEWER crossings than the binomial's
    5 per cent point; equal is no signal. baseline_n: the median of the first so many points, frozen; all are judged.
    By chance alone 3 per cent of stable series of 24 points give a signal.
    """
    series = read_series(data, ("y",))
    y = series.columns["y"]
    count, warnings = baseline(series, baseline_n)
    if count == 0:
        return Found(
            {"median": None, "n_obs": 0, "n_useful": 0, "longest_run": 0, "longest_max": 0, "crossings": 0,
             "crossings_min": 0, "signal": False},
            n=0, excluded={"missing": series.missing}, warnings=warnings,
        )  # fmt: skip
    centre = float(np.median(y[:count]))
    useful, longest, crossings = runs(y, centre)
    most, fewest = longest_allowed(useful), crossings_needed(useful)
    if useful < LEAST_USEFUL:
        warnings.append(Warned("too_few_points", f"{useful} useful points: the rules need at least {LEAST_USEFUL}."))
    elif useful < GOOD_USEFUL:
        warnings.append(Warned("few_points", f"{useful} useful points: {GOOD_USEFUL} or more are better."))
    return Found(
        {
            "median": centre,
            "n_obs": series.n,
            "n_useful": useful,
            "longest_run": longest,
            "longest_max": most,
            "crossings": crossings,
            "crossings_min": fewest,
            "signal": bool(longest > most or crossings < fewest),
            "long_run": bool(longest > most),
            "few_crossings": bool(crossings < fewest),
        },
        n=series.n,
        excluded={"missing": series.missing},
        warnings=warnings,
    )
