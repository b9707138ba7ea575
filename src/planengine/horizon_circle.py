"""A small circle of helpers for each citizen over a horizon: who is to come, before anybody asks when.

A coarse model of all days at once. Every visit is given to somebody at work who may make it; what counts is how many
different helpers each citizen gets, that nobody is given more than her shift holds, and roughly that nobody is to be
at two places in the same hour. Ways and exact times are left to the days' own search, which is told the circle.

Simulated annealing (Kirkpatrick et al. 1983) with three moves: give what a helper has at a citizen's in one part of a
day to another; take a helper out of a citizen's circle altogether; let two helpers change places at two citizens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from random import Random

from planengine.horizon_floor import may_make
from planengine.horizon_parts import MOVES_EACH
from planengine.problem import Problem, Visit

HOUR = 60
NEAREST = 3
"""The way to a visit is reckoned as the mean of the shortest ones to so many other visits of that day."""
OVERFULL = 2.0
"""Points for each minute more than a shift holds."""
COLLIDING = 0.5
"""Points for each minute more than an hour holds."""
HOT, COLD = 0.5, 0.02
"""Start and end temperature, as shares of the price of a new face."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One helper's part of one visit. part: index of the problem. hours: (hour of the day, minutes in it)."""

    part: int
    citizen: int
    minutes: int
    hours: tuple[tuple[int, int], ...]
    able: tuple[int, ...]
    price: Mapping[int, float]
    """Helper → points for wishes, primary contact and training, as on the day itself."""
    twin: int
    """The other half of a visit for two; -1 when there is none."""


