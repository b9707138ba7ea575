"""One indicator of one team before and after, as its own page tells it: from the frozen baseline and the months since.

docs/how-we-count/comparison.md has the rules and an example by hand: they are the same as when teams are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tillit.kernel.periods import Days
from tillit.learning.insight.rules.changing import Change, change
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.months import Month, by_month, end_of, since
from tillit.learning.insight.rules.series import Point

#: Months on each side from which a difference has an interval, and is told at all.
LEAST_MONTHS = 2


@dataclass(frozen=True, slots=True)
class FrozenBaseline:
    """How one indicator stood in a unit when it was frozen. points: by version `version` of the definition.

    began_on: the day the unit began to work in the new way; None: it has not. left_on: the first day it no longer did.
    """

    days: Days
    version: int
    points: tuple[Point, ...]
    began_on: date | None
    left_on: date | None


class Unsaid(StrEnum):
    """Why no difference is told."""

    NOT_BEGUN = "NOT_BEGUN"
    COUNTED_ANEW = "COUNTED_ANEW"
    NO_MONTH_SINCE = "NO_MONTH_SINCE"
    FEW_MONTHS = "FEW_MONTHS"


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Before and after. The difference in `change` is told only when `unsaid` is None."""

    unsaid: Unsaid | None
    days_before: Days
    days_after: Days | None
    before: tuple[Month, ...] = ()
    after: tuple[Month, ...] = ()
    change: Change | None = None
    hidden: int = field(default=0, metadata={"help": "Points of both times that rest on too few to be shown"})
    imported: int = field(
        default=0, metadata={"help": "Points of both times that Tillit did not count, of what it counts"}
    )


def before_after(indicator: Indicator, frozen: FrozenBaseline, points: Sequence[Point], *, today: date) -> BeforeAfter:
    """Return how one unit stood before and stands after.

    points: of the indicator as the reader may see them, from the first day of the baseline. A frozen point whose days
    are hidden among them is not used: the mean would give it away to whoever sees the others.
    """
    if frozen.began_on is None:
        return BeforeAfter(Unsaid.NOT_BEGUN, frozen.days, None)
    after_days = since(frozen.began_on, frozen.left_on, today=today)
    if frozen.version != indicator.version:
        return BeforeAfter(Unsaid.COUNTED_ANEW, frozen.days, after_days)
    if after_days is None:
        return BeforeAfter(Unsaid.NO_MONTH_SINCE, frozen.days, None)
    away = {one.starts_on for one in points if one.hidden}
    then = [one for one in frozen.points if one.starts_on not in away]
    now = [one for one in points if after_days.first <= one.starts_on and one.ends_on <= end_of(after_days)]
    before = by_month(indicator, then, frozen.days, backwards=True)
    after = by_month(indicator, now, after_days, backwards=False)
    few = min(len(before), len(after)) < LEAST_MONTHS
    return BeforeAfter(
        Unsaid.FEW_MONTHS if few else None, frozen.days, after_days, before, after, change(before, after),
        hidden=len(frozen.points) - len(then) + sum(one.hidden for one in (*then, *now)),
        imported=0 if indicator.brought else sum(one.imported and one.value is not None for one in (*then, *now)),
    )  # fmt: skip
