"""Minutes since 1970 in UTC, as the columns hold them, and days in Oslo, of 23 and 25 hours too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from measures.tables import OSLO

_THERE = ZoneInfo(OSLO)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(minute: int) -> date:
    """Return the day in Oslo that a minute lies in."""
    return (_FIRST + timedelta(minutes=minute)).astimezone(_THERE).date()


def begins(day: date) -> int:
    """Return the minute a day in Oslo begins with."""
    return int(datetime(day.year, day.month, day.day, tzinfo=_THERE).timestamp() // 60)
