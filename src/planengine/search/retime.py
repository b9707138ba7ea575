"""Changing a plan and re-timing it incrementally.

A plan is a set of linked lists of nodes. After a change, nodes whose times may differ are re-timed in the order of a
queue until nothing moves: start = max(release, end before + travel), and through links, for visits i in the same
cluster, start >= ready(i) + lag(i, this). Lags are closed under addition, so that both ends of a link settle in one
step. The earliest times are the least solution of these inequalities (all have the form x_j >= x_i + w, see e.g.
Mankowska, Meisel, Bierwirth 2014). Tours that contradict each other through links never settle: they are refused.

Each change is one *move*: ``begin``, then ``detach`` and ``attach``, then ``settle``; ``undo`` takes it all back.
"""

from __future__ import annotations

from planengine.compiling import njit
from planengine.search.arrays import (
    AHEAD,
    ARRIVAL,
    CITIZEN,
    CLOSES,
    CLUSTER,
    CLUSTER_LAG,
    CLUSTER_SIZE,
    DIFFER,
    DIFFER_COUNT,
    DURATION,
    EVENT,
    FACES_COUNT,
    HEAD,
    HELPER,
    HOME,
    HOPS,
    IMPORTANCE,
    KIND,
    LATEST,
    LOGGED,
    MODE,
    MOST_LATE,
    MOVABLE,
    MOVE,
    NEVER,
    NEXT,
    NODE_COST,
    OPENS,
    PAIR_COST,
    PAIRS_LOGGED,
    PERIOD_END,
    PLACE,
    PREVIOUS,
    QUEUED,
    READY,
    REFERENCE,
    RELEASE,
    RESCAN,
    REST,
    ROW_COLUMNS,
    STAMP,
    START,
    TAIL,
    TOUR,
    TOUR_END,
    TOUR_START,
    TRAVEL,
    TRIAL,
    UNBOUND,
    UNCOVERED,
    VISIT,
    W_EARLY,
    W_EXTRA_FACE,
    W_LARGEST_LATE,
    W_LATE,
    W_MOVED,
    W_OVERTIME,
    W_TRAVEL,
    W_WAITING,
    WHERE,
    WINDOW,
    WINDOW_COUNT,
    WISH_FROM,
    WISH_TO,
    WISHED,
    Model,
    State,
)


@njit
def begin(state: State) -> None:
    """Start a move: what follows can be taken back by ``undo``."""
    number = state.number
    number[MOVE] += 1
    number[LOGGED] = 0
    number[PAIRS_LOGGED] = 0
    number[RESCAN] = 0
    for i in range(number.shape[0]):
        state.kept_number[i] = number[i]
    state.kept_value[0] = state.value[0]
    state.kept_value[1] = state.value[1]
    for i in range(state.busy.shape[0]):
        state.kept_busy[i] = state.busy[i]
    for i in range(state.stops.shape[0]):
        state.kept_stops[i] = state.stops[i]


@njit
def touch(state: State, node: int) -> None:
    """Note a node's row in the log before its first change in this move."""
    row = state.row
    number = state.number
    if row[node, STAMP] != number[MOVE]:
        at = number[LOGGED]
        for i in range(ROW_COLUMNS):
            state.log_row[at, i] = row[node, i]
        state.log_cost[at] = state.cost[node]
        state.log_late[at] = state.late[node]
        state.log_node[at] = node
        number[LOGGED] = at + 1
        row[node, STAMP] = number[MOVE]


