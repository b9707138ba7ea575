"""VROOM (pyvroom): vehicle routing by local search; skills, several hard windows, shifts; the objective is travel.

It has no words for two visits that depend on each other, for lateness at a price, nor for waiting in the objective. It
stops by itself when its search depth is done, mostly long before the time is up.
"""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version

import numpy as np
import vroom

from bench.routing.day import NO_LIMIT, Planned, read, solution_of
from bench.routing.peers.hard_rules import check_expressible, lacks
from bench.routing.task import Answer, Task

DEPTH = 5
"""The deepest exploration it has."""


def get_ready() -> None:
    """Nothing to load beyond the import."""


def described() -> str:
    """Return name and version."""
    return f"VROOM (pyvroom {version('pyvroom')})"


def solve(task: Task) -> Answer:
    """Solve with one thread to a core. Raises CannotExpress; no solution when a visit is left out."""
    day = read(task.data)
    check_expressible(day)
    model = vroom.Input()
    model.set_durations_matrix("car", np.array(day.way, dtype=np.uint32))
    for number, carer in enumerate(day.carers):
        skills = {call for call in range(len(day.calls)) if number in day.calls[call].carers}
        window = vroom.TimeWindow(carer.starts, carer.ends) if carer.ends < NO_LIMIT else None
        model.add_vehicle(
            vroom.Vehicle(number, start=carer.departs, end=carer.arrives, skills=skills, time_window=window)
        )
    for number, call in enumerate(day.calls):
        windows = [vroom.TimeWindow(opens, closes) for opens, closes in call.windows if closes >= opens]
        model.add_job(
            vroom.Job(number, location=call.place, default_service=call.duration, skills={number}, time_windows=windows)
        )
    found = model.solve(
        exploration_level=DEPTH, nb_threads=task.cores, timeout=timedelta(seconds=task.left())
    )  # fmt: skip
    answer = Answer(solution=None, lacks=lacks(day, waiting=False))
    if found.unassigned:
        return answer
    routes: dict[int, list[Planned]] = {}
    for step in found.routes.to_dict("records"):
        if step["type"] == "job":
            start = int(step["arrival"] + step["waiting_time"])
            routes.setdefault(int(step["vehicle_id"]), []).append(Planned(int(step["id"]), start))
    answer.solution = solution_of(day, routes)
    return answer
