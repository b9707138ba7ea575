"""Who goes where on one day, made as a tired allocator would: known faces as far as she minds them, then what fits.

Minutes are counted from the first moment of the day; places are kilometres in the town. Nobody is in two places at
once and nobody starts outside her shift; that is all this promises. The planning engine does better, and should.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from tillit.demo.people.staff import Member, OnShift
from tillit.foundation.workforce.competence_catalogue import REABLEMENT_TRAINER as TRAINER

BREAK_LENGTH = 30
CAN_WAIT = 3


class Care(Enum):
    """How far an allocator goes to cover a visit."""

    DRAFT = "DRAFT"  # an hour late at most, competences kept: what cannot be covered is left for the next proposal
    IN_USE = "IN_USE"  # late if need be, competences kept
    PAST = "PAST"  # what really happened: somebody came, if anybody could


@dataclass(frozen=True, slots=True)
class Wanted:
    """A visit to be placed. wished: the minute it would stand at if all were free."""

    key: int
    earliest: int
    latest: int
    wished: int
    minutes: int
    helpers: int
    needs: frozenset[str]
    level: int
    priority: int
    shift_kind: str
    east: float
    north: float
    affinity: dict[int, float]
    refused: frozenset[int]
    met: dict[int, int]  # how often each has come lately


@dataclass(frozen=True, slots=True)
class Placed:
    """Where it went: start and helpers. late: minutes after the window."""

    start: int
    helpers: tuple[Member, ...]


@dataclass(slots=True)
class Lane:
    """One helper's day. busy: (start, end, east, north), sorted; east below zero is nowhere in particular."""

    member: Member
    kind: str
    start: int
    end: int
    base: tuple[float, float]
    busy: list[tuple[int, int, float, float]] = field(default_factory=list)
    load: int = 0

    def take(self, start: int, end: int, east: float, north: float) -> None:
        """Keep the time [start, end)."""
        self.busy.append((start, end, east, north))
        self.busy.sort()
        self.load += end - start

    def release(self, start: int, east: float, north: float) -> None:
        """Give the time of a visit back."""
        found = next(one for one in self.busy if (one[0], one[2], one[3]) == (start, east, north))
        self.busy.remove(found)
        self.load -= found[1] - found[0]

    def fit(self, want: Wanted, *, slack: int, over: int) -> tuple[int, int] | None:
        """Return (start, way there) nearest to the wished minute, or None."""
        return _fit(self, want, slack=slack, over=over)

    def is_free(self, start: int, minutes: int, east: float, north: float, *, over: int = 0) -> bool:
        """Whether the helper can come from the visit before, and reach the one after."""
        return _is_free(self, start, minutes, east, north, over=over)


def lanes_for(on_shift: list[OnShift], base: tuple[float, float], *, meeting: tuple[int, int] | None) -> list[Lane]:
    """Return the lanes of a day, with a break in each and the meeting for those on day shifts."""
    lanes = []
    for number, one in enumerate(on_shift):
        lane = Lane(one.member, one.kind, one.start, one.end, base)
        rest = one.start + 215 + number % 3 * 10 if one.kind == "DAY" else one.start + 165 + number % 2 * 35
        lane.busy.append((rest, rest + BREAK_LENGTH, -1.0, -1.0))
        if meeting and one.kind == "DAY":
            lane.busy.append((meeting[0], meeting[1], -1.0, -1.0))
        lane.busy.sort()
        lanes.append(lane)
    return lanes


def _way(pace: float, from_east: float, from_north: float, east: float, north: float) -> int:
    if from_east < 0 or east < 0:
        return 0
    kilometres = abs(from_east - east) + abs(from_north - north)
    return math.ceil(1 + kilometres * pace) if kilometres > 0.01 else 0


