"""The arrays that the compiled search works on, and names for their columns.

A *node* is a stop of a tour or one of its ends: first the V visits, then the events (breaks and meetings), then T
tour starts, then T tour ends. A *tour* is one work period of one helper.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

NEVER = 1 << 40
"""Later than every time."""
FEW = 6
"""Positions that a quick insertion tries exactly."""
UNBOUND = -(1 << 41)
"""A lag that binds nothing."""

# Columns of Model.node.
EARLIEST, LATEST, AIM, WISH_FROM, WISH_TO, REFERENCE, DURATION, PLACE, KIND, CITIZEN = range(10)
CLUSTER, CLUSTER_SIZE, CLUSTER_LAG, CLUSTER_INDEX, IMPORTANCE, GROUP, DIFFER, DIFFER_COUNT, MOVABLE = range(10, 19)
WINDOW, WINDOW_COUNT, HOPS, HOME, AHEAD = range(19, 24)
"""WINDOW*: several windows to choose from. HOPS: 1 when any of the cluster has several. HOME, AHEAD: an event's tour,
-1 for one that may not be left out; 1 for a break held on arrival at the next stop."""
NODE_COLUMNS = 24

# Columns of Model.window.
OPENS, CLOSES, WISHED = range(3)

# Values of column KIND.
VISIT, EVENT, TOUR_START, TOUR_END = range(4)

# Values of column MOVABLE: a break may move within its tour; REST also says that it is no work.
FIXED, FREE, REST = range(3)

# Columns of Model.tour.
HELPER, MODE, PERIOD_START, PERIOD_END = range(4)

# Entries of Model.weight, in points per tick.
(
    W_TRAVEL, W_WAITING, W_LONGEST_IDLE, W_EARLY, W_LATE, W_LARGEST_LATE, W_OVERTIME, W_UNFAIR, W_MOVED, W_EXTRA_FACE,
    FACES_COUNT, W_UNUSED, W_BEFORE, W_UNEVEN, LEAVES_LATE, MINUTE, BY_TOUR, MISSABLE,
) = range(18)  # fmt: skip
WEIGHTS = 18

# Columns of State.row.
PREVIOUS, NEXT, TOUR, READY, START, WHERE, TRAVEL, RELEASE, ARRIVAL, STAMP, QUEUED = range(11)
ROW_COLUMNS = 12
TRIAL = 11

# Entries of State.number and State.value.
UNCOVERED, LOGGED, MOVE, HEAD, TAIL, PAIRS_LOGGED, MOST_LATE, RESCAN, IDLEST = range(9)
NUMBERS = 9
NODE_COST, PAIR_COST = range(2)


class Model(NamedTuple):
    """The problem as arrays; never written to.

    node: (N, NODE_COLUMNS). skip: (V + events,) points when uncovered or not held. weight: (WEIGHTS,) points per tick.
    travel: (modes, places, places). tour: (T, 4). allowed: (V, T), 1 where the tour may hold the visit.
    pair: (V, H) points of this helper making this visit. face: (C, H) points when they meet at all.
    member, lag: clusters of linked visits and their least lags, row by row (see CLUSTER* columns).
    differ: visits that need another helper. group, group_first: bundles covered together or not at all.
    window: (any, 3), see OPENS. working: (H,) ticks at work.
    near: (V, K) promising neighbours, -1 where there are fewer. share: (H,) fair share of all busy time, sum 1.
    sizes: V, events, T, groups.
    """

    node: Ints
    skip: Floats
    weight: Floats
    travel: Ints
    tour: Ints
    allowed: Bytes
    pair: Floats
    face: Floats
    member: Ints
    lag: Ints
    differ: Ints
    group: Ints
    group_first: Ints
    near: Ints
    share: Floats
    window: Ints
    working: Ints
    sizes: Ints


class State(NamedTuple):
    """A plan being searched.

    row: (N, ROW_COLUMNS), see the columns; TOUR is -1 for a visit that is not covered.
    cost: (N,) points of each node's times. late: (N,) ticks after the wished end.
    busy: (H,) ticks. stops: (T,) stops with a place of their own. stale, of_tour: (T,), (T, 4) what is counted tour by
    tour and whether it must be counted again. meet: (C, H) visits by helper to citizen, faces: (C,) different helpers,
    both only where faces count. number, value: totals.
    log_*: undo log of one move. kept_*: totals as the move began. queue: nodes to re-time.
    guess*: (FEW,) positions worth trying for an insertion.
    """

    row: Ints
    cost: Floats
    late: Ints
    busy: Ints
    stops: Ints
    stale: Ints
    of_tour: Ints
    meet: Ints
    faces: Ints
    number: Ints
    value: Floats
    log_row: Ints
    log_cost: Floats
    log_late: Ints
    log_node: Ints
    log_pair: Ints
    kept_busy: Ints
    kept_stops: Ints
    kept_number: Ints
    kept_value: Floats
    queue: Ints
    guess: Floats
    guess_tour: Ints
    guess_after: Ints


class Desk(NamedTuple):
    """Room that the search works in, made outside because compiled code makes no arrays.

    spot: (2,) tour and node after which. groups, keys: (groups + 1,). chain: (N,).
    """

    spot: Ints
    groups: Ints
    chain: Ints
    keys: Floats


def empty_desk(model: Model) -> Desk:
    """Return room for a search of model."""
    groups = int(model.sizes[3]) + 1
    return Desk(
        spot=np.zeros(2, np.int64),
        groups=np.zeros(groups, np.int64),
        chain=np.zeros(model.node.shape[0], np.int64),
        keys=np.zeros(groups),
    )


def empty_state(model: Any) -> State:
    """Return a state with every visit uncovered; ``load.load_empty`` makes it ready."""
    nodes = model.node.shape[0]
    tours = model.tour.shape[0]
    helpers = model.face.shape[1]
    meeting = model.face.shape if model.weight[FACES_COUNT] != 0.0 else (1, 1)
    whole = np.int64
    return State(
        row=np.zeros((nodes, ROW_COLUMNS), whole),
        cost=np.zeros(nodes),
        late=np.zeros(nodes, whole),
        busy=np.zeros(helpers, whole),
        stops=np.zeros(tours, whole),
        stale=np.ones(tours, whole),
        of_tour=np.zeros((tours, 4), whole),
        meet=np.zeros(meeting, whole),
        faces=np.zeros(meeting[0], whole),
        number=np.zeros(NUMBERS, whole),
        value=np.zeros(2),
        log_row=np.zeros((nodes, ROW_COLUMNS), whole),
        log_cost=np.zeros(nodes),
        log_late=np.zeros(nodes, whole),
        log_node=np.zeros(nodes, whole),
        log_pair=np.zeros((4 * nodes + 8, 3), whole),
        kept_busy=np.zeros(helpers, whole),
        kept_stops=np.zeros(tours, whole),
        kept_number=np.zeros(NUMBERS, whole),
        kept_value=np.zeros(2),
        queue=np.zeros(nodes + 1, whole),
        guess=np.zeros(FEW),
        guess_tour=np.zeros(FEW, whole),
        guess_after=np.zeros(FEW, whole),
    )
