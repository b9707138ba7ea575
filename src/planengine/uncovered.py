"""Why a visit stayed uncovered, and the least costly ways out: typed codes and numbers, no prose.

A way out is found by relaxing one rule for one helper and putting the visit (with the visits it must be covered
together with) in at its cheapest, all else in order. Its cost is the difference of two evaluations; what breaks the
hard rule is stated in ticks beside it, not priced (overtime is priced by its weight). Where no single rule suffices,
two are relaxed together (giveway): the second stands in ``WayOut.also``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from planengine.compiled import Compiled, allowed_helper
from planengine.evaluate import evaluate
from planengine.explain import shift_gap
from planengine.giveway import MOST_TOGETHER, GiveWay, held_only_by, other_windows, smallest_sets
from planengine.problem import Problem, Visit
from planengine.result import Ended, Plan, Reason, Result, StopKind, Uncovered, WayOut, WayOutKind, Why
from planengine.search.arrays import AIM, EARLIEST, LATEST, NEVER, START, TOUR, WINDOW_COUNT, Model
from planengine.timing import plan_of
from planengine.whatif import Sketch, compiled_for, end_node, group_of, tours_of

MOST_WAYS = 6
"""At most so many ways out are kept per visit; of each kind found, the cheapest is among them."""
SOON = 0.05
"""Seconds for explaining what is uncovered when the search was called off: whoever did that waits for an answer."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A way out, its price still an estimate, and how to make its plan."""

    way: WayOut
    cost: float
    plan: Callable[[], Plan | None]


def explain_uncovered(problem: Problem, result: Result) -> tuple[Uncovered, ...]:
    """Return reasons and ways out for every visit that the plan leaves out. result.uncovered is not read.

    When the search was called off, no more are begun after SOON: the rest say only that it was stopped, and can be
    asked about one by one (`why_uncovered`).
    """
    covered = result.plan.assignments()
    left = [visit for visit in problem.visits if visit.id not in covered]
    if not left:
        return ()
    called_off = result.ended is Ended.CANCELLED
    began = time.monotonic()
    sketch = Sketch(problem, compiled_for(problem, result.params), result.plan)
    found = []
    for visit in left:
        if called_off and time.monotonic() - began >= SOON:
            found.append(Uncovered(visit=visit.id, reasons=(Reason(why=Why.SEARCH_STOPPED),), ways_out=()))
            continue
        ways = tuple(way for way, _ in _ways(sketch, result, visit))
        found.append(Uncovered(visit=visit.id, reasons=_reasons(sketch, result, visit), ways_out=ways))
    return tuple(found)


def why_uncovered(problem: Problem, result: Result, visit: int) -> Uncovered:
    """Return reasons and ways out for one visit that the plan leaves out."""
    sketch = Sketch(problem, compiled_for(problem, result.params), result.plan)
    asked = problem.visits[visit]
    ways = tuple(way for way, _ in _ways(sketch, result, asked))
    return Uncovered(visit=visit, reasons=_reasons(sketch, result, asked), ways_out=ways)


def try_way_out(problem: Problem, result: Result, visit: int, way: WayOut) -> Plan | None:
    """Return the plan that a way out leads to, re-made from scratch; None when it no longer exists.

    It keeps all rules but the one the way out relaxes. For BOOK there is no plan: None.
    """
    sketch = Sketch(problem, compiled_for(problem, result.params), result.plan)
    return next((plan for found, plan in _ways(sketch, result, problem.visits[visit]) if found == way), None)


def _ways(sketch: Sketch, result: Result, visit: Visit) -> list[tuple[WayOut, Plan | None]]:
    """Return the ways out that are worth telling, cheapest first, exactly priced, with their plans."""
    found = sorted(_candidates(sketch, result, visit), key=_rank)
    kept: list[_Candidate] = []
    for each in found:
        if all(each.way.kind is not other.way.kind for other in kept):
            kept.append(each)
    kept += [each for each in found if each not in kept][: max(0, MOST_WAYS - len(kept))]
    ways: list[tuple[WayOut, Plan | None]] = []
    for each in sorted(kept, key=_rank):
        plan = each.plan()
        if plan is not None:
            cost = evaluate(sketch.problem, plan, result.params.weights).cost - result.evaluation.cost
            ways.append((replace(each.way, cost=cost), plan))
        elif each.way.kind is WayOutKind.BOOK:
            ways.append((each.way, None))
    return ways


def _rank(each: _Candidate) -> tuple[int, float, int, str, int, int]:
    """Cheapest first; a minute outside the window or of overtime counts as two points beside the cost.

    To ask a citizen to have somebody she must not have comes after all else but booking.
    """
    way = each.way
    kinds = {way.kind, *(other.kind for other in way.also)}
    late = 2 if WayOutKind.BOOK in kinds else 1 if WayOutKind.ASK_CITIZEN in kinds else 0
    ticks = way.ticks + sum(other.ticks for other in way.also)
    return (late, each.cost + ticks / 30, ticks, way.kind, way.helper or 0, way.visit or 0)


def _reasons(sketch: Sketch, result: Result, visit: Visit) -> tuple[Reason, ...]:
    problem, compiled = sketch.problem, sketch.compiled
    own = _own_reason(problem, compiled, result, visit)
    if own is not None:
        return (own,)
    _, members = group_of(compiled, visit.id)
    for other in members:
        if other != visit.id:
            theirs = _own_reason(problem, compiled, result, problem.visits[other])
            if theirs is not None:
                return (Reason(why=Why.OTHER_HALF_UNCOVERED, visit=other), theirs)
    fits = sketch.with_group(compiled.model, visit.id)
    if fits is not None:
        more = sketch.cost(compiled.model, fits)
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


