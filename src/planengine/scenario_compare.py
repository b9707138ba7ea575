"""Before and after, side by side: both planned with the same time and the same seeds, and what is only chance said so.

A search is a dice throw with a seed: planned twice, a day's minutes on the way differ a little. So each side is planned
once for every seed. A difference counts (``Verdict``) only when every plan of one side lies beyond every plan of the
other. Were both sides equally good, and the numbers without ties, n seeds would part them so by chance once in
C(2n, n) / 2 times: 1 in 3 for two seeds, 1 in 10 for three, 1 in 35 for four (a permutation test; Fisher 1935).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from math import comb

from planengine.errors import InvalidProblem
from planengine.evaluate import evaluate
from planengine.parameters import Params, Stop
from planengine.problem import Problem
from planengine.result import Ended, Evaluation, Plan, Result
from planengine.scenario_run import Carry, Search, run_both, run_side
from planengine.weights import Weights

SEEDS = (1, 2, 3, 4)
LARGEST = frozenset({"longest_idle", "longest_unused", "largest_late"})
"""Components that are the largest of something: over several teams the largest counts, not the sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperLoad:
    """One helper's day. problem: which of the side's problems she is in. Ticks; working is without breaks."""

    problem: int
    helper: int
    visits: int
    busy: int
    working: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What one side's plans add up to, over all its problems.

    uncovered: the engine's visits nobody makes. met: citizens whom somebody visits. faces: pairs of citizen and helper
    who meet, each once; strangers: those of them where the helper is not known at all. amounts: the objective's
    components by name, in its own units (minutes, faces, visits): added up, except LARGEST. cost: the components'
    points, added up.
    """

    visits: int
    uncovered: int
    uncovered_importance: int
    met: int
    faces: int
    strangers: int
    amounts: dict[str, float]
    cost: float
    loads: tuple[HelperLoad, ...]

    @property
    def faces_each(self) -> float:
        """Different helpers a visited citizen meets, on average; 0 when nobody is visited."""
        return self.faces / self.met if self.met else 0.0

    @property
    def fullest(self) -> float:
        """The largest share of working time that anybody is busy, 0..1 or more; 0 when nobody is at work."""
        return max((each.busy / each.working for each in self.loads if each.working), default=0.0)

    @property
    def worth(self) -> tuple[int, float]:
        """What sides and runs are ranked by: importance left uncovered, then cost."""
        return self.uncovered_importance, self.cost


def total_of(problems: Sequence[Problem], plans: Sequence[Plan], weights: Weights) -> Total:
    """Return what plans add up to, one for each problem. Everything comes from ``evaluate``."""
    found = [evaluate(problem, plan, weights) for problem, plan in zip(problems, plans, strict=True)]
    pairs = {
        (number, problem.visits[each.visit].citizen, each.helper)
        for number, (problem, plan) in enumerate(zip(problems, plans, strict=True))
        for each in plan.assignments().values()
    }
    visits = sum(len(problem.visits) for problem in problems)
    return Total(
        visits=visits,
        uncovered=visits - sum(len(plan.assignments()) for plan in plans),
        uncovered_importance=sum(each.uncovered_importance for each in found),
        met=len({(number, citizen) for number, citizen, _ in pairs}),
        faces=len(pairs),
        strangers=sum(h.unknown_faces for each in found for h in each.helpers),
        amounts=_added(found),
        cost=sum(each.cost for each in found),
        loads=tuple(
            HelperLoad(problem=number, helper=h.helper, visits=h.visits, busy=h.busy, working=h.working)
            for number, each in enumerate(found)
            for h in each.helpers
        ),
    )


def _added(found: Sequence[Evaluation]) -> dict[str, float]:
    names = [component.name for component in found[0].components] if found else []
    return {
        name: max(each.amount(name) for each in found) if name in LARGEST else sum(each.amount(name) for each in found)
        for name in names
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side planned once for every seed: the results, one for each problem, and what they add up to."""

    problems: tuple[Problem, ...]
    runs: tuple[tuple[Result, ...], ...]
    totals: tuple[Total, ...]

    @property
    def best(self) -> int:
        """The run whose plan the objective puts first: the one a team would use, and whose numbers are shown."""
        return min(range(len(self.totals)), key=lambda run: (*self.totals[run].worth, run))

    @property
    def shown(self) -> Total:
        """The best run's numbers, all of one and the same plan."""
        return self.totals[self.best]


