"""When a session locks its screen, and when it is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: However much it is used, a session is over after this: one shift, and a little.
LONGEST = timedelta(hours=12)
#: The page locks itself this long before the server does, so that nothing is sent into a locked session.
PAGE_AHEAD = timedelta(seconds=20)
#: Wrong PINs before the PIN is thrown away and only a full proof unlocks.
PIN_TRIES = 3


class Standing(StrEnum):
    """What a session is good for now."""

    OPEN = "OPEN"
    LOCKED = "LOCKED"
    TOO_OLD = "TOO_OLD"
    UNUSED = "UNUSED"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class Times:
    """What is known of a session. All moments aware UTC."""

    began_at: datetime
    used_at: datetime
    locked_at: datetime | None
    ended_at: datetime | None


def standing(times: Times, *, lock_after: timedelta, end_after: timedelta, at: datetime) -> Standing:
    """Return what the session is good for at a moment.

    lock_after, end_after: without use. A session is locked from the moment `lock_after` has passed, whether or not
    anybody pressed or any script ran. Unlocking is use.
    """
    if times.ended_at is not None:
        return Standing.ENDED
    if at - times.began_at >= LONGEST:
        return Standing.TOO_OLD
    if at - times.used_at >= end_after:
        return Standing.UNUSED
    if times.locked_at is not None or at - times.used_at >= lock_after:
        return Standing.LOCKED
    return Standing.OPEN
