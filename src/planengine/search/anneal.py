"""Simulated annealing over visit orders, with ruin and recreate among its moves.

Moves work on single visits, not on whole citizens, so that plans in which linked visits interlock can be reached.
Annealing: Kirkpatrick, Gelatt, Vecchi, Science 220 (1983) 671-680; for this problem Ceschia, Di Gaspero, Rosati,
Schaerf, ITOR 2024 (doi 10.1111/itor.13585). Ruin and recreate with blinks: Christiaens and Vanden Berghe,
Transportation Science 54 (2020) 417-433. Neighbour lists: Vidal et al., Computers & OR 40 (2013) 475-489.
"""

from __future__ import annotations

import math

from planengine.compiling import njit
from planengine.search.arrays import (
    AIM,
    ARRIVAL,
    CITIZEN,
    CLUSTER,
    CLUSTER_SIZE,
    DURATION,
    EARLIEST,
    FACES_COUNT,
    FIXED,
    GROUP,
    HELPER,
    IMPORTANCE,
    KIND,
    LATEST,
    LOGGED,
    MODE,
    MOST_LATE,
    MOVABLE,
    MOVE,
    NEXT,
    PLACE,
    PREVIOUS,
    RELEASE,
    START,
    TOUR,
    TOUR_END,
    TOUR_START,
    TRAVEL,
    UNCOVERED,
    W_EXTRA_FACE,
    W_LARGEST_LATE,
    W_LATE,
    W_TRAVEL,
    W_UNFAIR,
    W_WAITING,
    WHERE,
    WISH_TO,
    Desk,
    Floats,
    Ints,
    Model,
    State,
)
from planengine.search.insertion import put_group, take_group
from planengine.search.load import copy_state, draw, draw_share, starts_of
from planengine.search.retime import attach, begin, detach, may_hold, settle, total, undo


@njit
def build(model: Model, state: State, order: Ints, generator: Ints, spot: Ints) -> None:
    """Cover what can be covered, group by group in the given order, each at its cheapest position."""
    for at in range(order.shape[0]):
        put_group(model, state, order[at], 0.0, generator, spot)


@njit
def pick_spot(model: Model, state: State, visit: int, generator: Ints, spot: Ints) -> bool:
    """Choose a promising position for visit: beside a neighbour, or at about its own time in any tour.

    The visit itself may be in a tour: positions beside itself are refused. Sets spot = (tour, node after which).
    """
    row = state.row
    if draw(generator, 10) < 7:
        other = model.near[visit, draw(generator, model.near.shape[1])]
        if other < 0 or row[other, TOUR] < 0:
            return False
        spot[0] = row[other, TOUR]
        spot[1] = other if draw(generator, 2) == 0 else row[other, PREVIOUS]
    else:
        tour = draw(generator, model.tour.shape[0])
        if model.allowed[visit, tour] == 0:
            return False
        when = row[visit, START]
        after = starts_of(model, tour)
        while True:
            follower = row[after, NEXT]
            if model.node[follower, KIND] == TOUR_END or row[follower, START] > when:
                break
            after = follower
        shift = draw(generator, 4)
        if shift == 0 and model.node[after, KIND] != TOUR_START:
            after = row[after, PREVIOUS]
        elif shift == 1 and model.node[row[after, NEXT], KIND] != TOUR_END:
            after = row[after, NEXT]
        spot[0] = tour
        spot[1] = after
    if spot[1] == visit:
        spot[1] = row[visit, PREVIOUS]
        return bool(spot[0] != row[visit, TOUR])
    return bool(row[spot[1], NEXT] != visit)


@njit
def relocate(model: Model, state: State, visit: int, generator: Ints, spot: Ints) -> bool:
    """Take visit out and put it somewhere promising. False when nothing was changed."""
    if not pick_spot(model, state, visit, generator, spot):
        return False
    if spot[0] != state.row[visit, TOUR] and not may_hold(model, state, visit, spot[0]):
        return False
    detach(model, state, visit)
    attach(model, state, visit, spot[0], spot[1])
    return True


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
    direct = model.travel[mode, row[before, WHERE], row[follower, WHERE]]
    gain = state.cost[visit] + weight[W_TRAVEL] * (row[follower, TRAVEL] - direct) + model.pair[visit, helper]
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
    return float(gain + weight[W_LATE] * late)


