"""Two groups, or two waves that cannot be joined: difference, interval, effect size. No stars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy import stats

from measures.answer import Found, Warned
from measures.comparison.effect import Floats, hedges
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import numbers, texts

LEAST_IN_A_GROUP = 5


def outside_of(conf: float) -> float:
    """Return the share outside an interval. Raises InvalidInput."""
    if not 0 < conf < 1:
        raise InvalidInput("conf", "must lie between 0 and 1", "Use 0.95")
    return 1 - conf


@dataclass(frozen=True, slots=True)
class Two:
    """The values of two groups, and how many rows were in neither or lacked a value."""

    a: Floats
    b: Floats
    others: int
    missing: int


def read_two(data: pl.DataFrame, value: str, group: str, a: Any, b: Any) -> Two:
    """Return the values of the groups called `a` and `b`."""
    found = numbers(texts(data, "data", [group]), "data", [value])
    whole = found.drop_nulls(value)

    def of(name: Any) -> Floats:
        return np.sort(whole.filter(pl.col(group) == str(name))[value].to_numpy().astype(np.float64))

    first, second = of(a), of(b)
    return Two(first, second, whole.height - first.size - second.size, found.height - whole.height)


def few(*sizes: int) -> list[Warned]:
    """Return a warning when a group is too small to be shown."""
    if min(sizes) < LEAST_IN_A_GROUP:
        return [Warned("too_few", f"A group has fewer than {LEAST_IN_A_GROUP}: do not show.")]
    return []


def welch_of(x: Floats, y: Floats, outside: float) -> dict[str, float | None]:
    """Return Welch's difference x − y with t, degrees of freedom, p and interval; None where there is no spread."""
    n_a, n_b = int(x.size), int(y.size)
    told: dict[str, float | None] = dict.fromkeys(("diff", "t", "df", "p", "ci_low", "ci_high"))
    if n_a and n_b:
        told["diff"] = float(x.mean() - y.mean())
    if n_a < 2 or n_b < 2:
        return told
    v_a, v_b = float(x.var(ddof=1)) / n_a, float(y.var(ddof=1)) / n_b
    se = math.sqrt(v_a + v_b)
    if se <= 0 or told["diff"] is None:
        return told
    df = (v_a + v_b) ** 2 / (v_a**2 / (n_a - 1) + v_b**2 / (n_b - 1))
    half = float(stats.t.ppf(1 - outside / 2, df)) * se
    t = told["diff"] / se
    p = 2 * float(stats.t.sf(abs(t), df))
    return {**told, "t": t, "df": df, "p": p, "ci_low": told["diff"] - half, "ci_high": told["diff"] + half}


@measure("welch", version=1, source="Welch 1947; effect size: Hedges 1981, interval by the non-central t.")
def welch(
    data: pl.DataFrame, *, value: str = "value", group: str = "group", a: Any = "a", b: Any = "b", conf: float = 0.95
) -> Found:
    """The difference a − b of two groups with unequal spread, and Hedges' g, both with intervals.

    In two anonymous waves partly the same people answer, which makes the interval wider than it need be. That is said,
    not «corrected».
    """
    outside = outside_of(conf)
    two = read_two(data, value, group, a, b)
    n_a, n_b = int(two.a.size), int(two.b.size)
    told = welch_of(two.a, two.b, outside)
    g, (low, high) = None, (None, None)
    if n_a > 1 and n_b > 1 and told["diff"] is not None:
        squares = (n_a - 1) * float(two.a.var(ddof=1)) + (n_b - 1) * float(two.b.var(ddof=1))
        g, (low, high) = hedges(told["diff"], math.sqrt(squares / (n_a + n_b - 2)), n_a, n_b, outside)
    warnings = few(n_a, n_b)
    warnings.append(Warned("maybe_the_same_people", "Two waves of the same people: the interval is rather too wide."))
    return Found(
        {"n_a": n_a, "n_b": n_b, **told, "hedges_g": g, "g_ci_low": low, "g_ci_high": high},
        n=n_a + n_b,
        excluded={"other_groups": two.others, "no_value": two.missing},
        warnings=warnings,
    )


@measure("hedges_g", version=1, source="Hedges 1981, J Educ Stat 6:107; interval by the non-central t.")
def hedges_g(
    *, mean_a: float, mean_b: float, sd_a: float, sd_b: float, n_a: int, n_b: int, conf: float = 0.95
) -> Found:
    """Hedges' g of two groups from what is printed of them: means, standard deviations and sizes.

    g = J · (mean_a − mean_b) / pooled sd, J = Γ(m/2) / (√(m/2) Γ((m−1)/2)), m = n_a + n_b − 2.
    """
    outside = outside_of(conf)
    if n_a < 2 or n_b < 2 or sd_a < 0 or sd_b < 0:
        raise InvalidInput("n_a", "each group needs two or more, and standard deviations of 0 or more", "Mend them")
    pooled = math.sqrt(((n_a - 1) * sd_a**2 + (n_b - 1) * sd_b**2) / (n_a + n_b - 2))
    g, (low, high) = hedges(mean_a - mean_b, pooled, n_a, n_b, outside)
    return Found(
        {"hedges_g": g, "ci_low": low, "ci_high": high, "pooled_sd": pooled}, n=n_a + n_b, warnings=few(n_a, n_b)
    )


@measure("superiority", version=1, source="Mann & Whitney 1947; interval: Brunner & Munzel 2000, Biometrical J 42:17.")
def superiority(
    data: pl.DataFrame, *, value: str = "value", group: str = "group", a: Any = "a", b: Any = "b", conf: float = 0.95
) -> Found:
    """The probability that one drawn from a is higher than one drawn from b, ties counted half: U / (n_a n_b).

    For steps that are no numbers. 0.5 is no difference. The interval has Welch's degrees of freedom over ranks, held
    within 0–1; None when the groups do not overlap.
    """
    outside = outside_of(conf)
    two = read_two(data, value, group, a, b)
    n_a, n_b = int(two.a.size), int(two.b.size)
    found: dict[str, float | None] = {"probability": None, "ci_low": None, "ci_high": None}
    if n_a and n_b:
        found["probability"] = float(stats.mannwhitneyu(two.a, two.b, method="asymptotic").statistic) / (n_a * n_b)
    if n_a > 1 and n_b > 1 and found["probability"] is not None:
        together = stats.rankdata(np.concatenate([two.a, two.b]))
        away_a = together[:n_a] - stats.rankdata(two.a)
        away_b = together[n_a:] - stats.rankdata(two.b)
        v_a, v_b = float(away_a.var(ddof=1)) / (n_a * n_b**2), float(away_b.var(ddof=1)) / (n_b * n_a**2)
        if v_a + v_b > 0:
            df = (v_a + v_b) ** 2 / (v_a**2 / (n_a - 1) + v_b**2 / (n_b - 1))
            half = float(stats.t.ppf(1 - outside / 2, df)) * math.sqrt(v_a + v_b)
            found["ci_low"] = max(0.0, found["probability"] - half)
            found["ci_high"] = min(1.0, found["probability"] + half)
    return Found(
        {"n_a": n_a, "n_b": n_b, **found},
        n=n_a + n_b,
        excluded={"other_groups": two.others, "no_value": two.missing},
        warnings=few(n_a, n_b),
    )
