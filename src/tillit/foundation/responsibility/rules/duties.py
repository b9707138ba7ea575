"""Who holds a duty on a day (R05). Worked examples: docs/how-we-count/duties.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: A Monday: the turns are counted from here, so that any two days agree without anything stored.
FIRST_MONDAY = date(2024, 1, 1)


class Why(StrEnum):
    """Why this person, or why nobody."""

    NOT_TODAY = "NOT_TODAY"  # the duty is not held on this weekday
    TAKEN = "TAKEN"  # took it, or was given it, for this day
    FIXED = "FIXED"  # first on the list
    FIXED_NEXT = "FIXED_NEXT"  # those before on the list cannot today
    TURN = "TURN"  # whose turn it is
    STANDS_IN = "STANDS_IN"  # the one whose turn it is cannot today
    NO_MEMBERS = "NO_MEMBERS"  # nobody has been put on the list
    NOBODY_AT_WORK = "NOBODY_AT_WORK"  # nobody on the list is at work
    NOBODY_ABLE = "NOBODY_ABLE"  # those on the list who are at work lack the competence


class CannotHold(StrEnum):
    """Why somebody cannot take a duty on a day."""

    NOT_TODAY = "NOT_TODAY"
    NOT_AT_WORK = "NOT_AT_WORK"
    LACKS_COMPETENCE = "LACKS_COMPETENCE"


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """What decides who holds a duty. `weekdays` as stored, "12345" is Monday to Friday; `needs` "" is no demand."""

    is_fixed: bool
    weekdays: str = "1234567"
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """The answer. `employee_id` None with any reason but NOT_TODAY is a gap, shown in red."""

    employee_id: int | None
    why: Why

    @property
    def is_gap(self) -> bool:
        """True when the duty should be held and nobody does."""
        return self.employee_id is None and self.why is not Why.NOT_TODAY


def turn_number(weekdays: str, on: date) -> int:
    """Return how many days the duty has been held on since Monday 1 January 2024, not counting `on`.

    Counts only the duty's weekdays, so that a duty on Monday to Friday loses no turn over the weekend. `on` must be
    one of them. Negative before 2024.
    """
    days = sorted({int(digit) for digit in weekdays})
    weeks, weekday = divmod((on - FIRST_MONDAY).days, 7)
    return weeks * len(days) + days.index(weekday + 1)


def holder_of(
    duty: DutyTerms,
    members: Sequence[int],
    at_work: Mapping[int, frozenset[str]],
    holding: int | None,
    on: date,
) -> Held:
    """Return who holds the duty on the day.

    members: employee ids in rank order.
    at_work: those at work that day on the duty's kind of shift and not away → the competences they have then.
    holding: who took it or was given it for this day; goes first, if she is still at work and able.

    Fixed: the first member who is at work and able. Rotation: the member whose turn it is; when she cannot, one of
    those who can, beginning after her on the list. Where on the list one begins moves on by one each round, so that
    nobody stands in for the same colleague every time.
    Guarantee: with everybody at work, turns over any stretch of days differ by at most one.
    """
    if str(on.isoweekday()) not in duty.weekdays:
        return Held(None, Why.NOT_TODAY)

    def can(employee_id: int) -> bool:
        return why_not(duty, at_work, employee_id, on) is None

    if holding is not None and can(holding):
        return Held(holding, Why.TAKEN)
    if not members:
        return Held(None, Why.NO_MEMBERS)
    if duty.is_fixed:
        chosen = next((member for member in members if can(member)), None)
        if chosen is not None:
            return Held(chosen, Why.FIXED if chosen == members[0] else Why.FIXED_NEXT)
    else:
        round_number, place = divmod(turn_number(duty.weekdays, on), len(members))
        if can(members[place]):
            return Held(members[place], Why.TURN)
        others = [member for member in (*members[place + 1 :], *members[:place]) if can(member)]
        if others:
            return Held(others[round_number % len(others)], Why.STANDS_IN)
    some_at_work = any(member in at_work for member in members)
    return Held(None, Why.NOBODY_ABLE if some_at_work else Why.NOBODY_AT_WORK)


def why_not(duty: DutyTerms, at_work: Mapping[int, frozenset[str]], employee_id: int, on: date) -> CannotHold | None:
    """Return what stops somebody from holding the duty on the day, or None. She need not be a member."""
    if str(on.isoweekday()) not in duty.weekdays:
        return CannotHold.NOT_TODAY
    if employee_id not in at_work:
        return CannotHold.NOT_AT_WORK
    if duty.needs and duty.needs not in at_work[employee_id]:
        return CannotHold.LACKS_COMPETENCE
    return None
