"""Simulated annealing over visit orders, with ruin and recreate among its moves.

Moves work on single visits, not on whole citizens, so that plans in which linked visits interlock can be reached.
Annealing: Kirkpatrick, Gelatt, Vecchi, Science 220 (1983) 671-680; for this problem Ceschia, Di Gaspero, Rosati,
Schaerf, ITOR 2024 (doi 10.1111/itor.13585). Ruin and recreate with blinks: Christiaens and Vanden Berghe,
Transportation Science 54 (2020) 417-433. Neighbour lists: Vidal et al., Computers & OR 40 (2013) 475-489.
"""

from __future__ import annotations

import math

from planengine.compiling import entry
from planengine.search.arrays import (
    CLUSTER,
    CLUSTER_SIZE,
    GROUP,
    HOME,
    LOGGED,
    MOVE,
    PREVIOUS,
    TOUR,
    UNCOVERED,
    Desk,
    Ints,
    Model,
    State,
)
from planengine.search.insertion import hold_breaks, put_group
from planengine.search.load import copy_state, draw, draw_share
from planengine.search.moves import (
    change_release,
    hold_or_miss,
    move_chain,
    move_event,
    relocate,
    relocate_if,
    swap_if,
    swap_tails,
)
from planengine.search.retime import begin, settle, undo
from planengine.search.ruin import decide_again, ruin_and_recreate
from planengine.search.unsettled import beside_unsettled, nearly_unsettled
from planengine.search.worth import total


@entry
def build(model: Model, state: State, order: Ints, generator: Ints, spot: Ints) -> None:
    """Cover what can be covered, group by group in the given order, each at its cheapest position."""
    for at in range(order.shape[0]):
        put_group(model, state, order[at], 0.0, generator, spot)
    hold_breaks(model, state, spot)


@entry
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
    home: Ints,
) -> None:
    """Search for a number of iterations while the temperature falls from hot to cold, geometrically.

    state: the present plan. best: the best plan seen; both are changed. spare, desk: room to work.
    home: for each visit its tour in the plan that is to be left as it is, -1 for none; empty when there is no such
    plan. With one the search looks mostly at what differs from it.
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
            seed = draw(generator, model.sizes[0])
            if home.shape[0] > 0 and draw(generator, 4) != 0:
                seed = nearly_unsettled(model, state, home, seed, generator)
            ruin_and_recreate(model, state, generator, spot, groups, keys, seed)
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
        if home.shape[0] > 0 and visit < model.sizes[0] and draw(generator, 4) != 0:
            visit = beside_unsettled(model, state, home, visit, generator)
        if visit < model.sizes[0] and model.skip[visit] > 0.0 and draw(generator, 8) == 0:
            # Taking out, and putting in one visit, are single moves that can be undone.
            group = model.node[visit, GROUP]
            single = row[visit, TOUR] >= 0 or model.group_first[group + 1] - model.group_first[group] == 1
            before = state.number[UNCOVERED]
            if not single:
                copy_state(state, spare)
            if decide_again(model, state, visit, generator, spot):
                after = total(model, state)
                rise = state.number[UNCOVERED] - before
                allowance = -temperature * math.log(draw_share(generator))
                if rise == 0 and after - present <= allowance:
                    present = after
                    if present < best_cost - 1e-7 and state.number[UNCOVERED] <= best.number[UNCOVERED]:
                        copy_state(state, best)
                        best_cost = present
                    continue
                if single:
                    undo(state)
            if not single:
                stamp = state.number[MOVE]
                copy_state(spare, state)
                state.number[MOVE] = stamp
            continue
        missable = model.node[visit, HOME] >= 0
        if row[visit, TOUR] < 0 and not missable:
            continue
        allowance = -temperature * math.log(draw_share(generator))
        begin(state)
        if missable and (row[visit, TOUR] < 0 or draw(generator, 8) == 0):
            changed = hold_or_miss(model, state, visit, generator)
        elif visit >= model.sizes[0]:  # a break or a meeting moves within its own tour
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
