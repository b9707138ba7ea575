"""Which visits belong to which working day, what comes next, and how changes are told. Plain values only.

A working day is named after the day its shift starts on (Oslo): a night shift that begins on Tuesday evening is
Tuesday's also at four on Wednesday morning, whether that night has 7, 8 or 9 hours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from tillit.kernel import oslo
from tillit.kernel.periods import Period

#: A shift's day is still shown this long after its end: notes are often written then.
AFTER_SHIFT = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One person's working time. `on` is the day in Oslo it starts."""

    shift_id: int
    unit_id: int
    unit_name: str
    on: date
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_office: bool
    travel: str = "CAR"
    start_place: tuple[float, float] | None = None

    @property
    def period(self) -> Period:
        """From start to end."""
        return Period(self.starts_at, self.ends_at)


class Timed(Protocol):
    """A visit as far as these rules look."""

    @property
    def on(self) -> date: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def wished_at(self) -> datetime | None: ...
    @property
    def earliest_at(self) -> datetime: ...
    @property
    def state(self) -> str: ...
    @property
    def visit_id(self) -> int: ...


V = TypeVar("V", bound=Timed)


def begins(visit: Timed) -> datetime:
    """When the visit is thought to begin: as agreed, else as wished, else the first possible moment."""
    return visit.starts_at or visit.wished_at or visit.earliest_at


def working_day(shifts: Iterable[ShiftLine], now: datetime) -> date:
    """Return the day whose work is shown at `now` (aware UTC).

    The calendar day, unless a shift that began the day before is going on or ended less than two hours ago, and
    none of today's has begun.
    """
    today = oslo.day_of(now)
    begun = [shift for shift in shifts if shift.starts_at <= now < shift.ends_at + AFTER_SHIFT and shift.on <= today]
    return max((shift.on for shift in begun), default=today)


def of_working_day(visits: Iterable[V], shifts: Sequence[ShiftLine], on: date) -> list[V]:
    """Return the visits of one working day, in the order they begin; each visit belongs to exactly one day.

    A visit that begins within a shift belongs to the day of that shift, so that Tuesday's night holds its visits
    after midnight. Others belong to their own day `on`.
    """
    chosen = [visit for visit in visits if _day_of(visit, shifts) == on]
    return sorted(chosen, key=lambda visit: (begins(visit), visit.visit_id))


def _day_of(visit: Timed, shifts: Sequence[ShiftLine]) -> date:
    moment = begins(visit)
    holding = [shift.on for shift in shifts if shift.period.contains(moment)]
    return min(holding, key=lambda day: abs((day - visit.on).days), default=visit.on)


def next_of(visits: Sequence[V]) -> V | None:
    """Return the first visit that nobody has said anything about yet; a visit that is late is still the next one."""
    return next((visit for visit in visits if visit.state == "PLANNED"), None)


def shift_of(shifts: Iterable[ShiftLine], now: datetime) -> ShiftLine | None:
    """Return the shift that goes on at `now`; else the nearest of the working day; None when there is none."""
    asked = list(shifts)
    day = working_day(asked, now)
    going_on = [shift for shift in asked if shift.period.contains(now)]
    todays = [shift for shift in asked if shift.on == day]
    return min(going_on or todays, key=lambda shift: (abs(shift.starts_at - now), shift.shift_id), default=None)


#: Whoever has not been with a citizen for so many days is new to her: the same time as known faces are counted over.
NEW_AFTER_DAYS = 28


def is_new_to(*, helper_id: int | None, citizen_id: int, visits: Mapping[tuple[int, int], int]) -> bool:
    """Whether a helper is to be shown the one-minute view (E8). visits: (employee, citizen) → carried out lately."""
    return helper_id is not None and not visits.get((helper_id, citizen_id), 0)


class WhenChanged(StrEnum):
    """How lately something changed, in the words people use."""

    THIS_MORNING = "THIS_MORNING"
    TODAY = "TODAY"
    EARLIER = "EARLIER"


def when_changed(changed_at: datetime, *, on: date) -> WhenChanged:
    """Return how a change is told to one whose working day is `on`: before noon that day is «i morges»."""
    day, clock = oslo.day_of(changed_at), oslo.clock_of(changed_at)
    if day < on:
        return WhenChanged.EARLIER
    return WhenChanged.THIS_MORNING if day == on and clock.hour < 12 else WhenChanged.TODAY


#: How much longer or shorter a visit can be said to have taken, in minutes (R29: never clocked).
TIME_STEPS = (-15, -5, 5, 15, 30)
#: Nobody is asked to say that a visit took less than this.
SHORTEST = 5


def time_steps(minutes: int) -> tuple[int, ...]:
    """Return the steps that make sense for a visit planned to take `minutes`."""
    return tuple(step for step in TIME_STEPS if minutes + step >= SHORTEST)
