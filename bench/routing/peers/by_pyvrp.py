"""PyVRP: hybrid genetic search and iterated local search for routes with hard time windows.

It has no words for visits that depend on each other, nor for a visit that may be late at a price: instances with
either are not put before it. Several windows become clients of which exactly one is chosen; who may visit whom is a
travel table per caregiver. One process to a core, each with its own seed; the better answer.
"""

from __future__ import annotations

import multiprocessing
from importlib.metadata import version

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from bench.routing.day import NO_LIMIT, Day, Planned, read, solution_of
from bench.routing.peers.hard_rules import check_expressible, lacks
from bench.routing.task import Answer, Task

FORBIDDEN = 10**7


def get_ready() -> None:
    """Nothing to load beyond the import."""


def described() -> str:
    """Return name and version."""
    return f"PyVRP {version('pyvrp')}"


def solve(task: Task) -> Answer:
    """Search in one process to a core. Raises CannotExpress."""
    day = read(task.data)
    check_expressible(day)
    if task.cores == 1:
        return _search(task, day, 0)[1]
    with multiprocessing.get_context("fork").Pool(task.cores) as pool:
        found = pool.starmap(_search, [(task, day, number) for number in range(task.cores)])
    return min(found, key=lambda each: each[0])[1]


def _search(task: Task, day: Day, number: int) -> tuple[float, Answer]:
    data, calls = _model(day)
    result = pyvrp.solve(data, MaxRuntime(task.left()), seed=task.seed * 1_000 + number, display=False)
    answer = Answer(solution=None, lacks=lacks(day, waiting=True))
    if not result.best.is_feasible():
        return float("inf"), answer
    routes: dict[int, list[Planned]] = {}
    for route in result.best.routes():
        routes[route.vehicle_type()] = [
            Planned(calls[activity.idx], activity.start_time) for activity in route.schedule() if activity.is_client()
        ]
    answer.solution = solution_of(day, routes)
    return float(result.cost()), answer


def _model(day: Day) -> tuple[pyvrp.ProblemData, list[int]]:
    """Return the model, and of which call each client is."""
    places = range(len(day.way))
    calls: list[int] = []
    clients: list[pyvrp.Client] = []
    groups: list[pyvrp.ClientGroup] = []
    spots = len(day.way)
    # Each call has a location of its own, so that it can be forbidden to a caregiver whatever else is at the place.
    where = [*places, *(call.place for call in day.calls)]
    for number, call in enumerate(day.calls):
        group = len(groups) if len(call.windows) > 1 else None
        members = []
        for opens, closes in call.windows:
            if closes < opens:
                continue
            members.append(len(clients))
            calls.append(number)
            clients.append(
                pyvrp.Client(
                    spots + number, service_duration=call.duration, tw_early=opens, tw_late=closes,
                    required=group is None, group=group,
                )
            )  # fmt: skip
        if group is not None:
            groups.append(pyvrp.ClientGroup(members))
    way = np.array(day.way, dtype=np.int64)[np.ix_(where, where)]
    np.fill_diagonal(way, 0)
    tables, vehicles = [], []
    depots = [pyvrp.Depot(place) for place in places]
    for number, carer in enumerate(day.carers):
        table = way.copy()
        for each, call in enumerate(day.calls):
            if number not in call.carers:
                table[:, spots + each] = FORBIDDEN
                table[spots + each, :] = FORBIDDEN
        np.fill_diagonal(table, 0)
        tables.append(table)
        latest = {"tw_late": carer.ends} if carer.ends < NO_LIMIT else {}
        vehicles.append(
            pyvrp.VehicleType(
                1, start_depot=carer.departs, end_depot=carer.arrives, tw_early=carer.starts, profile=number,
                start_late=carer.starts if day.from_shift else None, unit_distance_cost=day.prices.travel,
                unit_duration_cost=day.prices.waiting, **latest,
            )
        )  # fmt: skip
    locations = [pyvrp.Location(0, 0) for _ in where]
    return pyvrp.ProblemData(locations, clients, depots, vehicles, tables, tables, groups), calls
