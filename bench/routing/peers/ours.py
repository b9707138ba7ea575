"""Our own engine, as it is called everywhere: ``solve_day`` with one searcher to a core."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from bench.routing.task import Answer, Task
from planengine import Params, Problem, Progress, Stop, check_result, solve_day, warm_up
from planengine.families import hhcrsp, uhhc


def get_ready() -> None:
    """Load the machine code, as at the server's start."""
    warm_up()


def described() -> str:
    """Return name and version."""
    return f"planengine (numba {version('numba')})"


def read(data: dict[str, Any], name: str) -> tuple[Problem, Params]:
    """Read an instance as the engine does."""
    return uhhc.read(data, name) if "terminal_points" in data else hhcrsp.read(data, name)


def solve(task: Task) -> Answer:
    """Plan the day. Raises ValueError when the engine's own checker finds anything."""
    problem, params = read(task.data, task.name)
    trace: list[tuple[float, float]] = []

    def note(progress: Progress) -> None:
        if progress.uncovered_importance == 0 and (not trace or progress.cost < trace[-1][1] - 1e-9):
            trace.append((task.elapsed(), progress.cost))

    result = solve_day(
        problem, stop=Stop(seconds=task.left()), seed=task.seed, params=params, workers=task.cores, progress=note
    )
    if broken := check_result(problem, result):
        raise ValueError(f"the engine's checker found {len(broken)} faults, first: {broken[0]}")
    family = uhhc if "terminal_points" in task.data else hhcrsp
    return Answer(solution=family.write(problem, result.plan), trace=trace)
