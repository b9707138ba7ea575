"""The right-shift pass of the timing rule, after the search."""

from __future__ import annotations

from planengine.compiling import entry, njit
from planengine.search.arrays import (
    AIM,
    PREVIOUS,
    RELEASE,
    START,
    TOUR,
    Model,
    State,
)
from planengine.search.retime import attach, begin, detach, settle, undo
from planengine.search.worth import total


@entry
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
