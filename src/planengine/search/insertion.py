"""The cheapest position for a visit or a bundle of visits.

Positions are tried on the real plan, one undoable move each; those whose own cost and detour already exceed the best
found are passed over (an exact bound where travel obeys the triangle inequality).
"""

from __future__ import annotations

from planengine.compiling import entry, njit
from planengine.search.arrays import (
    AHEAD,
    AIM,
    BY_TOUR,
    CITIZEN,
    DURATION,
    EARLIEST,
    FACES_COUNT,
    FEW,
    HELPER,
    HOME,
    KIND,
    LATEST,
    MODE,
    MOST_LATE,
    NEVER,
    NEXT,
    PLACE,
    REFERENCE,
    RELEASE,
    START,
    TOUR,
    TOUR_END,
    W_LARGEST_LATE,
    W_LATE,
    W_MOVED,
    W_TRAVEL,
    WHERE,
    WINDOW_COUNT,
    WISH_TO,
    Ints,
    Model,
    State,
)
from planengine.search.estimates import moved_by, sees_nearby
from planengine.search.legs import comes_from, free_from, goes_to, present_way
from planengine.search.load import draw, draw_share, starts_of
from planengine.search.retime import attach, begin, detach, may_hold, settle, settle_patiently, undo, wish_end
from planengine.search.worth import total


@entry
def cheapest(
    model: Model, state: State, visit: int, only_tour: int, blink: float, generator: Ints, spot: Ints
) -> float:
    """Find the cheapest position for an uncovered visit with the release it has.

    only_tour: look in this tour only, or -1. blink: share of positions passed over by chance.
    Sets spot = (tour, node after which), (-1, -1) when there is none. Returns the change in cost, or infinity.
    """
    row = state.row
    spot[0] = -1
    spot[1] = -1
    best = 1e300
    base = total(model, state)
    weight = model.weight
    place = model.node[visit, PLACE]
    reference = model.node[visit, REFERENCE] if weight[W_MOVED] != 0.0 else -1
    for tour in range(model.tour.shape[0]):
        if only_tour >= 0 and tour != only_tour:
            continue
        if not may_hold(model, state, visit, tour):
            continue
        mode = model.tour[tour, MODE]
        fixed = model.pair[visit, model.tour[tour, HELPER]] - model.skip[visit]
        if fixed >= best:
            continue
        after = starts_of(model, tour)
        while True:
            follower = row[after, NEXT]
            there = model.travel[mode, row[comes_from(model, state, after), WHERE], place]
            start = free_from(model, state, after) + there
            if start < row[visit, RELEASE]:
                start = row[visit, RELEASE]
            if start > model.node[visit, LATEST]:
                break
            onward = goes_to(model, state, follower, place)
            detour = there + model.travel[mode, place, onward] - present_way(model, state, after)
            least = fixed + weight[W_TRAVEL] * detour
            over = start - wish_end(model, visit, start)
            if over > 0:
                least += weight[W_LATE] * over
            if reference >= 0 and start > reference:
                least += weight[W_MOVED] * (start - reference)
            if least < best and (blink == 0.0 or draw_share(generator) >= blink):
                begin(state)
                attach(model, state, visit, tour, after)
                if settle(model, state):
                    change = total(model, state) - base
                    if change < best:
                        best = change
                        spot[0] = tour
                        spot[1] = after
                undo(state)
            if model.node[follower, KIND] == TOUR_END:
                break
            after = follower
    return best


