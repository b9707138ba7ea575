"""From a Problem and its parameters to the arrays of the compiled search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planengine.events import first_order
from planengine.parameters import Params
from planengine.problem import Break, Problem, Visit, longest_lags
from planengine.search.arrays import (
    AHEAD,
    AIM,
    BY_TOUR,
    CITIZEN,
    CLUSTER,
    CLUSTER_INDEX,
    CLUSTER_LAG,
    CLUSTER_SIZE,
    DIFFER,
    DIFFER_COUNT,
    DURATION,
    EARLIEST,
    EVENT,
    FACES_COUNT,
    FIXED,
    FREE,
    GROUP,
    HELPER,
    HOME,
    HOPS,
    IMPORTANCE,
    KIND,
    LATEST,
    LEAVES_LATE,
    MINUTE,
    MISSABLE,
    MODE,
    MOVABLE,
    NEVER,
    NODE_COLUMNS,
    PERIOD_END,
    PERIOD_START,
    PLACE,
    REFERENCE,
    REST,
    TOUR_END,
    TOUR_START,
    UNBOUND,
    VISIT,
    W_BEFORE,
    W_EARLY,
    W_EXTRA_FACE,
    W_LARGEST_LATE,
    W_LATE,
    W_LONGEST_IDLE,
    W_MOVED,
    W_OVERTIME,
    W_TRAVEL,
    W_UNEVEN,
    W_UNFAIR,
    W_UNUSED,
    W_WAITING,
    WEIGHTS,
    WINDOW,
    WINDOW_COUNT,
    WISH_FROM,
    WISH_TO,
    Bytes,
    Floats,
    Ints,
    Model,
)

NEIGHBOURS = 30
"""Length of each visit's list of promising neighbours."""


@dataclass(frozen=True, slots=True)
class EventNode:
    """Which break or meeting a node is. position: in its work period's breaks or meetings."""

    tour: int
    is_break: bool
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """The model and how its nodes and tours map back. tours: (helper, period) of each.

    first_events: the event nodes of each tour in an order in which they can be held, visits apart.
    """

    model: Model
    tours: tuple[tuple[int, int], ...]
    events: tuple[EventNode, ...]
    first_events: tuple[tuple[int, ...], ...]

    def event_orders(self) -> Ints:
        """Return each tour's event nodes in an order in which they can be held, -1 after the last."""
        return orders_array([list(each) for each in self.first_events])


def orders_array(lists: list[list[int]]) -> Ints:
    """Return lists of nodes as one array, filled up with -1."""
    longest = max((len(each) for each in lists), default=0) + 1
    orders = np.full((len(lists), longest), -1, dtype=np.int64)
    for line, each in enumerate(lists):
        orders[line, : len(each)] = each
    return orders


def allowed_helper(problem: Problem, visit: Visit, helper: int) -> bool:
    """Whether competences, citizens' rules and fixed assignments let helper make visit."""
    who = problem.helpers[helper]
    return (
        visit.competences <= who.competences
        and helper not in problem.citizens[visit.citizen].must_not
        and (visit.helper is None or visit.helper == helper)
    )


