"""The lists as people have made them, seen so that the engine can leave them as they are.

People plan closer than the engine does: a way of six minutes is ten on its grid, and a break is shorter now and then.
When as little as possible is to change, what stands today is possible by definition: between two visits that follow
each other today the way takes no longer than the gap people have left, a visit ends before the next one begins, and a
break is as long as there is room for. This holds up to TOLERANCE; what is further off (two visits at the same time)
cannot be kept, and the engine may mend it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TOLERANCE = 600
"""Seconds that two visits people have put beside each other may lack to the engine's reckoning and still stand."""
SHORTEST_BREAK = 300


@dataclass(frozen=True, slots=True)
class Stop:
    """What stands on a helper's list, on the engine's grid, in seconds. visit: None for a meeting."""

    visit: int | None
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """What must be taken as possible on one helper's list. ways: (from, to, seconds). ends: (visit, end)."""

    begins: int
    ways: tuple[tuple[int, int, int], ...]
    ends: tuple[tuple[int, int], ...]


def allowed(
    stops: Sequence[Stop], *, begins: int, ends: int, start: int, base: int, travel: Sequence[Sequence[int]]
) -> Allowed:
    """Return what the engine must allow for a list to stand as it is.

    stops: in order of start. begins, ends: when she can set out from the place `start` and must be back at `base`.
    travel: seconds from place to place.
    """
    if not stops:
        return Allowed(begins, (), ())
    first, last = stops[0], stops[-1]
    ways: list[tuple[int, int, int]] = []
    cut: list[tuple[int, int]] = []
    lacking = begins + int(travel[start][first.place]) - first.start
    if 0 < lacking <= TOLERANCE:
        begins = min(begins, first.start)
        ways.append((start, first.place, first.start - begins))
    for one, then in pairwise(stops):
        if not 0 < one.end + int(travel[one.place][then.place]) - then.start <= TOLERANCE or then.start <= one.start:
            continue
        if then.start < one.end:
            if one.visit is None:
                continue
            cut.append((one.visit, then.start))
        ways.append((one.place, then.place, max(0, then.start - one.end)))
    lacking = last.end + int(travel[last.place][base]) - ends
    if 0 < lacking <= TOLERANCE and last.end <= ends:
        ways.append((last.place, base, ends - last.end))
    return Allowed(begins, tuple(ways), tuple(cut))


def break_length(taken: Iterable[tuple[int, int]], *, earliest: int, latest_end: int, wanted: int) -> int:
    """Return how long a break there is room for, at most `wanted`; 0 when it is less than SHORTEST_BREAK.

    taken: [start, end) of what she does, ways included.
    """
    free, longest = earliest, 0
    for begin, end in sorted(taken):
        longest = max(longest, min(begin, latest_end) - free)
        free = max(free, end)
    longest = min(wanted, max(longest, latest_end - free))
    return longest if longest >= SHORTEST_BREAK else 0
