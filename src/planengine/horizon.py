"""Several days at once, so that each citizen meets few different helpers over the whole horizon.

First a small circle of helpers for each citizen, all days seen together (``horizon_circle``). Then the days are
planned one after the other by ``solve_day``, each told who is in the circle and who comes on the other days anyway;
and again in further sweeps, where a day's new plan is taken only if the horizon as a whole becomes better.

What the horizon is worth: the importance left uncovered; then the days' costs, with ``unknown_face`` paid once for a
pair of citizen and helper who meet at all, not once a day. What is new is dearer: see ``Few``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from planengine.evaluate import evaluate
from planengine.horizon_circle import Circles, find_circles
from planengine.horizon_parts import Few, Met, Pair, Part, check_parts, pairs_of, price_of_faces
from planengine.parameters import Params, Stop
from planengine.problem import Problem, Visit
from planengine.result import Ended, Plan, Progress, Result
from planengine.solve import result_of, solve_day
from planengine.standing import standing_plan

NOT_SURE = 0.25
"""What a pair still costs that meets on one other part of a day, as a share of its price; half of it with two, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonProgress:
    """share: 0..1 of the time or the iterations. part: index of the one worked on. sweep: from 1."""

    share: float
    part: int
    sweep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One part's answer, weighed against its own problem, so that prices and reasons say what is so that day.

    seconds, iterations: of all searches for this part.
    """

    result: Result
    seconds: float
    iterations: int
    sweep: int
    """In which sweep the plan was made; 1 also for lists that stood and were not bettered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The answer. parts: as asked, None for those that were not reached before somebody called off."""

    parts: tuple[Planned | None, ...]
    uncovered_importance: int
    cost: float
    ended: Ended
    history: tuple[tuple[int, float], ...] = field(default=())
    """(importance uncovered, cost) after each sweep."""


def plan_horizon(
    parts: Sequence[Part],
    *,
    stop: Stop,
    met: Iterable[Met] = (),
    seed: int = 0,
    params: Params | None = None,
    few: Few | None = None,
    progress: Callable[[HorizonProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Horizon:
    """Plan the parts, which share helpers and citizens by ref, in order of day.

    stop: for the searches of all days together, after the circles (some five seconds of processor time for a thousand
    visits); shared between the days by their number of visits. With iterations and no seconds the
    answer depends on the question and the seed alone.
    met: who has been where, the 28 days before and on lists that stand among the days planned.
    A part whose problem has a reference is never given a plan that makes the horizon worse than that reference, as far
    as it keeps the rules. Raises InvalidProblem when the parts are out of order, or refs are missing or not one each.
    """
    check_parts(parts)
    return _Planning(
        parts, stop, tuple(met), seed, params or Params(), few or Few(), progress, cancelled, workers
    ).planned()


class _Planning:
    def __init__(
        self,
        parts: Sequence[Part],
        stop: Stop,
        met: tuple[Met, ...],
        seed: int,
        params: Params,
        few: Few,
        progress: Callable[[HorizonProgress], None] | None,
        cancelled: Callable[[], bool] | None,
        workers: int,
    ) -> None:
        self.parts, self.stop, self.seed, self.params, self.few = parts, stop, seed, params, few
        self.progress, self.cancelled, self.workers = progress, cancelled, workers
        self.new_face = price_of_faces(parts, met, self.few)
        self.plans: list[Plan | None] = [None] * len(parts)
        self.swept = [0] * len(parts)
        self.spent = [(0.0, 0)] * len(parts)
        self.meets: list[frozenset[Pair]] = [frozenset()] * len(parts)
        self.own: list[tuple[int, float]] = [(0, 0.0)] * len(parts)
        self.day_params = replace(params, weights=replace(params.weights, unknown_face=0.0))
        self.search_params = replace(params, weights=replace(params.weights, unknown_face=few.face))
        self.began = time.monotonic()

    def planned(self) -> Horizon:
        ended = Ended.ITERATIONS if self.stop.iterations is not None else Ended.SECONDS
        self._begin_with_what_stands()
        circles = self._circles()
        self.began = time.monotonic()  # the seconds are the searches': on a busy machine the circles take none of them
        visits = [max(1, len(part.problem.visits)) for part in self.parts]
        whole, behind = sum(visits) * self.few.sweeps, 0
        history: list[tuple[int, float]] = []
        for sweep in range(1, self.few.sweeps + 1):
            for number in range(len(self.parts)):
                if self._called_off():
                    ended = Ended.CANCELLED
                    break
                stop = self._share(visits[number], whole - behind, whole)
                self._plan(number, sweep, circles, stop, behind / whole, visits[number] / whole)
                behind += visits[number]
            if ended is Ended.CANCELLED:
                break
            history.append(self._worth())
        importance, cost = self._worth()
        return Horizon(
            parts=tuple(self._answer(number) for number in range(len(self.parts))),
            uncovered_importance=importance, cost=cost, ended=ended, history=tuple(history),
        )  # fmt: skip

    # -- what the horizon is worth ---------------------------------------------------------------------------------

    def _worth(self) -> tuple[int, float]:
        pairs = frozenset().union(*self.meets)
        faces = sum(self.new_face(*pair) for pair in sorted(pairs))
        return sum(own[0] for own in self.own), sum(own[1] for own in self.own) + faces

    def _begin_with_what_stands(self) -> None:
        """Lists that are made are there to beat: a day's new plan is taken only if the horizon becomes better."""
        for number, part in enumerate(self.parts):
            if part.problem.reference:
                self._take(number, standing_plan(part.problem, self.params))

    def _take(self, number: int, plan: Plan) -> None:
        problem = self.parts[number].problem
        worth = evaluate(problem, plan, self.day_params.weights)
        self.plans[number], self.meets[number] = plan, pairs_of(problem, plan)
        self.own[number] = worth.uncovered_importance, worth.cost

    # -- one part --------------------------------------------------------------------------------------------------

    def _plan(self, number: int, sweep: int, circles: Circles | None, stop: Stop, behind: float, share: float) -> None:
        problem = self._told(number, sweep, circles)

        def tell(step: Progress) -> None:
            if self.progress is not None:
                done = min(1.0, behind + step.share * share)
                self.progress(HorizonProgress(share=done, part=number, sweep=sweep))

        result = solve_day(
            problem, stop=stop, seed=self.seed + 7919 * sweep + number, params=self.search_params, progress=tell,
            cancelled=self.cancelled, workers=self.workers,
        )  # fmt: skip
        seconds, iterations = self.spent[number]
        self.spent[number] = seconds + result.seconds, iterations + result.iterations
        if result.ended is Ended.CANCELLED:
            return  # half a search for one day is no better than none
        self.swept[number] = self.swept[number] or sweep
        was, worth = (self.plans[number], self.own[number], self.meets[number]), self._worth()
        self._take(number, result.plan)
        if was[0] is not None and self._worth() >= worth:
            self.plans[number], self.own[number], self.meets[number] = was
        else:
            self.swept[number] = sweep

    def _told(self, number: int, sweep: int, circles: Circles | None) -> Problem:
        """Return the part's problem where `known` says what a pair costs now: 1 when it costs nothing more.

        A pair that meets on one other day only is not quite free: that day may find somebody else yet.
        """
        problem = self.parts[number].problem
        times: dict[Pair, int] = {}
        for other, pairs in enumerate(self.meets):
            if other != number:
                for pair in pairs:
                    times[pair] = times.get(pair, 0) + 1
        hinted: frozenset[Pair] = frozenset()
        today: frozenset[Pair] = frozenset()
        if circles is not None:
            hinted, today = circles.pairs(), circles.by_part[number]
        citizens = []
        for citizen in problem.citizens:
            known = []
            for helper in problem.helpers:
                pair = (citizen.ref, helper.ref)
                share = 1.0 - (self.new_face(*pair) / self.few.face if self.few.face else 0.0)
                if count := times.get(pair, 0):
                    share = max(share, 1.0 - NOT_SURE / count)
                if pair in hinted and sweep == 1:
                    hint = self.few.hint if pair not in today else (1.0 + self.few.hint) / 2
                    share = max(share, hint)
                if share > 0:
                    known.append((helper.id, share))
            citizens.append(replace(citizen, known=tuple(known)))
        return replace(problem, citizens=tuple(citizens))

    def _answer(self, number: int) -> Planned | None:
        plan = self.plans[number]
        if plan is None or not self.swept[number]:
            return None
        result = result_of(self.parts[number].problem, plan, self.params, seed=self.seed)
        seconds, iterations = self.spent[number]
        return Planned(result=result, sweep=self.swept[number], seconds=seconds, iterations=iterations)

    # -- the circle ------------------------------------------------------------------------------------------------

    def _circles(self) -> Circles | None:
        if self.few.hint <= 0:
            return None
        weights = self.params.weights

        def wishes(problem: Problem, visit: Visit, helper: int) -> float:
            citizen, minutes = problem.citizens[visit.citizen], visit.duration / problem.ticks_per_minute
            above = max(0, problem.helpers[helper].level - visit.level)
            points = weights.level_waste * above * minutes
            if citizen.primary is not None and helper != citizen.primary:
                points += weights.not_primary
            if helper in citizen.rather_not:
                points += weights.rather_not
            if citizen.rather and helper not in citizen.rather:
                points += weights.not_preferred
            return points

        return find_circles(
            [part.problem for part in self.parts], new_face=self.new_face, wishes=wishes,
            extra_face=weights.extra_face, seed=self.seed, moves_each=self.few.moves_each, cancelled=self.cancelled,
        )  # fmt: skip

    # -- time ------------------------------------------------------------------------------------------------------

    def _called_off(self) -> bool:
        return self.cancelled is not None and self.cancelled()

    def _share(self, visits: int, left: int, whole: int) -> Stop:
        """Return a part's share: of the iterations by its visits, of what is left of the seconds by what is left."""
        iterations = seconds = None
        if self.stop.iterations is not None:
            iterations = max(1, self.stop.iterations * visits // whole)
        if self.stop.seconds is not None:
            remaining = self.stop.seconds - (time.monotonic() - self.began)
            seconds = max(0.05, remaining * visits / left)
        return Stop(seconds=seconds, iterations=iterations)
