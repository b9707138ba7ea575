"""Why a visit stayed uncovered, and the least costly ways out: typed codes and numbers, no prose.

A way out is found by relaxing one rule for one helper and putting the visit (with the visits it must be covered
together with) in at its cheapest, all else in order. Its cost is the difference of two evaluations; what breaks the
hard rule is stated in ticks beside it, not priced (overtime is priced by its weight).
"""

from __future__ import annotations

from planengine.compiled import Compiled, allowed_helper
from planengine.evaluate import evaluate
from planengine.explain import shift_gap
from planengine.parameters import Params
from planengine.problem import Problem, Visit
from planengine.result import Plan, Reason, Result, Uncovered, WayOut, WayOutKind, Why
from planengine.search.arrays import AIM, EARLIEST, LATEST, NEVER
from planengine.whatif import compiled_for, end_node, group_of, relaxed, tours_of, with_group

MOST_WAYS = 6
"""At most so many ways out are kept per visit, at least one of each kind found."""


def explain_uncovered(problem: Problem, result: Result) -> tuple[Uncovered, ...]:
    """Return reasons and ways out for every visit that the plan leaves out. result.uncovered is not read."""
    covered = result.plan.assignments()
    return tuple(_explain(problem, result, visit) for visit in problem.visits if visit.id not in covered)


def try_way_out(problem: Problem, result: Result, visit: int, way: WayOut) -> Plan | None:
    """Return the plan that a way out leads to, re-made from scratch; None when it no longer exists.

    It keeps all rules but the one the way out relaxes. For BOOK there is no plan: None.
    """
    return next((plan for found, plan in _ways(problem, result, problem.visits[visit]) if found == way), None)


def _explain(problem: Problem, result: Result, visit: Visit) -> Uncovered:
    params = result.params
    compiled = compiled_for(problem, params)
    reasons = _reasons(problem, compiled, result, visit)
    found = sorted((way for way, _ in _ways(problem, result, visit)), key=_rank)
    kept: list[WayOut] = []
    for way in found:  # one of each kind first
        if all(way.kind is not other.kind for other in kept):
            kept.append(way)
    for way in found:
        if len(kept) < MOST_WAYS and way not in kept:
            kept.append(way)
    return Uncovered(visit=visit.id, reasons=reasons, ways_out=tuple(sorted(kept, key=_rank)))


def _rank(way: WayOut) -> tuple[bool, float, int, str, int, int]:
    """Cheapest first; a minute outside the window or of overtime counts as two points beside the cost."""
    return (way.cost is None, (way.cost or 0.0) + way.ticks / 30, way.ticks, way.kind, way.helper or 0, way.visit or 0)


def _reasons(problem: Problem, compiled: Compiled, result: Result, visit: Visit) -> tuple[Reason, ...]:
    own = _own_reason(problem, compiled, result, visit)
    if own is not None:
        return (own,)
    _, members = group_of(compiled, visit.id)
    for other in members:
        if other != visit.id:
            theirs = _own_reason(problem, compiled, result, problem.visits[other])
            if theirs is not None:
                return (Reason(why=Why.OTHER_HALF_UNCOVERED, visit=other), theirs)
    fits = with_group(problem, compiled, compiled.model, result.plan, visit.id)
    if fits is not None:
        weights = result.params.weights
        more = evaluate(problem, fits, weights).cost - evaluate(problem, result.plan, weights).cost
        why = Why.NOT_WORTH_IT if visit.importance == 0 and more > 0 else Why.SEARCH_STOPPED
        return (Reason(why=why, cost=more),)
    if visit.locked:
        return (Reason(why=Why.LOCK_CONFLICT, helpers=() if visit.helper is None else (visit.helper,)),)
    return (Reason(why=Why.ALL_BUSY, helpers=tuple(_open_helpers(problem, compiled, visit))),)


def _own_reason(problem: Problem, compiled: Compiled, result: Result, visit: Visit) -> Reason | None:
    """Return why nobody could make this visit even with empty tours, or None."""
    at_work = [helper for helper in problem.helpers if helper.periods]
    able = [helper.id for helper in at_work if visit.competences <= helper.competences]
    if not able:
        return Reason(why=Why.NOBODY_HAS_COMPETENCE, competences=tuple(sorted(visit.competences)))
    may = [helper for helper in able if allowed_helper(problem, visit, helper)]
    if not may:
        return Reason(why=Why.NOBODY_ALLOWED, helpers=tuple(able))
    if not _open_helpers(problem, compiled, visit):
        gap = min(shift_gap(problem, result, visit.id, helper) for helper in may)
        return Reason(why=Why.WINDOW_OUTSIDE_SHIFTS, helpers=tuple(may), ticks=gap)
    return None


def _open_helpers(problem: Problem, compiled: Compiled, visit: Visit) -> list[int]:
    return [
        helper.id
        for helper in problem.helpers
        if any(compiled.model.allowed[visit.id, tour] for tour in tours_of(compiled, helper.id))
    ]


