"""Where a helper comes from and goes on to around a position: breaks held on arrival go with the stop they precede."""

from __future__ import annotations

from planengine.compiling import njit
from planengine.search.arrays import (
    AHEAD,
    DURATION,
    KIND,
    NEXT,
    PLACE,
    PREVIOUS,
    START,
    TOUR_END,
    TRAVEL,
    WHERE,
    Model,
    State,
)


@njit
def comes_from(model: Model, state: State, after: int) -> int:
    """Return the node that a stop put after this one would be travelled to from."""
    while model.node[after, AHEAD] != 0:
        after = state.row[after, PREVIOUS]
    return after


@njit
def free_from(model: Model, state: State, after: int) -> int:
    """Return when, at the earliest, a helper is free after a node, travel to the next place not counted."""
    rests = 0
    while model.node[after, AHEAD] != 0:
        rests += model.node[after, DURATION]
        after = state.row[after, PREVIOUS]
    return int(state.row[after, START] + model.node[after, DURATION] + rests)


@njit
def goes_to(model: Model, state: State, follower: int, place: int) -> int:
    """Return where she would go from a stop at place put before this node."""
    if model.node[follower, PLACE] >= 0:
        return int(state.row[follower, WHERE])
    if model.node[follower, AHEAD] != 0 and model.node[state.row[follower, NEXT], KIND] != TOUR_END:
        return int(state.row[follower, WHERE])
    return place


@njit
def present_way(model: Model, state: State, after: int) -> int:
    """Return the travel between this node, or what is before a break on arrival, and the next."""
    way = state.row[state.row[after, NEXT], TRAVEL]
    while model.node[after, AHEAD] != 0:
        way += state.row[after, TRAVEL]
        after = state.row[after, PREVIOUS]
    return int(way)