@njit
def undo(state: State) -> None:
    """Take the move back."""
    drain(state)
    number = state.number
    for at in range(number[LOGGED]):
        node = state.log_node[at]
        if state.row[node, TOUR] >= 0:
            state.stale[state.row[node, TOUR]] = 1
        for i in range(ROW_COLUMNS):
            state.row[node, i] = state.log_row[at, i]
        if state.row[node, TOUR] >= 0:
            state.stale[state.row[node, TOUR]] = 1
        state.row[node, QUEUED] = 0
        state.cost[node] = state.log_cost[at]
        state.late[node] = state.log_late[at]
    for at in range(number[PAIRS_LOGGED] - 1, -1, -1):
        citizen = state.log_pair[at, 0]
        helper = state.log_pair[at, 1]
        step = state.log_pair[at, 2]
        before = state.meet[citizen, helper]
        state.meet[citizen, helper] = before - step
        if before == 0:
            state.faces[citizen] += 1
        elif before - step == 0:
            state.faces[citizen] -= 1
    move = number[MOVE]
    for i in range(number.shape[0]):
        number[i] = state.kept_number[i]
    number[MOVE] = move
    number[HEAD] = 0
    number[TAIL] = 0
    state.value[0] = state.kept_value[0]
    state.value[1] = state.kept_value[1]
    for i in range(state.busy.shape[0]):
        state.busy[i] = state.kept_busy[i]
    for i in range(state.stops.shape[0]):
        state.stops[i] = state.kept_stops[i]


@njit
def push(state: State, node: int) -> None:
    """Queue a node for re-timing."""
    if state.row[node, QUEUED] == 0:
        state.row[node, QUEUED] = 1
        tail = state.number[TAIL]
        state.queue[tail] = node
        tail += 1
        state.number[TAIL] = 0 if tail == state.queue.shape[0] else tail


@njit
def drain(state: State) -> None:
    """Empty the queue."""
    head = state.number[HEAD]
    while head != state.number[TAIL]:
        state.row[state.queue[head], QUEUED] = 0
        head += 1
        if head == state.queue.shape[0]:
            head = 0
    state.number[HEAD] = 0
    state.number[TAIL] = 0


@njit
def meet(model: Model, state: State, visit: int, helper: int, step: int) -> None:
    """Count helper to (step 1) or from (-1) the citizen of visit, with the cost of faces."""
    citizen = model.node[visit, CITIZEN]
    before = state.meet[citizen, helper]
    after = before + step
    state.meet[citizen, helper] = after
    at = state.number[PAIRS_LOGGED]
    state.log_pair[at, 0] = citizen
    state.log_pair[at, 1] = helper
    state.log_pair[at, 2] = step
    state.number[PAIRS_LOGGED] = at + 1
    if before == 0:
        state.faces[citizen] += 1
        state.value[PAIR_COST] += model.face[citizen, helper]
        if state.faces[citizen] > 1:
            state.value[PAIR_COST] += model.weight[W_EXTRA_FACE]
    elif after == 0:
        if state.faces[citizen] > 1:
            state.value[PAIR_COST] -= model.weight[W_EXTRA_FACE]
        state.faces[citizen] -= 1
        state.value[PAIR_COST] -= model.face[citizen, helper]


@njit
def attach(model: Model, state: State, node: int, tour: int, after: int) -> None:
    """Put a node into tour, right after node ``after`` of it."""
    row = state.row
    follower = row[after, NEXT]
    touch(state, node)
    touch(state, after)
    touch(state, follower)
    row[node, PREVIOUS] = after
    row[node, NEXT] = follower
    row[after, NEXT] = node
    row[follower, PREVIOUS] = node
    row[node, TOUR] = tour
    row[node, WHERE] = -1
    state.stale[tour] = 1
    helper = model.tour[tour, HELPER]
    state.busy[helper] += busy_of(model, node)
    if model.node[node, HOME] >= 0:
        state.value[PAIR_COST] -= model.skip[node]
    if model.node[node, KIND] == VISIT:
        state.value[PAIR_COST] += model.pair[node, helper] - model.skip[node]
        state.number[UNCOVERED] -= model.node[node, IMPORTANCE]
        if model.weight[FACES_COUNT] != 0.0:
            meet(model, state, node, helper, 1)
    if model.node[node, PLACE] >= 0:
        state.stops[tour] += 1
        if state.stops[tour] == 1:
            push(state, model.node.shape[0] - model.tour.shape[0] + tour)
    push(state, node)
    push(state, follower)
    push_ahead(model, state, after, follower)


