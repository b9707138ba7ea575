"""What would have to give way so that a certain helper makes a visit: the smallest set of rules, and its price.

Some rules must give way whatever else does: a competence she lacks, a citizen who must not have her, a lock. The rest
is time: overtime, another time, another visit. Sets are tried from the smallest; all of the first size at which any is
found are returned. Every price is the difference of two evaluations of plans that anybody can recompute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planengine.compiled import Compiled
from planengine.errors import InvalidProblem
from planengine.evaluate import evaluate
from planengine.problem import Problem, Visit
from planengine.result import Plan, Result, StopKind, WayOutKind
from planengine.search.arrays import AIM, EARLIEST, FREE, LATEST, MOVABLE, NEVER, WINDOW_COUNT, Model
from planengine.timing import plan_of
from planengine.whatif import Sketch, compiled_for, end_node, group_of, moved_to, relaxed, tours_of

MOST_TOGETHER = 2
"""Rules that may give way together, beside those that must."""
MOST_OTHERS = 6
"""Other visits of hers that are tried as the one that gives way: those nearest in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One rule that gives way. ticks: overtime, or outside the window. visit: the other visit, helper: who takes it."""

    kind: WayOutKind
    ticks: int = 0
    visit: int | None = None
    helper: int | None = None
    competences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveWay:
    """A set of rules that would have to give way. cost: change of the plan's cost, in points, without importance.

    importance: how much more would be left uncovered (negative: less). plan: what it leads to; it keeps all other
    rules.
    """

    visit: int
    helper: int
    start: int
    cost: float
    importance: int
    concessions: tuple[Concession, ...]
    plan: Plan


def what_gives(
    problem: Problem, result: Result, visit: int, helper: int, *, most: int = MOST_TOGETHER
) -> tuple[GiveWay, ...]:
    """Return the smallest sets of rules that would have to give way, cheapest first; none when no set suffices.

    most: so many rules together, unless more must give way whatever else does. A visit that somebody has is moved
    alone; one that nobody has is put in with what it belongs together with. Another visit of hers is left out only
    when this one is uncovered and weighs as much; else it is handed on to somebody who can take it.
    Raises InvalidProblem for unknown ids.
    """
    if not 0 <= visit < len(problem.visits):
        raise InvalidProblem("visit", f"there is no visit {visit}", "Name a visit of the problem.")
    if not 0 <= helper < len(problem.helpers):
        raise InvalidProblem("helper", f"there is no helper {helper}", "Name a helper of the problem.")
    sketch = Sketch(problem, compiled_for(problem, result.params), result.plan)
    return smallest_sets(sketch, result, problem.visits[visit], helper, most=most)


def smallest_sets(
    sketch: Sketch, result: Result, visit: Visit, helper: int, *, most: int = MOST_TOGETHER
) -> tuple[GiveWay, ...]:
    """Return what ``what_gives`` returns, for a plan that is ready for many questions."""
    problem = sketch.problem
    if not problem.helpers[helper].periods or _has_other_half(problem, result.plan, visit, helper):
        return ()
    must = _must(problem, visit, helper)
    for more in range(1 if not must else 0, max(1, most - len(must) + 1)):
        found = [each for times in _times(sketch, result, visit, helper, must, more)
                 if (each := _tried(sketch, result, visit, helper, must, times)) is not None]  # fmt: skip
        if found:
            return tuple(sorted(found, key=lambda each: _rank(problem, each)))
    return ()


@dataclass(frozen=True, slots=True)
class _Time:
    """A relaxation of time that is tried. window: earliest and latest start. visit: the other one."""

    kind: WayOutKind
    window: tuple[int, int] = (0, 0)
    visit: int | None = None


def _must(problem: Problem, visit: Visit, helper: int) -> tuple[Concession, ...]:
    found = []
    if lacking := visit.competences - problem.helpers[helper].competences:
        found.append(Concession(kind=WayOutKind.GIVE_COMPETENCE, competences=tuple(sorted(lacking))))
    if helper in problem.citizens[visit.citizen].must_not:
        found.append(Concession(kind=WayOutKind.ASK_CITIZEN))
    if visit.helper not in (None, helper):
        found.append(Concession(kind=WayOutKind.UNLOCK))
    return tuple(found)


def _times(
    sketch: Sketch, result: Result, visit: Visit, helper: int, must: tuple[Concession, ...], count: int
) -> Iterator[tuple[_Time, ...]]:
    """Return the relaxations of time to try, so many together; never two of the same kind."""
    if count == 0:
        yield ()
        return
    problem = sketch.problem
    singles: list[_Time] = []
    if problem.helpers[helper].max_overtime and not result.params.allow_overtime:
        singles.append(_Time(WayOutKind.OVERTIME))
    if not visit.locked or any(each.kind is WayOutKind.UNLOCK for each in must):
        singles += [
            _Time(WayOutKind.MOVE_WINDOW, window=each) for each in other_windows(visit, 60 * problem.ticks_per_minute)
        ]
    covered = visit.id in result.assignments
    kind = WayOutKind.HAND_ON if covered else WayOutKind.LEAVE_OUT
    singles += [_Time(kind, visit=other) for other in _others(sketch, result.plan, visit, helper, covered=covered)]
    if count == 1:
        yield from ((each,) for each in singles)
        return
    yield from (
        (one, other) for position, one in enumerate(singles) for other in singles[position + 1 :]
        if one.kind is not other.kind
    )  # fmt: skip


def _tried(
    sketch: Sketch, result: Result, visit: Visit, helper: int, must: tuple[Concession, ...], times: tuple[_Time, ...]
) -> GiveWay | None:
    """Return the set with its plan and price; None when it does not suffice, or not all of it is needed."""
    problem, compiled = sketch.problem, sketch.compiled
    model = _relaxed(problem, compiled, visit, helper, must, times)
    other = next((each.visit for each in times if each.visit is not None), None)
    plan = _with(sketch, result.plan, model, visit, helper, other)
    if plan is None:
        return None
    taker: int | None = None
    if other is not None and any(each.kind is WayOutKind.HAND_ON for each in times):
        handed = _handed_on(problem, replace(compiled, model=model), result, plan, other, helper)
        if handed is None:
            return None
        taker, plan = handed
    placed = plan.assignments()[visit.id]
    concessions = list(must)
    for each in times:
        ticks = 0
        if each.kind is WayOutKind.OVERTIME:
            ticks = sum(
                max(0, tour.back - problem.helpers[helper].periods[tour.period].end)
                for tour in plan.tours if tour.helper == helper
            )  # fmt: skip
        elif each.kind is WayOutKind.MOVE_WINDOW:
            latest = NEVER if visit.latest is None else visit.latest
            ticks = max(visit.earliest - placed.start, placed.start - latest)
        if ticks <= 0 and each.kind in (WayOutKind.OVERTIME, WayOutKind.MOVE_WINDOW):
            return None
        who = taker if each.kind is WayOutKind.HAND_ON else None
        concessions.append(Concession(kind=each.kind, ticks=ticks, visit=each.visit, helper=who))
    before, after = (evaluate(problem, each, result.params.weights) for each in (result.plan, plan))
    return GiveWay(
        visit=visit.id,
        helper=helper,
        start=placed.start,
        cost=after.cost - before.cost,
        importance=after.uncovered_importance - before.uncovered_importance,
        concessions=tuple(concessions),
        plan=plan,
    )


def _relaxed(
    problem: Problem, compiled: Compiled, visit: Visit, helper: int, must: tuple[Concession, ...],
    times: tuple[_Time, ...],
) -> Model:  # fmt: skip
    model = held_only_by(compiled, visit.id, helper)
    if any(each.kind is WayOutKind.UNLOCK for each in must):
        latest = NEVER if visit.latest is None else visit.latest
        model.node[visit.id, [EARLIEST, LATEST, AIM, MOVABLE]] = (visit.earliest, latest, visit.earliest, FREE)
    for each in times:
        if each.kind is WayOutKind.OVERTIME:
            for tour in tours_of(compiled, helper):
                model.node[end_node(compiled, tour), LATEST] += problem.helpers[helper].max_overtime
        elif each.kind is WayOutKind.MOVE_WINDOW:
            earliest, latest = each.window
            model.node[visit.id, [EARLIEST, LATEST, AIM, WINDOW_COUNT]] = (earliest, latest, earliest, 0)
    return model


def _with(sketch: Sketch, plan: Plan, model: Model, visit: Visit, helper: int, other: int | None) -> Plan | None:
    """Return the plan in which helper makes the visit under the relaxed model, less the other visit."""
    problem, compiled = sketch.problem, sketch.compiled
    _, members = group_of(compiled, visit.id)
    if len(members) > 1 and visit.id not in plan.assignments():
        state = sketch.with_group(model, visit.id, other)
        return None if state is None else plan_of(problem, compiled, state)
    without = frozenset() if other is None else frozenset({other})
    return moved_to(problem, replace(compiled, model=model), plan, visit.id, helper, without)


def _handed_on(
    problem: Problem, compiled: Compiled, result: Result, plan: Plan, other: int, helper: int
) -> tuple[int, Plan] | None:
    """Return who else can take the other visit at least cost, and the plan in which she does."""
    best: tuple[float, int, Plan] | None = None
    for each in problem.helpers:
        if each.id == helper or not each.periods or _has_other_half(problem, plan, problem.visits[other], each.id):
            continue
        found = moved_to(problem, compiled, plan, other, each.id)
        if found is None:
            continue
        cost = evaluate(problem, found, result.params.weights).cost
        if best is None or cost < best[0]:
            best = (cost, each.id, found)
    return None if best is None else best[1:]


def _others(sketch: Sketch, plan: Plan, visit: Visit, helper: int, *, covered: bool) -> list[int]:
    """Return the helper's visits that could give way: not locked, alone, and of no higher importance if left out."""
    problem, compiled = sketch.problem, sketch.compiled
    _, members = group_of(compiled, visit.id)
    wanted = sum(problem.visits[member].importance for member in members)
    at = plan.assignments()[visit.id].start if covered else visit.earliest
    found: list[tuple[int, int]] = []
    for tour in plan.tours:
        for stop in tour.stops:
            if tour.helper != helper or stop.kind is not StopKind.VISIT or stop.id == visit.id:
                continue
            other = problem.visits[stop.id]
            if other.helper is not None or len(group_of(compiled, other.id)[1]) > 1:
                continue
            if covered or other.importance <= wanted:
                found.append((abs(stop.start - at), other.id))
    return [other for _, other in sorted(found)[:MOST_OTHERS]]


