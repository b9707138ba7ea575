"""When something was said, told by a device whose clock may be wrong, may be set, or may run backwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: How long a phone holds the day after the shift's end; and after log in, when no shift is known.
AFTER_SHIFT = timedelta(hours=1)
WITHOUT_SHIFT = timedelta(hours=12)
#: A number that is missing is waited for this long; then what followed is settled without it.
LONGEST_WAIT = timedelta(days=2)
#: What nobody has chosen about after this long, the leader sees too.
LEFT_LYING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """What the phone says of the moment. offset: the server's clock minus its own when they last met, at contact_at."""

    made_at: datetime
    offset: timedelta
    contact_at: datetime


def said_at(told: Told | None, *, logged_in_at: datetime, until: datetime, now: datetime) -> datetime:
    """Return when it was said, as well as can be known. All moments aware UTC.

    Never before the log in, nor before the phone last met us, nor after it arrived, nor after the phone was to empty
    itself: whatever the device's clock says. None: the phone said nothing we understand.
    """
    latest = max(logged_in_at, min(now, until))
    if told is None:
        return latest
    try:
        thought = told.made_at + told.offset
    except OverflowError:
        thought = latest
    return max(logged_in_at, min(latest, max(told.contact_at, thought)))


def until(*, logged_in_at: datetime, shift_ends_at: datetime | None) -> datetime:
    """Return when the phone empties itself: an hour after the shift, or twelve hours after log in without one."""
    return shift_ends_at + AFTER_SHIFT if shift_ends_at is not None else logged_in_at + WITHOUT_SHIFT
