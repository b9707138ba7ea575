"""Somebody is away: who takes hers, while the others keep what they have.

The visits of those who are away are handed out by importance, each at its cheapest place. Nobody else's visit changes
helper or starts earlier; it may start later where its window, its links and the way allow. A visit for two is left out
whole where nobody can come instead. This is what a team can do
at five past seven, and it depends on the plan. (Planned anew from nothing, what must be left out does not.)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planengine.compiled import Compiled, compile_problem, together_groups
from planengine.parameters import Params
from planengine.problem import Problem, ReferenceAssignment, Visit
from planengine.result import Plan
from planengine.search.arrays import GROUP, TOUR, Desk, Model, State, empty_desk, empty_state
from planengine.search.insertion import put_group, take_group
from planengine.search.load import copy_state
from planengine.timing import orders_of, plan_of, releases_of, state_of

ORDERS = 3
"""Orders in which visits are handed out, at most: by importance, then with those that were left out first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What happens when these helpers are away.

    uncovered: visits that the repair leaves out and the plan does not, most important first. nobody_else: those of
    them that nobody else at work may make. importance: the sum of what they weigh.
    plan: the repair, in ids of the problem; the tours of those who are away are missing.
    """

    helpers: tuple[int, ...]
    uncovered: tuple[int, ...]
    nobody_else: tuple[int, ...]
    importance: int
    plan: Plan


def worst_first(each: Absence) -> tuple[int, int, tuple[int, ...]]:
    """Sort key: what leaves most importance uncovered first, then most visits, then by the helpers' ids."""
    return (-each.importance, -len(each.uncovered), each.helpers)


