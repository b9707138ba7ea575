"""Plans that differ a little from a given one: a visit taken out, put somewhere else, a rule relaxed.

All other tours keep their order and are re-timed by the timing rule (see timing). Everything that is said about
prices, here and in explain, uncovered and changes, is the difference of two evaluations of such plans.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from planengine.compiled import Compiled, compile_problem
from planengine.parameters import Params
from planengine.problem import Problem
from planengine.result import Plan
from planengine.search.arrays import AIM, EARLIEST, GROUP, RELEASE, Model, State, empty_desk, empty_state
from planengine.search.insertion import cheapest, put, put_group, take_group
from planengine.search.load import copy_state
from planengine.search.worth import total
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
    problem: Problem,
    compiled: Compiled,
    plan: Plan,
    visit: int,
    helper: int,
    without: frozenset[int] = frozenset(),
    made: State | None = None,
) -> Plan | None:
    """Return the plan in which visit alone stands at its cheapest place with helper; None when there is none.

    without: further visits that are taken out. made: the state without all these, where somebody has made it; kept.
    """
    best: tuple[float, int, int, int] | None = None
    if made is None:
        state = state_without(compiled, plan, without | {visit})
        if state is None:
            return None
    else:
        state = empty_state(compiled.model)
        copy_state(made, state)
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


class Sketch:
    """A plan ready for many what-ifs: its state is made once and copied for each."""

    def __init__(self, problem: Problem, compiled: Compiled, plan: Plan) -> None:
        self.problem = problem
        self.compiled = compiled
        self.base = state_without(compiled, plan, frozenset())
        self.base_cost = 0.0 if self.base is None else float(total(compiled.model, self.base))
        self._desk = empty_desk(compiled.model)
        self._states = (empty_state(compiled.model), empty_state(compiled.model))

    def with_group(self, model: Model, visit: int, without: int | None = None) -> State | None:
        """Return the state in which visit and its bundle are put in at their cheapest; None when they do not fit.

        model: compiled's own or one with rules relaxed. without: a single visit taken out first. The state is
        overwritten by the next call.
        """
        if self.base is None:
            return None
        number, members = group_of(self.compiled, visit)
        for seed in (1, 2)[: len(members)]:  # both orders of a pair
            state = self._states[0]
            copy_state(self.base, state)
            if without is not None and not take_group(model, state, group_of(self.compiled, without)[0]):
                return None
            generator = np.array([seed], dtype=np.int64)
            if put_group(model, state, number, 0.0, generator, self._desk.spot):
                return state
        return None

    def cost(self, model: Model, state: State) -> float:
        """Return the points by which a state is dearer than the plan."""
        return float(total(model, state)) - self.base_cost


def relaxed(model: Model) -> Model:
    """Return a model whose rules may be changed without touching the original."""
    return model._replace(node=model.node.copy(), allowed=model.allowed.copy())


def end_node(compiled: Compiled, tour: int) -> int:
    """Return the node where a tour ends."""
    return int(compiled.model.node.shape[0]) - len(compiled.tours) + tour
