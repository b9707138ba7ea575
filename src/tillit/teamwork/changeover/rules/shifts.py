"""Shifts as they follow each other, and since when a shift is told what is new."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tillit.kernel import oslo

KINDS = ("DAY", "EVENING", "NIGHT")
#: When each takes over in Oslo: the usual hours, so that a board is the same for all in the team.
STARTS = {"DAY": time(7), "EVENING": time(14, 30), "NIGHT": time(22)}
LONGEST_AWAY = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class ShiftOf:
    """One shift of a team. on: the day it begins; the night of a day ends the next morning."""

    on: date
    kind: str

    @property
    def starts_at(self) -> datetime:
        """When it takes over, aware UTC."""
        return oslo.moment(self.on, STARTS[self.kind])

    @property
    def ends_at(self) -> datetime:
        """When the next takes over."""
        return self.next.starts_at

    @property
    def next(self) -> "ShiftOf":
        """The one after it."""
        number = KINDS.index(self.kind) + 1
        return ShiftOf(self.on, KINDS[number]) if number < len(KINDS) else ShiftOf(self.on + timedelta(days=1), "DAY")

    @property
    def before(self) -> "ShiftOf":
        """The one before it."""
        number = KINDS.index(self.kind)
        return ShiftOf(self.on, KINDS[number - 1]) if number else ShiftOf(self.on - timedelta(days=1), "NIGHT")


def shift_at(moment: datetime) -> ShiftOf:
    """Return the shift that is going on."""
    day = oslo.day_of(moment)
    for kind in reversed(KINDS):
        found = ShiftOf(day, kind)
        if found.starts_at <= moment:
            return found
    return ShiftOf(day - timedelta(days=1), "NIGHT")


def told_since(shift: ShiftOf) -> datetime:
    """Return since when a shift is told what is new: from when the shift before it began.

    The day shift is told of the evening too: those who come in the morning went home before it began.
    """
    before = shift.before
    return before.before.starts_at if shift.kind == "DAY" else before.starts_at


def since_last_here(shift: ShiftOf, last_ended_at: datetime | None) -> datetime:
    """Return since when somebody is told who was here last when that shift ended: at most a week, never less than all.

    last_ended_at: None: nobody knows; then a week.
    """
    furthest = shift.starts_at - LONGEST_AWAY
    return min(max(last_ended_at or furthest, furthest), told_since(shift))
