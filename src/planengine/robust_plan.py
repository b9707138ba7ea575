"""A plan that is nearly as good but breaks later: the same visits covered, less left out when somebody is away.

Planned anew from nothing, what must be left out in an absence depends on the day and not on the plan. What a plan
decides is how far a team comes by handing out hers while the others keep what they have (``robust_repair``). So that
is what is bettered: a visit to another helper, or two visits that change helpers, one such step after another, each
taken only when no absence becomes worse and at least one becomes better, as long as the sum stays within a bound.
Steps that better nothing alone are not looked for, so finding none proves nothing.

Deterministic for a problem, plan, params, bound and a budget in plans tried; with seconds the clock may cut it short.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

from planengine.changes import ChangesDoNotFit, with_changes
from planengine.check import check_plan
from planengine.evaluate import evaluate
from planengine.parameters import Params, Stop
from planengine.problem import Problem
from planengine.result import Evaluation, Plan, StopKind
from planengine.robust import MOST_SETS, Strength
from planengine.robust_repair import Absence, Hands
from planengine.whatif import compiled_for, moved_to

TRIED = 1_000
"""Plans tried, when the budget names no number."""
NEAR_MINUTES = 60
"""A visit is worth moving when it stands within this of when those left out could be made."""
MOVE_POINTS = 0.5
"""What a minute's slip of a start counts when two plans win as much."""
MOST_WEIGHED = 12
"""Of the plans that better an absence, so many are weighed against the other absences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How much dearer the day may become, in what a team notices.

    changes: visits that get another helper. travel: minutes more on the way, all helpers together. moved: minutes that
    a visit which keeps its helper may start earlier or later. faces: how much `unknown_face` may rise, a stranger is 1.
    cost: points of the objective, where faces, wished times and the rest count (60 = two strangers by default).
    """

    changes: int = 6
    travel: int = 20
    moved: int = 15
    faces: float = 2.0
    cost: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sturdier:
    """The plan that was found; the given one, and nothing in `changed`, when none was.

    before, after: the sets of helpers whose absence leaves something out of either plan when hers are handed out, in
    the same order, worst before first. away: how many helpers those sets have. changed: visits with another helper.
    cost: points by which the day is dearer. tried: plans looked at. complete: False when the budget ended the looking.
    """

    plan: Plan
    away: int
    before: tuple[Absence, ...]
    after: tuple[Absence, ...]
    changed: tuple[int, ...]
    cost: float
    tried: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """What some of the changes win when they alone are accepted. absences: in the order of ``Sturdier.before``."""

    plan: Plan
    absences: tuple[Absence, ...]
    cost: float


class _Ended(Exception):
    """The budget is used, or somebody asked to stop."""


def sturdier_plan(
    problem: Problem,
    plan: Plan,
    strength: Strength,
    params: Params,
    *,
    bound: Bound,
    stop: Stop,
    cancelled: Callable[[], bool] | None = None,
) -> Sturdier:
    """Return a plan within the bound that breaks later, for one absence; where all are stood, for two.

    plan: keeps the hard rules. strength: what it can take; where planning anew saves no more than handing out does,
    no change is looked for. stop: iterations = plans tried (None: TRIED); seconds = for everything. cancelled: asked
    before each plan. The plan returned keeps all hard rules, covers the same visits, and no absence is worse.
    """
    return _Climb(problem, plan, strength, params, bound, stop, cancelled).climb()


def won_by(problem: Problem, plan: Plan, sturdier: Sturdier, params: Params, accepted: Collection[int]) -> Won | None:
    """Return what accepting the change of these visits alone wins; None when it cannot stand without others."""
    try:
        alone = with_changes(problem, plan, sturdier.plan, accepted, params)
    except ChangesDoNotFit:
        return None
    hands = Hands(problem, params, frozenset(plan.assignments()))
    before, after = evaluate(problem, plan, params.weights), evaluate(problem, alone, params.weights)
    return Won(
        plan=alone,
        absences=tuple(hands.handed_out(alone, each.helpers) for each in sturdier.before),
        cost=after.cost - before.cost,
    )


Left = dict[tuple[int, ...], int]
"""Set of helpers → importance left out when they are away."""


