"""GAS (goal attainment scaling): how far a goal was reached, −2 to +2, and a T-score over several goals.

Kiresuk and Sherman (1968): T = 50 + 10 Σwx / √((1 − ρ) Σw² + ρ (Σw)²), with ρ = 0.3, what they assumed that goals
correlate. 50 is «as expected». docs/how-we-count/gas.md has an example by hand and what T cannot say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

LEVELS = (-2, -1, 0, 1, 2)
EXPECTED = 0
RHO = Decimal("0.3")


@dataclass(frozen=True, slots=True)
class Attained:
    """How far one goal was reached. weight: how much it counts against the others, above zero."""

    level: int
    weight: int = 1


def t_score(goals: Sequence[Attained]) -> Decimal | None:
    """Return T to one decimal, halves up; None without goals. Raises ValueError for a level or weight out of range."""
    if not goals:
        return None
    if any(goal.level not in LEVELS or goal.weight < 1 for goal in goals):
        raise ValueError("Levels are -2 to 2, weights 1 and up.")
    weighted = sum(goal.weight * goal.level for goal in goals)
    squares = sum(goal.weight**2 for goal in goals)
    weights = sum(goal.weight for goal in goals)
    with localcontext() as context:
        context.prec = 40
        exact = 50 + 10 * weighted / ((1 - RHO) * squares + RHO * weights**2).sqrt()
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
