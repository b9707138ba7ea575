"""Where to look when a plan is to be left as it is: at what lacks somebody, and at what is not where it was.

Most of such a plan stands and shall stand; drawing moves from all of it spends most of them on what nobody asked about.
"""

from __future__ import annotations

from planengine.compiling import njit
from planengine.search.arrays import KIND, PREVIOUS, REFERENCE, START, TOUR, VISIT, Ints, Model, State
from planengine.search.load import draw


@njit
def is_moved(model: Model, state: State, home: Ints, visit: int) -> bool:
    """Whether a covered visit is with another helper, or at another time, than it was; new ones are."""
    row = state.row
    return bool(row[visit, TOUR] != home[visit] or row[visit, START] != model.node[visit, REFERENCE])


@njit
def nearly_unsettled(model: Model, state: State, home: Ints, visit: int, generator: Ints) -> int:
    """Return the first visit from this one on that lacks somebody or, every other time, is not where it was.

    Of the latter, perhaps one that comes before it on its tour. This one where there is none.
    """
    visits = model.sizes[0]
    lacking_only = draw(generator, 2) == 0
    found = visit
    for _ in range(visits):
        if state.row[found, TOUR] < 0:
            return found
        if not lacking_only and is_moved(model, state, home, found):
            return some_before(model, state, found, generator)
        found = found + 1 if found + 1 < visits else 0
    return some_before(model, state, visit, generator)


@njit
def beside_unsettled(model: Model, state: State, home: Ints, visit: int, generator: Ints) -> int:
    """Return the first covered visit from this one on that is not where it was, or one before it on its tour."""
    visits = model.sizes[0]
    found = visit
    for _ in range(visits):
        if state.row[found, TOUR] >= 0 and is_moved(model, state, home, found):
            return some_before(model, state, found, generator)
        found = found + 1 if found + 1 < visits else 0
    return visit


@njit
def some_before(model: Model, state: State, visit: int, generator: Ints) -> int:
    """Return a visit, or one or two visits before it on its tour: what pushes it."""
    for _ in range(draw(generator, 3)):
        before = state.row[visit, PREVIOUS]
        if model.node[before, KIND] == VISIT:
            visit = before
    return visit