class _Climb:
    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        strength: Strength,
        params: Params,
        bound: Bound,
        stop: Stop,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.plan, self.params, self.bound = problem, plan, params, bound
        self.most = TRIED if stop.iterations is None else stop.iterations
        self.until = None if stop.seconds is None else time.monotonic() + stop.seconds
        self.cancelled = cancelled
        self.tried = 0
        self.had = plan.assignments()
        self.hands = Hands(problem, params, frozenset(self.had))
        self.compiled = compiled_for(problem, params)
        self.worth = evaluate(problem, plan, params.weights)
        allowed = self.compiled.model.allowed
        self.can = {
            visit: {helper for tour, (helper, _) in enumerate(self.compiled.tours) if allowed[visit, tour]}
            for visit in self.had
        }
        self.least = {each.helpers: each.importance for each in strength.alone}
        busy = {t.helper for t in plan.tours if any(stop.kind is StopKind.VISIT for stop in t.stops)}
        self.busy = tuple(sorted(busy))

    def climb(self) -> Sturdier:
        plan, size, complete = self.plan, 1, True
        now: Left = {}
        before: Left = {}
        try:
            now = self._left(plan, size)
            if not any(now.values()) and len(self.busy) >= 2 and comb(len(self.busy), 2) <= MOST_SETS:
                size = 2
                now = self._left(plan, size)
            before = dict(now)
            while (step := self._step(plan, now)) is not None:
                plan, now = step
        except _Ended:
            complete = False
        plan = self._pruned(plan, now)
        sets = sorted((away for away in before if before[away] or now[away]), key=lambda a: (-before[a], a))
        after = evaluate(self.problem, plan, self.params.weights)
        return Sturdier(
            plan=plan,
            away=size,
            before=tuple(self.hands.handed_out(self.plan, away) for away in sets),
            after=tuple(self.hands.handed_out(plan, away) for away in sets),
            changed=tuple(sorted(self._changed(plan))),
            cost=after.cost - self.worth.cost,
            tried=self.tried,
            complete=complete,
        )

    def _look_up(self) -> None:
        if (self.cancelled is not None and self.cancelled()) or self.tried >= self.most:
            raise _Ended
        if self.until is not None and time.monotonic() >= self.until:
            raise _Ended

    def _left(self, plan: Plan, size: int) -> Left:
        found: Left = {}
        for away in combinations(self.busy, size):
            self._look_up()
            found[away] = self.hands.left(plan, away)
        return found

    def _step(self, plan: Plan, now: Left) -> tuple[Plan, Left] | None:
        """Return the plan one step on, for the worst absence that a step betters; None when there is no such step."""
        for away in sorted(now, key=lambda each: (-now[each], each)):
            if now[away] <= self._least(away):
                continue
            out = self.hands.handed_out(plan, away).uncovered
            for moves in (self._handed_over(plan, away, out), self._swapped(plan, away, out)):
                better: list[tuple[int, float, int, Plan]] = []
                for other in moves:
                    self._look_up()
                    self.tried += 1
                    left = self.hands.left(other, away, first=out)
                    if left < now[away] and (worth := self._within(other)) is not None:
                        better.append((left, worth.cost + self._price_of_moves(other), len(better), other))
                for _left, _cost, _number, other in sorted(better, key=lambda each: each[:3])[:MOST_WEIGHED]:
                    found = self._no_worse(other, now)
                    if found is not None and self._keeps_rules(other):
                        return other, found
        return None

    def _price_of_moves(self, plan: Plan) -> float:
        """Points for the starts that slip: between plans that win as much, the one that disturbs fewer comes first."""
        slips = (abs(each.start - self.had[visit].start) for visit, each in plan.assignments().items())
        return MOVE_POINTS * sum(slips) / self.problem.ticks_per_minute

    def _keeps_rules(self, plan: Plan) -> bool:
        return not check_plan(self.problem, plan, allow_overtime=self.params.allow_overtime)

    def _least(self, away: tuple[int, ...]) -> int:
        """What planning anew leaves out; of several together, what nobody else may make."""
        if away in self.least:
            return self.least[away]
        _day, compiled = self.hands.day_without(away)
        return sum(
            self.problem.visits[visit].importance
            for visit, each in self.had.items()
            if each.helper in away and not compiled.model.allowed[visit].any()
        )

    def _no_worse(self, plan: Plan, now: Left) -> Left | None:
        found: Left = {}
        for away in sorted(now, key=lambda each: (-now[each], each)):
            self._look_up()
            found[away] = self.hands.left(plan, away)
            if found[away] > now[away]:
                return None
        return found

    def _changed(self, plan: Plan) -> set[int]:
        return {visit for visit, each in plan.assignments().items() if each.helper != self.had[visit].helper}

    def _within(self, plan: Plan) -> Evaluation | None:
        """Return what a plan is worth; None when it covers less or is outside the bound."""
        has = plan.assignments()
        if has.keys() != self.had.keys() or len(self._changed(plan)) > self.bound.changes:
            return None
        most = self.bound.moved * self.problem.ticks_per_minute
        if any(abs(each.start - was.start) > most and each.helper == was.helper
               for each, was in ((has[visit], self.had[visit]) for visit in has)):  # fmt: skip
            return None
        worth = evaluate(self.problem, plan, self.params.weights)
        if worth.amount("travel") > self.worth.amount("travel") + self.bound.travel:
            return None
        if worth.amount("unknown_face") > self.worth.amount("unknown_face") + self.bound.faces:
            return None
        return worth if worth.cost <= self.worth.cost + self.bound.cost else None

    def _handed_over(self, plan: Plan, away: tuple[int, ...], out: Collection[int]) -> Iterator[Plan]:
        """Yield plans in which one visit has another helper."""
        has = plan.assignments()
        mine, theirs = self._worth_moving(plan, away, out)
        for visit in (*mine, *theirs):
            for helper in sorted(self.can[visit] - {has[visit].helper}):
                other = moved_to(self.problem, self.compiled, plan, visit, helper)
                if other is not None:
                    yield other

    def _swapped(self, plan: Plan, away: tuple[int, ...], out: Collection[int]) -> Iterator[Plan]:
        """Yield plans in which two visits have changed helpers."""
        has = plan.assignments()
        mine, theirs = self._worth_moving(plan, away, out)
        for visit in mine:
            for second in theirs:
                one, two = has[visit].helper, has[second].helper
                if two in self.can[visit] and one in self.can[second]:
                    half = moved_to(self.problem, self.compiled, plan, visit, two, frozenset({second}))
                    whole = None if half is None else moved_to(self.problem, self.compiled, half, second, one)
                    if whole is not None:
                        yield whole

    def _worth_moving(self, plan: Plan, away: tuple[int, ...], out: Collection[int]) -> tuple[list[int], list[int]]:
        """Return visits of those who are away, what is left out first, and of those who could make what is left out."""
        has = plan.assignments()
        able = set[int]().union(*(self.can[visit] for visit in out)) - set(away)
        near = self._near(out)
        free = [visit for visit in sorted(has) if not self.problem.visits[visit].locked and near(has[visit].start)]
        mine = sorted((v for v in free if has[v].helper in away), key=lambda v: (v not in out, v))
        return mine, [visit for visit in free if has[visit].helper in able]

    def _near(self, visits: Collection[int]) -> Callable[[int], bool]:
        margin = NEAR_MINUTES * self.problem.ticks_per_minute
        spans = []
        for number in visits:
            visit = self.problem.visits[number]
            latest = self.had[number].start if visit.latest is None else visit.latest
            spans.append((visit.earliest - margin, latest + visit.duration + margin))
        return lambda start: any(begin <= start <= end for begin, end in spans)

    def _pruned(self, plan: Plan, now: Left) -> Plan:
        """Return the plan with the fewest of its changes that win as much; starts stay where they can."""
        changed = self._changed(plan)
        if not changed:
            return self.plan
        later = {visit for visit, each in plan.assignments().items() if each.start > self.had[visit].start}
        for accepted in (changed, changed | later):
            if (other := self._as_good(plan, accepted, now)) is not None:
                plan = other
                break
        for visit in sorted(changed):
            moved = {each for each, found in plan.assignments().items() if found.start != self.had[each].start}
            for accepted in (changed - {visit}, (changed | moved) - {visit}):
                if (other := self._as_good(plan, accepted, now)) is not None:
                    plan, changed = other, changed - {visit}
                    break
        return plan

    def _as_good(self, plan: Plan, accepted: Collection[int], now: Left) -> Plan | None:
        """Return the plan with these of its changes alone; None when they do not fit, cost too much or win less."""
        try:
            other = with_changes(self.problem, self.plan, plan, accepted, self.params)
        except ChangesDoNotFit:
            return None
        if self._within(other) is None or any(self.hands.left(other, away) > now[away] for away in now):
            return None
        return other if self._keeps_rules(other) else None
