"""When a benefit has paid for what it cost, and why it cannot be said (G-3).

The sum is `break_even` of `measures`; here only what goes into it. By hand: docs/how-we-count/benefits.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from measures.operations.benefits import break_even
from tillit.learning.improvement.rules.benefits import Kind

#: Months that are looked ahead: the four years that an economic plan covers at least (kommuneloven § 14-3).
MONTHS_AHEAD: Final = 48
_IN_A_YEAR: Final = 12


class Unsaid(StrEnum):
    """Why it cannot be said when a benefit has paid for itself."""

    NO_COST = "NO_COST"
    NO_AMOUNT = "NO_AMOUNT"
    HOURS = "HOURS"
    QUALITY = "QUALITY"


@dataclass(frozen=True, slots=True)
class Priced:
    """What a benefit gives and costs. amount: kroner in a year for BUDGET, hours for TIME. cost: kroner, once."""

    kind: Kind
    amount: float | None
    cost: int | None
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class PaidBack:
    """month: the first after which the gain is at least the cost, 0 when it costs nothing, None: not in MONTHS_AHEAD.

    net: kroner gained less the cost after MONTHS_AHEAD.
    """

    month: int | None
    net: float


@dataclass(frozen=True, slots=True)
class Together:
    """The whole plan. cost: of every benefit, also those in hours or quality: the money is spent. gain: kroner in a
    year that can be moved; confirmed: what of it finance has looked at. without_cost: benefits in kroner that say none.
    """

    cost: int
    gain: float
    confirmed: float
    all_of_it: PaidBack
    confirmed_alone: PaidBack
    without_cost: int


def paid_back(one: Priced) -> PaidBack | Unsaid:
    """Return when one benefit has paid for its own cost: the same gain each month from the first, not discounted."""
    if one.kind is not Kind.BUDGET:
        return Unsaid.HOURS if one.kind is Kind.TIME else Unsaid.QUALITY
    if one.amount is None:
        return Unsaid.NO_AMOUNT
    if one.cost is None:
        return Unsaid.NO_COST
    return _reckoned(one.cost, one.amount, one.amount)[1]


def together(benefits: Sequence[Priced]) -> Together | None:
    """Return when the plan as a whole has paid for itself; None when fewer than two say a cost or kroner."""
    money = [one for one in benefits if one.kind is Kind.BUDGET and one.amount is not None]
    told = [one for one in benefits if one in money or one.cost is not None]
    cost = sum(one.cost or 0 for one in benefits)
    if len(told) < 2 or not money or not cost:
        return None
    gain = sum(one.amount or 0.0 for one in money)
    confirmed = sum(one.amount or 0.0 for one in money if one.is_confirmed)
    least, most = _reckoned(cost, confirmed, gain)
    return Together(cost, gain, confirmed, most, least, sum(one.cost is None for one in money))


def _reckoned(cost: int, low: float, base: float) -> tuple[PaidBack, PaidBack]:
    """Return the answer for a low and a base gain in a year. In twelfths of a krone: whole numbers add up exactly."""
    found = break_even(cost=cost * _IN_A_YEAR, low=low, base=base, high=base, months=MONTHS_AHEAD)
    low_one, base_one = (PaidBack(found[name]["month"], found[name]["net"] / _IN_A_YEAR) for name in ("low", "base"))
    return low_one, base_one
