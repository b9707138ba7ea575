"""Which units follow a citizen after she has moved, or after somebody has decided."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Follower:
    """A unit that follows a citizen; `part` is empty for the one that follows everything."""

    unit_id: int
    part: str = ""


def to_stop(followers: Iterable[Follower], *, new_unit_id: int) -> tuple[Follower, ...]:
    """Return the followers that stop when `new_unit_id` takes over.

    Only those that follow everything stop: a special team that follows one part of the help keeps its part.
    """
    return tuple(found for found in followers if not found.part and found.unit_id != new_unit_id)
