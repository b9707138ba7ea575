"""When somebody comes, as it is promised: a window on the clock, never a minute. Plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Windows begin and end on the half hour, and open a little before the start that is planned.
STEP = timedelta(minutes=30)
BEFORE = timedelta(minutes=15)
LENGTH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Window:
    """[opens_at, closes_at] in aware UTC, on half hours."""

    opens_at: datetime
    closes_at: datetime


def window(starts_at: datetime) -> Window:
    """Return the hour somebody comes in, for an agreed start (aware UTC).

    It begins on the half hour at or before a quarter to the start: 08.40 is between 08.00 and 09.00, 09.00 is between
    08.30 and 09.30. So it holds when she comes up to a quarter early or a quarter late. Oslo is whole hours from UTC.
    """
    early = starts_at - BEFORE
    opens_at = early - (early - datetime.min.replace(tzinfo=early.tzinfo)) % STEP
    return Window(opens_at, opens_at + LENGTH)