@dataclass(frozen=True, slots=True)
class Circles:
    """Who comes to whom. by_part: for each problem, (citizen ref, helper ref) of the coarse plan."""

    by_part: tuple[frozenset[tuple[str, str]], ...]

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every pair that meets in the coarse plan."""
        return frozenset().union(*self.by_part)


def find_circles(
    problems: Sequence[Problem],
    *,
    new_face: Callable[[str, str], float],
    wishes: Callable[[Problem, Visit, int], float],
    extra_face: float = 0.0,
    seed: int = 0,
    moves_each: int = MOVES_EACH,
    cancelled: Callable[[], bool] | None = None,
) -> Circles:
    """Return a circle for each citizen over the problems, which share helpers and citizens by ref.

    new_face: points for a pair (citizen ref, helper ref) that meets at all. wishes: points for one visit with a helper.
    extra_face: points for each helper beyond the first to a citizen in one part of a day.
    Same problems and seed: same answer. A visit nobody may make is left out.
    """
    return _Coarse(problems, new_face, wishes, extra_face, seed).search(moves_each, cancelled)


class _Coarse:
    def __init__(
        self,
        problems: Sequence[Problem],
        new_face: Callable[[str, str], float],
        wishes: Callable[[Problem, Visit, int], float],
        extra_face: float,
        seed: int,
    ) -> None:
        self.helpers = sorted({helper.ref for problem in problems for helper in problem.helpers})
        self.citizens = sorted({citizen.ref for problem in problems for citizen in problem.citizens})
        number = {ref: index for index, ref in enumerate(self.helpers)}
        who = {ref: index for index, ref in enumerate(self.citizens)}
        self.extra_face = extra_face
        self.dice = Random(seed)
        self.room = [[0.0] * len(self.helpers) for _ in problems]
        self.units: list[Unit] = []
        self.of_citizen: list[list[int]] = [[] for _ in self.citizens]
        self.of_part: list[list[int]] = [[] for _ in problems]
        for part, problem in enumerate(problems):
            self._add(part, problem, number, who, wishes)
        self.new = [[new_face(citizen, helper) for helper in self.helpers] for citizen in self.citizens]
        self.dearest = max((value for row in self.new for value in row), default=0.0)
        self.has: list[int] = [-1] * len(self.units)
        self.load = [[0.0] * len(self.helpers) for _ in problems]
        self.hour: dict[tuple[int, int, int], int] = {}
        self.meets = [[0] * len(self.helpers) for _ in self.citizens]
        self.today: dict[tuple[int, int], dict[int, int]] = {}

    def _add(
        self,
        part: int,
        problem: Problem,
        number: Mapping[str, int],
        who: Mapping[str, int],
        wishes: Callable[[Problem, Visit, int], float],
    ) -> None:
        minute = problem.ticks_per_minute
        for helper in problem.helpers:
            self.room[part][number[helper.ref]] = sum(
                period.end
                - period.start
                - sum(rest.duration for rest in period.breaks)
                - sum(meeting.duration for meeting in period.meetings)
                for period in helper.periods
            ) / minute  # fmt: skip
        unit_of: dict[int, int] = {}
        for visit in problem.visits:
            able = [helper for helper in problem.helpers if may_make(problem, visit, helper)]
            if not able:
                continue
            length = -(-visit.duration // minute) + _way(problem, visit) // minute
            unit_of[visit.id] = len(self.units)
            citizen = who[problem.citizens[visit.citizen].ref]
            self.of_citizen[citizen].append(len(self.units))
            self.of_part[part].append(len(self.units))
            self.units.append(
                Unit(
                    part=part,
                    citizen=citizen,
                    minutes=length,
                    hours=_hours(visit, length, minute),
                    able=tuple(number[helper.ref] for helper in able),
                    price={number[helper.ref]: wishes(problem, visit, helper.id) for helper in able},
                    twin=-1,
                )
            )
        for link in problem.links:
            if link.different_helpers and link.first in unit_of and link.second in unit_of:
                one, other = unit_of[link.first], unit_of[link.second]
                self.units[one] = _with_twin(self.units[one], other)
                self.units[other] = _with_twin(self.units[other], one)

    # -- the coarse plan -------------------------------------------------------------------------------------------

    def _put(self, unit: int, helper: int, sign: int) -> float:
        """Give (sign 1) or take (-1) a unit; return the change in cost."""
        own = self.units[unit]
        part, citizen, change = own.part, own.citizen, sign * own.price[helper]
        room, load = self.room[part][helper], self.load[part][helper]
        after = load + sign * own.minutes
        self.load[part][helper] = after
        change += OVERFULL * (max(0.0, after - room) - max(0.0, load - room))
        for hour, minutes in own.hours:
            key = (part, helper, hour)
            was = self.hour.get(key, 0)
            self.hour[key] = is_now = was + sign * minutes
            change += COLLIDING * (max(0, is_now - HOUR) - max(0, was - HOUR))
        meets, today = self.meets[citizen], self.today.setdefault((part, citizen), {})
        first, faces = (meets[helper] == 0, len(today)) if sign > 0 else (meets[helper] == 1, len(today) - 1)
        meets[helper] += sign
        if first:  # the first time she comes, or the last that is taken away
            change += sign * self.new[citizen][helper]
        was = today.get(helper, 0)
        if was + sign:
            today[helper] = was + sign
        else:
            del today[helper]
        if faces and (was == 0 or was + sign == 0):
            change += sign * self.extra_face
        self.has[unit] = helper if sign > 0 else -1
        return change

    def _give(self, unit: int, helper: int) -> float:
        return self._put(unit, self.has[unit], -1) + self._put(unit, helper, 1)

    def _may(self, unit: int, helper: int) -> bool:
        own = self.units[unit]
        return helper in own.price and (own.twin < 0 or self.has[own.twin] != helper)

    def search(self, moves_each: int, cancelled: Callable[[], bool] | None) -> Circles:
        for unit in sorted(range(len(self.units)), key=lambda each: (len(self.units[each].able), each)):
            self._first(unit)
        moves = moves_each * len(self.units)
        cost, best_cost, best = 0.0, 0.0, list(self.has)
        hot, cold = HOT * self.dearest, COLD * self.dearest
        if not self.units or hot <= 0:
            return self._circles(best)
        for step in range(moves):
            if step % 500 == 0:
                if cancelled is not None and cancelled():
                    break
                heat = hot * (cold / hot) ** (step / moves)
            wanted = self._choose()
            if not wanted:
                continue
            before = [(unit, self.has[unit]) for unit, _helper in wanted]
            change = sum(self._give(unit, helper) for unit, helper in wanted)
            if change > 0 and self.dice.random() >= exp(-change / heat):
                for unit, helper in reversed(before):
                    self._give(unit, helper)
                continue
            cost += change
            if cost < best_cost - 1e-9:
                best_cost, best = cost, list(self.has)
        return self._circles(best)

    def _first(self, unit: int) -> None:
        own = self.units[unit]
        best: tuple[float, int] | None = None
        for helper in own.able:
            if own.twin >= 0 and self.has[own.twin] == helper and len(own.able) > 1:
                continue
            price = self._put(unit, helper, 1)
            self._put(unit, helper, -1)
            best = min(best, (price, helper)) if best else (price, helper)
        if best is not None:
            self._put(unit, best[1], 1)

    def _choose(self) -> list[tuple[int, int]]:
        """Return a move: units and whom they are given to; empty when what was drawn is not possible."""
        unit = self.dice.randrange(len(self.units))
        own, helper = self.units[unit], self.has[unit]
        drawn = self.dice.random()
        if drawn < 0.25:
            return self._leave(own.citizen, helper)
        other = self._other(own, helper)
        if other < 0 or helper < 0:
            return []
        group = self._group(own.part, own.citizen, helper) if self.dice.random() < 0.6 else [unit]
        if not all(self._may(each, other) for each in group):
            return []
        wanted = [(each, other) for each in group]
        if drawn < 0.55:
            return wanted
        theirs = [
            each
            for each in self.of_part[own.part]
            if self.has[each] == other and self.units[each].citizen != own.citizen
        ]
        if not theirs:
            return wanted
        back = self.units[theirs[self.dice.randrange(len(theirs))]].citizen
        group = self._group(own.part, back, other)
        return [*wanted, *((each, helper) for each in group)] if all(self._may(each, helper) for each in group) else []

    def _other(self, own: Unit, helper: int) -> int:
        """Return somebody else for a unit, more often one of the circle."""
        near = [each for each in own.able if each != helper and self.meets[own.citizen][each]]
        every = near if near and self.dice.random() < 0.7 else [each for each in own.able if each != helper]
        return every[self.dice.randrange(len(every))] if every else -1

    def _group(self, part: int, citizen: int, helper: int) -> list[int]:
        return [each for each in self.of_citizen[citizen] if self.units[each].part == part and self.has[each] == helper]

    def _leave(self, citizen: int, helper: int) -> list[tuple[int, int]]:
        """Take a helper out of a citizen's circle: the others of the circle take over, or one new does."""
        wanted: list[tuple[int, int]] = []
        for unit in self.of_citizen[citizen]:
            if self.has[unit] != helper:
                continue
            others = [each for each in self.units[unit].able if each != helper and self._may(unit, each)]
            near = [each for each in others if self.meets[citizen][each]] or others
            if not near:
                return []
            wanted.append((unit, near[self.dice.randrange(len(near))]))
        return wanted

    def _circles(self, has: Sequence[int]) -> Circles:
        found: list[set[tuple[str, str]]] = [set() for _ in self.room]
        for unit, helper in zip(self.units, has, strict=True):
            if helper >= 0:
                found[unit.part].add((self.citizens[unit.citizen], self.helpers[helper]))
        return Circles(tuple(frozenset(part) for part in found))


def _with_twin(unit: Unit, twin: int) -> Unit:
    return replace(unit, twin=twin)


def _way(problem: Problem, visit: Visit) -> int:
    """Return ticks of travel to a visit among the others of its day, roughly."""
    ways = problem.travel[0][visit.place]
    near = sorted(int(ways[other.place]) for other in problem.visits if other.citizen != visit.citizen)[:NEAREST]
    return sum(near) // len(near) if near else 0


def _hours(visit: Visit, length: int, minute: int) -> tuple[tuple[int, int], ...]:
    """Return when a visit takes somebody's time: around its wished time; nowhere in particular with a wide window."""
    if visit.wish_from is not None and visit.wish_to is not None:
        start = (visit.wish_from + visit.wish_to) // 2
    elif visit.latest is not None and visit.latest - visit.earliest <= 2 * HOUR * minute:
        start = (visit.earliest + visit.latest) // 2
    else:
        return ()
    found: dict[int, int] = {}
    at, end = start // minute, start // minute + length
    while at < end:
        until = min(end, (at // HOUR + 1) * HOUR)
        found[at // HOUR] = until - at
        at = until
    return tuple(sorted(found.items()))
