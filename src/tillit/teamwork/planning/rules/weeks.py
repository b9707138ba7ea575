"""Several days' lists at once: how many different helpers come to each citizen, before, as proposed, and at the least.

How it is counted: docs/how-we-count/weeks.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

LENGTHS = (7, 14)
"""How many days may be planned at once."""
WINDOWS = (14, 28)
"""Different helpers are counted over so many whole days that end with the last day planned."""
PARTS = ("DAY", "EVENING")
"""The parts of the day that are planned ahead, and whose helpers are counted."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A helper who was at a citizen's on a day, or will be on lists that stand."""

    on: date
    citizen_id: int
    employee_id: int


@dataclass(frozen=True, slots=True)
class Faces:
    """Different helpers of one citizen in one window.

    before: the window that ended before the days planned. planned: the one that ends with them, as proposed. least:
    the fewest that the shifts allow for what the proposal covers, if only this citizen counted.
    """

    before: int
    planned: int
    least: int


@dataclass(frozen=True, slots=True)
class Means:
    """Averages over the citizens that are counted; zeros when there are none."""

    citizens: int
    before: float
    planned: float
    least: float


class PartState(StrEnum):
    """How one day's proposal stands."""

    OPEN = "OPEN"
    """There are changes to decide, and the lists are as they were."""
    DECIDED = "DECIDED"
    """Every change is decided, and some were accepted."""
    NOTHING = "NOTHING"
    """There was nothing to change, or every change was refused."""
    CHANGED = "CHANGED"
    """Somebody has worked on the lists since: that day is decided on its own page."""
    IN_USE = "IN_USE"
    """The lists have been taken into use since."""
    REPLACED = "REPLACED"
    """A newer proposal has been asked for on that day."""


def means(faces: Iterable[Faces]) -> Means:
    """Return the averages per citizen; each citizen counts once, whatever help she gets."""
    every = list(faces)
    if not every:
        return Means(0, 0.0, 0.0, 0.0)
    return Means(
        len(every),
        fmean(each.before for each in every),
        fmean(each.planned for each in every),
        fmean(each.least for each in every),
    )


def spread(counts: Iterable[int]) -> Mapping[int, int]:
    """Return how many citizens have each number of helpers, in rising order of helpers."""
    values = sorted(counts)
    return {value: values.count(value) for value in dict.fromkeys(values)}


def state_of(*, proposal_state: str, in_use: bool, touched_since: bool, undecided: int, accepted: int = 0) -> PartState:
    """Return how one day's proposal stands. touched_since: by anything but accepting what is proposed.

    undecided, accepted: its changes.
    """
    if proposal_state == "OUTDATED":
        return PartState.REPLACED
    if not undecided:
        return PartState.DECIDED if accepted else PartState.NOTHING
    if in_use:
        return PartState.IN_USE
    return PartState.CHANGED if touched_since else PartState.OPEN