def compile_problem(problem: Problem, params: Params) -> Compiled:
    """Build the arrays. params.weights and params.allow_overtime are part of them."""
    visits, helpers = problem.visits, problem.helpers
    tours = tuple((helper.id, period) for helper in helpers for period in range(len(helper.periods)))
    events, event_rows = _events(problem, tours)
    count, tour_count = len(visits), len(tours)
    total = count + len(events) + 2 * tour_count
    node = np.zeros((total, NODE_COLUMNS), dtype=np.int64)
    node[:, LATEST] = NEVER
    node[:, WISH_TO] = NEVER
    node[:, REFERENCE] = -1
    node[:, CLUSTER_SIZE] = 1
    node[:, GROUP] = -1
    node[:, HOME] = -1
    references = {each.visit: each for each in problem.reference}
    for visit in visits:
        _visit_row(node[visit.id], visit, references[visit.id].start if visit.id in references else None)
    for number, row in enumerate(event_rows):
        node[count + number, [EARLIEST, LATEST, AIM, DURATION, PLACE, KIND, MOVABLE]] = row
    skip = [params.weights.skipped * visit.skip_cost for visit in visits]
    for number, event in enumerate(events):
        rest = _break_of(problem, tours, event)
        skip.append(0.0 if rest is None else params.weights.missed_break * (rest.skip_cost or 0.0))
        node[count + number, HOME] = -1 if rest is None or rest.skip_cost is None else event.tour
        node[count + number, AHEAD] = 0 if rest is None else int(rest.on_arrival)
    window = _windows(problem, node)
    tour = np.zeros((tour_count, 4), dtype=np.int64)
    for number, (helper, period) in enumerate(tours):
        worker = helpers[helper]
        work = worker.periods[period]
        tour[number, [HELPER, MODE, PERIOD_START, PERIOD_END]] = (helper, worker.mode, work.start, work.end)
        first, last = total - 2 * tour_count + number, total - tour_count + number
        node[first, [EARLIEST, LATEST, AIM, PLACE, KIND]] = (
            work.start, NEVER, work.start, work.start_place, TOUR_START,
        )  # fmt: skip
        overtime = worker.max_overtime if params.allow_overtime else 0
        node[last, [LATEST, PLACE, KIND]] = (work.end + overtime, work.end_place, TOUR_END)
    member, lag = _clusters(problem, node)
    for visit in visits:
        if visit.windows:
            first, size = int(node[visit.id, CLUSTER]), int(node[visit.id, CLUSTER_SIZE])
            node[[visit.id, *(member[first : first + size] if size > 1 else ())], HOPS] = 1
    differ = _differ(problem, node)
    group, group_first = _groups(problem, node)
    pair, face = _static_costs(problem, params)
    weight = _weights(problem, params, bool(face.any()))
    weight[MISSABLE] = float((node[:, HOME] >= 0).any())
    travel = np.ascontiguousarray(np.stack(problem.travel).astype(np.int64))
    allowed = _allowed(problem, node, tours, tour, tour_count)
    model = Model(
        node=node,
        skip=np.array(skip, dtype=np.float64),
        weight=weight,
        travel=travel,
        tour=tour,
        allowed=allowed,
        pair=pair,
        face=face,
        member=member,
        lag=lag,
        differ=differ,
        group=group,
        group_first=group_first,
        near=_neighbours(problem, node, allowed, weight),
        share=fair_shares(problem),
        window=window,
        working=np.array(working_ticks(problem), dtype=np.int64),
        sizes=np.array([count, len(events), tour_count, len(group_first) - 1], dtype=np.int64),
    )
    return Compiled(model=model, tours=tours, events=events, first_events=_first_events(problem, tours, count))


def fair_shares(problem: Problem) -> Floats:
    """Return each helper's share of all working time (periods less breaks); nobody at work: zeros."""
    working = np.array(working_ticks(problem), dtype=np.float64)
    return working / working.sum() if working.sum() > 0 else working


def working_ticks(problem: Problem) -> list[int]:
    """Return each helper's time at work: periods less breaks."""
    return [
        sum(work.end - work.start - sum(rest.duration for rest in work.breaks) for work in helper.periods)
        for helper in problem.helpers
    ]


def _break_of(problem: Problem, tours: tuple[tuple[int, int], ...], event: EventNode) -> Break | None:
    helper, period = tours[event.tour]
    return problem.helpers[helper].periods[period].breaks[event.position] if event.is_break else None


def _windows(problem: Problem, node: Ints) -> Ints:
    """Return the windows of visits that have several, and note at the nodes where they stand."""
    rows: list[tuple[int, int, int]] = []
    for visit in problem.visits:
        # A locked visit has nothing to choose: its start is fixed and its lateness is counted from the window it is in.
        windows = visit.windows if visit.start is None else (visit.window_at(visit.start),)
        if not visit.windows:
            continue
        node[visit.id, WISH_TO] = NEVER if windows[-1].wish_to is None else windows[-1].wish_to
        if visit.locked:
            continue
        node[visit.id, [WINDOW, WINDOW_COUNT]] = (len(rows), len(windows))
        for window, following in zip(windows, (*windows[1:], None), strict=True):
            open_end = NEVER if following is None else following.earliest - 1
            rows.append((
                window.earliest,
                open_end if window.latest is None else window.latest,
                NEVER if window.wish_to is None else window.wish_to,
            ))  # fmt: skip
    return np.array(rows or [(0, 0, 0)], dtype=np.int64)


def _visit_row(row: Ints, visit: Visit, reference: int | None) -> None:
    latest = NEVER if visit.latest is None else visit.latest
    earliest = visit.earliest
    movable = FREE
    if visit.start is not None:
        earliest = latest = visit.start
        movable = FIXED
    aim = min(max(earliest, visit.wish_from or 0, reference or 0), latest)
    row[[EARLIEST, LATEST, AIM, DURATION, PLACE, CITIZEN]] = (
        earliest, latest, aim, visit.duration, visit.place, visit.citizen,
    )  # fmt: skip
    row[[WISH_FROM, WISH_TO, REFERENCE]] = (
        visit.wish_from or 0,
        NEVER if visit.wish_to is None else visit.wish_to,
        -1 if reference is None else reference,
    )
    row[[KIND, IMPORTANCE, MOVABLE]] = (VISIT, visit.importance, movable)