def _ways(problem: Problem, result: Result, visit: Visit) -> list[tuple[WayOut, Plan | None]]:
    compiled = compiled_for(problem, result.params)
    base = evaluate(problem, result.plan, result.params.weights).cost
    found: list[tuple[WayOut, Plan | None]] = []

    def add(plan: Plan | None, kind: WayOutKind, ticks: int, helper: int, **more: object) -> None:
        if plan is None:
            return
        cost = evaluate(problem, plan, result.params.weights).cost - base
        start = plan.assignments()[visit.id].start
        found.append((WayOut(kind=kind, helper=helper, start=start, ticks=ticks, cost=cost, **more), plan))  # type: ignore[arg-type]

    for helper in problem.helpers:
        tours = tours_of(compiled, helper.id)
        if not tours:
            continue
        if allowed_helper(problem, visit, helper.id):
            if helper.max_overtime and not result.params.allow_overtime:
                plan = _with_overtime(problem, compiled, result, visit, helper.id)
                add(plan, WayOutKind.OVERTIME, 0 if plan is None else _overtime(problem, plan, helper.id), helper.id)
            if not visit.locked:
                plan, outside = _outside_window(problem, compiled, result, visit, helper.id)
                add(plan, WayOutKind.MOVE_WINDOW, outside, helper.id)
        elif helper.id not in problem.citizens[visit.citizen].must_not and visit.helper in (None, helper.id):
            lacking = tuple(sorted(visit.competences - helper.competences))
            plan = _only_by(problem, compiled, result, visit, helper.id)
            add(plan, WayOutKind.GIVE_COMPETENCE, 0, helper.id, competences=lacking)
    for other, plan in _instead_of(problem, compiled, result, visit):
        add(plan, WayOutKind.LEAVE_OUT, 0, plan.assignments()[visit.id].helper, visit=other)
    found.append(
        (
            WayOut(
                kind=WayOutKind.BOOK,
                start=visit.earliest if visit.start is None else visit.start,
                ticks=visit.duration,
                competences=tuple(sorted(visit.competences)),
            ),
            None,
        )
    )
    return found


def _only_by(problem: Problem, compiled: Compiled, result: Result, visit: Visit, helper: int) -> Plan | None:
    """Return the plan with the visit at its cheapest with helper, whatever her competences."""
    model = relaxed(compiled.model)
    _hold_only(model.allowed, compiled, visit.id, helper)
    return with_group(problem, compiled, model, result.plan, visit.id)


def _hold_only(allowed: object, compiled: Compiled, visit: int, helper: int) -> None:
    for tour, (who, _) in enumerate(compiled.tours):
        allowed[visit, tour] = 1 if who == helper else 0  # type: ignore[index]


def _with_overtime(problem: Problem, compiled: Compiled, result: Result, visit: Visit, helper: int) -> Plan | None:
    """Return the plan in which helper may work past her periods."""
    model = relaxed(compiled.model)
    _hold_only(model.allowed, compiled, visit.id, helper)
    for tour in tours_of(compiled, helper):
        model.node[end_node(compiled, tour), LATEST] += problem.helpers[helper].max_overtime
    return with_group(problem, compiled, model, result.plan, visit.id)


def _overtime(problem: Problem, plan: Plan, helper: int) -> int:
    periods = problem.helpers[helper].periods
    return sum(max(0, tour.back - periods[tour.period].end) for tour in plan.tours if tour.helper == helper)


def _outside_window(
    problem: Problem, compiled: Compiled, result: Result, visit: Visit, helper: int
) -> tuple[Plan | None, int]:
    """Return the plan with the visit after its window, or up to two hours before it, and by how much."""
    best: Plan | None = None
    least = NEVER
    hour = 60 * problem.ticks_per_minute
    tries = [(visit.earliest, NEVER)] if visit.latest is not None else []
    tries += [(max(0, visit.earliest - part * hour // 4), visit.earliest) for part in (1, 2, 4, 8)]
    for earliest, latest in tries:
        model = relaxed(compiled.model)
        _hold_only(model.allowed, compiled, visit.id, helper)
        model.node[visit.id, [EARLIEST, LATEST]] = (earliest, latest)
        model.node[visit.id, AIM] = earliest
        plan = with_group(problem, compiled, model, result.plan, visit.id)
        if plan is None:
            continue
        start = plan.assignments()[visit.id].start
        outside = max(0, visit.earliest - start, start - (NEVER if visit.latest is None else visit.latest))
        if 0 < outside < least:
            best, least = plan, outside
    return best, 0 if best is None else least


def _instead_of(problem: Problem, compiled: Compiled, result: Result, visit: Visit) -> list[tuple[int, Plan]]:
    """Return plans in which one visit of lower or equal importance gives way, the cheapest few."""
    found: list[tuple[float, int, Plan]] = []
    weights = result.params.weights
    _, members = group_of(compiled, visit.id)
    wanted = sum(problem.visits[member].importance for member in members)
    tours = {
        compiled.tours[tour]
        for tour in range(len(compiled.tours))
        for member in members
        if compiled.model.allowed[member, tour]
    }
    for tour in result.plan.tours:
        if (tour.helper, tour.period) not in tours:
            continue
        for stop in tour.stops:
            if stop.kind != "visit":
                continue
            other = problem.visits[stop.id]
            if other.locked or other.importance > wanted or len(group_of(compiled, other.id)[1]) > 1:
                continue
            plan = with_group(problem, compiled, compiled.model, result.plan, visit.id, frozenset({other.id}))
            if plan is not None:
                found.append((other.importance * 1e6 + evaluate(problem, plan, weights).cost, other.id, plan))
    found.sort(key=lambda each: each[:2])
    return [(other, plan) for _, other, plan in found[:2]]


def result_for(problem: Problem, plan: Plan, params: Params) -> Result:
    """Return a result around a plan that was not searched for (made by hand), with its uncovered explained."""
    from planengine.solve import result_of

    return result_of(problem, plan, params)