@njit
def quickly_cheapest(model: Model, state: State, visit: int, blink: float, generator: Ints, spot: Ints) -> None:
    """Find a cheap position among the few that an estimate finds best; sets spot as ``cheapest`` does.

    The estimate counts the visit's own lateness and that of the stop after it, not what lies further on.
    """
    row = state.row
    weight = model.weight
    place = model.node[visit, PLACE]
    duration = model.node[visit, DURATION]
    latest = model.node[visit, LATEST]
    wish = model.node[visit, WISH_TO] if model.node[visit, WINDOW_COUNT] == 0 else NEVER
    kept = 0
    for tour in range(model.tour.shape[0]):
        if not may_hold(model, state, visit, tour):
            continue
        mode = model.tour[tour, MODE]
        helper = model.tour[tour, HELPER]
        fixed = model.pair[visit, helper]
        if weight[FACES_COUNT] != 0.0 and state.meet[model.node[visit, CITIZEN], helper] == 0:
            fixed += model.face[model.node[visit, CITIZEN], helper]
        after = starts_of(model, tour)
        while True:
            follower = row[after, NEXT]
            if kept == FEW and model.node[after, AHEAD] == 0 and weight[BY_TOUR] == 0.0:
                # What would be too late, or make the next stop so, even without a way there, is passed over at once.
                soonest = row[after, START] + model.node[after, DURATION]
                if fixed + weight[W_LATE] * (soonest - wish) > state.guess[FEW - 1]:
                    break
                soonest = max(soonest, row[visit, RELEASE]) + duration
                over = soonest - max(row[follower, START], model.node[follower, WISH_TO])
                if soonest > model.node[follower, LATEST] or fixed + weight[W_LATE] * over > state.guess[FEW - 1]:
                    if model.node[follower, KIND] == TOUR_END:
                        break
                    after = follower
                    continue
            there = model.travel[mode, row[comes_from(model, state, after), WHERE], place]
            start = free_from(model, state, after) + there
            if start < row[visit, RELEASE]:
                start = row[visit, RELEASE]
            if start > latest:
                break
            onward = model.travel[mode, place, goes_to(model, state, follower, place)]
            pushed = start + duration + onward
            if pushed <= model.node[follower, LATEST] and (blink == 0.0 or draw_share(generator) >= blink):
                guess = fixed + weight[W_TRAVEL] * (there + onward - present_way(model, state, after))
                late = start - wish_end(model, visit, start)
                if late > 0:
                    guess += weight[W_LATE] * late + weight[W_LARGEST_LATE] * max(0, late - state.number[MOST_LATE])
                if pushed > row[follower, START]:
                    late = pushed - max(row[follower, START], model.node[follower, WISH_TO])
                    if late > 0:
                        guess += weight[W_LATE] * late
                if weight[W_MOVED] != 0.0:
                    guess += moved_by(model, state, visit, start, follower, pushed)
                if kept < FEW or guess < state.guess[kept - 1]:
                    if kept < FEW:
                        kept += 1
                    at = kept - 1
                    while at > 0 and state.guess[at - 1] > guess:
                        state.guess[at] = state.guess[at - 1]
                        state.guess_tour[at] = state.guess_tour[at - 1]
                        state.guess_after[at] = state.guess_after[at - 1]
                        at -= 1
                    state.guess[at] = guess
                    state.guess_tour[at] = tour
                    state.guess_after[at] = after
            if model.node[follower, KIND] == TOUR_END:
                break
            after = follower
    spot[0] = -1
    spot[1] = -1
    best = 1e300
    sofar = total(model, state) - model.skip[visit]
    for at in range(kept):
        if sofar + state.guess[at] >= best and sees_nearby(model):
            break  # the estimate leaves out what lies further on: it is hardly ever too dear
        begin(state)
        attach(model, state, visit, state.guess_tour[at], state.guess_after[at])
        if settle(model, state):
            cost = total(model, state)
            if cost < best:
                best = cost
                spot[0] = state.guess_tour[at]
                spot[1] = state.guess_after[at]
        undo(state)


@entry
def put(model: Model, state: State, visit: int, tour: int, after: int) -> None:
    """Carry out an insertion that was found possible."""
    begin(state)
    attach(model, state, visit, tour, after)
    settle(model, state)


@njit
def put_cheapest(model: Model, state: State, visit: int, blink: float, generator: Ints, spot: Ints) -> bool:
    """Insert a visit at its cheapest position, at its wished time if it can be, else when it must."""
    aim = max(model.node[visit, EARLIEST], model.node[visit, AIM])
    state.row[visit, RELEASE] = aim
    if blink > 0.0:
        quickly_cheapest(model, state, visit, blink, generator, spot)
    else:
        spot[0] = -1
    if spot[0] < 0 and (blink == 0.0 or draw(generator, 4) == 0):
        cheapest(model, state, visit, -1, 0.0, generator, spot)
    if spot[0] < 0 and aim > model.node[visit, EARLIEST]:
        state.row[visit, RELEASE] = model.node[visit, EARLIEST]
        cheapest(model, state, visit, -1, 0.0, generator, spot)
    if spot[0] < 0:
        return False
    put(model, state, visit, spot[0], spot[1])
    return True


@entry
def put_group(model: Model, state: State, group: int, blink: float, generator: Ints, spot: Ints) -> bool:
    """Insert all visits of a group, one after the other; on failure none of them is left inserted."""
    first = model.group_first[group]
    last = model.group_first[group + 1]
    size = last - first
    turn = draw(generator, size) if size > 1 else 0
    for step in range(size):
        visit = model.group[first + (step + turn) % size]
        if state.row[visit, TOUR] >= 0:
            continue
        if not put_cheapest(model, state, visit, blink, generator, spot):
            take_group(model, state, group)
            return False
    return True


@njit
def hold_breaks(model: Model, state: State, spot: Ints) -> None:
    """Hold each break that is missed at its cheapest position, where that costs less than missing it."""
    row = state.row
    for event in range(model.sizes[0], model.sizes[0] + model.sizes[1]):
        tour = model.node[event, HOME]
        if tour < 0 or row[event, TOUR] >= 0:
            continue
        least = total(model, state)
        spot[1] = -1
        after = starts_of(model, tour)
        while model.node[after, KIND] != TOUR_END:
            if row[after, START] + model.node[after, DURATION] > model.node[event, LATEST]:
                break
            begin(state)
            attach(model, state, event, tour, after)
            if settle(model, state):
                cost = total(model, state)
                if cost < least:
                    least = cost
                    spot[1] = after
            undo(state)
            after = row[after, NEXT]
        if spot[1] >= 0:
            put(model, state, event, tour, spot[1])


@entry
def take_group(model: Model, state: State, group: int) -> bool:
    """Take all visits of a group out of their tours; False, and nothing changed, when a hard time would break.

    That can happen where travel does not obey the triangle inequality, or where a break would be held elsewhere.
    """
    begin(state)
    for at in range(model.group_first[group], model.group_first[group + 1]):
        visit = model.group[at]
        if state.row[visit, TOUR] >= 0:
            detach(model, state, visit)
    if settle_patiently(model, state):  # times only fall, perhaps in many small steps: never refused for that
        return True
    undo(state)
    return False