def _has_other_half(problem: Problem, plan: Plan, visit: Visit, helper: int) -> bool:
    """Whether she makes a linked visit that needs somebody else than this one."""
    covered = plan.assignments()
    for link in problem.links:
        if link.different_helpers and visit.id in (link.first, link.second):
            other = link.second if link.first == visit.id else link.first
            if other in covered and covered[other].helper == helper:
                return True
    return False


def _rank(problem: Problem, each: GiveWay) -> tuple[int, float, int]:
    """Least left uncovered first, then cheapest; a minute of overtime or outside the window counts as two points."""
    minutes = sum(concession.ticks for concession in each.concessions) / problem.ticks_per_minute
    return (each.importance, each.cost + 2 * minutes, each.start)


def held_only_by(compiled: Compiled, visit: int, helper: int) -> Model:
    """Return a model in which helper, whatever her competences, and nobody else may make the visit."""
    model = relaxed(compiled.model)
    for tour, (who, _) in enumerate(compiled.tours):
        model.allowed[visit, tour] = 1 if who == helper else 0
    return model


def other_windows(visit: Visit, hour: int) -> list[tuple[int, int]]:
    """Return windows to try instead of the visit's own: any time after it, or from half an hour to two before."""
    after = [] if visit.latest is None else [(visit.latest + 1, NEVER)]
    before = [part for part in (hour // 2, hour, 2 * hour) if part <= visit.earliest]
    return after + [(visit.earliest - part, visit.earliest - 1) for part in before]