class Verdict(StrEnum):
    """What the runs allow one to say about a number."""

    LESS = "less"
    """Every plan after has less than every plan before."""
    MORE = "more"
    """Every plan after has more than every plan before."""
    ALIKE = "alike"
    """The same, or within what the search's own spread can explain."""


def judge(before: Sequence[float], after: Sequence[float]) -> Verdict:
    """Return whether a number differs by more than chance, from its values in the runs. Fewer than two runs: ALIKE."""
    if min(len(before), len(after)) < 2:
        return Verdict.ALIKE
    if max(after) < min(before):
        return Verdict.LESS
    return Verdict.MORE if min(after) > max(before) else Verdict.ALIKE


def by_chance(runs: int) -> float:
    """Return how often so many runs on each side part by chance where nothing differs: 2 / C(2 runs, runs)."""
    return 1.0 if runs < 1 else min(1.0, 2 / comb(2 * runs, runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both sides, with as many runs as both have. ended: CANCELLED when there are fewer than was asked for."""

    before: Side
    after: Side
    seeds: tuple[int, ...]
    ended: Ended

    def values(self, number: Callable[[Total], float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return a number in every run, before and after."""
        return tuple(number(each) for each in self.before.totals), tuple(number(each) for each in self.after.totals)

    def verdict(self, number: Callable[[Total], float]) -> Verdict:
        """Return whether a number differs by more than chance."""
        return judge(*self.values(number))


def compare_scenarios(
    before: Sequence[Problem],
    after: Sequence[Problem],
    *,
    stop: Stop,
    seeds: Sequence[int] = SEEDS,
    params: Params | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 1,
    carry: Carry | None = None,
) -> Comparison:
    """Plan both sides once for every seed, and return what came of it.

    before, after: one problem for each team on that side. stop: for one run of one whole side, shared between its
    problems by their number of visits, so that both sides get the same. With iterations and no seconds the answer
    depends on the problems, the parameters and the seeds alone. progress: told the share 0..1.
    cancelled: the pair of runs that is under way is thrown away; those that are whole are kept, perhaps none.
    carry: given where what is done before can be done after just so (``scenario_teams.laid_together``): then no run
    after is worse than the same seed's before.
    Raises InvalidProblem when a side is empty or a seed is given twice.
    """
    params = params or Params()
    if not before or not after:
        raise InvalidProblem("before" if not before else "after", "there is no problem", "Give one for each team.")
    if not seeds or len(set(seeds)) != len(seeds):
        raise InvalidProblem("seeds", "there are none, or one is given twice", "Give each seed once.")
    work = len(seeds) * 2
    runs: tuple[list[tuple[Result, ...]], list[tuple[Result, ...]]] = ([], [])

    def stopped() -> bool:
        return cancelled is not None and cancelled()

    for number, seed in enumerate(seeds):

        def tell(side: int, share: float, done: int = number * 2) -> None:
            if progress is not None:
                progress((done + side + share) / work)

        how = Search(stop, seed, params, stopped, workers)
        if carry is None:
            pair = (run_side(before, how, partial(tell, 0)), run_side(after, how, partial(tell, 1)))
        else:
            pair = run_both(before, after, carry, how, tell)
        if stopped() and any(each.ended is Ended.CANCELLED for results in pair for each in results):
            break
        for kept, results in zip(runs, pair, strict=True):
            kept.append(results)
    sides = [
        Side(
            problems=tuple(problems),
            runs=tuple(kept),
            totals=tuple(total_of(problems, [each.plan for each in results], params.weights) for results in kept),
        )
        for problems, kept in zip((before, after), runs, strict=True)
    ]
    whole = len(runs[0]) == len(seeds)
    usual = Ended.ITERATIONS if stop.seconds is None else Ended.SECONDS
    return Comparison(
        before=sides[0],
        after=sides[1],
        seeds=tuple(seeds[: len(runs[0])]),
        ended=usual if whole else Ended.CANCELLED,
    )
