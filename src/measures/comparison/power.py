"""Before a pilot: how small a change so few teams in so short a time can show."""

from __future__ import annotations

import math

import numpy as np
from scipy import optimize, stats

from measures.answer import Found, Warned
from measures.errors import InvalidInput
from measures.measure import measure


def mean_variance(count: float, correlation: float) -> float:
    """Return the variance of the mean of `count` observations of variance 1 that follow each other (AR(1)).

    (1/m) · (1 + 2 Σ (1 − k/m) ρᵏ), k from 1 to m − 1; without correlation 1/m.
    """
    if correlation == 0:
        return 1 / count
    m = round(count)
    k = np.arange(1, m)
    return float(1 + 2 * ((1 - k / m) * correlation**k).sum()) / m


def power_of(effect: float, se: float, df: float, alpha: float) -> float:
    """Return the chance that a two-sided t test at `alpha` sees the effect."""
    edge = float(stats.t.ppf(1 - alpha / 2, df))
    ncp = abs(effect) / se
    seen = float(stats.nct.sf(edge, df, ncp))
    wrong_way = float(stats.nct.cdf(-edge, df, ncp))
    return seen + (wrong_way if math.isfinite(wrong_way) else 0.0)


def _checked(teams: int, comparison: int, sd: float, before: float, after: float, correlation: float) -> None:
    if teams < 1 or comparison < 0 or comparison != int(comparison) or teams != int(teams):
        raise InvalidInput("teams", "must be 1 or more, and comparison_teams 0 or more", "Give whole numbers")
    if sd <= 0:
        raise InvalidInput("sd", "must be above 0", "Take it from the baseline")
    if before < 1 or after < 1:
        raise InvalidInput("before", "before and after must be 1 or more", "Give months, or answers for each team")
    if not -1 < correlation < 1:
        raise InvalidInput("correlation", "must lie between −1 and 1", "Use 0 for answers of different people")


@measure("detectable", version=1, source="Non-central t on team changes: Donald & Lang 2007; Bloom 1995 (MDES).")
def detectable(
    *,
    teams: int,
    comparison_teams: int = 0,
    sd: float,
    before: float,
    after: float,
    sd_true_change: float = 0.0,
    correlation: float = 0.0,
    power: float = 0.8,
    alpha: float = 0.05,
    effect: float | None = None,
) -> Found:
    """The smallest change that is seen with this many teams and months: «… a change of at least …».

    sd: of one observation in one team (one month's figure, or one person's answer). before, after: observations for
    each team. correlation: of one month with the next. sd_true_change: how much teams' true changes differ. SD of a
    team's change² = sd_true_change² + sd² (v_before + v_after), v the variance of a mean. With comparison teams the
    difference of two means, else the mean change alone, by t on the teams. effect: also the chance to see that one.
    """
    _checked(teams, comparison_teams, sd, before, after, correlation)
    if not 0 < alpha < power < 1:
        raise InvalidInput("power", "must lie between alpha and 1", "Use 0.8, and alpha 0.05")
    noise = sd**2 * (mean_variance(before, correlation) + mean_variance(after, correlation))
    of_change = math.sqrt(sd_true_change**2 + noise)
    both = comparison_teams > 0
    df = teams + comparison_teams - (2 if both else 1)
    se = of_change * math.sqrt(1 / teams + (1 / comparison_teams if both else 0))
    ways = math.comb(teams + comparison_teams, teams) if both else 2**teams
    p_min = (2 if not both or teams == comparison_teams else 1) / ways
    warnings = []
    if p_min > alpha:
        warnings.append(
            Warned("too_few_teams", f"So few teams give at best p = {p_min:.2g} when they are dealt anew: no change, "
                   "however large, can be told from chance that way.")
        )  # fmt: skip
    if not both:
        warnings.append(Warned("no_comparison", "Without comparison teams nothing tells the pilot from the times."))
    least = None
    if df >= 1:

        def short(each: float) -> float:
            return power_of(each, se, df, alpha) - power

        high = se
        while short(high) < 0:
            high *= 2
        least = float(optimize.brentq(short, 0.0, high, xtol=1e-12 * high, rtol=1e-13))
    else:
        warnings.append(Warned("one_team", "One team alone has no spread between teams to reckon from."))
    return Found(
        {
            "detectable": least,
            "in_sd": least / sd if least is not None else None,
            "sd_team_change": of_change,
            "se": se,
            "df": df,
            "p_min": p_min,
            "power_at_effect": power_of(effect, se, df, alpha) if effect is not None and df >= 1 else None,
        },
        n=teams + comparison_teams,
        warnings=warnings,
    )


@measure("share_precision", version=1, source="Normal interval of a share with design effect: Kish 1965.")
def share_precision(*, level: float, n: float, design_effect: float = 1.0, conf: float = 0.95) -> Found:
    """How wide the interval of a share is: ± z √(deff · p (1 − p) / n).

    For sick leave n is agreed working days and the design effect about 10, for days come in spells.
    """
    if not 0 <= level <= 1 or n <= 0 or design_effect <= 0 or not 0 < conf < 1:
        raise InvalidInput("level", "level and conf must be shares, n and design_effect above 0", "Mend them")
    half = float(stats.norm.ppf(0.5 + conf / 2)) * math.sqrt(design_effect * level * (1 - level) / n)
    return Found({"half_width": half, "ci_low": max(0.0, level - half), "ci_high": min(1.0, level + half)}, n=int(n))