@njit
def push_ahead(model: Model, state: State, before: int, follower: int) -> None:
    """Queue the breaks just before a change, when they are held where the next stop is, and what follows one after."""
    row = state.row
    while model.node[before, KIND] == EVENT and model.node[before, PLACE] < 0:
        if model.node[before, AHEAD] != 0:
            push(state, before)
        before = row[before, PREVIOUS]
    if model.node[follower, AHEAD] != 0:
        push(state, row[follower, NEXT])


@njit
def detach(model: Model, state: State, node: int) -> None:
    """Take a node out of its tour."""
    row = state.row
    tour = row[node, TOUR]
    before = row[node, PREVIOUS]
    follower = row[node, NEXT]
    touch(state, node)
    touch(state, before)
    touch(state, follower)
    row[before, NEXT] = follower
    row[follower, PREVIOUS] = before
    row[node, TOUR] = -1
    state.stale[tour] = 1
    helper = model.tour[tour, HELPER]
    state.busy[helper] -= busy_of(model, node) + row[node, TRAVEL]
    row[node, TRAVEL] = 0
    state.value[NODE_COST] -= state.cost[node]
    state.cost[node] = 0.0
    if state.late[node] > 0 and state.late[node] == state.number[MOST_LATE]:
        state.number[RESCAN] = 1
    state.late[node] = 0
    if model.node[node, HOME] >= 0:
        state.value[PAIR_COST] += model.skip[node]
    if model.node[node, KIND] == VISIT:
        state.value[PAIR_COST] -= model.pair[node, helper] - model.skip[node]
        state.number[UNCOVERED] += model.node[node, IMPORTANCE]
        if model.weight[FACES_COUNT] != 0.0:
            meet(model, state, node, helper, -1)
    if model.node[node, PLACE] >= 0:
        state.stops[tour] -= 1
        if state.stops[tour] == 0:
            push(state, model.node.shape[0] - model.tour.shape[0] + tour)
    push(state, follower)
    push_ahead(model, state, before, follower)
    first = model.node[node, CLUSTER]
    for i in range(model.node[node, CLUSTER_SIZE]):
        other = model.member[first + i]
        if other != node and row[other, TOUR] >= 0:
            push(state, other)


@njit
def busy_of(model: Model, node: int) -> int:
    """Ticks that a node keeps its helper busy, travel apart: breaks and free meetings' travel do not count."""
    if model.node[node, MOVABLE] == REST:
        return 0
    return int(model.node[node, DURATION])


@njit
def day_has_begun(model: Model, state: State, before: int) -> bool:
    """Whether waiting counts after this node: not after the start, nor after a break on arrival that comes first."""
    if model.node[before, AHEAD] != 0:
        before = state.row[before, PREVIOUS]
    return bool(model.node[before, KIND] != TOUR_START)


@njit
def window_of(model: Model, node: int, start: int) -> int:
    """Return the row of the window that a start belongs to: the last that is open by then, else the first."""
    first = model.node[node, WINDOW]
    row = first + model.node[node, WINDOW_COUNT] - 1
    while row > first and model.window[row, OPENS] > start:
        row -= 1
    return int(row)


@njit
def wish_end(model: Model, node: int, start: int) -> int:
    """Return the wished end that a start is measured by."""
    if model.node[node, WINDOW_COUNT] == 0:
        return int(model.node[node, WISH_TO])
    return int(model.window[window_of(model, node, start), WISHED])


@njit
def snap(model: Model, node: int, start: int) -> int:
    """Return the first start at or after this one that lies in a window (after the last: the start itself)."""
    if model.node[node, WINDOW_COUNT] == 0:
        return start
    row = window_of(model, node, start)
    if start <= model.window[row, CLOSES] or row + 1 == model.node[node, WINDOW] + model.node[node, WINDOW_COUNT]:
        return start
    return int(model.window[row + 1, OPENS])


