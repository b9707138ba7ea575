"""Days and clock times as people in Norway mean them; moments as the database keeps them.

All moments are aware UTC. A day in Europe/Oslo has 23 hours on the last Sunday of March and 25 on the last Sunday
of October; nothing here assumes 24.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tillit.kernel.periods import Period

OSLO = ZoneInfo("Europe/Oslo")


def moment(day: date, clock: time) -> datetime:
    """Return the UTC moment when the clock in Oslo shows `clock` on `day`.

    A time that daylight saving skips (02.00–03.00 on the last Sunday of March) is read as the same distance after
    the jump; a time that occurs twice (October) is the first of the two.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None), tzinfo=OSLO)
    return local.astimezone(UTC)


def day_of(at: datetime) -> date:
    """Return the calendar day in Oslo at the aware moment `at`."""
    return at.astimezone(OSLO).date()


def clock_of(at: datetime) -> time:
    """Return the wall-clock time in Oslo, without zone, to the second."""
    return at.astimezone(OSLO).time().replace(microsecond=0, tzinfo=None)


def whole_day(day: date) -> Period:
    """Return the period of one calendar day: 23, 24 or 25 hours."""
    return Period(moment(day, time(0)), moment(day + timedelta(days=1), time(0)))


def whole_days(first: date, after: date) -> Period:
    """Return the period from the start of `first` to the start of `after`."""
    return Period(moment(first, time(0)), moment(after, time(0)))


def last_days(count: int, *, until: date) -> Period:
    """Return the `count` whole days that end with, and include, the day before `until`.

    Raises ValueError when count is not positive.
    """
    if count < 1:
        raise ValueError("At least one day.")
    return whole_days(until - timedelta(days=count), until)


def span(day: date, earliest: time, latest: time) -> Period:
    """Return [earliest, latest] on `day`; a latest before the earliest is past midnight, on the next day."""
    end_day = day if latest >= earliest else day + timedelta(days=1)
    start, end = moment(day, earliest), moment(end_day, latest)
    return Period(start, max(start, end))
