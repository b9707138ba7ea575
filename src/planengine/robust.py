"""What a day's plan can take: who can be away, what then breaks first, and what would help.

For every helper at work the plan is repaired without her: her visits are put in with the others by importance, each at
its cheapest place, and where that is not enough two short searches are run, one near the repair and one from nothing.
A repair that covers all is a plan, and so a proof that the day stands that absence. A repair that does not is the best
that was found: what must be left out is at most what is stated. Then pairs, then threes, as long as all are stood.

Deterministic for a problem, plan, params, seed and a budget in iterations; with seconds the clock may cut it short,
and `complete` says so. Every repair's plan keeps all hard rules of the day without those who are away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from planengine.compiled import compile_problem
from planengine.parameters import Params, Stop
from planengine.problem import Problem
from planengine.race import search
from planengine.result import Plan, StopKind
from planengine.robust_remedies import Remedy, remedies_for
from planengine.robust_repair import Absence, Hands, without, worst_first
from planengine.timing import plan_of

ITERATIONS = 4_000
"""Steps of the short search for each absence, when the budget names none."""
MOST_AWAY = 3
"""So many absences at once are looked at, at most."""
MOST_SETS = 300
"""Sets of helpers looked at for one number of absences; with more, that number is not judged."""
MOST_FAILING = 6
"""Sets that a remedy is tried on: the worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragile:
    """A visit that breaks. times: how many of the sets looked at leave it out. able: who at work may make it now."""

    visit: int
    times: int
    able: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What the day can take.

    stands: so many absences, whoever they are, each with a repair that covers all. alone: each helper at work with
    visits, worst first. worst: the set of stands + 1 that leaves most uncovered; None when none was found.
    breaks_first: the visits that sets of that size leave out, the most frequent first. complete: False when the budget
    ended before all was looked at; stands then counts only what was.
    """

    stands: int
    alone: tuple[Absence, ...]
    worst: Absence | None
    breaks_first: tuple[Fragile, ...]
    remedies: tuple[Remedy, ...]
    complete: bool


class _Ended(Exception):
    """The budget is used, or somebody asked to stop."""


def strength_of(
    problem: Problem,
    plan: Plan,
    params: Params,
    *,
    stop: Stop,
    seed: int = 0,
    learnable: frozenset[int] | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Strength:
    """Return what a plan that keeps the rules can take.

    stop: iterations = steps of each short search (None: ITERATIONS); seconds = for everything.
    learnable: competences that somebody can be taught; None = all. progress: told the share 0..1 of what is looked at
    for one number of absences; cancelled: asked between repairs.
    """
    return _Look(problem, plan, params, stop, seed, learnable, progress, cancelled).strength()


class _Look:
    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        params: Params,
        stop: Stop,
        seed: int,
        learnable: frozenset[int] | None,
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.plan, self.seed = problem, plan, seed
        self.params = replace(params, from_reference=True)
        self.iterations = ITERATIONS if stop.iterations is None else stop.iterations
        self.until = None if stop.seconds is None else time.monotonic() + stop.seconds
        self.learnable = learnable
        self.progress, self.cancelled = progress, cancelled
        self.covered = frozenset(plan.assignments())
        self.hands = Hands(problem, self.params, self.covered)
        self.busy = [tour.helper for tour in plan.tours if any(stop.kind is StopKind.VISIT for stop in tour.stops)]
        self.busy = sorted(set(self.busy))

    def strength(self) -> Strength:
        alone: list[Absence] = []
        level: list[Absence] = []
        stands, complete = 0, True
        try:
            alone = self._level(1)
            level = alone
            while not any(each.importance for each in level):
                stands += 1
                size = stands + 1
                if size > min(MOST_AWAY, len(self.busy)) or comb(len(self.busy), size) > MOST_SETS:
                    level = []
                    break
                level = self._level(size)
        except _Ended:
            complete = False
            level = [] if stands else level
        failing = sorted((each for each in level if each.importance), key=worst_first)
        remedies: tuple[Remedy, ...] = ()
        try:
            remedies = remedies_for(
                self.problem, self.params, failing[:MOST_FAILING], covered=self.covered, learnable=self.learnable,
                look_up=lambda: self._look_up(1.0),
            )  # fmt: skip
        except _Ended:
            complete = False
        return Strength(
            stands=stands,
            alone=tuple(sorted(alone, key=worst_first)),
            worst=failing[0] if failing else None,
            breaks_first=self._fragile(failing),
            remedies=remedies,
            complete=complete,
        )

    def _level(self, size: int) -> list[Absence]:
        """Return every set of so many, repaired; those that break are searched from the worst until none is worse."""
        sets = list(combinations(self.busy, size))
        found: list[Absence] = []
        for number, away in enumerate(sets):
            self._look_up(number / (2 * len(sets)))
            found.append(self.hands.handed_out(self.plan, away))
        found.sort(key=worst_first)
        worst = 0
        for number, each in enumerate(found):
            if each.importance == 0 or (size > 1 and each.importance <= worst):
                break
            self._look_up(0.5 + number / (2 * len(found)))
            found[number] = self._searched(each)
            worst = max(worst, found[number].importance)
        return found

    def _look_up(self, share: float) -> None:
        if self.progress is not None:
            self.progress(share)
        if (self.cancelled is not None and self.cancelled()) or (
            self.until is not None and time.monotonic() >= self.until
        ):
            raise _Ended

    def _searched(self, each: Absence) -> Absence:
        """Return what a short search finds, when it leaves less uncovered; nothing to gain is not searched for."""
        least = sum(self.problem.visits[visit].importance for visit in each.nobody_else)
        if each.importance <= least:
            return each
        day = without(self.problem, each.helpers, each.plan, self.covered)
        compiled = compile_problem(day, self.params)
        for params in (self.params, replace(self.params, from_reference=False)):
            left = None if self.until is None else max(0.01, self.until - time.monotonic())
            stop = Stop(iterations=self.iterations, seconds=left)
            found = search(day, compiled, stop, self.seed, params, None, self.cancelled)
            other = self.hands.absence(each.helpers, day, compiled, plan_of(day, compiled, found.state))
            each = other if other.importance < each.importance else each
            if each.importance <= least:
                break
        return each

    def _fragile(self, failing: Sequence[Absence]) -> tuple[Fragile, ...]:
        allowed = compile_problem(self.problem, self.params)
        times: dict[int, int] = {}
        for each in failing:
            for visit in each.uncovered:
                times[visit] = times.get(visit, 0) + 1
        return tuple(
            Fragile(
                visit=visit,
                times=count,
                able=tuple(sorted({
                    helper for tour, (helper, _) in enumerate(allowed.tours) if allowed.model.allowed[visit, tour]
                })),
            )
            for visit, count in sorted(
                times.items(), key=lambda pair: (-pair[1], -self.problem.visits[pair[0]].importance, pair[0])
            )
        )  # fmt: skip
