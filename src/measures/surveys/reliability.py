"""Do the items of a scale go together? For the whole sample once per wave, never per team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy import stats

from measures.answer import Found, Value, Warned
from measures.measure import measure
from measures.surveys.answers import Floats, confidence, read_answers
from measures.surveys.onefactor import fit, omega_of

LEAST_ANSWERS = 50
LEAST_FOR_A_MODEL = 200
_SLACK = 1e-12


def _alpha(values: Floats) -> float | None:
    """Return k/(k−1) · (1 − Σ s_i² / s_total²), None when it is undefined."""
    n, k = values.shape
    if n < 2 or k < 2:
        return None
    total = float(values.sum(axis=1).var(ddof=1))
    return k / (k - 1) * (1 - float(values.var(axis=0, ddof=1).sum()) / total) if total > _SLACK else None


def _correlation(one: Floats, other: Floats) -> float | None:
    if one.size < 2 or one.std() < _SLACK or other.std() < _SLACK:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _warned(n: int, least: int) -> list[Warned]:
    told = [Warned("never_per_team", "For the whole sample once per wave; never show it for a team.")]
    if n < least:
        told.append(Warned("few_answers", f"{n} complete answers: the coefficient is unsure below {least}."))
    return told


@measure(
    "alpha",
    version=1,
    source="Cronbach 1951; interval: Feldt 1965, Psychometrika 30:357.",
    words={"least": "min", "most": "max", "columns": "items_used"},
)
def alpha(
    items: pl.DataFrame,
    *,
    least: float = 1,
    most: float = 5,
    reverse: Sequence[Any] = (),
    conf: float = 0.95,
    columns: Sequence[str] | None = None,
) -> Found:
    """Cronbach's alpha with Feldt's interval, items against the rest, and alpha without each item (U-1).

    items: a row for each who answered, a column for each item; only complete rows count. A high alpha does not say that
    the items measure one thing. Undefined (None) for one item, fewer than two answers, or no spread in the sum.
    """
    outside = confidence(conf)
    found = read_answers(items, least=least, most=most, reverse=reverse, columns=columns)
    x = found.whole
    n, k = x.shape
    value = _alpha(x)
    low = high = None
    if value is not None:
        ends = stats.f.ppf([1 - outside / 2, outside / 2], n - 1, (n - 1) * (k - 1))
        low, high = (1 - (1 - value) * float(each) for each in ends)
    rest: dict[str, Value] = {}
    without: dict[str, Value] = {}
    for place, name in enumerate(found.items):
        others = np.delete(x, place, axis=1)
        rest[name] = _correlation(x[:, place], others.sum(axis=1))
        without[name] = _alpha(others)
    pairs = [_correlation(x[:, a], x[:, b]) for a in range(k) for b in range(a)]
    known = [each for each in pairs if each is not None]
    warnings = _warned(n, LEAST_ANSWERS)
    weak = [name for name, each in rest.items() if each is not None and each < 0.3]
    if weak:
        warnings.append(Warned("weak_items", f"Items that go poorly with the rest (below 0.3): {', '.join(weak)}."))
    if any(each is not None and each < 0 for each in rest.values()):
        warnings.append(Warned("turned", "An item goes against the rest: is it reversed as it should be?"))
    return Found(
        {
            "n": n,
            "k": k,
            "alpha": value,
            "ci_low": low,
            "ci_high": high,
            "mean_r": sum(known) / len(known) if known and len(known) == len(pairs) else None,
            "item_rest": rest,
            "alpha_if_deleted": without,
        },
        n=n,
        excluded={"incomplete": found.values.shape[0] - n},
        warnings=warnings,
    )


@measure(
    "omega1",
    version=1,
    source="McDonald 1999; one-factor maximum likelihood (Jöreskog 1967); interval: delta method, Raykov 2002.",
    words={"least": "min", "most": "max", "columns": "items_used"},
)
def omega1(
    items: pl.DataFrame,
    *,
    least: float = 1,
    most: float = 5,
    reverse: Sequence[Any] = (),
    conf: float = 0.95,
    columns: Sequence[str] | None = None,
) -> Found:
    """McDonald's omega with interval, of one factor fitted by maximum likelihood (U-1).

    omega = (Σλ)² / ((Σλ)² + Σθ). Only complete rows count. The interval is by the delta method on the log-odds of
    omega, from the expected information. Undefined with fewer than three items (one factor is not given by them), too
    few answers, or an item all answer alike.
    """
    outside = confidence(conf)
    found = read_answers(items, least=least, most=most, reverse=reverse, columns=columns)
    x = found.whole
    n, k = x.shape
    warnings = _warned(n, LEAST_FOR_A_MODEL)
    excluded = {"incomplete": found.values.shape[0] - n}
    empty = {"omega": None, "ci_low": None, "ci_high": None, "loadings": None}
    if k < 3 or n <= k or (x.var(axis=0) < _SLACK).any():
        return Found(empty, n=n, excluded=excluded, warnings=warnings)
    factor = fit(np.cov(x, rowvar=False, ddof=0), n)
    value, se = omega_of(factor)
    low = high = None
    if factor.at_the_edge:
        warnings.append(Warned("heywood", "An item is left with no error of its own: one factor does not fit; "
                               "no interval."))  # fmt: skip
    elif se is not None and 0 < value < 1:
        reach = float(stats.norm.ppf(1 - outside / 2)) * se / (value * (1 - value))
        middle = np.log(value / (1 - value))
        low, high = (float(1 / (1 + np.exp(-(middle + sign * reach)))) for sign in (-1, 1))
    if factor.loadings.min() < 0 < factor.loadings.max():
        warnings.append(Warned("turned", "An item goes against the rest: is it reversed as it should be?"))
    loadings = {name: float(each) for name, each in zip(found.items, factor.loadings, strict=True)}
    values = {"omega": value, "ci_low": low, "ci_high": high, "loadings": loadings}
    return Found(values, n=n, excluded=excluded, warnings=warnings)