@njit
def entering_cost(model: Model, state: State, visit: int, tour: int, after: int) -> float:
    """Return the least that putting visit after a node of tour costs, had nothing before it moved."""
    row = state.row
    weight = model.weight
    mode = model.tour[tour, MODE]
    helper = model.tour[tour, HELPER]
    follower = row[after, NEXT]
    place = model.node[visit, PLACE]
    there = model.travel[mode, row[after, WHERE], place]
    onward = row[follower, WHERE]
    if model.node[follower, PLACE] < 0:
        onward = place
    detour = there + model.travel[mode, place, onward] - row[follower, TRAVEL]
    cost = weight[W_TRAVEL] * detour + model.pair[visit, helper]
    late = row[after, START] + model.node[after, DURATION] + there - model.node[visit, WISH_TO]
    if late > 0:
        cost += weight[W_LATE] * late
        if late > state.number[MOST_LATE]:
            cost += weight[W_LARGEST_LATE] * (late - state.number[MOST_LATE])
    if weight[FACES_COUNT] != 0.0:
        citizen = model.node[visit, CITIZEN]
        if state.meet[citizen, helper] == 0:
            cost += model.face[citizen, helper]
    if model.node[follower, KIND] != TOUR_END:
        cost -= weight[W_WAITING] * (row[follower, START] - row[follower, ARRIVAL])
    return float(cost)


@njit
def relocate_if(
    model: Model, state: State, visit: int, generator: Ints, spot: Ints, allowance: float
) -> bool:
    """Relocate, unless an estimate says that it would cost more than allowance."""
    if not pick_spot(model, state, visit, generator, spot):
        return False
    tour = spot[0]
    if tour != state.row[visit, TOUR]:
        if not may_hold(model, state, visit, tour):
            return False
        if row_reaches(model, state, visit, tour, spot[1]):
            return False
    if entering_cost(model, state, visit, tour, spot[1]) - leaving_gain(model, state, visit) > allowance:
        return False
    detach(model, state, visit)
    attach(model, state, visit, tour, spot[1])
    return True


@njit
def row_reaches(model: Model, state: State, visit: int, tour: int, after: int) -> bool:
    """Whether visit would surely start too late after a node of another tour."""
    leave = state.row[after, START] + model.node[after, DURATION]
    there = model.travel[model.tour[tour, MODE], state.row[after, WHERE], model.node[visit, PLACE]]
    return bool(leave + there > model.node[visit, LATEST] and model.node[visit, CLUSTER_SIZE] <= 1)


@njit
def swap_if(model: Model, state: State, one: int, other: int, allowance: float) -> bool:
    """Swap, unless an estimate says that it would cost more than allowance."""
    row = state.row
    if one == other or row[other, TOUR] < 0 or row[one, NEXT] == other or row[other, NEXT] == one:
        return swap(model, state, one, other)
    here = row[one, TOUR]
    there = row[other, TOUR]
    if model.allowed[one, there] == 0 or model.allowed[other, here] == 0:
        return False
    cost = entering_cost(model, state, one, there, row[other, PREVIOUS])
    cost += entering_cost(model, state, other, here, row[one, PREVIOUS])
    # Entering beside one that leaves: count the detours from the neighbours that stay.
    cost += replaced_detour(model, state, one, other) + replaced_detour(model, state, other, one)
    if cost - leaving_gain(model, state, one) - leaving_gain(model, state, other) > allowance:
        return False
    return swap(model, state, one, other)