def _events(
    problem: Problem, tours: tuple[tuple[int, int], ...]
) -> tuple[tuple[EventNode, ...], list[tuple[int, int, int, int, int, int, int]]]:
    events: list[EventNode] = []
    rows: list[tuple[int, int, int, int, int, int, int]] = []
    for number, (helper, period) in enumerate(tours):
        work = problem.helpers[helper].periods[period]
        for position, rest in enumerate(work.breaks):
            events.append(EventNode(number, True, position))
            rows.append((rest.earliest, rest.latest_end - rest.duration, rest.earliest, rest.duration, -1, EVENT, REST))
        for position, meeting in enumerate(work.meetings):
            events.append(EventNode(number, False, position))
            place = -1 if meeting.place is None else meeting.place
            rows.append((meeting.start, meeting.start, meeting.start, meeting.duration, place, EVENT, FREE))
    return tuple(events), rows


def _first_events(problem: Problem, tours: tuple[tuple[int, int], ...], first_node: int) -> tuple[tuple[int, ...], ...]:
    orders = []
    for helper, period in tours:
        work = problem.helpers[helper].periods[period]
        order = first_order(problem, problem.helpers[helper].mode, work) or ()
        orders.append(tuple(first_node + number for number in order))
        first_node += len(work.breaks) + len(work.meetings)
    return tuple(orders)


def _clusters(problem: Problem, node: Ints) -> tuple[Ints, Ints]:
    member: list[int] = []
    lag: list[int] = []
    done: dict[tuple[int, ...], tuple[int, int]] = {}
    for visit, (members, matrix) in longest_lags(problem).items():
        if members not in done:
            done[members] = (len(member), len(lag))
            member.extend(members)
            lag.extend(UNBOUND if value == -np.inf else int(value) for line in matrix for value in line)
        first, lags = done[members]
        node[visit, [CLUSTER, CLUSTER_SIZE, CLUSTER_LAG, CLUSTER_INDEX]] = (
            first, len(members), lags, members.index(visit),
        )  # fmt: skip
    return np.array(member or [0], dtype=np.int64), np.array(lag or [0], dtype=np.int64)


def _differ(problem: Problem, node: Ints) -> Ints:
    others: list[set[int]] = [set() for _ in problem.visits]
    for link in problem.links:
        if link.different_helpers:
            others[link.first].add(link.second)
            others[link.second].add(link.first)
    flat: list[int] = []
    for visit, each in enumerate(others):
        node[visit, [DIFFER, DIFFER_COUNT]] = (len(flat), len(each))
        flat.extend(sorted(each))
    return np.array(flat or [0], dtype=np.int64)


def together_groups(problem: Problem) -> list[list[int]]:
    """Return the bundles of visits that are covered together or not at all; single visits are bundles of one."""
    above = list(range(len(problem.visits)))

    def root(visit: int) -> int:
        while above[visit] != visit:
            visit = above[visit]
        return visit

    for link in problem.links:
        if link.together:
            one, other = sorted((root(link.first), root(link.second)))
            above[other] = one
    groups: dict[int, list[int]] = {}
    for visit in range(len(problem.visits)):
        groups.setdefault(root(visit), []).append(visit)
    return list(groups.values())


def _groups(problem: Problem, node: Ints) -> tuple[Ints, Ints]:
    flat: list[int] = []
    first = [0]
    for number, members in enumerate(together_groups(problem)):
        flat.extend(members)
        first.append(len(flat))
        node[members, GROUP] = number
    return np.array(flat or [0], dtype=np.int64), np.array(first, dtype=np.int64)


def _static_costs(problem: Problem, params: Params) -> tuple[Floats, Floats]:
    weights = params.weights
    helpers = problem.helpers
    at_work = {helper.id for helper in helpers if helper.periods}
    reference = {each.visit: each.helper for each in problem.reference}
    pair = np.zeros((len(problem.visits), len(helpers)))
    minute = problem.ticks_per_minute
    levels = np.array([helper.level for helper in helpers], dtype=np.float64)
    for visit in problem.visits:
        citizen = problem.citizens[visit.citizen]
        line = pair[visit.id]
        line += weights.level_waste * np.maximum(0.0, levels - visit.level) * (visit.duration / minute)
        if citizen.primary in at_work:
            line += weights.not_primary
            line[citizen.primary] -= weights.not_primary
        for helper in citizen.rather_not:
            line[helper] += weights.rather_not
        if wanted := citizen.rather & at_work:
            line += weights.not_preferred
            line[sorted(wanted)] -= weights.not_preferred
        if visit.id in reference:
            line += weights.changed_helper
            line[reference[visit.id]] -= weights.changed_helper
    face = np.zeros((max(1, len(problem.citizens)), len(helpers)))
    if weights.unknown_face > 0:
        for citizen in problem.citizens:
            face[citizen.id] = weights.unknown_face
            for helper, value in citizen.known:
                face[citizen.id, helper] = weights.unknown_face * (1.0 - value)
    return pair, face


