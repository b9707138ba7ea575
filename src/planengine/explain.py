"""Why this helper, why then, and what the next best helpers would cost.

Every number is a difference of two evaluations (evaluate) of plans that anybody can recompute: the plan itself, the
plan without the visit, the plan with the visit alone at its cheapest place with another helper (whatif).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planengine.compiled import Compiled, allowed_helper
from planengine.errors import InvalidProblem
from planengine.evaluate import evaluate
from planengine.problem import Problem
from planengine.result import Assignment, Evaluation, Plan, Result, Rule
from planengine.search.arrays import State
from planengine.timing import plan_of
from planengine.whatif import compiled_for, moved_to, state_without, tours_of


class StartBecause(StrEnum):
    """What the visit's start follows from."""

    LOCKED = "locked"
    WINDOW_OPENS = "window_opens"
    WISHED_TIME = "wished_time"
    REFERENCE_TIME = "reference_time"
    AS_SOON_AS_THERE = "as_soon_as_there"
    LINKED_VISIT = "linked_visit"
    WAITS = "waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A component's change. amount in the component's unit, cost in points; positive = more, dearer."""

    name: str
    amount: float
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The visit alone moved to its cheapest place with another helper. cost: change of the plan's cost, in points."""

    helper: int
    start: int
    cost: float
    deltas: tuple[Delta, ...]
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A rule that keeps helper from making a visit, with its numbers."""

    helper: int
    rule: Rule
    competences: tuple[int, ...] = ()
    other_helper: int | None = None
    visit: int | None = None
    ticks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a helper does not make a visit: rules that block, or (when none does) what it would cost."""

    visit: int
    helper: int
    blocked: tuple[Blocked, ...]
    alternative: Alternative | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What spoke for and against one assignment.

    known: how well the helper is known to the citizen, 0..1. known_rank: how many helpers who may make the visit are
    better known. own: each component's change when the visit is put into the plan (plan less plan without it).
    linked_visit: the visit whose start decides, for LINKED_VISIT. without: the plan without the visit, if it can be.
    """

    visit: int
    helper: int
    start: int
    known: float
    known_rank: int
    is_primary: bool
    levels_above: int
    start_because: StartBecause
    linked_visit: int | None
    own: tuple[Delta, ...]
    alternatives: tuple[Alternative, ...]
    blocked: tuple[Blocked, ...]
    without: Plan | None


def deltas(before: Evaluation, after: Evaluation) -> tuple[Delta, ...]:
    """Return the components that differ, after less before."""
    pairs = zip(before.components, after.components, strict=True)
    return tuple(
        Delta(name=one.name, amount=other.amount - one.amount, cost=other.cost - one.cost)
        for one, other in pairs
        if other.amount != one.amount
    )


def explain_assignment(problem: Problem, result: Result, visit: int) -> Explanation:
    """Explain one covered visit. Raises InvalidProblem when it is unknown or uncovered (see result.uncovered)."""
    assignment = _assignment(problem, result, visit)
    weights = result.params.weights
    compiled = compiled_for(problem, result.params)
    base = result.evaluation
    citizen = problem.citizens[problem.visits[visit].citizen]
    may = [helper.id for helper in problem.helpers if allowed_helper(problem, problem.visits[visit], helper.id)]
    known = {helper: problem.known(citizen.id, helper) for helper in may}
    mine = problem.known(citizen.id, assignment.helper)
    state = state_without(compiled, result.plan, frozenset({visit}))
    without = None if state is None else plan_of(problem, compiled, state)
    alternatives: list[Alternative] = []
    blocked: list[Blocked] = []
    for helper in problem.helpers:
        if helper.id == assignment.helper:
            continue
        answer = _why_not(problem, result, compiled, visit, helper.id, state)
        blocked.extend(answer.blocked)
        if answer.alternative is not None:
            alternatives.append(answer.alternative)
    because, linked = _start_because(problem, result.plan, assignment)
    return Explanation(
        visit=visit,
        helper=assignment.helper,
        start=assignment.start,
        known=mine,
        known_rank=sum(1 for value in known.values() if value > mine),
        is_primary=citizen.primary == assignment.helper,
        levels_above=max(0, problem.helpers[assignment.helper].level - problem.visits[visit].level),
        start_because=because,
        linked_visit=linked,
        own=() if without is None else deltas(evaluate(problem, without, weights), base),
        alternatives=tuple(sorted(alternatives, key=lambda each: (each.cost, each.helper))),
        blocked=tuple(blocked),
        without=without,
    )


def why_not(problem: Problem, result: Result, visit: int, helper: int) -> WhyNot:
    """Tell what keeps helper from making visit, or what it would cost to let her.

    Also for uncovered visits. The visit alone is moved; other halves of a double visit stay where they are.
    Raises InvalidProblem for unknown ids.
    """
    if not 0 <= visit < len(problem.visits):
        raise InvalidProblem("visit", f"there is no visit {visit}", "Name a visit of the problem.")
    if not 0 <= helper < len(problem.helpers):
        raise InvalidProblem("helper", f"there is no helper {helper}", "Name a helper of the problem.")
    return _why_not(problem, result, compiled_for(problem, result.params), visit, helper, None)


def _why_not(
    problem: Problem, result: Result, compiled: Compiled, visit: int, helper: int, without: State | None
) -> WhyNot:
    """without: the plan's state without the visit, where somebody has made it already."""
    blocked = _rules_against(problem, compiled, result, visit, helper)
    alternative = None
    if not blocked:
        plan = moved_to(problem, compiled, result.plan, visit, helper, made=without)
        if plan is None:
            blocked = (Blocked(helper=helper, rule=Rule.NO_ROOM),)
        else:
            before, after = result.evaluation, evaluate(problem, plan, result.params.weights)
            alternative = Alternative(
                helper=helper,
                start=plan.assignments()[visit].start,
                cost=after.cost - before.cost,
                deltas=deltas(before, after),
                plan=plan,
            )
    return WhyNot(visit=visit, helper=helper, blocked=blocked, alternative=alternative)


