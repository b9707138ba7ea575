"""Until when a citizen cancels a visit herself, on her own page. Plain values; worked examples in the tests."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from tillit.kernel import oslo

#: Before noon the lists are made the evening before: she says so by eight.
NOON, EVENING = time(12), time(20)
#: Later in the day somebody must have time to see it before she sets out.
NOTICE = timedelta(hours=2)
#: What must not be left out (medicine, a wound) is talked about: the team is called. As `careplans.Priority.MUST`.
MUST = 1


class Said(StrEnum):
    """Whether it can be cancelled on the page, or why not."""

    YES = "YES"
    TOO_LATE = "TOO_LATE"
    MUST_CALL = "MUST_CALL"


def say_no_by(opens_at: datetime) -> datetime:
    """Return the last moment a visit can be cancelled. opens_at: the first moment somebody may come, aware UTC.

    What begins before noon in Oslo: by 20.00 the evening before. Else two hours before.
    """
    if oslo.clock_of(opens_at) < NOON:
        return oslo.moment(oslo.day_of(opens_at) - timedelta(days=1), EVENING)
    return opens_at - NOTICE


def may_say_no(*, opens_at: datetime, priority: int, at: datetime) -> Said:
    """Return whether a visit can be cancelled at a moment (aware UTC)."""
    if priority == MUST:
        return Said.MUST_CALL
    return Said.YES if at <= say_no_by(opens_at) else Said.TOO_LATE
