"""How long cases take, and whether they were decided in time. Formulas and an example by hand:
docs/how-we-count/lead-times.md.

Days are counted as the difference between two dates in Oslo: what comes and is decided on the same day took 0 days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tillit.care.decisions.rules.deadlines import interim_reply_by
from tillit.kernel.periods import Days

LEAST = 5
"""Fewer than this, and nothing is told of a group: it could point at a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTimes:
    """The days of one decision in a case. None: it has not happened. No names, no texts.

    received_on: the application, or the day a reassessment was opened. interim_by: the day an interim reply named,
    when one was sent in time. started_on: the first day with help under the decision; urgent_on: help before it.
    """

    received_on: date
    decided_on: date
    interim_by: date | None = None
    notified_on: date | None = None
    started_on: date | None = None
    urgent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in days: how many, the middle one, and what nine of ten were within."""

    count: int
    median: float
    nine_of_ten: int


def last_whole_quarter(today: date) -> Days:
    """Return the last quarter of the year that is over: no day adds to it while the next one goes."""
    after = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    first = date(after.year, after.month - 3, 1) if after.month > 3 else date(after.year - 1, 10, 1)
    return Days(first, after)


def days_between(first: date, last: date) -> int:
    """Return whole days from one day to another; 0 on the same day, and never below (help can begin before notice)."""
    return max(0, (last - first).days)


def to_decision(times: CaseTimes) -> int:
    """Return days from received to decided."""
    return days_between(times.received_on, times.decided_on)


def to_notice(times: CaseTimes) -> int | None:
    """Return days from decided to told; None when it is not told."""
    return None if times.notified_on is None else days_between(times.decided_on, times.notified_on)


def to_start(times: CaseTimes) -> int | None:
    """Return days from told to the first help; None when one of them has not happened."""
    if times.notified_on is None or times.started_on is None:
        return None
    return days_between(times.notified_on, times.started_on)


def before_decision(times: CaseTimes) -> int | None:
    """Return days with help before the decision; None when it did not begin urgently."""
    return None if times.urgent_on is None else days_between(times.urgent_on, times.decided_on)


def in_time(times: CaseTimes) -> bool:
    """Whether it was decided within a month of receipt, or by the day that an interim reply named (fvl § 11 a)."""
    return times.decided_on <= max(interim_reply_by(times.received_on), times.interim_by or date.min)


def spread(days: Iterable[int | None]) -> Spread | None:
    """Return how long something took; None when nothing has been measured. Those that have not happened are left out.

    The median of an even number is the mean of the two in the middle. Nine of ten: the smallest number of days that at
    least nine tenths were within (the nearest rank).
    """
    found = sorted(day for day in days if day is not None)
    if not found:
        return None
    middle = len(found) // 2
    median = float(found[middle]) if len(found) % 2 else (found[middle - 1] + found[middle]) / 2
    rank = -(-len(found) * 9 // 10)  # rounded up
    return Spread(len(found), median, found[rank - 1])


def may_be_told(count: int) -> bool:
    """Whether a group of so many can be told of: none at all, or enough that nobody can be known by it."""
    return count == 0 or count >= LEAST


def hidden(counts: Sequence[int]) -> tuple[bool, ...]:
    """Return which of the parts of a told total must be hidden, so that none below `LEAST` can be worked out.

    One small part alone could be found by subtraction: then the smallest of the others that is not 0 is hidden too.
    """
    small = [not may_be_told(count) for count in counts]
    if sum(small) == 1:
        others = [(count, index) for index, count in enumerate(counts) if not small[index] and count > 0]
        if others:
            small[min(others)[1]] = True
    return tuple(small)