def _weights(problem: Problem, params: Params, faces: bool) -> Floats:
    weights = params.weights
    minute = problem.ticks_per_minute
    result = np.zeros(WEIGHTS)
    result[W_TRAVEL] = weights.travel / minute
    result[W_WAITING] = weights.waiting / minute
    result[W_LONGEST_IDLE] = weights.longest_idle / minute
    result[W_EARLY] = weights.early / minute
    result[W_LATE] = weights.late / minute
    result[W_LARGEST_LATE] = weights.largest_late / minute
    result[W_OVERTIME] = weights.overtime / minute
    result[W_UNFAIR] = weights.unfair / minute
    result[W_MOVED] = weights.moved_start / minute if problem.reference else 0.0
    result[W_EXTRA_FACE] = weights.extra_face
    result[W_UNUSED] = weights.longest_unused / minute
    result[W_BEFORE] = weights.before_leaving / minute
    result[W_UNEVEN] = weights.uneven
    result[MINUTE] = minute
    result[LEAVES_LATE] = 1.0 if params.leave_late and weights.waiting > weights.before_leaving else 0.0
    result[BY_TOUR] = float(
        weights.longest_idle > 0 or weights.longest_unused > 0 or weights.before_leaving > 0 or result[LEAVES_LATE] > 0
    )
    result[FACES_COUNT] = 1.0 if faces or weights.extra_face > 0 else 0.0
    return result


def _allowed(problem: Problem, node: Ints, tours: tuple[tuple[int, int], ...], tour: Ints, tour_count: int) -> Bytes:
    allowed = np.zeros((len(problem.visits), max(1, tour_count)), dtype=np.uint8)
    ends = node.shape[0] - tour_count
    for visit in problem.visits:
        for number, (helper, period) in enumerate(tours):
            if not allowed_helper(problem, visit, helper):
                continue
            work = problem.helpers[helper].periods[period]
            travel = problem.travel[problem.helpers[helper].mode]
            start = max(int(node[visit.id, EARLIEST]), work.start + int(travel[work.start_place, visit.place]))
            back = start + visit.duration + int(travel[visit.place, work.end_place])
            if start <= node[visit.id, LATEST] and back <= node[ends + number, LATEST]:
                allowed[visit.id, number] = 1
    return allowed


def _neighbours(problem: Problem, node: Ints, allowed: Bytes, weight: Floats) -> Ints:
    """Return for each visit the most promising others to stand beside (Vidal et al. 2013): near in place and time."""
    count = len(problem.visits)
    width = min(NEIGHBOURS, max(1, count - 1))
    if count < 2:
        return np.full((max(1, count), width), -1, dtype=np.int64)
    place = node[:count, PLACE]
    travel = np.min(np.stack(problem.travel), axis=0)[np.ix_(place, place)].astype(np.float64)
    earliest = np.maximum(node[:count, EARLIEST], node[:count, AIM]).astype(np.float64)
    latest = np.minimum(node[:count, LATEST], node[:count, WISH_TO]).astype(np.float64)
    horizon = max([float(earliest.max())] + [float(work.end) for h in problem.helpers for work in h.periods])
    latest = np.maximum(np.minimum(latest, horizon), earliest)
    leave = node[:count, DURATION].astype(np.float64)[:, None] + travel
    wait = np.maximum(0.0, earliest[None, :] - (latest[:, None] + leave))
    warp = np.maximum(0.0, earliest[:, None] + leave - latest[None, :])
    after = travel + 0.2 * wait + warp
    either = np.minimum(after, after.T)
    common = (allowed.astype(np.int64) @ allowed.astype(np.int64).T) > 0
    either[~common] = np.inf
    np.fill_diagonal(either, np.inf)
    order = np.argsort(either, axis=1, kind="stable")[:, :width].astype(np.int64)
    order[~np.isfinite(np.take_along_axis(either, order, axis=1))] = -1
    return order
