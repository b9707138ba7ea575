"""Plans that differ a little from a given one: a visit taken out, put somewhere else, a rule relaxed.

All other tours keep their order and are re-timed by the timing rule (see timing). Everything that is said about
prices, here and in explain, uncovered and changes, is the difference of two evaluations of such plans.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from planengine.compiled import Compiled, compile_problem
from planengine.parameters import Params
from planengine.problem import Problem
from planengine.result import Plan
from planengine.search.arrays import AIM, EARLIEST, GROUP, LATEST, RELEASE, Model, State, empty_desk
from planengine.search.insertion import cheapest, put, put_group
from planengine.timing import orders_of, plan_of, releases_of, state_of


@lru_cache(maxsize=8)
def compiled_for(problem: Problem, params: Params) -> Compiled:
    """Return the arrays of a problem; the last few are kept."""
    return compile_problem(problem, params)


def state_without(compiled: Compiled, plan: Plan, without: frozenset[int]) -> State | None:
    """Return the plan's state with some visits taken out; None when that breaks a hard time."""
    orders = [[node for node in order if node not in without] for order in orders_of(compiled, plan)]
    return state_of(compiled, orders, releases_of(compiled, plan))


def tours_of(compiled: Compiled, helper: int) -> list[int]:
    """Return the numbers of a helper's tours."""
    return [number for number, (who, _) in enumerate(compiled.tours) if who == helper]


def moved_to(
    problem: Problem, compiled: Compiled, plan: Plan, visit: int, helper: int, without: frozenset[int] = frozenset()
) -> Plan | None:
    """Return the plan in which visit alone stands at its cheapest place with helper; None when there is none.

    without: further visits that are taken out.
    """
    best: tuple[float, int, int, int] | None = None
    state = state_without(compiled, plan, without | {visit})
    if state is None:
        return None
    model = compiled.model
    generator = np.ones(1, dtype=np.int64)
    spot = np.zeros(2, dtype=np.int64)
    for release in _releases(model, visit):
        state.row[visit, RELEASE] = release
        for tour in tours_of(compiled, helper):
            cost = float(cheapest(model, state, visit, tour, 0.0, generator, spot))
            if spot[0] >= 0 and (best is None or cost < best[0]):
                best = (cost, int(spot[0]), int(spot[1]), release)
        if best is not None:
            break
    if best is None:
        return None
    state.row[visit, RELEASE] = best[3]
    put(model, state, visit, best[1], best[2])
    return plan_of(problem, compiled, state)


def _releases(model: Model, visit: int) -> list[int]:
    """Return the release to try first (the aim) and the one to fall back on (earliest)."""
    earliest, aim = int(model.node[visit, EARLIEST]), int(model.node[visit, AIM])
    return [earliest] if aim <= earliest else [aim, earliest]


def group_of(compiled: Compiled, visit: int) -> tuple[int, tuple[int, ...]]:
    """Return the number and the members of the bundle that must be covered together with visit."""
    model = compiled.model
    number = int(model.node[visit, GROUP])
    return number, tuple(int(v) for v in model.group[model.group_first[number] : model.group_first[number + 1]])


def with_group(
    problem: Problem, compiled: Compiled, model: Model, plan: Plan, visit: int, without: frozenset[int] = frozenset()
) -> Plan | None:
    """Return the plan in which visit and its bundle are put in at their cheapest; None when they do not fit.

    model: compiled's own or one with rules relaxed.
    """
    loosened = replace(compiled, model=model)
    state = state_without(loosened, plan, without)
    if state is None:
        return None
    desk = empty_desk(model)
    number, _ = group_of(compiled, visit)
    for seed in (1, 2):  # both orders of a pair
        generator = np.array([seed], dtype=np.int64)
        if put_group(model, state, number, 0.0, generator, desk.spot):
            return plan_of(problem, loosened, state)
    return None


def relaxed(model: Model) -> Model:
    """Return a model whose rules may be changed without touching the original."""
    return model._replace(node=model.node.copy(), allowed=model.allowed.copy())


def end_node(compiled: Compiled, tour: int) -> int:
    """Return the node where a tour ends."""
    return int(compiled.model.node.shape[0]) - len(compiled.tours) + tour


def latest_end(model: Model, compiled: Compiled, tour: int) -> int:
    """Return the last tick at which a tour may end."""
    return int(model.node[end_node(compiled, tour), LATEST])
