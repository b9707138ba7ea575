"""From orders to times and back: the timing rule of the engine.

The rule: every stop starts as early as its tour and its links allow, but a visit with a wished (or reference) time
waits for that time, its *release*, unless the search found it dearer to wait. When a plan is changed by hand or for
an explanation, all other tours keep their order and are re-timed with the releases the plan shows: a visit that
starts at or before its aim is not started earlier than now, one that starts after its aim may move back to the aim.
The aim is the latest of earliest, wish_from and the reference start (never after latest).
"""

from __future__ import annotations

import numpy as np

from planengine.compiled import Compiled, orders_array
from planengine.problem import Problem
from planengine.result import Plan, StopKind, Tour, TourStop
from planengine.search.arrays import (
    AIM,
    ARRIVAL,
    DURATION,
    EARLIEST,
    LEAVES_LATE,
    NEXT,
    OPENS,
    RELEASE,
    START,
    TRAVEL,
    WHERE,
    WINDOW,
    WINDOW_COUNT,
    Ints,
    State,
    empty_state,
)
from planengine.search.load import load_tours
from planengine.search.worth import later_start

Orders = list[list[int]]
"""Node numbers per tour, in order: visits, then events (see compiled)."""


def plan_of(problem: Problem, compiled: Compiled, state: State) -> Plan:
    """Return the plan that a state holds."""
    model = compiled.model
    visits, tours = int(model.sizes[0]), len(compiled.tours)
    first_event = visits
    starts = model.node.shape[0] - 2 * tours
    row = state.row
    made = []
    late = model.weight[LEAVES_LATE] != 0.0
    for number, (helper, period) in enumerate(compiled.tours):
        stops: list[TourStop] = []
        node = int(row[starts + number, NEXT])
        push = int(later_start(model, state, number)) if late else 0
        while node < starts:
            event = None if node < visits else compiled.events[node - first_event]
            kind = StopKind.VISIT if event is None else StopKind.BREAK if event.is_break else StopKind.MEETING
            start = int(row[node, START])
            arrival = int(row[node, ARRIVAL])
            if stops:
                arrival = stops[-1].end + int(row[node, TRAVEL])
                push = max(0, arrival - start)
            start += push
            stops.append(
                TourStop(
                    kind=kind,
                    id=node if event is None else event.position,
                    start=start,
                    end=start + int(model.node[node, DURATION]),
                    travel=int(row[node, TRAVEL]),
                    waiting=start - arrival if stops else 0,
                    place=int(row[node, WHERE]),
                )
            )
            node = int(row[node, NEXT])
        begins = problem.helpers[helper].periods[period].start
        made.append(
            Tour(
                helper=helper,
                period=period,
                leave=stops[0].start - stops[0].travel if stops else begins,
                back=int(row[node, START]),
                last_travel=int(row[node, TRAVEL]),
                stops=tuple(stops),
            )
        )
    return Plan(tuple(made))


def orders_of(compiled: Compiled, plan: Plan) -> Orders:
    """Return the nodes of each tour in the plan's order."""
    visits = int(compiled.model.sizes[0])
    number_of = {tour: number for number, tour in enumerate(compiled.tours)}
    event_of = {
        (event.tour, event.is_break, event.position): visits + number for number, event in enumerate(compiled.events)
    }
    orders: Orders = [[] for _ in compiled.tours]
    for tour in plan.tours:
        number = number_of[(tour.helper, tour.period)]
        for stop in tour.stops:
            if stop.kind is StopKind.VISIT:
                orders[number].append(stop.id)
            else:
                orders[number].append(event_of[(number, stop.kind is StopKind.BREAK, stop.id)])
    return orders


def releases_of(compiled: Compiled, plan: Plan) -> Ints:
    """Return the releases that the plan shows (see the timing rule); for visits not in it, their aims."""
    model = compiled.model
    node = model.node
    releases = np.maximum(node[:, EARLIEST], node[:, AIM])
    for visit, assignment in plan.assignments().items():
        if node[visit, WINDOW_COUNT] > 0:
            first = node[visit, WINDOW]
            opens = model.window[first : first + node[visit, WINDOW_COUNT], OPENS]
            releases[visit] = opens[opens <= assignment.start].max(initial=opens[0])
        releases[visit] = min(int(releases[visit]), assignment.start)
    return releases


def state_of(compiled: Compiled, orders: Orders, releases: Ints) -> State | None:
    """Return the state with these tours at their earliest times, or None when a hard time is broken."""
    state = empty_state(compiled.model)
    return state if load_tours(compiled.model, state, orders_array(orders), releases) else None


def releases_in(state: State) -> Ints:
    """Return the releases that a state works with."""
    return np.array(state.row[:, RELEASE])