def _candidates(sketch: Sketch, result: Result, visit: Visit) -> list[_Candidate]:
    problem, compiled = sketch.problem, sketch.compiled
    found: list[_Candidate] = []
    for helper in problem.helpers:
        if not helper.periods:
            continue
        if allowed_helper(problem, visit, helper.id):
            if helper.max_overtime and not result.params.allow_overtime:
                model = held_only_by(compiled, visit.id, helper.id)
                for tour in tours_of(compiled, helper.id):
                    model.node[end_node(compiled, tour), LATEST] += helper.max_overtime
                _note(found, sketch, model, visit, WayOutKind.OVERTIME, helper.id)
            if not visit.locked:
                for earliest, latest in other_windows(visit, 60 * problem.ticks_per_minute):
                    model = held_only_by(compiled, visit.id, helper.id)
                    model.node[visit.id, [EARLIEST, LATEST, AIM, WINDOW_COUNT]] = (earliest, latest, earliest, 0)
                    _note(found, sketch, model, visit, WayOutKind.MOVE_WINDOW, helper.id)
        elif visit.helper in (None, helper.id):
            lacking = tuple(sorted(visit.competences - helper.competences))
            unwanted = helper.id in problem.citizens[visit.citizen].must_not
            model = held_only_by(compiled, visit.id, helper.id)
            if not unwanted:
                _note(found, sketch, model, visit, WayOutKind.GIVE_COMPETENCE, helper.id, competences=lacking)
            elif not lacking:
                _note(found, sketch, model, visit, WayOutKind.ASK_CITIZEN, helper.id)
    for other in _may_give_way(sketch, result, visit):
        _note(found, sketch, compiled.model, visit, WayOutKind.LEAVE_OUT, None, other=other)
    if not found:
        found += _pairs(sketch, result, visit)
    booked = WayOut(
        kind=WayOutKind.BOOK,
        start=visit.earliest if visit.start is None else visit.start,
        ticks=visit.duration,
        competences=tuple(sorted(visit.competences)),
    )
    found.append(_Candidate(booked, 0.0, lambda: None))
    return found


def _pairs(sketch: Sketch, result: Result, visit: Visit) -> list[_Candidate]:
    """Return the sets of two rules that would have to give way together, for every helper at work."""
    return [
        _candidate(each)
        for helper in sketch.problem.helpers
        for each in smallest_sets(sketch, result, visit, helper.id)
        if len(each.concessions) == MOST_TOGETHER
    ]


def _candidate(each: GiveWay) -> _Candidate:
    first, *rest = each.concessions
    way = WayOut(
        kind=first.kind, helper=each.helper, start=each.start, ticks=first.ticks, visit=first.visit,
        competences=first.competences,
        also=tuple(
            WayOut(kind=other.kind, helper=each.helper, start=each.start, ticks=other.ticks, visit=other.visit,
                   competences=other.competences)
            for other in rest
        ),
    )  # fmt: skip
    # What is won by covering it is the same for all; what is lost with another visit is not.
    return _Candidate(way, each.cost + 1e6 * each.importance, lambda: each.plan)


def _note(
    found: list[_Candidate],
    sketch: Sketch,
    model: Model,
    visit: Visit,
    kind: WayOutKind,
    helper: int | None,
    competences: tuple[int, ...] = (),
    other: int | None = None,
) -> None:
    """Add the way out that the relaxed model opens, if it opens one."""
    state = sketch.with_group(model, visit.id, other)
    if state is None:
        return
    compiled = sketch.compiled
    tour = int(state.row[visit.id, TOUR])
    start = int(state.row[visit.id, START])
    ticks = 0
    if kind is WayOutKind.OVERTIME and helper is not None:
        for number in tours_of(compiled, helper):
            period = sketch.problem.helpers[helper].periods[compiled.tours[number][1]]
            ticks += max(0, int(state.row[end_node(compiled, number), START]) - period.end)
    elif kind is WayOutKind.MOVE_WINDOW:
        ticks = max(visit.earliest - start, start - (NEVER if visit.latest is None else visit.latest))
    if ticks <= 0 and kind in (WayOutKind.OVERTIME, WayOutKind.MOVE_WINDOW):
        return

    def make() -> Plan | None:
        again = sketch.with_group(model, visit.id, other)
        return None if again is None else plan_of(sketch.problem, compiled, again)

    way = WayOut(
        kind=kind, helper=compiled.tours[tour][0], start=start, ticks=ticks, visit=other, competences=competences
    )
    dearer = 0.0 if other is None else 1e6 * sketch.problem.visits[other].importance
    found.append(_Candidate(way, sketch.cost(model, state) + dearer, make))


def _may_give_way(sketch: Sketch, result: Result, visit: Visit) -> list[int]:
    """Return single visits of no higher importance that stand where this one could, at about its time."""
    problem, compiled = sketch.problem, sketch.compiled
    _, members = group_of(compiled, visit.id)
    bundle = [problem.visits[member] for member in members]
    wanted = sum(each.importance for each in bundle)
    slack = 30 * problem.ticks_per_minute
    opens = min(each.earliest for each in bundle) - slack
    closes = NEVER
    if all(each.latest is not None for each in bundle):
        closes = max((each.latest or 0) + each.duration for each in bundle) + slack
    found = []
    for number, tour in enumerate(result.plan.tours):
        if not any(compiled.model.allowed[member, number] for member in members):
            continue
        for stop in tour.stops:
            if stop.kind is not StopKind.VISIT or stop.end < opens or stop.start > closes:
                continue
            other = problem.visits[stop.id]
            if not other.locked and other.importance <= wanted and len(group_of(compiled, other.id)[1]) == 1:
                found.append(other.id)
    return found
