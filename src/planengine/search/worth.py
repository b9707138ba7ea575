"""What a whole plan costs while it is being searched, and how much later helpers may leave.

Most costs are kept node by node (retime.price); here those that belong to a tour or to all of them.
"""

from __future__ import annotations

from planengine.compiling import entry, njit
from planengine.search.arrays import (
    AHEAD,
    ARRIVAL,
    BY_TOUR,
    CLOSES,
    CLUSTER_SIZE,
    DURATION,
    IDLEST,
    KIND,
    LATEST,
    LEAVES_LATE,
    MINUTE,
    MOST_LATE,
    NEVER,
    NEXT,
    NODE_COST,
    PAIR_COST,
    PERIOD_END,
    PERIOD_START,
    REFERENCE,
    START,
    TOUR_END,
    TRAVEL,
    VISIT,
    W_BEFORE,
    W_LARGEST_LATE,
    W_LONGEST_IDLE,
    W_MOVED,
    W_UNEVEN,
    W_UNFAIR,
    W_UNUSED,
    W_WAITING,
    WINDOW_COUNT,
    WISH_FROM,
    Model,
    State,
)
from planengine.search.retime import window_of, wish_end

# Columns of State.of_tour.
IDLE, UNUSED, BEFORE, SAVED = range(4)


@entry
def total(model: Model, state: State) -> float:
    """Points of the whole plan."""
    weight = model.weight
    cost = state.value[NODE_COST] + state.value[PAIR_COST]
    if weight[W_LARGEST_LATE] != 0.0:
        cost += weight[W_LARGEST_LATE] * state.number[MOST_LATE]
    if weight[W_UNFAIR] != 0.0:
        busy = 0
        for i in range(state.busy.shape[0]):
            busy += state.busy[i]
        for i in range(state.busy.shape[0]):
            over = state.busy[i] - model.share[i] * busy
            if over > 0.0:
                cost += weight[W_UNFAIR] * over
    if weight[W_UNEVEN] != 0.0:
        cost += weight[W_UNEVEN] * unevenness(model, state)
    if weight[BY_TOUR] != 0.0:
        cost += of_tours(model, state)
    return float(cost)


@njit
def unevenness(model: Model, state: State) -> int:
    """Minutes that helpers are busy above or below their fair share, each rounded up."""
    busy = 0
    working = 0
    for i in range(state.busy.shape[0]):
        busy += state.busy[i]
        working += model.working[i]
    if working == 0:
        return 0
    unit = working * int(model.weight[MINUTE])
    off = 0
    for i in range(state.busy.shape[0]):
        off += -((-abs(state.busy[i] * working - model.working[i] * busy)) // unit)
    return int(off)


@njit
def of_tours(model: Model, state: State) -> float:
    """Points for what is counted tour by tour: idle and unused time, time before leaving, leaving later."""
    weight = model.weight
    longest = 0
    longest_unused = 0
    before_leaving = 0
    saved = 0
    for tour in range(model.tour.shape[0]):
        if state.stale[tour] != 0:
            count_tour(model, state, tour)
            state.stale[tour] = 0
        longest = max(longest, state.of_tour[tour, IDLE])
        if state.of_tour[tour, UNUSED] > longest_unused:
            longest_unused = state.of_tour[tour, UNUSED]
            state.number[IDLEST] = tour
        before_leaving += state.of_tour[tour, BEFORE]
        saved += state.of_tour[tour, SAVED]
    return float(
        weight[W_LONGEST_IDLE] * longest
        + weight[W_UNUSED] * longest_unused
        + weight[W_BEFORE] * before_leaving
        - weight[W_WAITING] * saved
    )


@njit
def count_tour(model: Model, state: State, tour: int) -> None:
    """Count a tour's idle and unused time, the time before leaving, and the waiting saved by leaving later."""
    row = state.row
    idle = 0
    used = 0
    leave = model.tour[tour, PERIOD_START]
    first = row[model.node.shape[0] - 2 * model.tour.shape[0] + tour, NEXT]
    node = first
    while True:
        used += row[node, TRAVEL]
        if model.node[node, KIND] == TOUR_END:
            break
        used += model.node[node, DURATION]
        if node != first:
            idle += row[node, START] - row[node, ARRIVAL]
        else:
            leave = row[node, START] - row[node, TRAVEL]
        node = row[node, NEXT]
    uncounted = free_wait(model, state, first)
    idle -= uncounted
    shift = 0
    saved = 0
    if idle > 0 and model.weight[LEAVES_LATE] != 0.0:
        shift = later_start(model, state, tour)
        saved = max(0, shift - uncounted)
    back = max(row[node, START], model.tour[tour, PERIOD_END])
    state.of_tour[tour, IDLE] = idle - saved
    state.of_tour[tour, UNUSED] = back - model.tour[tour, PERIOD_START] - used
    state.of_tour[tour, BEFORE] = leave + shift - model.tour[tour, PERIOD_START] if state.stops[tour] > 0 else 0
    state.of_tour[tour, SAVED] = saved


@entry
def later_start(model: Model, state: State, tour: int) -> int:
    """Return by how much a tour's first stop may start later at no cost, as far as that saves waiting on the way.

    The stops after it are pushed by what their waiting does not take up. Nobody is pushed past a hard bound or a wished
    end; linked visits, visits before their wished time and visits of the reference plan are not pushed at all.
    """
    row = state.row
    shift = NEVER
    waited = 0
    first = row[model.node.shape[0] - 2 * model.tour.shape[0] + tour, NEXT]
    node = first
    while model.node[node, KIND] != TOUR_END and shift > waited:
        if node != first:
            waited += row[node, START] - row[node, ARRIVAL]
        room = waited + slack(model, row[node, START], node)
        if room < shift:
            shift = room
        node = row[node, NEXT]
    while model.node[node, KIND] != TOUR_END:
        waited += row[node, START] - row[node, ARRIVAL]
        node = row[node, NEXT]
    shift = min(shift, waited)
    return int(shift) if shift > free_wait(model, state, first) else 0


@njit
def free_wait(model: Model, state: State, first: int) -> int:
    """Return the waiting after a tour's first stop that does not count: after a break held on arrival."""
    follower = state.row[first, NEXT]
    if model.node[first, AHEAD] == 0 or model.node[follower, KIND] == TOUR_END:
        return 0
    return int(state.row[follower, START] - state.row[follower, ARRIVAL])


@njit
def slack(model: Model, start: int, node: int) -> int:
    """Return by how much a stop may be pushed at no cost."""
    bound = model.node[node, LATEST]
    if model.node[node, KIND] == VISIT:
        if model.node[node, CLUSTER_SIZE] > 1 or start < model.node[node, WISH_FROM]:
            return 0
        if model.node[node, REFERENCE] >= 0 and model.weight[W_MOVED] != 0.0:
            return 0
        if model.node[node, WINDOW_COUNT] > 0:
            bound = min(bound, model.window[window_of(model, node, start), CLOSES])
        bound = min(bound, wish_end(model, node, start))
    return int(max(0, bound - start))