def _rules_against(
    problem: Problem, compiled: Compiled, result: Result, visit_id: int, helper_id: int
) -> tuple[Blocked, ...]:
    visit, helper = problem.visits[visit_id], problem.helpers[helper_id]
    found: list[Blocked] = []
    if not helper.periods:
        found.append(Blocked(helper=helper_id, rule=Rule.NOT_AT_WORK))
    if lacking := visit.competences - helper.competences:
        found.append(Blocked(helper=helper_id, rule=Rule.LACKS_COMPETENCE, competences=tuple(sorted(lacking))))
    if helper_id in problem.citizens[visit.citizen].must_not:
        found.append(Blocked(helper=helper_id, rule=Rule.MUST_NOT))
    if visit.helper not in (None, helper_id):
        rule = Rule.LOCKED if visit.locked else Rule.OTHER_HELPER_FIXED
        found.append(Blocked(helper=helper_id, rule=rule, other_helper=visit.helper))
    tours = tours_of(compiled, helper_id)
    if helper.periods and not found and not any(compiled.model.allowed[visit_id, tour] for tour in tours):
        gap = shift_gap(problem, result, visit_id, helper_id)
        found.append(Blocked(helper=helper_id, rule=Rule.WINDOW_OUTSIDE_SHIFT, ticks=gap))
    covered = result.plan.assignments()
    for link in problem.links:
        if link.different_helpers and visit_id in (link.first, link.second):
            other = link.second if link.first == visit_id else link.first
            if other in covered and covered[other].helper == helper_id:
                found.append(Blocked(helper=helper_id, rule=Rule.OTHER_HALF_SAME_HELPER, visit=other))
    return tuple(found)


def shift_gap(problem: Problem, result: Result, visit_id: int, helper_id: int) -> int:
    """Return the fewest ticks by which the visit's window misses the helper's work periods, travel counted."""
    visit, helper = problem.visits[visit_id], problem.helpers[helper_id]
    travel = problem.travel[helper.mode]
    overtime = helper.max_overtime if result.params.allow_overtime else 0
    gaps = []
    earliest = visit.earliest if visit.start is None else visit.start
    latest = visit.latest if visit.start is None else visit.start
    for period in helper.periods:
        there = period.start + int(travel[period.start_place, visit.place])
        start = max(earliest, there)
        too_late = 0 if latest is None else max(0, start - latest)
        back = start + visit.duration + int(travel[visit.place, period.end_place])
        gaps.append(too_late + max(0, back - period.end - overtime))
    return min(gaps, default=0)


def _assignment(problem: Problem, result: Result, visit: int) -> Assignment:
    assignment = result.plan.assignments().get(visit)
    if assignment is None:
        known = 0 <= visit < len(problem.visits)
        what = "it is uncovered" if known else "there is no such visit"
        raise InvalidProblem("visit", f"{visit}: {what}", "Ask about a covered visit, or read result.uncovered.")
    return assignment


def _start_because(problem: Problem, plan: Plan, assignment: Assignment) -> tuple[StartBecause, int | None]:
    visit = problem.visits[assignment.visit]
    start = assignment.start
    if visit.locked:
        return StartBecause.LOCKED, None
    covered = plan.assignments()
    tour = next(t for t in plan.tours if (t.helper, t.period) == (assignment.helper, assignment.period))
    first = assignment.position == 0
    period = problem.helpers[assignment.helper].periods[assignment.period]
    arrives = period.start + assignment.travel if first else start - assignment.waiting
    opens = visit.window_at(start).earliest
    if start == arrives and not (first and start == opens):
        return StartBecause.AS_SOON_AS_THERE, None
    if start == opens:
        return StartBecause.WINDOW_OPENS, None
    reference = next((each.start for each in problem.reference if each.visit == visit.id), None)
    if start == reference:
        return StartBecause.REFERENCE_TIME, None
    if start == visit.wish_from:
        return StartBecause.WISHED_TIME, None
    for link in problem.links:
        if link.second == visit.id and link.first in covered and start == covered[link.first].start + link.least:
            return StartBecause.LINKED_VISIT, link.first
        if (
            link.first == visit.id
            and link.second in covered
            and link.most is not None
            and start == covered[link.second].start - link.most
        ):
            return StartBecause.LINKED_VISIT, link.second
    assert tour.stops[assignment.position].id == visit.id
    return StartBecause.WAITS, None
