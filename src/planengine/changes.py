"""What differs between two plans, as single changes that can be accepted one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from planengine.compiled import Compiled, together_groups
from planengine.evaluate import evaluate
from planengine.explain import Delta, deltas
from planengine.parameters import Params
from planengine.problem import Problem
from planengine.result import Plan
from planengine.search.arrays import EARLIEST, State
from planengine.timing import orders_of, plan_of, state_of
from planengine.whatif import compiled_for


class ChangeKind(StrEnum):
    """What kind of change."""

    MOVED = "moved"
    """To another helper (perhaps at another start)."""
    NEW_START = "new_start"
    """Same helper, other start."""
    NEWLY_COVERED = "newly_covered"
    NEWLY_UNCOVERED = "newly_uncovered"
    SWAP = "swap"
    """Two visits change helpers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitChange:
    """One visit's place before and after; helper and start are None where it is uncovered."""

    visit: int
    helper_before: int | None
    start_before: int | None
    helper_after: int | None
    start_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that can be accepted alone or with others.

    possible: whether it can be accepted alone. Where it can: cost and deltas are the change of the whole plan when
    it alone is accepted, by the timing rule of ``with_changes``; importance the change of what is left uncovered.
    """

    kind: ChangeKind
    visits: tuple[VisitChange, ...]
    possible: bool
    importance: int
    cost: float
    deltas: tuple[Delta, ...]


class ChangesDoNotFit(Exception):
    """The accepted changes cannot stand without some of the others: no times keep the hard rules."""


def propose_changes(
    problem: Problem, before: Plan, after: Plan, params: Params, *, least_move: int = 60
) -> tuple[Change, ...]:
    """Return what leads from one plan to the other.

    Visits that must be covered together are one change when they are covered or left out. A visit that keeps its
    helper is mentioned when its start moves by at least least_move ticks. Costly improvements come last: newly
    covered first, then by the change in cost.
    """
    old, new = before.assignments(), after.assignments()
    differing: dict[int, VisitChange] = {}
    for visit in problem.visits:
        was, now = old.get(visit.id), new.get(visit.id)
        if was is None and now is None:
            continue
        if (
            was is not None
            and now is not None
            and was.helper == now.helper
            and (abs(was.start - now.start) < least_move)
        ):
            continue
        differing[visit.id] = VisitChange(
            visit=visit.id,
            helper_before=None if was is None else was.helper,
            start_before=None if was is None else was.start,
            helper_after=None if now is None else now.helper,
            start_after=None if now is None else now.start,
        )
    bundles: list[tuple[ChangeKind, tuple[VisitChange, ...]]] = []
    used: set[int] = set()
    for group in together_groups(problem):
        parts = tuple(differing[visit] for visit in group if visit in differing)
        covered = [part for part in parts if part.helper_before is None]
        uncovered = [part for part in parts if part.helper_after is None]
        if covered:
            bundles.append((ChangeKind.NEWLY_COVERED, parts))
        elif uncovered:
            bundles.append((ChangeKind.NEWLY_UNCOVERED, parts))
        else:
            continue
        used.update(part.visit for part in parts)
    rest = [each for each in differing.values() if each.visit not in used]
    moved = [each for each in rest if each.helper_before != each.helper_after]
    taken: set[int] = set()
    for one in moved:
        if one.visit in taken:
            continue
        mirrors = [
            other for other in moved
            if other.visit > one.visit and other.visit not in taken
            and (other.helper_before, other.helper_after) == (one.helper_after, one.helper_before)
        ]  # fmt: skip
        if mirrors:
            other = min(mirrors, key=lambda each: (abs((each.start_after or 0) - (one.start_before or 0)), each.visit))
            taken |= {one.visit, other.visit}
            bundles.append((ChangeKind.SWAP, (one, other)))
        else:
            bundles.append((ChangeKind.MOVED, (one,)))
    bundles += [(ChangeKind.NEW_START, (each,)) for each in rest if each.helper_before == each.helper_after]
    changes = [_priced(problem, before, after, params, kind, parts) for kind, parts in bundles]
    return tuple(
        sorted(changes, key=lambda c: (c.importance, not c.possible, c.cost, tuple(v.visit for v in c.visits)))
    )


def _priced(
    problem: Problem, before: Plan, after: Plan, params: Params, kind: ChangeKind, parts: tuple[VisitChange, ...]
) -> Change:
    try:
        alone = with_changes(problem, before, after, {part.visit for part in parts}, params)
    except ChangesDoNotFit:
        return Change(kind=kind, visits=parts, possible=False, importance=0, cost=0.0, deltas=())
    one, other = evaluate(problem, before, params.weights), evaluate(problem, alone, params.weights)
    return Change(
        kind=kind,
        visits=parts,
        possible=True,
        importance=other.uncovered_importance - one.uncovered_importance,
        cost=other.cost - one.cost,
        deltas=deltas(one, other),
    )


def with_changes(problem: Problem, before: Plan, after: Plan, accepted: Collection[int], params: Params) -> Plan:
    """Return ``before`` with the accepted visits placed as in ``after``, re-timed.

    Within each tour visits stand in the order of the starts they have in the plan they are taken from; nobody starts
    before that start, later if tour or links demand. Raises ChangesDoNotFit when no such times keep the hard rules
    (then more changes must be accepted together).
    """
    if before is after:
        return before
    compiled = compiled_for(problem, params)
    if _rules_kept(problem, accepted, after, before):
        for events_from in (before, after):
            state = _merged(problem, compiled, before, after, accepted, events_from)
            if state is not None:
                return plan_of(problem, compiled, state)
    raise ChangesDoNotFit(f"visits {sorted(accepted)} need more of the other changes")


def _merged(
    problem: Problem, compiled: Compiled, before: Plan, after: Plan, accepted: Collection[int], events_from: Plan
) -> State | None:
    """Return the accepted visits of after among the others of before, breaks and meetings as in events_from."""
    releases = np.array(compiled.model.node[:, EARLIEST])
    wanted: list[list[tuple[int, int, int]]] = [[] for _ in compiled.tours]
    for plan in (before, after):
        for number, order in enumerate(orders_of(compiled, plan)):
            for position, node in enumerate(order):
                is_event = node >= len(problem.visits)
                source = events_from if is_event else after if node in accepted else before
                if plan is not source:
                    continue
                start = plan.tours[number].stops[position].start
                if not is_event:
                    releases[node] = max(int(releases[node]), start)
                wanted[number].append((start, position, node))
    return state_of(compiled, [[node for _, _, node in sorted(each)] for each in wanted], releases)


def _rules_kept(problem: Problem, accepted: Collection[int], after: Plan, before: Plan) -> bool:
    """Whether bundles stay whole and halves that need different helpers have them."""
    old, new = before.assignments(), after.assignments()

    def helper(visit: int) -> int | None:
        found = (new if visit in accepted else old).get(visit)
        return None if found is None else found.helper

    for link in problem.links:
        first, second = helper(link.first), helper(link.second)
        if link.together and (first is None) != (second is None):
            return False
        if link.different_helpers and first is not None and first == second:
            return False
    return True