@njit
def place_ahead(model: Model, state: State, node: int, here: int) -> int:
    """Return the place of the next stop that has one of its own, or here before the end of the tour."""
    node = state.row[node, NEXT]
    while model.node[node, KIND] == EVENT and model.node[node, PLACE] < 0:
        node = state.row[node, NEXT]
    return here if model.node[node, KIND] == TOUR_END else int(model.node[node, PLACE])


@njit
def price(model: Model, state: State, node: int) -> None:
    """Set a node's cost and lateness from its times, and keep the sums."""
    row = state.row
    weight = model.weight
    kind = model.node[node, KIND]
    start = row[node, START]
    cost = weight[W_TRAVEL] * row[node, TRAVEL]
    late = 0
    if kind == TOUR_END:
        over = start - model.tour[row[node, TOUR], PERIOD_END]
        if over > 0:
            cost += weight[W_OVERTIME] * over
    else:
        if day_has_begun(model, state, row[node, PREVIOUS]):
            cost += weight[W_WAITING] * (start - row[node, ARRIVAL])
        if kind == VISIT:
            late = start - wish_end(model, node, start)
            if late > 0:
                cost += weight[W_LATE] * late
            else:
                late = 0
            early = model.node[node, WISH_FROM] - start
            if early > 0:
                cost += weight[W_EARLY] * early
            reference = model.node[node, REFERENCE]
            if reference >= 0:
                cost += weight[W_MOVED] * abs(start - reference)
    if cost != state.cost[node]:
        state.value[NODE_COST] += cost - state.cost[node]
        state.cost[node] = cost
    if late != state.late[node]:
        most = state.number[MOST_LATE]
        if late > most:
            state.number[MOST_LATE] = late
        elif state.late[node] == most:
            state.number[RESCAN] = 1
        state.late[node] = late


@njit
def retime(model: Model, state: State, node: int) -> bool:
    """Re-time one node and its cluster from the node before it. False when it cannot be."""
    row = state.row
    touch(state, node)
    before = row[node, PREVIOUS]
    tour = row[node, TOUR]
    state.stale[tour] = 1
    place = model.node[node, PLACE]
    here = row[before, WHERE]
    if place < 0:
        place = here if model.node[node, AHEAD] == 0 else place_ahead(model, state, node, here)
    travel = model.travel[model.tour[tour, MODE], here, place]
    kind = model.node[node, KIND]
    if kind == TOUR_END and state.stops[tour] == 0:
        travel = 0
    if travel != row[node, TRAVEL]:
        state.busy[model.tour[tour, HELPER]] += travel - row[node, TRAVEL]
        row[node, TRAVEL] = travel
    moved = row[node, WHERE] != place
    row[node, WHERE] = place
    arrival = row[before, START] + model.node[before, DURATION] + travel
    row[node, ARRIVAL] = arrival
    ready = arrival if arrival > row[node, RELEASE] else row[node, RELEASE]
    hops = model.node[node, HOPS] != 0
    if hops:
        ready = snap(model, node, ready)
    row[node, READY] = ready
    if ready > NEVER:
        return False
    size = model.node[node, CLUSTER_SIZE]
    if size <= 1:
        moved = moved or row[node, START] != ready
        row[node, START] = ready
        price(model, state, node)
        if moved and kind != TOUR_END:
            push(state, row[node, NEXT])
        return True
    if moved:
        push(state, row[node, NEXT])
    first = model.node[node, CLUSTER]
    lags = model.node[node, CLUSTER_LAG]
    if hops:
        return retime_hopping(model, state, node)
    for column in range(size):
        other = model.member[first + column]
        if row[other, TOUR] < 0:
            continue
        start = row[other, READY]
        for line in range(size):
            lag = model.lag[lags + line * size + column]
            if lag > UNBOUND:
                source = model.member[first + line]
                if row[source, TOUR] >= 0 and row[source, READY] + lag > start:
                    start = row[source, READY] + lag
        if other == node or start != row[other, START]:
            touch(state, other)
            if start != row[other, START]:
                row[other, START] = start
                push(state, row[other, NEXT])
            if row[other, WHERE] >= 0:
                price(model, state, other)
    return True