@njit
def replaced_detour(model: Model, state: State, visit: int, leaver: int) -> float:
    """Return by how much the detour of visit differs when leaver is gone from the spot right after it."""
    row = state.row
    mode = model.tour[row[leaver, TOUR], MODE]
    before = row[row[leaver, PREVIOUS], WHERE]
    follower = row[row[leaver, NEXT], WHERE]
    place = model.node[visit, PLACE]
    gone = row[leaver, WHERE]
    seen = model.travel[mode, place, gone] - row[leaver, TRAVEL]
    right = model.travel[mode, place, follower] - model.travel[mode, before, follower]
    return float(model.weight[W_TRAVEL] * (right - seen))


@njit
def swap(model: Model, state: State, one: int, other: int) -> bool:
    """Let two visits change positions. False when nothing was changed."""
    row = state.row
    if one == other or row[other, TOUR] < 0:
        return False
    here = row[one, TOUR]
    there = row[other, TOUR]
    if here != there and (model.allowed[one, there] == 0 or model.allowed[other, here] == 0):
        return False
    if row[one, NEXT] == other or row[other, NEXT] == one:
        if row[other, NEXT] == one:
            one, other = other, one
        detach(model, state, one)
        attach(model, state, one, there, other)
        return True
    after_one = row[one, PREVIOUS]
    after_other = row[other, PREVIOUS]
    detach(model, state, one)
    detach(model, state, other)
    fits = may_hold(model, state, one, there)
    attach(model, state, one, there, after_other)
    return fits and may_hold_put(model, state, other, here, after_one)


@njit
def may_hold_put(model: Model, state: State, visit: int, tour: int, after: int) -> bool:
    """Attach visit if the tour may hold it; tell whether it does."""
    fits = may_hold(model, state, visit, tour)
    attach(model, state, visit, tour, after)
    return fits


@njit
def move_chain(model: Model, state: State, visit: int, generator: Ints, spot: Ints) -> bool:
    """Move visit and one or two that follow it to another tour, in order. False when nothing may be changed."""
    row = state.row
    if not pick_spot(model, state, visit, generator, spot):
        return False
    tour = spot[0]
    after = spot[1]
    second = row[visit, NEXT]
    count = 2 + draw(generator, 2)
    if model.node[second, KIND] != 0 or tour == row[visit, TOUR]:
        return False
    third = row[second, NEXT]
    if count == 3 and model.node[third, KIND] != 0:
        return False
    if not (may_hold(model, state, visit, tour) and may_hold(model, state, second, tour)):
        return False
    if count == 3 and not may_hold(model, state, third, tour):
        return False
    detach(model, state, visit)
    detach(model, state, second)
    attach(model, state, visit, tour, after)
    attach(model, state, second, tour, visit)
    if count == 3:
        detach(model, state, third)
        attach(model, state, third, tour, second)
    return apart(model, state, visit) and apart(model, state, second)


@njit
def apart(model: Model, state: State, visit: int) -> bool:
    """Whether nobody who should be another's is the same helper's, for the links of this visit."""
    here = state.row[visit, TOUR]
    state.row[visit, TOUR] = -1
    fits = may_hold(model, state, visit, here)
    state.row[visit, TOUR] = here
    return fits


@njit
def swap_tails(model: Model, state: State, one: int, other: int, chain: Ints) -> bool:
    """Let two tours change all that follows one and other (events stay). False when nothing may be changed."""
    row = state.row
    if row[other, TOUR] < 0 or row[one, TOUR] == row[other, TOUR]:
        return False
    here = row[one, TOUR]
    there = row[other, TOUR]
    count = 0
    node = row[one, NEXT]
    while model.node[node, KIND] != TOUR_END:
        if model.node[node, KIND] == 0:
            if model.allowed[node, there] == 0:
                return False
            chain[count] = node
            count += 1
        node = row[node, NEXT]
    split = count
    node = row[other, NEXT]
    while model.node[node, KIND] != TOUR_END:
        if model.node[node, KIND] == 0:
            if model.allowed[node, here] == 0:
                return False
            chain[count] = node
            count += 1
        node = row[node, NEXT]
    if count == 0 or count > 40:
        return False
    for at in range(count):
        detach(model, state, chain[at])
    after = other
    for at in range(split):
        after = past_events(model, state, after, chain[at])
        attach(model, state, chain[at], there, after)
        after = chain[at]
    after = one
    for at in range(split, count):
        after = past_events(model, state, after, chain[at])
        attach(model, state, chain[at], here, after)
        after = chain[at]
    fits = True
    for at in range(count):
        fits = fits and apart(model, state, chain[at])
    return fits


