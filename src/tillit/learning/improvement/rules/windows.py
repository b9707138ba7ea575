"""Which whole months a baseline covers, whether it was frozen in time, and whether there is enough in it.

docs/how-we-count/baseline.md has the rules with an example by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tillit.kernel.periods import Days
from tillit.learning.insight.rules.hiding import last_for_leaders
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.months import add_months, month_start, with_value
from tillit.learning.insight.rules.series import Point

MONTHS_USUAL: Final = 6
MONTHS_LEAST: Final = 3
MONTHS_MOST: Final = 24
#: Points with a value that a baseline needs: three months, or twelve weeks.
LEAST_POINTS: Final = {Step.MONTH: 3, Step.WEEK: 12}


class Timing(StrEnum):
    """When it was frozen: before the team began, or after (retrospektivt)."""

    AHEAD = "AHEAD"
    RETROSPECTIVE = "RETROSPECTIVE"


def window(*, months: int, joined_on: date, frozen_on: date) -> Days:
    """Return the whole calendar months a baseline covers, half-open: the last ones before the team began.

    A month is in it only when it had ended before the team joined, and so long before the freezing that the team has
    had its figures first. months: 3 to 24. Raises ValueError outside.
    """
    if not MONTHS_LEAST <= months <= MONTHS_MOST:
        raise ValueError(f"A baseline covers {MONTHS_LEAST} to {MONTHS_MOST} months.")
    after = month_start(min(joined_on, last_for_leaders(frozen_on)))
    return Days(add_months(after, -months), after)


def timing(*, joined_on: date, frozen_on: date) -> Timing:
    """Return whether it was frozen in time: the day the team joins is the last that is."""
    return Timing.AHEAD if frozen_on <= joined_on else Timing.RETROSPECTIVE


def within(points: Iterable[Point], days: Days) -> tuple[Point, ...]:
    """Return the points that lie wholly in the days, in order: a week that is cut by the edge is in no window."""
    after = days.after or date.max
    return tuple(sorted((one for one in points if days.first <= one.starts_on and one.ends_on <= after),
                        key=lambda one: one.starts_on))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """The middle of a row of points: their mean, each point counted once. n: from the fewest to the most in a point."""

    mean: float
    points: int
    n_least: int
    n_most: int
    complete: float


def level(points: Sequence[Point]) -> Level | None:
    """Return the mean of the points that have a value; None when none has.

    Months weigh the same, whatever n: the level is the team's, not the busiest month's.
    """
    shown = with_value(points)
    if not shown:
        return None
    values = [one.value for one in shown if one.value is not None]
    return Level(
        mean=sum(values) / len(values),
        points=len(values),
        n_least=min(one.n for one in shown),
        n_most=max(one.n for one in shown),
        complete=min(one.complete for one in shown),
    )
