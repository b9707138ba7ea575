"""Cheap estimates of what a move would cost, to drop most moves unseen.

They bound what leaving one spot can save and what entering another must cost, as far as that is decided nearby:
detours, own lateness, lateness of those behind, faces. What linked visits elsewhere gain or lose is not seen.
"""

from __future__ import annotations

from planengine.compiling import njit
from planengine.search.arrays import (
    AHEAD,
    ARRIVAL,
    CITIZEN,
    CLUSTER_SIZE,
    DURATION,
    FACES_COUNT,
    HELPER,
    IDLEST,
    KIND,
    LATEST,
    MODE,
    MOST_LATE,
    NEXT,
    PERIOD_END,
    PLACE,
    PREVIOUS,
    REFERENCE,
    START,
    TOUR,
    TOUR_END,
    TRAVEL,
    W_BEFORE,
    W_EXTRA_FACE,
    W_LARGEST_LATE,
    W_LATE,
    W_MOVED,
    W_OVERTIME,
    W_TRAVEL,
    W_UNEVEN,
    W_UNFAIR,
    W_UNUSED,
    W_WAITING,
    WHERE,
    WISH_TO,
    Model,
    State,
)
from planengine.search.legs import comes_from, free_from, goes_to, present_way


@njit
def sees_nearby(model: Model) -> bool:
    """Whether estimates of what is near a position say enough: not where whole tours or all helpers are priced."""
    return bool(model.weight[W_BEFORE] == 0.0 and model.weight[W_UNEVEN] == 0.0)


@njit
def leaving_gain(model: Model, state: State, visit: int) -> float:
    """Return a generous estimate of what taking visit out can save, times of linked visits apart."""
    row = state.row
    weight = model.weight
    tour = row[visit, TOUR]
    mode = model.tour[tour, MODE]
    helper = model.tour[tour, HELPER]
    before = row[visit, PREVIOUS]
    follower = row[visit, NEXT]
    ahead = present_way(model, state, before) - row[visit, TRAVEL]
    before = comes_from(model, state, before)
    onward = row[follower, WHERE]
    if model.node[follower, AHEAD] != 0 and model.node[row[follower, NEXT], KIND] == TOUR_END:
        onward = row[row[follower, NEXT], WHERE]
        ahead += row[row[follower, NEXT], TRAVEL]
    direct = model.travel[mode, row[before, WHERE], onward]
    gain = state.cost[visit] + weight[W_TRAVEL] * (ahead + row[follower, TRAVEL] - direct) + model.pair[visit, helper]
    if weight[FACES_COUNT] != 0.0:
        citizen = model.node[visit, CITIZEN]
        if state.meet[citizen, helper] == 1:
            gain += model.face[citizen, helper] + weight[W_EXTRA_FACE]
    gain += weight[W_UNFAIR] * model.node[visit, DURATION]
    late = 0
    node = visit
    while model.node[node, KIND] != TOUR_END:
        late += state.late[node]
        if state.late[node] > 0 and state.late[node] == state.number[MOST_LATE]:
            gain += weight[W_LARGEST_LATE] * state.late[node]
        node = row[node, NEXT]
    if weight[W_MOVED] != 0.0:
        gain += weight[W_MOVED] * pushed_after(model, state, visit)
    over = row[node, START] - model.tour[tour, PERIOD_END]
    if over > 0:
        gain += (weight[W_OVERTIME] + weight[W_UNUSED]) * over
    return float(gain + weight[W_LATE] * late)


@njit
def pushed_after(model: Model, state: State, visit: int) -> int:
    """Return by how much the stops after a visit start later than in the reference plan, all together."""
    row = state.row
    pushed = 0
    node = row[visit, NEXT]
    while model.node[node, KIND] != TOUR_END:
        reference = model.node[node, REFERENCE]
        if reference >= 0 and row[node, START] > reference:
            pushed += row[node, START] - reference
        node = row[node, NEXT]
    return int(pushed)


@njit
def moved_by(model: Model, state: State, visit: int, start: int, follower: int, pushed: int) -> float:
    """Return what moving away from the reference plan costs: visit that starts then, and those it pushes in turn.

    pushed: when follower can start, with visit before it.
    """
    row = state.row
    ticks = 0
    reference = model.node[visit, REFERENCE]
    if reference >= 0:
        ticks += abs(start - reference)
    node = follower
    by = pushed - row[node, START]
    while by > 0 and model.node[node, KIND] != TOUR_END:
        reference = model.node[node, REFERENCE]
        if reference >= 0:
            ticks += max(0, row[node, START] + by - max(row[node, START], reference))
        node = row[node, NEXT]
        by -= max(0, row[node, START] - row[node, ARRIVAL])
    return float(model.weight[W_MOVED] * ticks)


@njit
def entering_cost(model: Model, state: State, visit: int, tour: int, after: int) -> float:
    """Return the least that putting visit after a node of tour costs, had nothing before it moved."""
    row = state.row
    weight = model.weight
    mode = model.tour[tour, MODE]
    helper = model.tour[tour, HELPER]
    follower = row[after, NEXT]
    place = model.node[visit, PLACE]
    there = model.travel[mode, row[comes_from(model, state, after), WHERE], place]
    onward = goes_to(model, state, follower, place)
    detour = there + model.travel[mode, place, onward] - present_way(model, state, after)
    cost = weight[W_TRAVEL] * detour + model.pair[visit, helper]
    late = free_from(model, state, after) + there - model.node[visit, WISH_TO]
    if late > 0:
        cost += weight[W_LATE] * late
        if late > state.number[MOST_LATE]:
            cost += weight[W_LARGEST_LATE] * (late - state.number[MOST_LATE])
    if weight[W_MOVED] != 0.0 and model.node[visit, REFERENCE] >= 0:
        cost += weight[W_MOVED] * max(0, free_from(model, state, after) + there - model.node[visit, REFERENCE])
    if weight[FACES_COUNT] != 0.0:
        citizen = model.node[visit, CITIZEN]
        if state.meet[citizen, helper] == 0:
            cost += model.face[citizen, helper]
    if weight[W_UNUSED] != 0.0 and tour == state.number[IDLEST]:
        cost -= weight[W_UNUSED] * (model.node[visit, DURATION] + max(0, detour))
    if model.node[follower, KIND] != TOUR_END:
        cost -= weight[W_WAITING] * (row[follower, START] - row[follower, ARRIVAL])
    return float(cost)


@njit
def replaced_detour(model: Model, state: State, visit: int, leaver: int) -> float:
    """Return by how much the detour of visit differs when leaver is gone from the spot right after it."""
    row = state.row
    mode = model.tour[row[leaver, TOUR], MODE]
    before = row[comes_from(model, state, row[leaver, PREVIOUS]), WHERE]
    follower = row[row[leaver, NEXT], WHERE]
    place = model.node[visit, PLACE]
    gone = row[leaver, WHERE]
    seen = model.travel[mode, place, gone] - present_way(model, state, row[leaver, PREVIOUS])
    right = model.travel[mode, place, follower] - model.travel[mode, before, follower]
    return float(model.weight[W_TRAVEL] * (right - seen))


@njit
def row_reaches(model: Model, state: State, visit: int, tour: int, after: int) -> bool:
    """Whether visit would surely start too late after a node of another tour."""
    leave = free_from(model, state, after)
    here = state.row[comes_from(model, state, after), WHERE]
    there = model.travel[model.tour[tour, MODE], here, model.node[visit, PLACE]]
    return bool(leave + there > model.node[visit, LATEST] and model.node[visit, CLUSTER_SIZE] <= 1)