def _fit(lane: Lane, want: Wanted, *, slack: int, over: int) -> tuple[int, int] | None:
    """Return (start, way there) nearest to the wished minute, or None."""
    pace, minutes = lane.member.pace, want.minutes
    end, (east, north) = lane.start, lane.base
    not_before, not_after = want.earliest - slack // 2, want.latest + slack
    best: tuple[int, int] | None = None
    best_off = 10**6
    for start, finish, next_east, next_north in [*lane.busy, (lane.end + over, lane.end + over, -1.0, -1.0)]:
        if end > not_after or start - minutes < max(end, not_before):  # too late or too short even without the way
            end, east, north = finish, next_east, next_north
            continue
        way = _way(pace, east, north, want.east, want.north)
        first = max(end + way, not_before)
        last = min(start - minutes - _way(pace, want.east, want.north, next_east, next_north), not_after)
        if first <= last and first < lane.end:
            at = -(-max(first, min(want.wished, last)) // 5) * 5
            if at > last:
                at -= 5
            if first <= at <= last and at < lane.end:
                off = abs(at - want.wished)
                if off < best_off:
                    best, best_off = (at, way), off
        end, east, north = finish, next_east, next_north
    return best


def place(lanes: Sequence[Lane], want: Wanted, *, knows: float, noise: list[float], care: Care) -> Placed | None:
    """Find helpers and a start, take the time, and return it; None when nobody can.

    knows: how much known faces count, 0–1. noise: one number for each lane. care: how far one would go (`Care`).
    """
    able = [lane for lane in lanes if _is_able(lane, want)]
    qualified = [lane for lane in able if _is_qualified(lane, want)]
    tries = [(qualified, 0, 0), (qualified, 60, 0)]
    if care is not Care.DRAFT:
        tries += [(qualified, 150, 0), (qualified, 240, 30)]
    if care is Care.PAST:
        trained = [lane for lane in able if lane.member.level >= min(want.level, 1)]
        tries = [*tries[:2], (trained, 30, 0), *tries[2:], (trained, 200, 45)]
    if want.priority == CAN_WAIT:
        tries.append((qualified, 420, 0))
    for group, slack, over in tries:
        if len(group) < want.helpers:
            continue
        found = (
            _together(group, want, slack=slack, over=over)
            if want.helpers == 2
            else _alone(group, want, slack=slack, over=over, knows=knows, noise=noise)
        )
        if found is not None:
            return found
    return None


def may_take(lane: Lane, want: Wanted) -> bool:
    """Whether the helper has what the visit asks for, whatever the time."""
    return _is_able(lane, want) and _is_qualified(lane, want)


def _is_able(lane: Lane, want: Wanted) -> bool:
    return (
        lane.kind == want.shift_kind
        and lane.member.id not in want.refused
        and (lane.member.flavour != "SHARED" or TRAINER in want.needs)
    )


def _is_qualified(lane: Lane, want: Wanted) -> bool:
    return lane.member.level >= want.level and want.needs <= lane.member.competences


def _alone(
    group: Sequence[Lane], want: Wanted, *, slack: int, over: int, knows: float, noise: list[float]
) -> Placed | None:
    best: tuple[float, int, Lane, int] | None = None
    for number, lane in enumerate(group):
        fit = lane.fit(want, slack=slack, over=over)
        if fit is None:
            continue
        start, way = fit
        member = lane.member
        cost = (
            way
            + 0.2 * abs(start - want.wished)
            + 4.0 * (member.level - want.level)
            + 30.0 * lane.load / (lane.end - lane.start)
            + knows * _strangeness(want.met.get(member.id, 0))
            - 22.0 * knows * want.affinity.get(member.id, -0.4 if member.is_temp else 0.0)
            + 26.0 * (1.15 - knows) * noise[(want.key + number + member.id) % len(noise)]
        )
        if best is None or (cost, member.id) < best[:2]:
            best = (cost, member.id, lane, start)
    if best is None:
        return None
    lane, start = best[2], best[3]
    lane.take(start, start + want.minutes, want.east, want.north)
    return Placed(start, (lane.member,))


def _strangeness(times: int) -> float:
    """What a new face costs, in minutes; one who has come three times is known."""
    return (24.0, 12.0, 6.0)[times] if times < 3 else 0.0


def _together(group: Sequence[Lane], want: Wanted, *, slack: int, over: int) -> Placed | None:
    for start in sorted(
        range(-(-want.earliest // 5) * 5, want.latest + slack + 1, 5), key=lambda at: (abs(at - want.wished), at)
    ):
        free = [lane for lane in group if lane.is_free(start, want.minutes, want.east, want.north, over=over)]
        if len(free) >= 2:
            free.sort(key=lambda lane: (-want.affinity.get(lane.member.id, 0.0), lane.load, lane.member.id))
            for lane in free[:2]:
                lane.take(start, start + want.minutes, want.east, want.north)
            return Placed(start, (free[0].member, free[1].member))
    return None


def _is_free(lane: Lane, start: int, minutes: int, east: float, north: float, *, over: int) -> bool:
    pace = lane.member.pace
    if start < lane.start or start >= lane.end or start + minutes > lane.end + over:
        return False
    for begins, ends, other_east, other_north in lane.busy:
        if ends <= start:
            if ends + _way(pace, other_east, other_north, east, north) > start:
                return False
        elif begins >= start + minutes:
            if start + minutes + _way(pace, east, north, other_east, other_north) > begins:
                return False
        else:
            return False
    return start >= lane.start + _way(pace, *lane.base, east, north) or any(
        ends <= start for _, ends, _, _ in lane.busy
    )
