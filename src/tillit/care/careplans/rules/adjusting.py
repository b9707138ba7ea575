"""Adjustments within the frame of a decision (R20): what a plan uses in a week, and whether one step stays within it.

An adjustment is not a decision: whoever may change the plan makes it in one press, and it can never lead out of the
frame. Formula, steps and an example by hand: docs/how-we-count/frame.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tillit.care.careplans.rules.recurrence import EVERY_DAY, PlannedHelp, Recurrence
from tillit.care.decisions.rules.frame import Fit, Frame, fit

WEEKS_AHEAD = 12
"""What begins later than this is not what the plan uses now."""

MINUTE_STEPS = (-15, -10, -5, 5, 10, 15)
LEAST_MINUTES, MOST_MINUTES = 5, 480
"""What a step may leave of one visit."""


class What(StrEnum):
    """What an adjustment changes."""

    MINUTES = "MINUTES"  # longer or shorter each time
    DAY_MORE = "DAY_MORE"
    DAY_FEWER = "DAY_FEWER"


@dataclass(frozen=True, slots=True)
class Step:
    """One ready step. amount: minutes more (less when negative), or the ISO number of the weekday."""

    what: What
    amount: int

    @property
    def back(self) -> "Step":
        """The step that takes this one back."""
        if self.what is What.MINUTES:
            return Step(What.MINUTES, -self.amount)
        return Step(What.DAY_FEWER if self.what is What.DAY_MORE else What.DAY_MORE, self.amount)


STEPS = (
    *(Step(What.MINUTES, minutes) for minutes in MINUTE_STEPS),
    *(Step(What.DAY_FEWER, day) for day in sorted(EVERY_DAY)),
    *(Step(What.DAY_MORE, day) for day in sorted(EVERY_DAY)),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a step would do. before/after: minutes the plan uses in an average week. fit: `after` against the frame."""

    help: PlannedHelp
    before: Decimal
    after: Decimal
    fit: Fit

    @property
    def is_within(self) -> bool:
        """Whether the step may be taken without a new decision."""
        return self.fit is Fit.WITHIN


def counts(days: Recurrence, *, on: date) -> bool:
    """Whether an intervention is part of what the plan uses on a day: it has not ended, and it begins soon enough."""
    return (days.ends_on is None or days.ends_on >= on) and days.starts_on <= on + timedelta(weeks=WEEKS_AHEAD)


def minutes_a_week(helps: Iterable[PlannedHelp], *, on: date) -> Decimal:
    """Return the minutes of help a plan uses in an average week, to two decimals.

    Each intervention counts its minutes for each of its times on each of its weekdays, divided by how many weeks there
    are between. Two helpers at once are one help to the one who gets it. What has ended does not count, and neither
    does what begins more than twelve weeks ahead. Public holidays are not taken out: it is an average week.
    """
    total = Fraction(0)
    for one in helps:
        days = one.recurrence
        if counts(days, on=on):
            total += Fraction(one.minutes * max(1, len(one.times)) * len(days.weekdays), days.every_weeks)
    return (Decimal(total.numerator) / total.denominator).quantize(Decimal("0.01"))


def stepped(one: PlannedHelp, step: Step) -> PlannedHelp | None:
    """Return an intervention after a step; None when the step makes no sense for it.

    A visit keeps 5 to 480 minutes and an intervention at least one day a week: to take it out is to change the plan.
    """
    if step.what is What.MINUTES:
        minutes = one.minutes + step.amount
        makes_sense = step.amount in MINUTE_STEPS and LEAST_MINUTES <= minutes <= MOST_MINUTES
        return replace(one, minutes=minutes) if makes_sense else None
    days = one.recurrence.weekdays
    if step.amount not in EVERY_DAY or (step.amount in days) == (step.what is What.DAY_MORE):
        return None
    wanted = days ^ {step.amount}
    return replace(one, recurrence=replace(one.recurrence, weekdays=wanted)) if wanted else None


def judged(frame: Frame, helps: Sequence[PlannedHelp], *, line: int, step: Step, on: date) -> Judged | None:
    """Return what a step on the intervention of a line would do with the week, against the frame that holds on a day.

    None when the plan has no such intervention on that day, or the step makes no sense for it.
    """
    found = next((one for one in helps if one.line == line and counts(one.recurrence, on=on)), None)
    after = stepped(found, step) if found else None
    if after is None:
        return None
    week = minutes_a_week((after if one is found else one for one in helps), on=on)
    return Judged(after, minutes_a_week(helps, on=on), week, fit(frame, week))


def possible(frame: Frame, helps: Sequence[PlannedHelp], *, line: int, on: date) -> list[tuple[Step, Judged]]:
    """Return the steps that make sense for an intervention, in the order of `STEPS`, and what each would do."""
    found = ((step, judged(frame, helps, line=line, step=step, on=on)) for step in STEPS)
    return [(step, what) for step, what in found if what is not None]


def room(frame: Frame, week: Decimal) -> tuple[Decimal, Decimal]:
    """Return the minutes a week (less, more) that the plan may change without leaving the frame, zero at least."""
    least, most = bounds(frame)
    return max(Decimal(0), week - least), max(Decimal(0), most - week)


def bounds(frame: Frame) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most minutes a week that are within the frame, to four decimals: no rounding."""
    exact = Decimal("0.0001")
    return (frame.least * 60).quantize(exact), (frame.most * 60).quantize(exact)