class Hands:
    """Hands out the visits of those who are away. The arrays of each set of helpers are made once.

    covered: the visits that are to have somebody; the others weigh nothing here.
    """

    def __init__(self, problem: Problem, params: Params, covered: Collection[int]) -> None:
        self.problem, self.params = problem, params
        self.covered = frozenset(covered)
        self._bundles = [tuple(members) for members in together_groups(problem)]
        self._bundle_of = {visit: number for number, members in enumerate(self._bundles) for visit in members}
        self._weight = [
            sum(problem.visits[visit].importance for visit in members if visit in self.covered)
            for members in self._bundles
        ]
        self._days: dict[tuple[int, ...], tuple[Problem, Compiled]] = {}

    def day_without(self, away: tuple[int, ...]) -> tuple[Problem, Compiled]:
        """Return the day without some helpers, and its arrays."""
        if away not in self._days:
            day = without(self.problem, away, Plan(()), self.covered)
            self._days[away] = (day, compile_problem(day, self.params))
        return self._days[away]

    def left(self, plan: Plan, away: tuple[int, ...], *, first: Collection[int] | None = None) -> int:
        """Return the importance of what is left out when these are away: ``handed_out(...).importance``, sooner.

        first: visits to hand out first, in one order only: sooner still, and perhaps more is left.
        """
        day, compiled = self.day_without(away)
        before = None if first is None else list(dict.fromkeys(self._bundle_of[visit] for visit in first))
        state = self._handed_out(compiled, plan, away, before)
        if state is None:
            return self._broken(plan, away, day, compiled).importance
        return sum(visit.importance for visit in day.visits if state.row[visit.id, TOUR] < 0)

    def handed_out(self, plan: Plan, away: tuple[int, ...]) -> Absence:
        """Return what happens when these are away from a plan and the others keep what they have."""
        day, compiled = self.day_without(away)
        state = self._handed_out(compiled, plan, away)
        if state is None:
            return self._broken(plan, away, day, compiled)
        return self.absence(away, day, compiled, plan_of(day, compiled, state))

    def added_to(self, repair: Plan, away: tuple[int, ...]) -> Absence | None:
        """Return what more a repair can take; None when it breaks a hard time. repair: without those away."""
        day, compiled = self.day_without(away)
        state = self._handed_out(compiled, repair, away)
        return None if state is None else self.absence(away, day, compiled, plan_of(day, compiled, state))

    def absence(self, away: Sequence[int], day: Problem, compiled: Compiled, plan: Plan) -> Absence:
        """Return what a repair leaves out. day: without those who are away."""
        has = plan.assignments()
        out = [visit for visit in day.visits if visit.id in self.covered and visit.id not in has]
        out.sort(key=lambda visit: (-visit.importance, visit.id))
        return Absence(
            helpers=tuple(away),
            uncovered=tuple(visit.id for visit in out),
            nobody_else=tuple(visit.id for visit in out if not compiled.model.allowed[visit.id].any()),
            importance=sum(visit.importance for visit in out),
            plan=plan,
        )

    def _broken(self, plan: Plan, away: tuple[int, ...], day: Problem, compiled: Compiled) -> Absence:
        """Where the rest cannot be re-timed, hers are left out and the others go as they were."""
        return self.absence(away, day, compiled, Plan(tuple(tour for tour in plan.tours if tour.helper not in away)))

    def _handed_out(
        self,
        compiled: Compiled,
        plan: Plan,
        away: tuple[int, ...],
        only: list[int] | None = None,
        dropped: frozenset[int] = frozenset(),
    ) -> State | None:
        """Return the best of a few orders; None when the rest cannot be re-timed.

        only: bundles to begin with, in one order alone. dropped: bundles that are left out from the start.
        """
        kept = self._kept(compiled, plan, away, dropped)
        if kept is None:
            return None
        model = compiled.model
        desk, best, trial = empty_desk(model), empty_state(model), empty_state(model)
        first = only or []
        least = -1
        for _ in range(ORDERS if only is None else 1):
            copy_state(kept, trial)
            out, stuck = self._put_in(model, trial, first, desk, dropped)
            if stuck:
                return self._handed_out(compiled, plan, away, only, dropped | stuck)
            weight = sum(self._weight[number] for number in out)
            if least < 0 or weight < least:
                least = weight
                copy_state(trial, best)
            again = [*out, *(number for number in first if number not in out)]
            if not weight or again == first:
                break
            first = again
        return best

    def _kept(self, compiled: Compiled, plan: Plan, away: tuple[int, ...], dropped: frozenset[int]) -> State | None:
        """Return the state in which the others keep what they have; of a visit for two the half that is there waits."""
        others = Plan(tuple(tour for tour in plan.tours if tour.helper not in away))
        releases = releases_of(compiled, others)
        for visit, each in others.assignments().items():
            releases[visit] = each.start
        out = {visit for number in dropped for visit in self._bundles[number]}
        orders = [[node for node in order if node not in out] for order in orders_of(compiled, others)]
        return state_of(compiled, orders, releases)

    def _put_in(
        self, model: Model, state: State, first: Sequence[int], desk: Desk, dropped: frozenset[int]
    ) -> tuple[list[int], frozenset[int]]:
        """Put in what is out, these bundles first, then by importance; return those that do not fit.

        The second answer: bundles of which a half stands that cannot be taken out without breaking a hard time.
        """
        rank = {number: place for place, number in enumerate(first)}
        out = sorted(
            {self._bundle_of[visit] for visit in self.covered if state.row[visit, TOUR] < 0} - dropped,
            key=lambda n: (rank.get(n, len(rank)), -self._weight[n], len(self._bundles[n]), n),
        )
        spare = empty_state(model) if any(len(self._bundles[number]) > 1 for number in out) else state
        left = [number for number in out if not self._put_bundle(model, state, number, desk, spare)]
        halves = [number for number in left if any(state.row[visit, TOUR] >= 0 for visit in self._bundles[number])]
        stuck = [number for number in halves if not take_group(model, state, self._group(model, number))]
        return [*left, *sorted(dropped)], frozenset(stuck)

    def _put_bundle(self, model: Model, state: State, number: int, desk: Desk, spare: State) -> bool:
        seeds = (1, 2)[: len(self._bundles[number])]  # both orders of a pair
        for seed in seeds:
            if len(seeds) > 1:
                copy_state(state, spare)
            if put_group(model, state, self._group(model, number), 0.0, np.array([seed], dtype=np.int64), desk.spot):
                return True
            if len(seeds) > 1:
                copy_state(spare, state)
        return False

    def _group(self, model: Model, number: int) -> int:
        return int(model.node[self._bundles[number][0], GROUP])


def without(problem: Problem, away: Sequence[int], plan: Plan, asked: Collection[int]) -> Problem:
    """Return the day without some helpers: what is fixed to them is free, and the others' places are the reference.

    asked: the visits that are to have somebody. The others nobody had before either: they weigh nothing here.
    """
    gone = frozenset(away)

    def freed(visit: Visit) -> Visit:
        if visit.helper in gone:
            visit = replace(visit, helper=None, start=None)
        return visit if visit.id in asked else replace(visit, importance=0)

    return replace(
        problem,
        helpers=tuple(replace(h, periods=()) if h.id in gone else h for h in problem.helpers),
        visits=tuple(freed(visit) for visit in problem.visits),
        reference=tuple(
            ReferenceAssignment(visit=each.visit, helper=each.helper, start=each.start)
            for each in plan.assignments().values()
            if each.helper not in gone
        ),
    )