@njit
def retime_hopping(model: Model, state: State, node: int) -> bool:
    """Set the starts of a cluster with a choice between windows: lags and windows by turns until both hold.

    Starts only rise, so this ends at the least solution, or with one after all windows: False.
    """
    row = state.row
    first = model.node[node, CLUSTER]
    lags = model.node[node, CLUSTER_LAG]
    size = model.node[node, CLUSTER_SIZE]
    for column in range(size):
        row[model.member[first + column], TRIAL] = row[model.member[first + column], READY]
    changed = True
    while changed:
        changed = False
        for column in range(size):
            other = model.member[first + column]
            if row[other, TOUR] < 0:
                continue
            start = row[other, TRIAL]
            for line in range(size):
                lag = model.lag[lags + line * size + column]
                source = model.member[first + line]
                if lag > UNBOUND and row[source, TOUR] >= 0 and row[source, TRIAL] + lag > start:
                    start = row[source, TRIAL] + lag
            start = snap(model, other, start)
            if start > NEVER:
                return False
            if start != row[other, TRIAL]:
                row[other, TRIAL] = start
                changed = True
    for column in range(size):
        other = model.member[first + column]
        start = row[other, TRIAL]
        if row[other, TOUR] < 0:
            continue
        if other == node or start != row[other, START]:
            touch(state, other)
            if start != row[other, START]:
                row[other, START] = start
                push(state, row[other, NEXT])
            if row[other, WHERE] >= 0:
                price(model, state, other)
    return True


@njit
def settle(model: Model, state: State) -> bool:
    """Re-time until nothing moves. False when a hard time is broken or tours contradict each other.

    Contradicting tours are known by nodes that are re-timed again and again: after four times the nodes touched, on
    average, the move is refused. (A plan made from scratch gets more patience: ``settle_patiently``.)
    """
    return settle_within(model, state, 4, 40)


@njit
def settle_patiently(model: Model, state: State) -> bool:
    """Settle, however long the changes take to come to rest."""
    return settle_within(model, state, 1000 + model.sizes[0], 10000)


@njit
def settle_within(model: Model, state: State, times: int, more: int) -> bool:
    """Settle, with at most so many re-timings per node touched and some more."""
    number = state.number
    row = state.row
    pops = 0
    while number[HEAD] != number[TAIL]:
        node = state.queue[number[HEAD]]
        number[HEAD] += 1
        if number[HEAD] == state.queue.shape[0]:
            number[HEAD] = 0
        row[node, QUEUED] = 0
        if row[node, TOUR] < 0:
            continue
        pops += 1
        if pops > times * number[LOGGED] + more or not retime(model, state, node):
            drain(state)
            return False
    number[HEAD] = 0
    number[TAIL] = 0
    for at in range(number[LOGGED]):
        node = state.log_node[at]
        if row[node, TOUR] >= 0 and row[node, START] > model.node[node, LATEST]:
            return False
    if number[RESCAN] != 0 and model.weight[W_LARGEST_LATE] != 0.0:
        most = 0
        for i in range(model.sizes[0]):
            if state.late[i] > most:
                most = state.late[i]
        number[MOST_LATE] = most
    number[RESCAN] = 0
    return True


@njit
def may_hold(model: Model, state: State, visit: int, tour: int) -> bool:
    """Whether tour's helper may make visit, given who makes the visits that need somebody else."""
    if model.allowed[visit, tour] == 0:
        return False
    helper = model.tour[tour, HELPER]
    first = model.node[visit, DIFFER]
    for i in range(model.node[visit, DIFFER_COUNT]):
        other = state.row[model.differ[first + i], TOUR]
        if other >= 0 and model.tour[other, HELPER] == helper:
            return False
    return True
