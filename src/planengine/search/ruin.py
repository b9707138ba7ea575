"""Ruin and recreate: take out a handful of groups near each other, put them back at their cheapest.

With blinks, after Christiaens and Vanden Berghe, Transportation Science 54 (2020) 417-433.
"""

from __future__ import annotations

from planengine.compiling import njit
from planengine.search.arrays import (
    EARLIEST,
    FIXED,
    GROUP,
    HOME,
    IMPORTANCE,
    KIND,
    LATEST,
    MISSABLE,
    MOVABLE,
    NEXT,
    TOUR,
    TOUR_END,
    Floats,
    Ints,
    Model,
    State,
)
from planengine.search.insertion import hold_breaks, put_group, take_group
from planengine.search.load import draw, draw_share
from planengine.search.retime import begin, detach, settle_patiently, undo


@njit
def ruin_and_recreate(
    model: Model, state: State, generator: Ints, spot: Ints, groups: Ints, keys: Floats, seed: int
) -> None:
    """Take out some groups near visit seed and put them, and what was uncovered, back in at their cheapest."""
    row = state.row
    visits = model.sizes[0]
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
    if model.weight[MISSABLE] != 0.0 and draw(generator, 4) == 0:
        miss_some(model, state, generator)
    # Some of what was uncovered before comes along, about eight of them.
    uncovered = 0
    for group in range(model.sizes[3]):
        if state.row[model.group[model.group_first[group]], TOUR] < 0:
            uncovered += 1
    for group in range(model.sizes[3]):
        if state.row[model.group[model.group_first[group]], TOUR] < 0 and draw(generator, uncovered) < 8:
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
    if model.weight[MISSABLE] != 0.0:
        hold_breaks(model, state, spot)


@njit
def miss_some(model: Model, state: State, generator: Ints) -> None:
    """Take out about every tenth of the breaks that may be missed, so that visits may have their time."""
    for event in range(model.sizes[0], model.sizes[0] + model.sizes[1]):
        if model.node[event, HOME] >= 0 and state.row[event, TOUR] >= 0 and draw(generator, 10) == 0:
            begin(state)
            detach(model, state, event)
            if not settle_patiently(model, state):
                undo(state)


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
def decide_again(model: Model, state: State, visit: int, generator: Ints, spot: Ints) -> bool:
    """Take out an optional visit that is covered, or put in one that is not. False when that is impossible."""
    group = model.node[visit, GROUP]
    for at in range(model.group_first[group], model.group_first[group + 1]):
        if model.node[model.group[at], MOVABLE] == FIXED:
            return False
    if state.row[visit, TOUR] < 0:
        return put_group(model, state, group, 0.02, generator, spot)
    return take_group(model, state, group)
