"""How long somebody may wait for a therapist, whose case needs something now, and how the waiting is counted.

Norway has no common table of priorities: municipalities publish their own, most with four levels and from one week to
three months. The days and criteria here are ours, of that kind; every list may have its own (`TherapyTerms`).
Days are the difference between two dates in Oslo. Worked examples: docs/how-we-count/therapy-waiting.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

LEVELS = (1, 2, 3, 4)
SHIPPED_DAYS: Mapping[int, int] = {1: 7, 2: 14, 3: 30, 4: 90}
"""Calendar days from the referral, until the list says otherwise."""
MOST_DAYS = 365
STEP_SOON = timedelta(days=7)
"""So long before a next step is due, it stands among what comes soon."""
LEAST = 5
"""Fewer than this, and nothing is told of a group: it could point at a person."""


def due_on(referred_on: date, priority: int, days: Mapping[int, int]) -> date:
    """Return the last day by which somebody is to have taken the case. Always from the day of the referral."""
    return referred_on + timedelta(days=days[priority])


class Needs(IntEnum):
    """What a case asks of the one who has it, the most pressing first."""

    ANSWER = 0  # a team asks her along to a visit
    NO_STEP = 1  # nothing is agreed
    LATE = 2  # the day of the next step, or of an evaluation or course, has passed
    TODAY = 3
    SOON = 4
    LATER = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A case that somebody has. near_on: the nearest day of a course's end or a goal's evaluation."""

    priority: int
    taken_on: date
    next_on: date | None
    near_on: date | None = None
    is_asked_along: bool = False


def needs(held: Held, *, today: date) -> Needs:
    """Return what a case asks of its holder on a day."""
    if held.is_asked_along:
        return Needs.ANSWER
    if held.next_on is None:
        return Needs.NO_STEP
    first = min(held.next_on, held.near_on or held.next_on)
    if first < today:
        return Needs.LATE
    if first == today:
        return Needs.TODAY
    return Needs.SOON if first - today <= STEP_SOON else Needs.LATER


def order_of(held: Held, *, today: date) -> tuple[int, date, int, date]:
    """Return where a case stands in «Mine saker»: what it needs, when, how pressing, how long she has had it."""
    days = [day for day in (held.next_on, held.near_on) if day is not None]
    return needs(held, today=today), min(days, default=held.taken_on), held.priority, held.taken_on


@dataclass(frozen=True, slots=True)
class Waited:
    """One referral that somebody took in the period. No names, and not who took it."""

    referred_on: date
    taken_on: date
    due_on: date
    priority: int

    @property
    def days(self) -> int:
        """Whole days from the referral until a therapist took the case; 0 on the same day."""
        return (self.taken_on - self.referred_on).days


@dataclass(frozen=True, slots=True)
class Counted:
    """How long a group waited. share: of those taken by their deadline, 0–1."""

    count: int
    median: float
    in_time: int

    @property
    def share(self) -> float:
        """The part that was taken on the last day or before."""
        return self.in_time / self.count


def counted(rows: Sequence[Waited]) -> Counted | None:
    """Return the waiting of some referrals; None when they are so few that they could point at a person.

    The median of an even number is the mean of the two in the middle.
    """
    if len(rows) < LEAST:
        return None
    days = sorted(row.days for row in rows)
    middle = len(days) // 2
    median = float(days[middle]) if len(days) % 2 else (days[middle - 1] + days[middle]) / 2
    return Counted(len(rows), median, sum(row.taken_on <= row.due_on for row in rows))


def by_level(rows: Iterable[Waited]) -> dict[int, Counted | None]:
    """Return the waiting at each level.

    When one level alone is hidden it could be found by subtraction: then the smallest of the others is hidden too.
    """
    parts: dict[int, list[Waited]] = {level: [] for level in LEVELS}
    for row in rows:
        parts[row.priority].append(row)
    found = {level: counted(part) for level, part in parts.items()}
    small = [level for level in LEVELS if parts[level] and found[level] is None]
    if len(small) == 1:
        shown = [(len(parts[level]), level) for level in LEVELS if found[level] is not None]
        if shown:
            found[min(shown)[1]] = None
    return found


PRACTISE_MINUTES = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A planned visit of the team that a therapist may join."""

    visit_id: int
    on: date
    is_begun: bool
    has_joint: bool


def to_join(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """Return the visits that fit, in the order given: not begun, and without a therapist already."""
    return tuple(one.visit_id for one in candidates if not one.is_begun and not one.has_joint)


def has_time_to_practise(minutes: int) -> bool:
    """Whether a visit is long enough for two to practise something with her. The bound is ours, and shorter goes."""
    return minutes >= PRACTISE_MINUTES
