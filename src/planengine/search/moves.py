"""The moves of the annealing: each changes a begun move's plan and says whether anything was changed.

A move that returns False may have changed something already: the caller undoes it.
"""

from __future__ import annotations

from planengine.compiling import njit
from planengine.search.arrays import (
    AIM,
    ARRIVAL,
    EARLIEST,
    HOME,
    IDLEST,
    KIND,
    LEAVES_LATE,
    NEXT,
    OPENS,
    PREVIOUS,
    RELEASE,
    START,
    TOUR,
    TOUR_END,
    TOUR_START,
    W_UNUSED,
    WINDOW,
    WINDOW_COUNT,
    Ints,
    Model,
    State,
)
from planengine.search.estimates import entering_cost, leaving_gain, replaced_detour, row_reaches, sees_nearby
from planengine.search.load import draw, starts_of
from planengine.search.retime import attach, detach, may_hold


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
        if model.weight[W_UNUSED] != 0.0 and draw(generator, 3) == 0:
            tour = state.number[IDLEST]
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
def relocate_if(model: Model, state: State, visit: int, generator: Ints, spot: Ints, allowance: float) -> bool:
    """Relocate, unless an estimate says that it would cost more than allowance."""
    if not pick_spot(model, state, visit, generator, spot):
        return False
    tour = spot[0]
    if tour != state.row[visit, TOUR]:
        if not may_hold(model, state, visit, tour):
            return False
        if row_reaches(model, state, visit, tour, spot[1]):
            return False
    if sees_nearby(model) and (
        entering_cost(model, state, visit, tour, spot[1]) - leaving_gain(model, state, visit) > allowance
    ):
        return False
    detach(model, state, visit)
    attach(model, state, visit, tour, spot[1])
    return True


@njit
def swap_if(model: Model, state: State, one: int, other: int, allowance: float) -> bool:
    """Swap, unless an estimate says that it would cost more than allowance."""
    row = state.row
    beside = row[one, NEXT] == other or row[other, NEXT] == one
    if not sees_nearby(model) or one == other or row[other, TOUR] < 0 or beside:
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
    """Let visit wait for its wished time, or another window, or what the next stop waits for, or not wait."""
    low = model.node[visit, EARLIEST]
    high = model.node[visit, AIM]
    if model.node[visit, WINDOW_COUNT] > 0 or model.weight[LEAVES_LATE] != 0.0:
        high = later_release(model, state, visit, generator)
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
def later_release(model: Model, state: State, visit: int, generator: Ints) -> int:
    """Return the opening of one of the visit's windows, or a start that takes up what the next stop waits."""
    windows = model.node[visit, WINDOW_COUNT]
    if windows > 0 and (model.weight[LEAVES_LATE] == 0.0 or draw(generator, 2) == 0):
        return int(model.window[model.node[visit, WINDOW] + draw(generator, windows), OPENS])
    follower = state.row[visit, NEXT]
    if model.node[follower, KIND] == TOUR_END:
        return int(model.node[visit, AIM])
    return int(state.row[visit, START] + state.row[follower, START] - state.row[follower, ARRIVAL])


@njit
def hold_or_miss(model: Model, state: State, event: int, generator: Ints) -> bool:
    """Miss a break that is held, or hold one that is missed somewhere in its tour."""
    row = state.row
    if row[event, TOUR] >= 0:
        detach(model, state, event)
        return True
    tour = model.node[event, HOME]
    after = starts_of(model, tour)
    stops = 0
    node = row[after, NEXT]
    while model.node[node, KIND] != TOUR_END:
        stops += 1
        node = row[node, NEXT]
    for _ in range(draw(generator, stops + 1)):
        after = row[after, NEXT]
    attach(model, state, event, tour, after)
    return True


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