@njit
def past_events(model: Model, state: State, after: int, visit: int) -> int:
    """Return the last of the events following ``after`` that start before visit did."""
    follower = state.row[after, NEXT]
    while model.node[follower, KIND] == 1 and state.row[follower, START] < state.row[visit, START]:
        after = follower
        follower = state.row[after, NEXT]
    return after


@njit
def change_release(model: Model, state: State, visit: int, generator: Ints) -> bool:
    """Let visit wait for its wished time, or not, or for some time between."""
    low = model.node[visit, EARLIEST]
    high = model.node[visit, AIM]
    if high <= low:
        return False
    choice = draw(generator, 3)
    release = high
    if choice == 0:
        release = low
    elif choice == 1:
        release = low + draw(generator, high - low)
    if release == state.row[visit, RELEASE]:
        return False
    tour = state.row[visit, TOUR]
    after = state.row[visit, PREVIOUS]
    detach(model, state, visit)
    state.row[visit, RELEASE] = release
    attach(model, state, visit, tour, after)
    return True


@njit
def ruin_and_recreate(
    model: Model, state: State, generator: Ints, spot: Ints, groups: Ints, keys: Floats
) -> None:
    """Take out some groups near each other and put them, and what was uncovered, back in at their cheapest."""
    row = state.row
    visits = model.sizes[0]
    seed = draw(generator, visits)
    size = 3 + draw(generator, min(12, max(1, visits // 3)))
    count = 0
    if draw(generator, 3) == 0:  # a stretch of one or two tours
        node = seed
        for _ in range(2):
            steps = 0
            while row[node, TOUR] >= 0 and steps < size // 2 + 1:
                if model.node[node, KIND] == TOUR_END:
                    break
                if model.node[node, KIND] == 0:
                    count = note_group(model, state, model.node[node, GROUP], groups, count)
                steps += 1
                node = row[node, NEXT]
            node = model.near[seed, draw(generator, model.near.shape[1])]
            if node < 0:
                break
    else:  # a neighbourhood
        count = note_group(model, state, model.node[seed, GROUP], groups, count)
        for at in range(model.near.shape[1]):
            other = model.near[seed, at]
            if count >= size or other < 0:
                break
            if draw(generator, 3) != 0:
                count = note_group(model, state, model.node[other, GROUP], groups, count)
    taken = 0
    for at in range(count):
        if take_group(model, state, groups[at]):
            groups[taken] = groups[at]
            taken += 1
    count = taken
    # What was uncovered before comes along.
    for group in range(model.sizes[3]):
        if state.row[model.group[model.group_first[group]], TOUR] < 0:
            known = False
            for at in range(count):
                if groups[at] == group:
                    known = True
                    break
            if not known and count < groups.shape[0]:
                groups[count] = group
                count += 1
    rule = draw(generator, 4)
    for at in range(count):
        visit = model.group[model.group_first[groups[at]]]
        key = draw_share(generator)
        if rule == 0:
            key = float(min(model.node[visit, LATEST], 1000000000)) + key
        elif rule == 1:
            key = float(model.node[visit, EARLIEST]) + key
        elif rule == 2:
            open_tours = 0
            for tour in range(model.tour.shape[0]):
                open_tours += model.allowed[visit, tour]
            key = float(open_tours) + key
        if draw(generator, 8) != 0:
            key -= 1e10 * model.node[visit, IMPORTANCE]
        keys[at] = key
    sort_by_key(groups, keys, count)
    for at in range(count):
        put_group(model, state, groups[at], 0.02, generator, spot)


@njit
def sort_by_key(groups: Ints, keys: Floats, count: int) -> None:
    """Sort the first count groups by their keys (insertion sort: there are few)."""
    for at in range(1, count):
        group = groups[at]
        key = keys[at]
        below = at - 1
        while below >= 0 and keys[below] > key:
            keys[below + 1] = keys[below]
            groups[below + 1] = groups[below]
            below -= 1
        keys[below + 1] = key
        groups[below + 1] = group


@njit
def note_group(model: Model, state: State, group: int, groups: Ints, count: int) -> int:
    """Add a group to the list if it is covered, may be taken out and is not there yet; return the new count."""
    for at in range(count):
        if groups[at] == group:
            return count
    for at in range(model.group_first[group], model.group_first[group + 1]):
        visit = model.group[at]
        if state.row[visit, TOUR] < 0 or model.node[visit, MOVABLE] == FIXED:
            return count
    groups[count] = group
    return count + 1


@njit
def anneal(
    model: Model,
    state: State,
    best: State,
    spare: State,
    desk: Desk,
    generator: Ints,
    iterations: int,
    hot: float,
    cold: float,
    ruin_share: float,
) -> None:
    """Search for a number of iterations while the temperature falls from hot to cold, geometrically.

    state: the present plan. best: the best plan seen; both are changed. spare, desk: room to work.
    """
    spot, groups, chain, keys = desk.spot, desk.groups, desk.chain, desk.keys
    movers = model.sizes[0] + model.sizes[1]
    row = state.row
    if movers == 0 or model.tour.shape[0] == 0:
        return
    present = total(model, state)
    best_cost = total(model, best)
    cooling = (cold / hot) ** (1.0 / max(1, iterations))
    temperature = hot
    for _ in range(iterations):
        temperature *= cooling
        if model.sizes[0] > 0 and draw_share(generator) < ruin_share:
            copy_state(state, spare)
            before = state.number[UNCOVERED]
            ruin_and_recreate(model, state, generator, spot, groups, keys)
            after = total(model, state)
            rise = state.number[UNCOVERED] - before
            allowance = -temperature * math.log(draw_share(generator))
            if rise < 0 or (rise == 0 and after - present <= allowance):
                present = after
                if state.number[UNCOVERED] < best.number[UNCOVERED] or (
                    state.number[UNCOVERED] == best.number[UNCOVERED] and present < best_cost - 1e-7
                ):
                    copy_state(state, best)
                    best_cost = present
            else:
                stamp = state.number[MOVE]
                copy_state(spare, state)
                state.number[MOVE] = stamp
            continue
        visit = draw(generator, movers)
        if visit < model.sizes[0] and model.skip[visit] > 0.0 and draw(generator, 8) == 0:
            copy_state(state, spare)
            if decide_again(model, state, visit, generator, spot):
                after = total(model, state)
                rise = state.number[UNCOVERED] - spare.number[UNCOVERED]
                allowance = -temperature * math.log(draw_share(generator))
                if rise == 0 and after - present <= allowance:
                    present = after
                    if present < best_cost - 1e-7 and state.number[UNCOVERED] <= best.number[UNCOVERED]:
                        copy_state(state, best)
                        best_cost = present
                    continue
            stamp = state.number[MOVE]
            copy_state(spare, state)
            state.number[MOVE] = stamp
            continue
        if row[visit, TOUR] < 0:
            continue
        allowance = -temperature * math.log(draw_share(generator))
        begin(state)
        if visit >= model.sizes[0]:  # a break or a meeting moves within its own tour
            changed = move_event(model, state, visit, generator)
        else:
            kind = draw(generator, 100)
            if kind < 45:
                changed = relocate_if(model, state, visit, generator, spot, allowance)
            elif kind < 72:
                other = model.near[visit, draw(generator, model.near.shape[1])]
                changed = other >= 0 and swap_if(model, state, visit, other, allowance)
            elif kind < 82:
                changed = relocate(model, state, visit, generator, spot)
                if changed and model.node[visit, CLUSTER_SIZE] > 1:
                    first = model.node[visit, CLUSTER]
                    other = model.member[first + draw(generator, model.node[visit, CLUSTER_SIZE])]
                    if other != visit and row[other, TOUR] >= 0:
                        changed = relocate(model, state, other, generator, spot)
            elif kind < 90:
                changed = move_chain(model, state, visit, generator, spot)
            elif kind < 96:
                other = model.near[visit, draw(generator, model.near.shape[1])]
                if other >= 0 and draw(generator, 2) == 0 and row[other, TOUR] >= 0:
                    other = row[other, PREVIOUS]
                changed = other >= 0 and swap_tails(model, state, visit, other, chain)
            else:
                changed = change_release(model, state, visit, generator)
        if not changed:
            if state.number[LOGGED] > 0:
                undo(state)
            continue
        if not settle(model, state):
            undo(state)
            continue
        after = total(model, state)
        if after - present <= allowance:
            present = after
            if present < best_cost - 1e-7 and state.number[UNCOVERED] <= best.number[UNCOVERED]:
                copy_state(state, best)
                best_cost = present
        else:
            undo(state)


@njit
def decide_again(model: Model, state: State, visit: int, generator: Ints, spot: Ints) -> bool:
    """Take out an optional visit that is covered, or put in one that is not. False when that is impossible."""
    group = model.node[visit, GROUP]
    for at in range(model.group_first[group], model.group_first[group + 1]):
        if model.node[model.group[at], MOVABLE] == FIXED:
            return False
    if state.row[visit, TOUR] < 0:
        return put_group(model, state, group, 0.02, generator, spot)
    return take_group(model, state, group)


@njit
def polish(model: Model, state: State) -> None:
    """Let visits that start before their wished or reference time start later, as far as that does not cost more.

    The right-shift pass of the timing rule: later ones first, by halving the interval, exact to the tick.
    """
    row = state.row
    present = total(model, state)
    for _ in range(2):
        done = 1 << 60
        while True:
            visit = -1
            for other in range(model.sizes[0]):
                if row[other, TOUR] >= 0 and row[other, START] < model.node[other, AIM]:
                    when = row[other, START] * model.sizes[0] + other
                    if when < done and (visit < 0 or when > row[visit, START] * model.sizes[0] + visit):
                        visit = other
            if visit < 0:
                break
            done = row[visit, START] * model.sizes[0] + visit
            low = row[visit, START]
            high = model.node[visit, AIM] + 1
            step = model.node[visit, AIM]
            while True:
                change_to(model, state, visit, step)
                cost = 1e300
                if settle(model, state):
                    cost = total(model, state)
                if cost <= present:
                    present = cost
                    low = step
                else:
                    undo(state)
                    high = step
                step = low + (high - low) // 2
                if step <= low:
                    break


@njit
def change_to(model: Model, state: State, visit: int, release: int) -> None:
    """Begin a move that gives visit, where it stands, another release."""
    begin(state)
    tour = state.row[visit, TOUR]
    after = state.row[visit, PREVIOUS]
    detach(model, state, visit)
    state.row[visit, RELEASE] = release
    attach(model, state, visit, tour, after)


@njit
def move_event(model: Model, state: State, event: int, generator: Ints) -> bool:
    """Move a break or a meeting one or a few places within its tour."""
    row = state.row
    tour = row[event, TOUR]
    after = row[event, PREVIOUS]
    steps = 1 + draw(generator, 3)
    if draw(generator, 2) == 0:
        for _ in range(steps):
            if model.node[after, KIND] != TOUR_START:
                after = row[after, PREVIOUS]
    else:
        after = row[event, NEXT]
        for _ in range(steps - 1):
            if model.node[after, KIND] != TOUR_END:
                after = row[after, NEXT]
        if model.node[after, KIND] == TOUR_END:
            after = row[after, PREVIOUS]
    if after == event or after == row[event, PREVIOUS]:
        return False
    detach(model, state, event)
    attach(model, state, event, tour, after)
    return True
