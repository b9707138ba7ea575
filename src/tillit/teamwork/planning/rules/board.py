"""The board's measures: which hours it shows, and how visits without helper are stacked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tillit.kernel import oslo

_HOURS: dict[str, tuple[time, time]] = {
    "DAY": (time(7), time(15, 30)),
    "EVENING": (time(15), time(23)),
    "NIGHT": (time(22), time(8)),
}
SLOT = timedelta(minutes=5)
HALF_HOUR = timedelta(minutes=30)
MOST_SLOTS = 288


@dataclass(frozen=True, slots=True)
class Frame:
    """What the board shows: from a whole hour, so many slots of five minutes (a multiple of six)."""

    starts_at: datetime
    slots: int

    @property
    def ends_at(self) -> datetime:
        """Where the board ends."""
        return self.starts_at + self.slots * SLOT

    def slot_of(self, moment: datetime) -> int:
        """Return the slot a moment is in, from 1; 0 when it is off the board."""
        number = (moment - self.starts_at) // SLOT + 1
        return number if 1 <= number <= self.slots else 0

    def moment_of(self, slot: int) -> datetime:
        """Return the moment a slot starts at, slots counted from 1."""
        return self.starts_at + (slot - 1) * SLOT


def frame(*, on: date, shift_kind: str, spans: Iterable[tuple[datetime, datetime]]) -> Frame:
    """Return the usual hours of the part of the day, widened so that every span is seen.

    spans: shifts and visits, [start, end). Never more than 24 hours.
    """
    first, last = _HOURS[shift_kind]
    start = oslo.moment(on, first)
    end = oslo.moment(on + timedelta(days=1) if last <= first else on, last)
    for begins, ends in spans:
        start, end = min(start, begins), max(end, ends)
    whole_hour = start.astimezone(oslo.OSLO).replace(minute=0, second=0, microsecond=0).astimezone(start.tzinfo)
    slots = -((whole_hour - end) // HALF_HOUR) * 6
    return Frame(whole_hour, max(6, min(MOST_SLOTS, slots)))


def usual_kind(moment: datetime) -> str:
    """Return which part of the day it is in Oslo: the lists one most likely wants to see now."""
    clock = oslo.clock_of(moment)
    if time(6) <= clock < time(14, 30):
        return "DAY"
    return "EVENING" if time(14, 30) <= clock < time(22) else "NIGHT"


def usual_day(moment: datetime) -> date:
    """Return the day whose lists are in use now: until six in the morning the night's, which began the day before."""
    today = oslo.day_of(moment)
    return today - timedelta(days=1) if oslo.clock_of(moment) < time(6) else today


def clashing(spans: Sequence[tuple[datetime, datetime]]) -> frozenset[int]:
    """Return the positions of the spans that overlap another: what one person cannot do both of. They may touch."""
    found: set[int] = set()
    for one, (start, end) in enumerate(spans):
        for other, (begins, ends) in enumerate(spans[:one]):
            if start < ends and begins < end:
                found |= {one, other}
    return frozenset(found)


def stacked(spans: Sequence[tuple[datetime, datetime]]) -> tuple[int, ...]:
    """Return a row, from 0, for each span so that spans in one row do not overlap; as few rows as possible.

    spans: in order of start. Greedy by start, which is optimal for intervals.
    """
    ends: list[datetime] = []
    found = []
    for start, end in spans:
        row = next((number for number, free in enumerate(ends) if free <= start), len(ends))
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = end
        found.append(row)
    return tuple(found)
