"""How often somebody may ask for what costs much or can be used to guess: a measure that fills up again by itself.

Each person has her own measure for each kind of door. So much may be asked for at once; what was used comes back one at
a time. What is refused uses nothing. A door without a login (CARD) counts for each address, and only tries in vain.
The bounds and what they rest on stand in docs/operations.md, «How often».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Door(StrEnum):
    """A kind of door that is counted. Stable codes, for the log and the setting TILLIT_LIMITS."""

    SEARCH = "SEARCH"
    EMERGENCY = "EMERGENCY"
    EXPORT = "EXPORT"
    IMPORT = "IMPORT"
    PLAN = "PLAN"
    LONG_PLAN = "LONG_PLAN"
    LETTER = "LETTER"
    DELIVERY = "DELIVERY"
    MIN_SIDE = "MIN_SIDE"
    CARD = "CARD"


@dataclass(frozen=True, slots=True)
class Bound:
    """So many at once, and one more each `each`. In an hour: at_once + 1 h / each."""

    at_once: int
    each: timedelta


#: Decided 22.11.2026 from how the work is done (docs/operations.md). A municipality changes them with TILLIT_LIMITS.
BOUNDS: Mapping[Door, Bound] = {
    Door.SEARCH: Bound(120, timedelta(seconds=3)),
    Door.EMERGENCY: Bound(8, timedelta(minutes=30)),
    Door.EXPORT: Bound(20, timedelta(minutes=2)),
    Door.IMPORT: Bound(20, timedelta(minutes=1)),
    Door.PLAN: Bound(30, timedelta(seconds=15)),
    Door.LONG_PLAN: Bound(8, timedelta(minutes=3)),
    Door.LETTER: Bound(120, timedelta(seconds=1)),
    Door.DELIVERY: Bound(240, timedelta(seconds=2)),
    Door.MIN_SIDE: Bound(20, timedelta(minutes=5)),
    Door.CARD: Bound(60, timedelta(seconds=2)),
}


@dataclass(frozen=True, slots=True)
class Used:
    """How many are used, counted at a moment."""

    count: int
    at: datetime


def come_back(used: Used, bound: Bound, *, at: datetime) -> Used:
    """Return what is still used now. Part of the way to the next one is kept, so that nothing comes back late."""
    back = max(0, (at - used.at) // bound.each)
    if back >= used.count:
        return Used(0, at)
    return Used(used.count - back, used.at + back * bound.each)


def one_more(used: Used, bound: Bound, *, at: datetime) -> Used | datetime:
    """Return what is used after one more, or the moment there is room for it."""
    now = come_back(used, bound, at=at)
    if now.count >= bound.at_once:
        return now.at + bound.each * (now.count - bound.at_once + 1)
    return Used(now.count + 1, now.at)


class UnreadableBounds(ValueError):
    """The text does not say bounds."""


def bounds_in(text: str) -> dict[Door, Bound]:
    """Return the bounds, with those that the text changes: `SEARCH=200/2 EXPORT=40/60`, at once / seconds each.

    At least 1 at once, and 1 to 86,400 seconds: a limit can be widened, not taken away. Raises UnreadableBounds.
    """
    bounds = dict(BOUNDS)
    for part in text.replace(",", " ").split():
        name, _, said = part.partition("=")
        at_once, _, seconds = said.partition("/")
        if name not in set(Door) or not _is_count(at_once, 100_000) or not _is_count(seconds, 86_400):
            raise UnreadableBounds(part)
        bounds[Door(name)] = Bound(int(at_once), timedelta(seconds=int(seconds)))
    return bounds


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= most
