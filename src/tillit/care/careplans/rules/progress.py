"""How it goes with a goal, told from the numbers people wrote down."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum


class Trend(StrEnum):
    """Which way it goes. UNKNOWN when there is nothing to compare."""

    CLOSER = "CLOSER"
    SAME = "SAME"
    FARTHER = "FARTHER"
    UNKNOWN = ""


def share_reached(start: Decimal | None, now: Decimal | None, target: Decimal | None) -> int | None:
    """Return how much of the way from start to target is done, 0–100, or None when a number is missing.

    A target below the start (pain, falls) counts the same way. Without distance it is 100.
    """
    if start is None or now is None or target is None:
        return None
    if start == target:
        return 100
    share = (now - start) / (target - start) * 100
    return int(max(Decimal(0), min(Decimal(100), share)))


def trend(values: Sequence[Decimal], *, start: Decimal | None, target: Decimal | None) -> Trend:
    """Compare the newest value with the one before it; with the start when there is only one.

    values: oldest first. Closer means nearer the target, whichever side it lies on.
    """
    if not values or target is None:
        return Trend.UNKNOWN
    before = values[-2] if len(values) > 1 else start
    if before is None:
        return Trend.UNKNOWN
    was, now = abs(target - before), abs(target - values[-1])
    if now == was:
        return Trend.SAME
    return Trend.CLOSER if now < was else Trend.FARTHER
