"""What a check asks for: who acts by when, and the next check. The scale's response, for a home and not a ward.

The intervals between checks are the scale's own (chart 4 of the report: at least every 12 hours, every 4 to 6, hourly,
continuous). How soon somebody must answer in a home is ours, and stands as ours in docs/how-we-count/news2.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tillit.care.observations.rules.news2 import Consciousness, Level


class Act(StrEnum):
    """What is done first."""

    CALL_113 = "CALL_113"
    CALL_DOCTOR = "CALL_DOCTOR"
    CALL_NURSE = "CALL_NURSE"
    WATCH = "WATCH"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is asked for. act_within: somebody has answered; None: nobody has to. check_within: measured again."""

    act: Act
    act_within: timedelta | None
    check_within: timedelta


_HOUR = timedelta(hours=1)
_NOW = Reaction(Act.CALL_113, timedelta(0), timedelta(minutes=15))
_BY_LEVEL = {
    Level.NONE: Reaction(Act.WATCH, None, 12 * _HOUR),
    Level.INCOMPLETE: Reaction(Act.CALL_NURSE, 2 * _HOUR, 6 * _HOUR),
    Level.LOW: Reaction(Act.CALL_NURSE, 2 * _HOUR, 6 * _HOUR),
    Level.SINGLE: Reaction(Act.CALL_DOCTOR, _HOUR, _HOUR),
    Level.MEDIUM: Reaction(Act.CALL_DOCTOR, timedelta(minutes=15), _HOUR),
    Level.HIGH: _NOW,
}
#: One does not count points over somebody who cannot be woken.
_CANNOT_BE_WOKEN = frozenset({Consciousness.PAIN.value, Consciousness.UNRESPONSIVE.value})


def reaction(level: str, *, consciousness: str = "") -> Reaction:
    """Return what a threshold asks for. Somebody who reacts only to pain, or not at all, is 113 whatever the sum."""
    return _NOW if consciousness in _CANNOT_BE_WOKEN else _BY_LEVEL[Level(level)]


@dataclass(frozen=True, slots=True)
class Due:
    """Until when somebody must have answered (None: nobody has to, or has), and measured again."""

    act_by: datetime | None
    check_by: datetime

    @property
    def first(self) -> datetime:
        """The first of them."""
        return min(self.act_by or self.check_by, self.check_by)


def due(asked: Reaction, *, seen_at: datetime) -> Due:
    """Return the deadlines of a check that was made at `seen_at`."""
    act_by = None if asked.act_within is None else seen_at + asked.act_within
    return Due(act_by, seen_at + asked.check_within)


#: What one may choose between, in hours, when a nurse or doctor decides how often.
HOURS = (1, 2, 4, 6, 12, 24)


def may_wait(hours: int, level: str, *, judges: bool) -> bool:
    """Whether one may choose so long until the next check: longer than the scale's only who may judge it."""
    return hours in HOURS and (judges or timedelta(hours=hours) <= _BY_LEVEL[Level(level)].check_within)
