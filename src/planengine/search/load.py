"""Making a state from nothing or from given tours, copying states, and a reproducible source of random numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from planengine.compiling import entry, njit
from planengine.search.arrays import (
    AIM,
    EARLIEST,
    HOME,
    IMPORTANCE,
    MOST_LATE,
    NEXT,
    NODE_COST,
    PAIR_COST,
    PERIOD_START,
    PLACE,
    PREVIOUS,
    READY,
    RELEASE,
    STAMP,
    START,
    TOUR,
    UNCOVERED,
    WHERE,
    Ints,
    Model,
    State,
)
from planengine.search.retime import attach, begin, settle_patiently


@entry
def load_empty(model: Model, state: State) -> None:
    """Make a state in which every tour is empty and every visit uncovered; events are not placed either."""
    nodes = model.node.shape[0]
    tours = model.tour.shape[0]
    row = state.row
    state.number[:] = 0
    state.value[:] = 0.0
    state.busy[:] = 0
    state.stops[:] = 0
    state.stale[:] = 1
    state.meet[:] = 0
    state.faces[:] = 0
    state.cost[:] = 0.0
    state.late[:] = 0
    row[:] = 0
    for visit in range(model.sizes[0]):
        state.number[UNCOVERED] += model.node[visit, IMPORTANCE]
        state.value[PAIR_COST] += model.skip[visit]
    for event in range(model.sizes[0], model.sizes[0] + model.sizes[1]):
        state.value[PAIR_COST] += model.skip[event]
    for node in range(nodes):
        row[node, STAMP] = -1
        row[node, TOUR] = -1
        row[node, WHERE] = -1
        row[node, RELEASE] = max(model.node[node, EARLIEST], model.node[node, AIM])
    for tour in range(tours):
        first = nodes - 2 * tours + tour
        last = nodes - tours + tour
        for node in (first, last):
            row[node, TOUR] = tour
            row[node, PREVIOUS] = first
            row[node, NEXT] = last
            row[node, START] = model.tour[tour, PERIOD_START]
            row[node, READY] = row[node, START]
            row[node, WHERE] = model.node[node, PLACE]
        row[last, RELEASE] = 0
    state.number[MOST_LATE] = 0
    state.value[NODE_COST] = 0.0


@entry
def load_tours(model: Model, state: State, orders: Ints, releases: Ints) -> bool:
    """Make a state from tours. orders: (T, any) nodes in order, -1 after the last. releases: (N,) or empty.

    Returns False when a hard time is broken: the state is then not usable.
    """
    load_empty(model, state)
    nodes = model.node.shape[0]
    tours = model.tour.shape[0]
    if releases.shape[0] > 0:
        for node in range(nodes - 2 * tours):
            state.row[node, RELEASE] = releases[node]
    begin(state)
    for tour in range(tours):
        after = nodes - 2 * tours + tour
        for position in range(orders.shape[1]):
            node = orders[tour, position]
            if node < 0:
                break
            attach(model, state, node, tour, after)
            after = node
    return settle_patiently(model, state)


@entry
def place_events(model: Model, state: State, orders: Ints) -> bool:
    """Put each tour's events into it in the given order, but not what may be missed. False when that is impossible."""
    begin(state)
    nodes = model.node.shape[0]
    tours = model.tour.shape[0]
    for tour in range(tours):
        after = nodes - 2 * tours + tour
        for position in range(orders.shape[1]):
            node = orders[tour, position]
            if node < 0:
                break
            if model.node[node, HOME] < 0:
                attach(model, state, node, tour, after)
                after = node
    return settle_patiently(model, state)


@entry
def copy_state(source: State, target: State) -> None:
    """Copy what makes up a plan; the undo log is not copied."""
    copy_table(source.row, target.row)
    copy_table(source.meet, target.meet)
    copy_table(source.of_tour, target.of_tour)
    copy_list(source.stale, target.stale)
    copy_list(source.cost, target.cost)
    copy_list(source.late, target.late)
    copy_list(source.busy, target.busy)
    copy_list(source.stops, target.stops)
    copy_list(source.faces, target.faces)
    copy_list(source.number, target.number)
    copy_list(source.value, target.value)


@njit
def copy_table(source: Any, target: Any) -> None:
    """Copy a table of numbers (a slice assignment would make an array on the way)."""
    for i in range(source.shape[0]):
        for j in range(source.shape[1]):
            target[i, j] = source[i, j]


@njit
def copy_list(source: Any, target: Any) -> None:
    """Copy a list of numbers."""
    for i in range(source.shape[0]):
        target[i] = source[i]


@njit
def draw(generator: Ints, below: int) -> int:
    """Return a whole number 0 <= x < below from a 64-bit xorshift* generator (Vigna, ACM TOMS 42 (2016))."""
    x = np.uint64(generator[0])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    generator[0] = np.int64(x)
    mixed = (x * np.uint64(2685821657736338717)) >> np.uint64(33)
    return int(np.int64(mixed) % below)


@njit
def draw_share(generator: Ints) -> float:
    """Return a number 0 < x < 1."""
    return (draw(generator, 1 << 30) + 0.5) / (1 << 30)


@njit
def starts_of(model: Model, tour: int) -> int:
    """Return the node where tour starts."""
    return int(model.node.shape[0] - 2 * model.tour.shape[0] + tour)
