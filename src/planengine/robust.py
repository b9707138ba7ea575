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
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import comb

import numpy as np

from planengine.compiled import Compiled, compile_problem
from planengine.parameters import Params, Stop
from planengine.problem import Problem, ReferenceAssignment, Visit
from planengine.race import search
from planengine.result import Plan, StopKind
from planengine.search.arrays import TOUR, State, empty_desk, empty_state
from planengine.search.insertion import put_group
from planengine.search.load import copy_state
from planengine.timing import orders_of, plan_of, releases_of, state_of
from planengine.whatif import group_of

ITERATIONS = 4_000
"""Steps of the short search for each absence, when the budget names none."""
MOST_AWAY = 3
"""So many absences at once are looked at, at most."""
MOST_SETS = 300
"""Sets of helpers looked at for one number of absences; with more, that number is not judged."""
MOST_FAILING = 6
"""Sets that a remedy is tried on: the worst."""
MOST_HELPS = 5
LONGER_MINUTES = 60
"""How much longer somebody stays, and how far a visit moves, in the remedies that are tried."""


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


class RemedyKind(StrEnum):
    """What could be done beforehand."""

    LEARN = "learn"
    """helper gets competence."""
    STAY_LONGER = "stay_longer"
    """helper works ticks longer."""
    MOVE = "move"
    """visit may start ticks earlier or later than now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something that would help. saves: importance saved, summed over the absences it was tried on; visits: which."""

    kind: RemedyKind
    helper: int | None = None
    competence: int | None = None
    visit: int | None = None
    ticks: int = 0
    saves: int = 0
    visits: tuple[int, ...] = ()


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
        failing = sorted((each for each in level if each.importance), key=_worst_first)
        remedies: tuple[Remedy, ...] = ()
        try:
            remedies = self._remedies(failing[:MOST_FAILING])
        except _Ended:
            complete = False
        return Strength(
            stands=stands,
            alone=tuple(sorted(alone, key=_worst_first)),
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
            found.append(self._repaired(away))
        found.sort(key=_worst_first)
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

    def _repaired(self, away: Sequence[int]) -> Absence:
        day = without(self.problem, away, self.plan, self.covered)
        compiled = compile_problem(day, self.params)
        state = _kept(day, compiled, self.plan, away)
        if state is None:
            return self._absence(away, day, compiled, Plan(tuple(t for t in self.plan.tours if t.helper not in away)))
        _put_in(day, compiled, state)
        return self._absence(away, day, compiled, plan_of(day, compiled, state))

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
            other = self._absence(each.helpers, day, compiled, plan_of(day, compiled, found.state))
            each = other if other.importance < each.importance else each
            if each.importance <= least:
                break
        return each

    def _absence(self, away: Sequence[int], day: Problem, compiled: Compiled, plan: Plan) -> Absence:
        covered = plan.assignments()
        new = [visit for visit in day.visits if visit.id in self.covered and visit.id not in covered]
        new.sort(key=lambda visit: (-visit.importance, visit.id))
        return Absence(
            helpers=tuple(away),
            uncovered=tuple(visit.id for visit in new),
            nobody_else=tuple(visit.id for visit in new if not compiled.model.allowed[visit.id].any()),
            importance=sum(visit.importance for visit in new),
            plan=plan,
        )

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

    def _remedies(self, failing: Sequence[Absence]) -> tuple[Remedy, ...]:
        """Return what would help, most first; each tried on every failing set, from the repair that was found."""
        tried: list[Remedy] = []
        for remedy in self._candidates(failing):
            self._look_up(1.0)
            changed = with_remedy(self.problem, remedy)
            saves, visits = 0, set[int]()
            for each in failing:
                if remedy.helper in each.helpers:
                    continue
                day = without(changed, each.helpers, each.plan, self.covered)
                compiled = compile_problem(day, self.params)
                state = _kept(day, compiled, each.plan, each.helpers)
                if state is None:
                    continue
                _put_in(day, compiled, state)
                again = self._absence(each.helpers, day, compiled, plan_of(day, compiled, state))
                saves += max(0, each.importance - again.importance)
                visits |= set(each.uncovered) - set(again.uncovered)
            if saves:
                tried.append(replace(remedy, saves=saves, visits=tuple(sorted(visits))))
        kinds = tuple(RemedyKind)
        tried.sort(key=lambda each: (-each.saves, kinds.index(each.kind), each.helper or 0, each.visit or 0))
        best = [next(each for each in tried if each.kind is kind) for kind in dict.fromkeys(e.kind for e in tried)]
        rest = [each for each in tried if each not in best]
        chosen = [*best, *rest][:MOST_HELPS]
        return tuple(sorted(chosen, key=tried.index))

    def _candidates(self, failing: Sequence[Absence]) -> Iterator[Remedy]:
        visits = list(dict.fromkeys(visit for each in failing for visit in each.uncovered))
        hour = LONGER_MINUTES * self.problem.ticks_per_minute
        seen: set[tuple[int, int]] = set()
        for number in visits:
            visit = self.problem.visits[number]
            for helper in self.problem.helpers:
                lacking = visit.competences - helper.competences
                unwanted = helper.id in self.problem.citizens[visit.citizen].must_not
                if not helper.periods or len(lacking) != 1 or unwanted:
                    continue
                (competence,) = lacking
                if self.learnable is not None and competence not in self.learnable:
                    continue
                if (helper.id, competence) not in seen:
                    seen.add((helper.id, competence))
                    yield Remedy(kind=RemedyKind.LEARN, helper=helper.id, competence=competence)
        if visits:
            for helper in self.problem.helpers:
                if helper.periods:
                    yield Remedy(kind=RemedyKind.STAY_LONGER, helper=helper.id, ticks=hour)
        for number in visits:
            if not self.problem.visits[number].locked and not self.problem.visits[number].windows:
                yield Remedy(kind=RemedyKind.MOVE, visit=number, ticks=hour)


def with_remedy(problem: Problem, remedy: Remedy) -> Problem:
    """Return the day as it would be had the remedy been done beforehand."""
    helpers, visits = list(problem.helpers), list(problem.visits)
    if remedy.helper is not None:
        helper = helpers[remedy.helper]
        if remedy.competence is not None:
            helper = replace(helper, competences=helper.competences | {remedy.competence})
        if remedy.ticks:
            last = helper.periods[-1]
            helper = replace(helper, periods=(*helper.periods[:-1], replace(last, end=last.end + remedy.ticks)))
        helpers[remedy.helper] = helper
    if remedy.visit is not None:
        visit = visits[remedy.visit]
        visits[remedy.visit] = replace(
            visit,
            earliest=max(0, visit.earliest - remedy.ticks),
            latest=None if visit.latest is None else visit.latest + remedy.ticks,
        )
    return replace(problem, helpers=tuple(helpers), visits=tuple(visits))


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


def _kept(day: Problem, compiled: Compiled, plan: Plan, away: Sequence[int]) -> State | None:
    """Return the state in which the others keep what they have, less visits whose other half is away."""
    kept = Plan(tuple(tour for tour in plan.tours if tour.helper not in away))
    has = set(kept.assignments())
    out = {
        member
        for visit in range(len(day.visits))
        for member in group_of(compiled, visit)[1]
        if any(other not in has for other in group_of(compiled, visit)[1])
    }
    orders = [[node for node in order if node not in out] for order in orders_of(compiled, kept)]
    return state_of(compiled, orders, releases_of(compiled, kept))


def _put_in(day: Problem, compiled: Compiled, state: State) -> None:
    """Put in what is out, the most important first, each at its cheapest place; what does not fit stays out."""
    desk, spare = empty_desk(compiled.model), empty_state(compiled.model)
    numbers = {group_of(compiled, visit.id)[0]: group_of(compiled, visit.id)[1] for visit in day.visits}
    out = [
        number
        for number, members in numbers.items()
        if state.row[members[0], TOUR] < 0 and any(day.visits[member].importance for member in members)
    ]
    out.sort(key=lambda n: (-sum(day.visits[m].importance for m in numbers[n]), len(numbers[n]), numbers[n]))
    for number in out:
        for seed in (1, 2)[: len(numbers[number])]:
            copy_state(state, spare)
            if put_group(compiled.model, state, number, 0.0, np.array([seed], dtype=np.int64), desk.spot):
                break
            copy_state(spare, state)


def _worst_first(each: Absence) -> tuple[int, int, tuple[int, ...]]:
    return (-each.importance, -len(each.uncovered), each.helpers)
