"""Control charts with three-sigma limits: single values, shares, rates, and shares of very many."""

from __future__ import annotations

import numpy as np
import polars as pl

from measures.answer import Found, Warned
from measures.charts.series import Floats, Series, baseline, outside, read_series
from measures.errors import InvalidInput
from measures.measure import measure

D2 = 1.128
"""Expected range of two normal values, in standard deviations."""
D4 = 3.267
LARGE = 2000
"""From so many per point an ordinary P chart cries wolf."""
LAG1 = 0.5


def _lists(low: Floats, high: Floats) -> dict[str, list[float]]:
    return {"ucl": [float(each) for each in high], "lcl": [float(each) for each in low]}


def _autocorrelated(y: Floats) -> list[Warned]:
    """Return a warning when each point follows the one before so closely that limits mislead."""
    if y.size < 12 or y.std() == 0:
        return []
    off = y - y.mean()
    lag = float((off[1:] * off[:-1]).sum() / (off**2).sum())
    if lag > LAG1:
        return [Warned("autocorrelated", f"Each point follows the one before (lag 1: {lag:.2f}): too narrow limits.")]
    return []


@measure("xmr", version=1, source="Shewhart 1931; NIST/SEMATECH e-Handbook 6.3.2.2.")
def xmr(data: pl.DataFrame, *, baseline_n: int | None = None) -> Found:
    """Single values (I chart) with their moving range: mean ± 3 · MR̄ / 1.128; range limit 3.267 · MR̄.

    data: y, in order of t. Never the standard deviation of the values: it grows with the very change one looks for.
    Limits rest on the first `baseline_n` points, and stay.
    """
    series = read_series(data, ("y",))
    y = series.columns["y"]
    count, warnings = baseline(series, baseline_n)
    if count < 2:
        raise InvalidInput("data.y", "fewer than two points to make limits from", "Give at least two, better twelve")
    ranges = np.abs(np.diff(y))
    centre, spread = float(y[:count].mean()), float(ranges[: count - 1].mean())
    upper, lower = centre + 3 * spread / D2, centre - 3 * spread / D2
    wide = D4 * spread
    flat = np.full(y.shape, 1.0)
    return Found(
        {
            "cl": centre,
            "mr_bar": spread,
            "ucl": upper,
            "lcl": lower,
            "mr_ucl": wide,
            "beyond": outside(series, y, lower * flat, upper * flat),
            "mr_beyond": [int(each) for each in series.points[1:][ranges > wide + 1e-12]],
        },
        n=series.n,
        excluded={"missing": series.missing},
        warnings=[*warnings, *_autocorrelated(y)],
    )


def _counted(data: pl.DataFrame, whole_from: str) -> tuple[Series, Floats, Floats]:
    series = read_series(data, ("x", "n"))
    x, n = series.columns["x"], series.columns["n"]
    if (n < 0).any() or (x < 0).any():
        raise InvalidInput("data.n", "counts cannot be below 0", "Mend the row")
    if whole_from == "share" and (x > n).any():
        raise InvalidInput("data.x", "there are more than n", "x is a part of n")
    if not n.sum() > 0:
        raise InvalidInput("data.n", "there is nothing to divide by", "Give points with n above 0")
    return series, x, n


def _per(x: Floats, n: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, x / n, np.nan)


@measure("pchart", version=1, source="Shewhart 1931; NIST/SEMATECH e-Handbook 6.3.3.2.")
def pchart(data: pl.DataFrame, *, baseline_n: int | None = None) -> Found:
    """Shares with limits p̄ ± 3 √(p̄ (1 − p̄) / n_i), within 0 and 1.

    data: x of n, in order of t. Points with n = 0 have no limits. Sick leave is no P chart: days come in spells.
    """
    series, x, n = _counted(data, "share")
    count, warnings = baseline(series, baseline_n)
    centre = float(x[:count].sum() / n[:count].sum()) if n[:count].sum() else float("nan")
    half = 3 * np.sqrt(_per(np.full(n.shape, centre * (1 - centre)), n))
    low, high = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    if np.median(n) > LARGE:
        warnings.append(Warned("large_n", f"More than {LARGE} per point: a P′ chart (pprime) is the honest one."))
    return Found(
        {"cl": centre, **_lists(low, high), "beyond": outside(series, _per(x, n), low, high)},
        n=series.n,
        excluded={"missing": series.missing},
        warnings=warnings,
    )


@measure("uchart", version=1, source="Shewhart 1931; NIST/SEMATECH e-Handbook 6.3.3.1.")
def uchart(data: pl.DataFrame, *, baseline_n: int | None = None) -> Found:
    """Rates with limits ū ± 3 √(ū / n_i), not below 0: events x on an area of opportunity n, in order of t.

    With n = 1 everywhere it is a C chart. More deviations can mean that people dare to tell: never a target.
    """
    series, x, n = _counted(data, "rate")
    count, warnings = baseline(series, baseline_n)
    centre = float(x[:count].sum() / n[:count].sum()) if n[:count].sum() else float("nan")
    half = 3 * np.sqrt(_per(np.full(n.shape, centre), n))
    low, high = np.clip(centre - half, 0, None), centre + half
    return Found(
        {"cl": centre, **_lists(low, high), "beyond": outside(series, _per(x, n), low, high)},
        n=series.n,
        excluded={"missing": series.missing},
        warnings=warnings,
    )


@measure("pprime", version=1, source="Laney 2002, Quality Engineering 14(4):531–537.")
def pprime(data: pl.DataFrame, *, baseline_n: int | None = None) -> Found:
    """Shares of very many (P′): the ordinary limits widened by how much points really vary, MR̄(z) / 1.128.

    data: x of n, in order of t. z_i = (p_i − p̄) / √(p̄ (1 − p̄) / n_i).
    """
    series, x, n = _counted(data, "share")
    count, warnings = baseline(series, baseline_n)
    if count < 2:
        raise InvalidInput("data.x", "fewer than two points to make limits from", "Give at least two, better twelve")
    centre = float(x[:count].sum() / n[:count].sum()) if n[:count].sum() else float("nan")
    sigma = np.sqrt(_per(np.full(n.shape, centre * (1 - centre)), n))
    p = _per(x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (p - centre) / sigma
    known = z[:count][np.isfinite(z[:count])]
    spread = float(np.abs(np.diff(known)).mean() / D2) if known.size > 1 else 1.0
    half = 3 * sigma * spread
    low, high = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    return Found(
        {"cl": centre, "sigma_z": spread, **_lists(low, high), "beyond": outside(series, p, low, high)},
        n=series.n,
        excluded={"missing": series.missing},
        warnings=warnings,
    )
