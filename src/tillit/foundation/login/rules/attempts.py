"""How long one waits after trying in vain. Slows a guesser down without shutting the owner out.

Four things are counted, each by itself:

- an account from one address: somebody guesses one person's password from one place;
- an address: somebody tries one password on many names. Many work behind one address, so the limit is wide;
- an account from everywhere: a guess spread over many addresses;
- a known device for its own user: where she has logged in before, only what is typed there counts. So nobody
  elsewhere can keep her out.

After the free tries each one in vain doubles the wait, up to a ceiling. A pause as long as `forget_after` begins anew.
Tries made while one has to wait are neither checked nor counted: they do not make the wait longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Limit:
    """What is let through, and how slow it becomes afterwards."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forget_after: timedelta


class Counted(StrEnum):
    """What is counted."""

    ACCOUNT_AT_ADDRESS = "ACCOUNT_AT_ADDRESS"
    ADDRESS = "ADDRESS"
    ACCOUNT = "ACCOUNT"
    KNOWN_DEVICE = "KNOWN_DEVICE"
    SECOND_STEP = "SECOND_STEP"


LIMITS: dict[Counted, Limit] = {
    Counted.ACCOUNT_AT_ADDRESS: Limit(5, timedelta(seconds=5), timedelta(minutes=15), timedelta(hours=1)),
    Counted.ADDRESS: Limit(50, timedelta(seconds=2), timedelta(minutes=5), timedelta(hours=1)),
    Counted.ACCOUNT: Limit(30, timedelta(seconds=5), timedelta(minutes=15), timedelta(hours=6)),
    Counted.KNOWN_DEVICE: Limit(8, timedelta(seconds=5), timedelta(minutes=5), timedelta(hours=1)),
    Counted.SECOND_STEP: Limit(5, timedelta(seconds=10), timedelta(minutes=15), timedelta(hours=6)),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """How often in vain, and when last."""

    failures: int
    last_at: datetime


def counted_for(*, known_device: bool) -> tuple[Counted, ...]:
    """Return what a try with a password counts against: on a device she has used before, only that device."""
    if known_device:
        return (Counted.KNOWN_DEVICE,)
    return (Counted.ACCOUNT_AT_ADDRESS, Counted.ADDRESS, Counted.ACCOUNT)


def still_counting(tried: Tried, limit: Limit, *, at: datetime) -> int:
    """Return the failures that still count: none after a pause of `forget_after`."""
    return 0 if at - tried.last_at >= limit.forget_after else tried.failures


def wait_until(tried: Tried, limit: Limit, *, at: datetime) -> datetime | None:
    """Return until when one has to wait before the next try, or None when one may try now."""
    over = still_counting(tried, limit, at=at) - limit.free
    if over < 0:
        return None
    wait = min(limit.longest_wait, limit.first_wait * 2 ** min(over, 20))
    until = tried.last_at + wait
    return until if until > at else None
