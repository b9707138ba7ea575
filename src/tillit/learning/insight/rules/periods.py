"""Weeks and months in Oslo, as points of a series."""

from datetime import date, timedelta

from tillit.kernel.periods import Days
from tillit.learning.insight.rules.indicators import Step

WEEK = timedelta(days=7)


def begin(step: Step, day: date) -> date:
    """Return the first day of the ISO week or the calendar month that `day` lies in."""
    return day - timedelta(days=day.weekday()) if step is Step.WEEK else day.replace(day=1)


def end(step: Step, starts_on: date) -> date:
    """Return the first day after the week or month that begins on `starts_on`."""
    return starts_on + WEEK if step is Step.WEEK else (starts_on + timedelta(days=32)).replace(day=1)


def within(step: Step, days: Days, *, ended_by: date) -> tuple[date, ...]:
    """Return the first days of the whole weeks or months inside `days` that have ended by a day, the oldest first.

    days: half-open; one that is cut by its first or last day is left out. ended_by: today: its own week is not over.
    """
    first = begin(step, days.first)
    if first < days.first:
        first = end(step, first)
    last = ended_by if days.after is None else min(days.after, ended_by)
    found = []
    while end(step, first) <= last:
        found.append(first)
        first = end(step, first)
    return tuple(found)


def touched(step: Step, first: date, after: date) -> tuple[date, ...]:
    """Return the first days of the weeks or months that have a day in [first, after), the oldest first."""
    found = []
    start = begin(step, first)
    while start < after:
        found.append(start)
        start = end(step, start)
    return tuple(found)
