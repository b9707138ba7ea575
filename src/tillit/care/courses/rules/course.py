"""A course of everyday rehabilitation: how long it usually is, where it stands, which measures belong to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

USUAL_LEAST, USUAL_MOST = 4, 10
"""Weeks, until the municipality says otherwise."""
ENDS_SOON = timedelta(days=14)
BEFORE_START = timedelta(days=14)
"""A measure so long before the first day is one of the start."""
AFTER_END = timedelta(days=28)
"""A measure so long after the last day is one of the end."""
MOST_SESSIONS = 21


class Result(StrEnum):
    """How it went."""

    REACHED = "REACHED"
    PARTLY = "PARTLY"
    NOT_REACHED = "NOT_REACHED"
    STOPPED = "STOPPED"


class Who(StrEnum):
    """Who is with her when she trains."""

    SELF = "SELF"
    TRAINER = "TRAINER"
    THERAPIST = "THERAPIST"


class Stands(StrEnum):
    """Where a course stands on a day."""

    OVER_TIME = "OVER_TIME"  # the last day has passed and nobody has ended it
    ENDS_SOON = "ENDS_SOON"
    RUNNING = "RUNNING"
    PLANNED = "PLANNED"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class Terms:
    """How many weeks a course usually is, both ends included."""

    least_weeks: int = USUAL_LEAST
    most_weeks: int = USUAL_MOST

    def has(self, starts_on: date, last_on: date) -> bool:
        """Whether a course is as long as usual."""
        return self.least_weeks <= weeks_of(starts_on, last_on) <= self.most_weeks


def weeks_of(starts_on: date, last_on: date) -> int:
    """Return how many weeks a course has, begun weeks counted whole: Monday to Friday in the sixth week is 6."""
    return (last_on - starts_on).days // 7 + 1


def last_day(starts_on: date, weeks: int) -> date:
    """Return the last day of a course of whole weeks."""
    return starts_on + timedelta(days=7 * weeks - 1)


def week_number(starts_on: date, last_on: date, *, today: date) -> int:
    """Return which of its weeks a course is in: 1 in the first; the last one when it is over time; 0 before it."""
    if today < starts_on:
        return 0
    return min((today - starts_on).days // 7 + 1, weeks_of(starts_on, last_on))


def stands(starts_on: date, last_on: date, *, ended: bool, today: date) -> Stands:
    """Return where a course stands on a day."""
    if ended:
        return Stands.ENDED
    if today < starts_on:
        return Stands.PLANNED
    if today > last_on:
        return Stands.OVER_TIME
    return Stands.ENDS_SOON if last_on - today < ENDS_SOON else Stands.RUNNING


class Measured(Protocol):
    """A measure."""

    @property
    def tool(self) -> str:
        """Which scale."""

    @property
    def measured_on(self) -> date:
        """The day."""


M = TypeVar("M", bound=Measured)


def picked(measures: Iterable[M], *, starts_on: date, last_on: date) -> dict[str, tuple[M | None, M | None]]:
    """Return the (start, end) measure of each scale used around a course.

    Start: the first one from 14 days before the first day until half-way. End: the last one from half-way until 28 days
    after the last day. The day half-way belongs to the end. measures: the oldest first.
    """
    half = starts_on + (last_on - starts_on) / 2
    found: dict[str, tuple[M | None, M | None]] = {}
    for one in measures:
        if not starts_on - BEFORE_START <= one.measured_on <= last_on + AFTER_END:
            continue
        start, end = found.get(one.tool, (None, None))
        if one.measured_on < half:
            found[one.tool] = (start or one, end)
        else:
            found[one.tool] = (start, one)
    return found
