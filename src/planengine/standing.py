"""The plan that stands: a problem's reference as a plan. One can ask about it, and a search can begin with it.

Visits stand with their helper in the order of their starts in the reference, and do not begin before them. Breaks go
where the visits move least. What breaks a hard rule is left out: the caller sees it among the uncovered.
"""

from __future__ import annotations

import numpy as np

from planengine.compiled import Compiled, together_groups
from planengine.parameters import Params
from planengine.problem import Problem, ReferenceAssignment
from planengine.result import Plan
from planengine.search.arrays import EARLIEST, HOME, START, Ints, State
from planengine.timing import Orders, plan_of, state_of
from planengine.whatif import compiled_for, group_of, tours_of


def standing_plan(problem: Problem, params: Params) -> Plan:
    """Return the reference as a plan; what does not keep the hard rules is left out, with what belongs together.

    Where a helper's visits cannot all stand, locked ones go before others, then important ones, then early ones, then
    by id. Deterministic. Raises ValueError when the breaks and meetings of a work period cannot all be held
    (solve_day refuses such a problem).
    """
    compiled = compiled_for(problem, params)
    state = standing_state(problem, compiled)
    if state is None:
        raise ValueError("breaks and meetings cannot all be held")
    return plan_of(problem, compiled, state)


def standing_state(problem: Problem, compiled: Compiled) -> State | None:
    """Return the state of the plan that stands; None when breaks and meetings cannot all be held."""
    stands = _stands(problem)
    releases = _releases(stands, compiled)
    orders: Orders = [list(events) for events in compiled.first_events]
    mine: list[list[ReferenceAssignment]] = [[] for _ in orders]
    for each, tour in zip(stands, homes(problem, compiled, stands), strict=True):
        if tour >= 0 and compiled.model.allowed[each.visit, tour]:
            mine[tour].append(each)
    for tour, visits in enumerate(mine):
        _fill(problem, compiled, orders, releases, tour, sorted(visits, key=_by_start))
    _drop_broken_bundles(problem, orders)
    state = state_of(compiled, orders, releases)
    if state is None:
        orders = _one_bundle_at_a_time(problem, compiled, orders, releases)
        state = state_of(compiled, orders, releases)
    return state


def homes(problem: Problem, compiled: Compiled, stands: tuple[ReferenceAssignment, ...]) -> list[int]:
    """Return the tour of each assignment: the work period it begins in, else the helper's first; -1 for none."""
    found = []
    for each in stands:
        tours = tours_of(compiled, each.helper)
        periods = problem.helpers[each.helper].periods
        work = {tour: periods[compiled.tours[tour][1]] for tour in tours}
        inside = [tour for tour in tours if work[tour].start <= each.start < work[tour].end]
        found.append((inside or tours or [-1])[0])
    return found


def _stands(problem: Problem) -> tuple[ReferenceAssignment, ...]:
    """Return the reference, and what is locked besides."""
    named = {each.visit for each in problem.reference}
    locked = (
        ReferenceAssignment(visit=visit.id, helper=visit.helper, start=visit.start)
        for visit in problem.visits
        if visit.id not in named and visit.helper is not None and visit.start is not None
    )
    return (*problem.reference, *locked)


def _by_start(each: ReferenceAssignment) -> tuple[int, int]:
    return each.start, each.visit


def _releases(stands: tuple[ReferenceAssignment, ...], compiled: Compiled) -> Ints:
    releases = np.array(compiled.model.node[:, EARLIEST])
    for each in stands:
        releases[each.visit] = max(int(releases[each.visit]), each.start)
    return releases


def _fill(
    problem: Problem,
    compiled: Compiled,
    orders: Orders,
    releases: Ints,
    tour: int,
    mine: list[ReferenceAssignment],
) -> None:
    """Put a tour's visits into it, one after another; the break is put where the visits move least."""
    if not mine:
        return
    events = list(orders[tour])
    whole = _with_events(compiled, orders, releases, tour, mine, events)
    if whole is None:
        kept: list[ReferenceAssignment] = []
        whole = events
        for each in sorted(mine, key=lambda one: _first_kept(problem, one)):
            trial = sorted([*kept, each], key=_by_start)
            longer = _with_events(compiled, orders, releases, tour, trial, events)
            if longer is not None:
                kept = trial
                whole = longer
    orders[tour] = whole


def _first_kept(problem: Problem, each: ReferenceAssignment) -> tuple[bool, bool, int, int, int]:
    visit = problem.visits[each.visit]
    return not visit.locked, visit.helper is None, -visit.importance, each.start, each.visit


def _with_events(
    compiled: Compiled, orders: Orders, releases: Ints, tour: int, visits: list[ReferenceAssignment], events: list[int]
) -> list[int] | None:
    """Return the tour's order with each event where the visits start nearest their reference, or None."""
    best: list[int] | None = [each.visit for each in visits]
    alone: Orders = [list(others) for others in compiled.first_events]
    for event in events:
        assert best is not None
        found: list[int] | None = None
        least = -1
        for position in range(len(best) + 1):
            trial = [*best[:position], event, *best[position:]]
            alone[tour] = trial
            state = state_of(compiled, alone, releases)
            if state is None:
                continue
            moved = sum(int(state.row[each.visit, START]) - each.start for each in visits)
            if found is None or moved < least:
                found, least = trial, moved
        if found is not None:
            best = found
        elif compiled.model.node[event, HOME] < 0:  # one that may not be missed
            return None
    if not events:
        alone[tour] = best or []
        return best if state_of(compiled, alone, releases) is not None else None
    return best


def _drop_broken_bundles(problem: Problem, orders: Orders) -> None:
    """Take out what must be covered together and is not, and the second of two halves that need two helpers."""
    visits = len(problem.visits)
    where = {node: tour for tour, order in enumerate(orders) for node in order if node < visits}
    for members in together_groups(problem):
        if any(member not in where for member in members):
            _remove(orders, members)
    for link in problem.links:
        if link.different_helpers and link.first in where and where.get(link.first) == where.get(link.second):
            _remove(orders, [link.first, link.second])


def _one_bundle_at_a_time(problem: Problem, compiled: Compiled, orders: Orders, releases: Ints) -> Orders:
    """Return the orders less the bundles whose links cannot be kept, tried in the order of their first visit."""
    linked = {visit for link in problem.links for visit in (link.first, link.second)}
    present = [node for order in orders for node in order if node in linked]
    bundles = sorted({group_of(compiled, visit)[1] for visit in present})
    out = {visit for members in bundles for visit in members}
    for members in bundles:
        trial = out - set(members)
        less = [[node for node in order if node not in trial] for order in orders]
        if state_of(compiled, less, releases) is not None:
            out = trial
    return [[node for node in order if node not in out] for order in orders]


def _remove(orders: Orders, visits: list[int]) -> None:
    for order in orders:
        order[:] = [node for node in order if node not in visits]
