"""A team's next days planned three ways, each with the same number of steps, verified, and counted alike.

Alone: each day by itself, continuity left out. As they come: each day by itself with continuity, in order, where what
the days before made known is known, as when a team asks for a proposal every morning. Together: the horizon plan.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from datetime import time as clock_time

from planengine.check import check_plan
from planengine.evaluate import evaluate
from planengine.horizon import plan_horizon
from planengine.horizon_count import above_share, count_faces, loads, spread
from planengine.horizon_floor import floors
from planengine.horizon_parts import Few, Met, Part, pairs_of
from planengine.parameters import Params, Stop
from planengine.problem import Problem
from planengine.result import Plan
from planengine.solve import solve_day
from planengine.weights import Weights
from tillit.care.visits.models import VisitHelper, VisitState
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.teamwork.planning.adapter.engine import weights_of
from tillit.teamwork.planning.adapter.problem import translate
from tillit.teamwork.planning.adapter.weeks import FACE
from tillit.teamwork.planning.queries import team_day
from tillit.teamwork.planning.queries.weeks import plannable
from tillit.teamwork.planning.rules import candidates
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.weeks import PARTS

BEHIND = 28


@dataclass(frozen=True, slots=True)
class Horizon:
    """A team's days as problems from empty lists, and who was where the 28 days before."""

    parts: tuple[Part, ...]
    been: Mapping[tuple[int, str, str], int]
    """(day, citizen, helper) → visits carried out."""

    @property
    def met(self) -> tuple[Met, ...]:
        return tuple(Met(day=on, citizen=citizen, helper=helper) for on, citizen, helper in sorted(self.been))

    @property
    def visits(self) -> int:
        return sum(len(part.problem.visits) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to plan the days, counted."""

    name: str
    strangers: int
    """Pairs that meet in the days planned and have not met the 28 days before."""
    uncovered: int
    faces: dict[int, tuple[float, float, float]]
    """Window in days → different helpers per citizen: before, planned, least."""
    spread: dict[int, int]
    """Different helpers in the days planned → citizens."""
    travel: float
    late: float
    above_share: float
    """Of all busy minutes, how much lies above somebody's share over all the days, 0..1."""
    seconds: float
    """Of processor time."""
    violations: int


def load(unit_id: int, *, first: date, days: int) -> Horizon:
    """Read the parts of days with visits and people, and what lies behind."""
    unit = Unit.objects.get(pk=unit_id)
    parts, citizens = [], set()
    for on, kind in plannable(unit=unit, first=first, after=first + timedelta(days=days)).parts:
        day = replace(team_day(unit=unit, on=on, shift_kind=kind).day, rows=())
        problem = translate(day, begun_before=oslo.moment(on, clock_time(0))).problem
        parts.append(Part(day=on.toordinal(), problem=problem))
        citizens |= {call.citizen_id for call in day.calls}
    rows = VisitHelper.objects.filter(
        visit__citizen_id__in=citizens,
        visit__on__gte=first - timedelta(days=BEHIND),
        visit__on__lt=first,
        visit__shift_kind__in=PARTS,
        visit__state=VisitState.DONE,
    ).values_list("visit__on", "visit__citizen_id", "employee_id")
    been = Counter((on.toordinal(), f"c{citizen}", f"e{helper}") for on, citizen, helper in rows)
    return Horizon(tuple(parts), been)


def ways(horizon: Horizon, *, days: int, steps: int, seed: int) -> list[Way]:
    """Plan the days alone, as they come, and together."""
    with_, without = (weights_of(Preset.KNOWN_FACES, keep_present=False, continuity=each) for each in (True, False))
    planners: list[tuple[str, Callable[[], Sequence[Plan]]]] = [
        ("alone, continuity left out", lambda: _one_by_one(horizon, without, steps, seed, known=False)),
        ("as they come, with continuity", lambda: _one_by_one(horizon, with_, steps, seed, known=True)),
        ("together", lambda: _together(horizon, with_, steps, seed)),
    ]
    found = []
    for name, planner in planners:
        began = time.process_time()
        plans = planner()
        found.append(_counted(name, horizon, plans, days=days, seconds=time.process_time() - began))
    return found


def least_in_all(horizon: Horizon) -> float:
    """Return the floor per citizen in the days planned, if every visit that somebody could make is made."""
    found = floors([part.problem for part in horizon.parts])
    return sum(found.values()) / max(1, len(found))


def _one_by_one(horizon: Horizon, weights: Weights, steps: int, seed: int, *, known: bool) -> list[Plan]:
    plans = []
    been = Counter(horizon.been)
    for part in horizon.parts:
        problem = _with_known(part, been) if known else part.problem
        share = steps * len(problem.visits) // horizon.visits
        plan = solve_day(problem, stop=Stop(iterations=share), seed=seed, params=Params(weights=weights)).plan
        for visit, given in plan.assignments().items():
            citizen = problem.citizens[problem.visits[visit].citizen].ref
            been[part.day, citizen, problem.helpers[given.helper].ref] += 1
        plans.append(plan)
    return plans


def _with_known(part: Part, been: Mapping[tuple[int, str, str], int]) -> Problem:
    counts: Counter[tuple[str, str]] = Counter()
    for (on, citizen, helper), visits in been.items():
        if part.day - BEHIND <= on < part.day:
            counts[citizen, helper] += visits
    citizens = tuple(
        replace(
            citizen,
            known=tuple(
                (helper.id, candidates.familiarity(counts[citizen.ref, helper.ref]))
                for helper in part.problem.helpers
                if counts[citizen.ref, helper.ref]
            ),
        )
        for citizen in part.problem.citizens
    )
    return replace(part.problem, citizens=citizens)


def _together(horizon: Horizon, weights: Weights, steps: int, seed: int) -> list[Plan]:
    few = Few(face=weights.unknown_face * FACE)
    found = plan_horizon(
        horizon.parts, stop=Stop(iterations=steps), met=horizon.met, seed=seed, params=Params(weights=weights), few=few
    )
    return [each.result.plan for each in found.parts if each is not None]


def _counted(name: str, horizon: Horizon, plans: Sequence[Plan], *, days: int, seconds: float) -> Way:
    parts, after = horizon.parts, horizon.parts[0].day + days
    before = {(citizen, helper) for _on, citizen, helper in horizon.been}
    pairs = frozenset().union(*(pairs_of(part.problem, plan) for part, plan in zip(parts, plans, strict=True)))
    worth = [evaluate(part.problem, plan, Weights()) for part, plan in zip(parts, plans, strict=True)]
    faces = {}
    for window in (14, 28):
        counted = list(count_faces(parts, plans, met=horizon.met, days=window, after=after).values())
        sums = [(each.before, each.planned, each.least) for each in counted]
        before_, planned, least = (sum(column) / len(counted) for column in zip(*sums, strict=True))
        faces[window] = (before_, planned, least)
    return Way(
        name=name,
        strangers=len(pairs - before),
        uncovered=sum(
            len(part.problem.visits) - len(plan.assignments()) for part, plan in zip(parts, plans, strict=True)
        ),
        faces=faces,
        spread=spread(Counter(citizen for citizen, _helper in pairs)),
        travel=sum(each.amount("travel") for each in worth),
        late=sum(each.amount("late") for each in worth),
        above_share=above_share(loads(parts, plans)),
        seconds=seconds,
        violations=sum(len(check_plan(part.problem, plan)) for part, plan in zip(parts, plans, strict=True)),
    )
