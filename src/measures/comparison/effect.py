"""Effect sizes and their intervals by the non-central t."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

Floats = npt.NDArray[np.float64]
Interval = tuple[float | None, float | None]


def small_sample(freedom: float) -> float:
    """Return Hedges' exact correction J = Γ(m/2) / (√(m/2) Γ((m−1)/2)) (Hedges 1981)."""
    return float(np.exp(special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2)) / math.sqrt(freedom / 2))


def noncentral(t: float, freedom: float, outside: float) -> Interval:
    """Return the interval of the non-centrality behind an observed t (Steiger & Fouladi 1997), None where not found."""

    def off(ncp: float, share: float) -> float:
        return float(stats.nct.cdf(t, freedom, ncp)) - share

    def at(share: float) -> float | None:
        low, high, step = t - 1.0, t + 1.0, 1.0
        for _ in range(60):
            if off(low, share) >= 0:
                break
            low, step = low - step, step * 1.5
        step = 1.0
        for _ in range(60):
            if off(high, share) <= 0:
                break
            high, step = high + step, step * 1.5
        if not off(low, share) >= 0 >= off(high, share):
            return None
        return float(optimize.brentq(off, low, high, args=(share,), xtol=1e-12))

    return at(1 - outside / 2), at(outside / 2)


def hedges(difference: float, sd: float, n_a: int, n_b: int, outside: float) -> tuple[float | None, Interval]:
    """Return Hedges' g of two groups with a pooled standard deviation, and its interval; None without spread."""
    freedom = n_a + n_b - 2
    if sd <= 0 or freedom < 2:
        return None, (None, None)
    j, root = small_sample(freedom), math.sqrt(1 / n_a + 1 / n_b)
    low, high = noncentral(difference / (sd * root), freedom, outside)
    return j * difference / sd, (_times(low, j * root), _times(high, j * root))


def standardised_change(mean: float, sd: float, n: int, outside: float) -> tuple[float | None, Interval]:
    """Return dz = mean / sd of the changes of n pairs, and its interval; None without spread."""
    if sd <= 0 or n < 2:
        return None, (None, None)
    low, high = noncentral(mean / sd * math.sqrt(n), n - 1, outside)
    return mean / sd, (_times(low, 1 / math.sqrt(n)), _times(high, 1 / math.sqrt(n)))


def _times(value: float | None, factor: float) -> float | None:
    return value * factor if value is not None else None
