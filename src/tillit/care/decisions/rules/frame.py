"""A frame decision (rammevedtak, R20): it sets extent, time and period with a span; the plan holds the detail.

Is what the plan uses within the frame, and has what was delivered left it? Hours a week. Formula and an example by
hand: docs/how-we-count/frame.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

WEEKS_LOOKED_AT = 6
WEEKS_OUTSIDE = 4
"""A need has left the frame when it was outside in so many of the last weeks, on the same side."""


class Fit(StrEnum):
    """How something fits a frame."""

    NOTHING_KNOWN = "NOTHING_KNOWN"
    WITHIN = "WITHIN"
    BELOW = "BELOW"
    ABOVE = "ABOVE"


class Trend(StrEnum):
    """What the last weeks together say."""

    TOO_EARLY = "TOO_EARLY"
    WITHIN = "WITHIN"
    SWINGS = "SWINGS"  # now and then outside: what the span is for
    LEFT_BELOW = "LEFT_BELOW"
    LEFT_ABOVE = "LEFT_ABOVE"


@dataclass(frozen=True, slots=True)
class Frame:
    """Hours a week with a span. span_percent: 20 means from 80 to 120 per cent, the ends included."""

    hours: Decimal
    span_percent: int

    @property
    def least(self) -> Decimal:
        """The fewest hours a week that are within the frame."""
        return self.hours * (100 - self.span_percent) / 100

    @property
    def most(self) -> Decimal:
        """The most hours a week that are within the frame."""
        return self.hours * (100 + self.span_percent) / 100


def fit(frame: Frame, minutes_a_week: Decimal | int | None) -> Fit:
    """Return how a week's minutes fit a frame; None: nothing is known of them."""
    if minutes_a_week is None:
        return Fit.NOTHING_KNOWN
    hours = Decimal(minutes_a_week) / 60
    if hours < frame.least:
        return Fit.BELOW
    return Fit.ABOVE if hours > frame.most else Fit.WITHIN


def trend(frame: Frame, weeks: Sequence[int | None]) -> Trend:
    """Return what the last whole weeks say, the newest last.

    weeks: minutes delivered in each; None for a week that does not count (away for some of it, or the decision did not
    hold for all of it). The last six that count are looked at; fewer than four: too early. Four outside on the same
    side: the need has left the frame, and a new decision is asked for.
    """
    counted = [fit(frame, week) for week in weeks if week is not None][-WEEKS_LOOKED_AT:]
    if len(counted) < WEEKS_OUTSIDE:
        return Trend.TOO_EARLY
    for side, told in ((Fit.ABOVE, Trend.LEFT_ABOVE), (Fit.BELOW, Trend.LEFT_BELOW)):
        if counted.count(side) >= WEEKS_OUTSIDE:
            return told
    return Trend.WITHIN if set(counted) == {Fit.WITHIN} else Trend.SWINGS


class Unclear(StrEnum):
    """What decision and plan together do not tell the citizen (pbrl § 2-7, fvl §§ 24–25; Oslo report 7.2)."""

    NO_PLAN = "NO_PLAN"
    PLAN_OUTSIDE_FRAME = "PLAN_OUTSIDE_FRAME"
    GOAL_WITHOUT_EVALUATION = "GOAL_WITHOUT_EVALUATION"
    NO_GOAL_IN_OWN_WORDS = "NO_GOAL_IN_OWN_WORDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the care plan says, as far as the decision leans on it. minutes_a_week: what it uses on average.

    since: the day the plan in use came into use.
    """

    in_use: bool
    since: date | None = None
    minutes_a_week: Decimal | None = None
    goals: int = 0
    goals_without_evaluation: int = 0


def unclear(frame: Frame | None, plan: PlanFacts | None) -> tuple[Unclear, ...]:
    """Return what is missing for decision and plan together to be specific enough. frame: None without a frame."""
    if frame is None:
        return ()
    if plan is None or not (plan.in_use or plan.minutes_a_week):
        return (Unclear.NO_PLAN,)
    found = []
    if fit(frame, plan.minutes_a_week) in (Fit.ABOVE, Fit.BELOW):
        found.append(Unclear.PLAN_OUTSIDE_FRAME)
    if plan.goals == 0:
        found.append(Unclear.NO_GOAL_IN_OWN_WORDS)
    if plan.goals_without_evaluation:
        found.append(Unclear.GOAL_WITHOUT_EVALUATION)
    return tuple(found)
