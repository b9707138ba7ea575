"""Lanes of the days whose lists people work with: made with the planning engine's own travel times and rules.

A proposal that changes as little as possible can leave such lists as they are: the way from door to door, the break,
the meetings and the way back to the base all have room, on the five minutes of the lists.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tillit.demo.days.routes import Lane, Wanted
from tillit.demo.people.citizens import Person
from tillit.demo.people.staff import Member, OnShift
from tillit.demo.town import fjordvik
from tillit.teamwork.planning.adapter.travel import DayWays
from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.day import Place

STEP = 5
BREAK = int(breaks.LENGTH.total_seconds()) // 60

Corner = tuple[float, float]
Stop = tuple[int, int, Place]


class Ways:
    """The engine's travel times between the homes, the base and the helpers' homes of one team, on the grid."""

    def __init__(self, people: Iterable[Person], members: Iterable[Member], base: Corner, copy: int) -> None:
        self._copy = copy
        self._degrees: dict[Corner, Place] = {}
        self.base = self.at(base)
        homes = [one.home for one in members if one.home is not None]
        self._estimate = DayWays([self.base, *homes, *(self.at((one.east, one.north)) for one in people)])
        self._known: dict[tuple[str, Place, Place], int] = {}

    def at(self, corner: Corner) -> Place:
        """Return latitude and longitude; what is nowhere in particular is at the base."""
        if corner[0] < 0:
            return self.base
        found = self._degrees.get(corner)
        if found is None:
            found = self._degrees[corner] = fjordvik.degrees(corner, self._copy)
        return found

    def minutes(self, travel: str, start: Place, end: Place) -> int:
        """Return how long it takes, rounded up to whole steps."""
        key = (travel, start, end)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _up(self._estimate.minutes(travel, start, end))
        return found


@dataclass(slots=True)
class CarefulLane(Lane):
    """A helper's day with room for all the engine asks for. window: where her break must lie, in minutes."""

    way: Callable[[Place, Place], int] = field(kw_only=True)
    at: Callable[[Corner], Place] = field(kw_only=True)
    from_place: Place = field(kw_only=True)
    to_place: Place = field(kw_only=True)
    window: tuple[int, int] | None = field(kw_only=True)

    def take(self, start: int, end: int, east: float, north: float) -> None:
        """Keep the time [start, end)."""
        super(CarefulLane, self).take(start, _up(end), east, north)

    def fit(self, want: Wanted, *, slack: int, over: int) -> tuple[int, int] | None:
        """Return (start, way there) nearest to the wished minute, or None. Nobody stays on after her shift."""
        first, last = _up(want.earliest - slack // 2), want.latest + slack
        place = self.at((want.east, want.north))
        for start in sorted(range(first, last + 1, STEP), key=lambda at: (abs(at - want.wished), at)):
            if self._holds(start, start + want.minutes, place):
                before = [stop for stop in self._stops() if stop[1] <= start]
                return start, self.way(before[-1][2] if before else self.from_place, place)
        return None

    def is_free(self, start: int, minutes: int, east: float, north: float, *, over: int = 0) -> bool:
        """Whether the visit has room between the others, and leaves room for the break."""
        return self._holds(start, start + minutes, self.at((east, north)))

    def _stops(self) -> Iterator[Stop]:
        for start, end, east, north in self.busy:
            yield start, end, self.at((east, north))

    def _holds(self, start: int, end: int, place: Place) -> bool:
        end = _up(end)
        if start < self.start or end > self.end or any(one[0] < end and start < one[1] for one in self.busy):
            return False
        stops = sorted([*self._stops(), (start, end, place), (self.end, self.end, self.to_place)])
        free, here, rested = self.start, self.from_place, self.window is None
        for begins, ends, there in stops:
            way = self.way(here, there)
            if free + way > begins:
                return False
            rested = rested or self._has_break(free, begins - way) or self._has_break(free + way, begins)
            free, here = ends, there
        return rested

    def _has_break(self, free: int, until: int) -> bool:
        assert self.window is not None
        start = max(_up(free), self.window[0])
        return start + BREAK <= min(until, self.window[1])


def careful_lanes(
    on_shift: list[OnShift], ways: Ways, day: date, base: datetime, corner: Corner, *, meeting: tuple[int, int] | None
) -> list[Lane]:
    """Return the lanes of a day: nothing in them but the meeting, for those whose shift it lies in."""
    lanes: list[Lane] = []
    for one in on_shift:
        travel = one.member.travel
        lane = CarefulLane(
            one.member,
            one.kind,
            one.start,
            one.end,
            corner,
            way=lambda start, end, travel=travel: ways.minutes(travel, start, end),  # type: ignore[misc]
            at=ways.at,
            from_place=one.member.home or ways.base,
            to_place=one.member.home or ways.base,
            window=_window(one, day, base),
        )
        if meeting and one.start <= meeting[0] and meeting[1] <= one.end:
            lane.busy.append((meeting[0], meeting[1], -1.0, -1.0))
        lanes.append(lane)
    return lanes


def _window(one: OnShift, day: date, base: datetime) -> tuple[int, int] | None:
    found = breaks.window(
        on=day,
        shift_kind=one.kind,
        starts_at=base + timedelta(minutes=one.start),
        ends_at=base + timedelta(minutes=one.end),
    )
    if found is None:
        return None
    first, last = (int((at - base).total_seconds()) // 60 for at in (found.earliest_at, found.latest_end_at))
    return first, last


def _up(minutes: int) -> int:
    return -(-minutes // STEP) * STEP
