"""Planning one side of a comparison, or both where the other side can do all that this one can.

Two teams as one can do what the two do apart. A search of the joined day, which is harder than its halves, may miss
that; so it is given the two plans as well, and betters them. So that neither side is searched more than the other, both
use the last part of their time on bettering plans of the first: the side before its own, the side after the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planengine.evaluate import evaluate
from planengine.parameters import Params, Stop
from planengine.problem import Problem, ReferenceAssignment
from planengine.result import Ended, Plan, Progress, Result
from planengine.solve import result_of, search_plan

FROM_NOTHING = 2 / 3
"""The part of the time that is searched from nothing, where the rest is for bettering what was found."""

Carry = Callable[[Sequence[Plan]], Sequence[Plan]]
"""From the plans before to the same as plans after: one for each problem of that side, keeping its rules."""


@dataclass(frozen=True, slots=True)
class Search:
    """How a side is planned. stop: for the whole side. stopped: whether it is called off."""

    stop: Stop
    seed: int
    params: Params
    stopped: Callable[[], bool]
    workers: int


@dataclass(frozen=True, slots=True)
class Sought:
    """A plan for one problem of a side, and what looking for it took."""

    problem: Problem
    plan: Plan
    worth: tuple[int, float]
    iterations: int
    seconds: float
    ended: Ended

    def or_better(self, plan: Plan, params: Params, *, other: Sought | None = None) -> Sought:
        """Return this plan or a better one for the same problem. other: what looking for that one took."""
        worth = _worth(self.problem, plan, params)
        best = self if self.worth <= worth else replace(self, plan=plan, worth=worth)
        if other is None:
            return best
        ended = Ended.CANCELLED if Ended.CANCELLED in (self.ended, other.ended) else self.ended
        return replace(
            best, iterations=self.iterations + other.iterations, seconds=self.seconds + other.seconds, ended=ended
        )


def run_side(problems: Sequence[Problem], search: Search, tell: Callable[[float], None]) -> tuple[Result, ...]:
    """Plan one side once, from nothing."""
    return _results(_sought(problems, search, 1.0, tell), search)


def run_both(
    before: Sequence[Problem],
    after: Sequence[Problem],
    carry: Carry,
    search: Search,
    tell: Callable[[int, float], None],
) -> tuple[tuple[Result, ...], tuple[Result, ...]]:
    """Plan both sides once; no plan after is worse, by the objective after, than the plans before carried over.

    tell: told the side (0 or 1) and the share of it.
    """
    rest = 1 - FROM_NOTHING

    def first(side: int) -> Callable[[float], None]:
        return lambda share: tell(side, FROM_NOTHING * share)

    def then(side: int) -> Callable[[float], None]:
        return lambda share: tell(side, FROM_NOTHING + rest * share)

    now = _sought(before, search, FROM_NOTHING, first(0))
    plans = [each.plan for each in now]
    now = _bettered(now, plans, search, rest, then(0))
    other = _sought(after, search, FROM_NOTHING, first(1))
    other = _bettered(other, carry(plans), search, rest, then(1))
    carried = carry([each.plan for each in now])
    other = tuple(each.or_better(plan, search.params) for each, plan in zip(other, carried, strict=True))
    return _results(now, search), _results(other, search)


def _bettered(
    found: Sequence[Sought], plans: Sequence[Plan], search: Search, share: float, tell: Callable[[float], None]
) -> tuple[Sought, ...]:
    """Return what was found, or what comes of searching near these plans, where that is better."""
    near = replace(
        search,
        params=replace(
            search.params,
            from_reference=True,
            weights=replace(search.params.weights, changed_helper=0.0, moved_start=0.0),
        ),
    )
    begun = [_beginning(each.problem, plan) for each, plan in zip(found, plans, strict=True)]
    sought = _sought(begun, near, share, tell)
    return tuple(
        each.or_better(other.plan, search.params, other=other) for each, other in zip(found, sought, strict=True)
    )


def _beginning(problem: Problem, plan: Plan) -> Problem:
    """Return the problem with a plan to begin with."""
    return replace(
        problem,
        reference=tuple(
            ReferenceAssignment(visit=visit, helper=each.helper, start=each.start)
            for visit, each in sorted(plan.assignments().items())
        ),
    )


def _sought(
    problems: Sequence[Problem], search: Search, part: float, tell: Callable[[float], None]
) -> tuple[Sought, ...]:
    """Plan every problem of a side once, with a part of its time, shared between them by their visits."""
    stop, params = search.stop, search.params
    sizes = [1 + len(problem.visits) for problem in problems]
    made, done = [], 0
    for problem, size in zip(problems, sizes, strict=True):
        share, behind = part * size / sum(sizes), done / sum(sizes)

        def step(at: Progress, own: float = size / sum(sizes), behind: float = behind) -> None:
            tell(behind + own * at.share)

        plan, found = search_plan(
            problem,
            stop=Stop(
                seconds=None if stop.seconds is None else stop.seconds * share,
                iterations=None if stop.iterations is None else max(1, round(stop.iterations * share)),
            ),
            seed=search.seed,
            params=params,
            progress=step,
            cancelled=search.stopped,
            workers=search.workers,
        )
        worth = _worth(problem, plan, params)
        made.append(Sought(problem, plan, worth, found.iterations, found.seconds, found.ended))
        done += size
    return tuple(made)


def _worth(problem: Problem, plan: Plan, params: Params) -> tuple[int, float]:
    found = evaluate(problem, plan, params.weights)
    return found.uncovered_importance, found.cost


def _results(sought: Sequence[Sought], search: Search) -> tuple[Result, ...]:
    return tuple(
        result_of(
            each.problem, each.plan, search.params, seed=search.seed, iterations=each.iterations,
            seconds=each.seconds, ended=each.ended,
        )
        for each in sought
    )  # fmt: skip
