"""One question, one function: plan a team's day."""

from __future__ import annotations

from collections.abc import Callable

from planengine.check import check_plan
from planengine.errors import InvalidProblem
from planengine.evaluate import evaluate
from planengine.events import first_order
from planengine.parameters import Params, Stop
from planengine.problem import Place, Problem
from planengine.race import Found, search
from planengine.result import Ended, Plan, Progress, Result
from planengine.timing import orders_of, plan_of, releases_in, state_of
from planengine.uncovered import explain_uncovered
from planengine.whatif import compiled_for


def solve_day(
    problem: Problem,
    *,
    stop: Stop,
    seed: int = 0,
    params: Params | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Result:
    """Plan the day: hard rules always, then as little importance uncovered as possible, then the least cost.

    stop: see Stop. With a number of iterations the answer depends on problem, params, seed and workers alone.
    workers: searchers side by side, each with its own seed, one to a core; the best of their plans is the answer.
    progress: called at most ten times a second, and once at the end. cancelled: asked many times a second; when it
    says True the best plan so far is returned, with ended = CANCELLED.
    Raises InvalidProblem when a work period's breaks and meetings cannot all be held.
    """
    params = params or Params()
    plan, found = search_plan(
        problem, stop=stop, seed=seed, params=params, progress=progress, cancelled=cancelled, workers=workers
    )
    return result_of(
        problem, plan, params, seed=seed, iterations=found.iterations, seconds=found.seconds, ended=found.ended
    )


def search_plan(
    problem: Problem,
    *,
    stop: Stop,
    seed: int,
    params: Params,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 1,
) -> tuple[Plan, Found]:
    """Return the best plan that is found, neither checked nor explained yet (``result_of``). As ``solve_day`` else."""
    compiled = compiled_for(problem, params)
    _events_fit(problem)
    found = search(problem, compiled, stop, seed, params, progress, cancelled, workers)
    plan = plan_of(problem, compiled, found.state)
    # From scratch: earliest times, free of anything the incremental re-timing may have left standing.
    fresh = state_of(compiled, orders_of(compiled, plan), releases_in(found.state))
    return (plan if fresh is None else plan_of(problem, compiled, fresh)), found


def result_of(
    problem: Problem,
    plan: Plan,
    params: Params,
    *,
    seed: int = 0,
    iterations: int = 0,
    seconds: float = 0.0,
    ended: Ended = Ended.ITERATIONS,
) -> Result:
    """Return a result around any plan that keeps the rules, also one made by hand: evaluated, uncovered explained.

    Raises ValueError naming the rules when the plan breaks any.
    """
    if broken := check_plan(problem, plan, allow_overtime=params.allow_overtime):
        raise ValueError(f"the plan breaks {len(broken)} rules, first: {broken[0]}")
    bare = Result(
        plan=plan, evaluation=evaluate(problem, plan, params.weights), uncovered=(), params=params, seed=seed,
        iterations=iterations, seconds=seconds, ended=ended,
    )  # fmt: skip
    return Result(
        plan=plan, evaluation=bare.evaluation, uncovered=explain_uncovered(problem, bare), params=params, seed=seed,
        iterations=iterations, seconds=seconds, ended=ended,
    )  # fmt: skip


def _events_fit(problem: Problem) -> None:
    """Raise InvalidProblem for a work period whose breaks and meetings cannot all be held."""
    for helper in problem.helpers:
        for number, period in enumerate(helper.periods):
            if first_order(problem, helper.mode, period) is None:
                raise InvalidProblem(
                    f"helpers[{helper.id}].periods[{number}]",
                    "its breaks and meetings cannot all be held",
                    "Move a meeting or widen a break's window.",
                )


def warm_up() -> None:
    """Compile everything on a tiny problem, so that the first real plan need not wait; call it at set-up."""
    from planengine.example import small_day
    from planengine.travel.source import travel_matrices

    problem = small_day()
    assert travel_matrices((Place(id=0, latitude=60.0, longitude=10.0),), ("car",))
    result = solve_day(problem, stop=Stop(iterations=50), params=Params(ruin_share=0.5))
    from planengine.explain import explain_assignment

    for visit in result.assignments:
        explain_assignment(problem, result, visit)
