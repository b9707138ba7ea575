"""The plan that stands: a problem's reference assignments as a plan, so that one can ask about what people have made.

Visits stand with their helper in the order of their starts in the reference, and do not begin before them. Breaks go
where the visits move least. What breaks a hard rule is left out: the caller sees it among the uncovered.
"""

from __future__ import annotations

import numpy as np

from planengine.compiled import Compiled, together_groups
from planengine.parameters import Params
from planengine.problem import Problem, ReferenceAssignment
from planengine.result import Plan
from planengine.search.arrays import EARLIEST, START, Ints
from planengine.timing import Orders, plan_of, state_of
from planengine.whatif import compiled_for, group_of, tours_of


def standing_plan(problem: Problem, params: Params) -> Plan:
    """Return the reference as a plan; what does not keep the hard rules is left out, with what belongs together.

    Two visits of one helper that begin at the same time keep the first by id. Deterministic. Raises ValueError when
    the breaks and meetings of a work period cannot all be held (solve_day refuses such a problem).
    """
    compiled = compiled_for(problem, params)
    releases = _releases(problem, compiled)
    orders: Orders = [list(events) for events in compiled.first_events]
    for tour in range(len(compiled.tours)):
        _fill(problem, compiled, orders, releases, tour)
    _drop_broken_bundles(problem, orders)
    state = state_of(compiled, orders, releases)
    if state is None:
        orders = _one_bundle_at_a_time(problem, compiled, orders, releases)
        state = state_of(compiled, orders, releases)
    if state is None:
        raise ValueError("breaks and meetings cannot all be held")
    return plan_of(problem, compiled, state)


def _releases(problem: Problem, compiled: Compiled) -> Ints:
    releases = np.array(compiled.model.node[:, EARLIEST])
    for each in problem.reference:
        releases[each.visit] = max(int(releases[each.visit]), each.start)
    return releases


def _fill(problem: Problem, compiled: Compiled, orders: Orders, releases: Ints, tour: int) -> None:
    """Put a tour's visits into it, one after another; the break is put where the visits move least."""
    helper, number = compiled.tours[tour]
    period = problem.helpers[helper].periods[number]
    mine = sorted(
        (each for each in problem.reference
         if each.helper == helper and compiled.model.allowed[each.visit, tour]
         and (len(tours_of(compiled, helper)) == 1 or period.start <= each.start < period.end)),
        key=lambda each: (each.start, each.visit),
    )  # fmt: skip
    if not mine:
        return
    events = list(orders[tour])
    whole = _with_events(compiled, orders, releases, tour, mine, events)
    if whole is None:
        kept: list[ReferenceAssignment] = []
        whole = events
        for each in mine:
            longer = _with_events(compiled, orders, releases, tour, [*kept, each], events)
            if longer is not None:
                kept.append(each)
                whole = longer
    orders[tour] = whole


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
        if found is None:
            return None
        best = found
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
