"""One team against itself: its months before and after, their means, and how sure the difference is.

The formula is `welch` of `measures` (docs/how-we-count/measures-comparison.md); what is asked of it, with an example by
hand, stands in docs/how-we-count/comparison.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from scipy import stats

from measures.comparison.groups import welch
from tillit.learning.insight.rules.months import Month


@dataclass(frozen=True, slots=True)
class Side:
    """The months of one team before, or after: their mean and its 95 % interval (t on the months)."""

    months: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One team against itself. low, high: 95 % of the difference (Welch on months); None with one month on a side."""

    before: Side
    after: Side
    difference: float | None = None
    low: float | None = None
    high: float | None = None


def side(months: Sequence[Month]) -> Side:
    """Return the mean of the months with its interval: mean ± t · s / √m, m − 1 degrees of freedom."""
    values = [one.value for one in months]
    count = len(values)
    if not count:
        return Side(0)
    mean = sum(values) / count
    if count == 1:
        return Side(1, mean)
    spread = (sum((one - mean) ** 2 for one in values) / (count - 1)) ** 0.5
    half = float(stats.t.ppf(0.975, count - 1)) * spread / count**0.5
    return Side(count, mean, mean - half, mean + half)


def change(before: Sequence[Month], after: Sequence[Month]) -> Change:
    """Return how one team changed: after less before, with Welch's interval."""
    if not before or not after:
        return Change(side(before), side(after))
    rows = [("b", one.value) for one in before] + [("a", one.value) for one in after]
    found = welch(pl.DataFrame(rows, schema=["group", "value"], orient="row"))
    low, high = found["ci_low"], found["ci_high"]
    return Change(side(before), side(after), found["diff"], low, high)
