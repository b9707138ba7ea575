"""When a visit may be moved, which moment a clock time means, and what was seen when it was asked for."""

from datetime import date, datetime, time, timedelta

from tillit.kernel import oslo
from tillit.kernel.periods import Period

#: What is offered as one press, counted from when the visit was thought to begin.
LATER = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))


def is_over(starts_at: datetime | None, *, minutes: int, at: datetime) -> bool:
    """Whether the time of a visit has passed. Nobody clocks in: until then she may stand at the door.

    starts_at: as agreed, aware UTC; None is never over. minutes: as planned.
    """
    return starts_at is not None and starts_at + timedelta(minutes=minutes) <= at


def days_of(on: date, window: Period) -> frozenset[date]:
    """Return the days in Oslo a visit may be on: its own, and those its window reaches into."""
    return frozenset({on, oslo.day_of(window.start), oslo.day_of(window.end)})


def moment_of(clock: time, *, on: date, window: Period) -> datetime:
    """Return the moment a clock time means for a visit of the day `on`: on the day that is nearest to its window.

    A night's visit at 01.00 is on the day after the shift began. window: when it may start, aware UTC.
    """
    moments = (oslo.moment(day, clock) for day in sorted(days_of(on, window)))
    return min(moments, key=lambda moment: _from(moment, window))


def offered(begins: datetime, *, at: datetime) -> tuple[time, ...]:
    """Return the clock times in Oslo that are one press away: later the same day than it begins now, and to come."""
    day = oslo.day_of(begins)
    later = [begins + step for step in LATER]
    return tuple(oslo.clock_of(moment) for moment in later if moment > at and oslo.day_of(moment) == day)


def seen_start(starts_at: datetime | None) -> str:
    """Return what somebody has seen of when a visit starts: goes out with the form, and comes back with it."""
    return str(int(starts_at.timestamp())) if starts_at is not None else "0"


def _from(moment: datetime, window: Period) -> timedelta:
    return max(window.start - moment, moment - window.end, timedelta(0))
