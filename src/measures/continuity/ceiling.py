"""What continuity could be at best, and what chance alone would give."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import stats

from measures.answer import Found
from measures.errors import InvalidInput
from measures.measure import measure

_SLACK = 1e-12


@measure("min_carers", version=1, source="Idea: Gjevjon et al. 2014. Formula: own (K-7).")
def min_carers(
    *,
    slots: float,
    weeks: float,
    hours_per_week: float,
    shift_hours: float,
    fraction: float = 1.0,
    absence: float = 0.0,
) -> Found:
    """The fewest employees who can cover a citizen's shifts, and the highest UPC that allows (K-7).

    slots: different shifts in the window in which the citizen needs somebody. One employee has
    s = weeks · hours per week · fraction · (1 − absence) / shift length shifts; fewest = ⌈slots / s⌉; UPC is at most
    min(1, s / slots).
    """
    given = {
        "slots": slots,
        "weeks": weeks,
        "hours_per_week": hours_per_week,
        "shift_hours": shift_hours,
        "fraction": fraction,
    }
    for name, value in given.items():
        if not value > 0:
            raise InvalidInput(name, "must be above 0", "Give a positive number")
    if not 0 <= absence < 1:
        raise InvalidInput("absence", "must be a share from 0 to under 1", "Write 0.1 for ten per cent")
    shifts = weeks * hours_per_week * fraction * (1 - absence) / shift_hours
    return Found(
        {
            "shifts_per_carer": shifts,
            "min_distinct": math.ceil(slots / shifts - _SLACK),
            "upc_max": min(1.0, shifts / slots),
        },
        n=1,
    )


@measure("expected_distinct", version=1, source="Occupancy (Feller, An Introduction to Probability Theory I, ch. IV).",
         words={"visits": "N", "shares": "p"})  # fmt: skip
def expected_distinct(*, visits: int, shares: Sequence[float]) -> Found:
    """Different employees, COC and SECON that chance alone gives when each visit falls to j with share p_j.

    E = Σ (1 − q_j^N), with q_j = 1 − p_j; Var from the pairs; E COC = E SECON = Σ p_j².
    """
    p = np.asarray(shares, dtype=float)
    if visits < 0 or p.size == 0 or (p < 0).any() or abs(p.sum() - 1) > 1e-6:
        raise InvalidInput("p", "must be shares that sum to 1, with N at least 0", "Divide each by their sum")
    absent = (1 - p) ** visits
    both = np.clip(1 - p[:, None] - p[None, :], 0, None) ** visits
    covariance = both - absent[:, None] * absent[None, :]
    np.fill_diagonal(covariance, absent * (1 - absent))
    squares = float((p**2).sum())
    return Found(
        {
            "e_distinct": float((1 - absent).sum()),
            "sd_distinct": math.sqrt(max(0.0, float(covariance.sum()))),
            "e_coc": squares,
            "e_secon": squares,
        },
        n=visits,
    )


@measure("coverage_binom", version=1, source="The binomial distribution.")
def coverage_binom(*, n: int, need: int, p_present: float) -> Found:
    """Probability that at least `need` of `n` are present, each by itself with probability `p_present`."""
    if n < 0 or not 0 <= p_present <= 1:
        raise InvalidInput("p_present", "must be a share, with n at least 0", "Write 0.9 for ninety per cent")
    return Found({"p": float(stats.binom.sf(need - 1, n, p_present))}, n=n)


@measure("travel_bhh", version=1, source="Beardwood, Halton & Hammersley 1959; constant 0.7124.")
def travel_bhh(
    *, area_km2: float, stops: float, carers: int = 1, split: Sequence[float] = (1.0,), k: float = 0.7124
) -> Found:
    """Length of a round through stops that lie at random in an area: k √(area · stops), in kilometres.

    pooled: one round through all. split: the stops are shared out in these shares, each over the whole area.
    person: each of `carers` has an equal share of them over the whole area.
    """
    if area_km2 <= 0 or stops <= 0 or carers < 1 or not split or min(split) < 0:
        raise InvalidInput("stops", "area, stops and carers must be positive", "Give positive numbers")
    pooled = k * math.sqrt(area_km2 * stops)
    parts = k * sum(math.sqrt(area_km2 * stops * share) for share in split)
    person = carers * k * math.sqrt(area_km2 * stops / carers)
    return Found(
        {
            "pooled_km": pooled,
            "split_km": parts,
            "ratio_split": parts / pooled,
            "person_km": person,
            "ratio_person": person / pooled,
        },
        n=int(stops),
    )
