"""Asking the engine about the lists as they stand: why her, why not somebody else, what would have to give way.

The lists are seen as people have made them (adapter.present), so that what stands is possible. Prices count what the
team has said counts; that something is changed at all has no price here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from planengine.evaluate import evaluate
from planengine.explain import deltas, explain_assignment
from planengine.explain import why_not as engine_why_not
from planengine.giveway import GiveWay, what_gives
from planengine.parameters import Params
from planengine.result import Ended, Result
from planengine.standing import standing_plan
from planengine.uncovered import why_uncovered
from planengine.weights import Weights
from tillit.teamwork.planning.adapter.answer import as_alternative, as_delta, as_reason, as_way_out, whole_minutes
from tillit.teamwork.planning.adapter.problem import Translated, translate
from tillit.teamwork.planning.adapter.travel import chosen_source, said_of
from tillit.teamwork.planning.rules.day import Day

MOST_ALTERNATIVES = 3
MOST_SETS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """The lists as the engine sees them, ready for questions."""

    translated: Translated
    result: Result
    travel: tuple[str, ...] = ()
    """Codes of adapter.travel.TravelFault: why some travel times are estimates."""

    def part_of(self, visit_id: int, holder_id: int | None) -> int | None:
        """Return the half that the holder has; with nobody (or nobody of them) the first half that nobody has."""
        parts = [part for part, found in enumerate(self.translated.parts) if found == visit_id]
        has = {part: found.helper for part, found in self.result.assignments.items()}
        for part in parts:
            if part in has and self.translated.helpers[has[part]] == holder_id:
                return part
        return next((part for part in parts if part not in has), parts[0] if parts else None)


def standing(day: Day, *, at: datetime, weights: Weights, ask_roads: bool = False) -> Standing:
    """Return the day's lists as a result. at: now; visits begun before it are not asked about.

    Travel is what proposals are reckoned with: the times by road they left behind, else the estimate: `travel`.
    ask_roads: ask the routing server about what is not known, as a proposal does: for the background alone.
    """
    source = chosen_source(at=at if ask_roads else None)
    translated = translate(day, begun_before=at, hold=True, source=source)
    params = Params(weights=replace(weights, changed_helper=0.0, moved_start=0.0))
    plan = standing_plan(translated.problem, params)
    evaluation = evaluate(translated.problem, plan, params.weights)
    return Standing(
        translated,
        Result(
            plan=plan, evaluation=evaluation, uncovered=(), params=params, seed=0, iterations=0, seconds=0.0,
            ended=Ended.ITERATIONS,
        ),
        said_of(source),
    )  # fmt: skip


def why_not(stands: Standing, *, visit_id: int, holder_id: int | None, employee_id: int) -> dict[str, Any] | None:
    """Return what it would cost to let somebody make a visit, or what stands in the way and would have to give way.

    holder_id: whose half is asked about. None: the visit has begun, or she cannot be given visits today.
    """
    translated, result = stands.translated, stands.result
    part = stands.part_of(visit_id, holder_id)
    if part is None or employee_id not in translated.helpers:
        return None
    helper = translated.helpers.index(employee_id)
    told = engine_why_not(translated.problem, result, part, helper)
    sets = () if told.alternative is not None else what_gives(translated.problem, result, part, helper)[:MOST_SETS]
    return {
        "alternative": None if told.alternative is None else as_alternative(translated, told.alternative),
        "blocked": [
            {
                "rule": each.rule.value,
                "needs": [translated.competences[code] for code in each.competences],
                "minutes": whole_minutes(each.ticks or 0),
                "visit": None if each.visit is None else translated.parts[each.visit],
            }
            for each in told.blocked
        ],
        "gives": [_give_way(translated, result, each) for each in sets],
    }


def why(stands: Standing, *, visit_id: int, holder_id: int) -> dict[str, Any] | None:
    """Return what spoke for somebody who has a visit, and the next best with their prices; None when it has begun."""
    translated, result = stands.translated, stands.result
    part = stands.part_of(visit_id, holder_id)
    if part is None or part not in result.assignments:
        return None
    told = explain_assignment(translated.problem, result, part)
    return {
        "known": told.known,
        "better_known": told.known_rank,
        "is_primary": told.is_primary,
        "because": told.start_because.value,
        "linked": None if told.linked_visit is None else translated.parts[told.linked_visit],
        "alternatives": [as_alternative(translated, each) for each in told.alternatives[:MOST_ALTERNATIVES]],
    }


def why_nobody(stands: Standing, *, visit_id: int) -> dict[str, Any] | None:
    """Return why a visit lacks somebody, and the least costly ways out; None when it has begun or all its helpers."""
    translated, result = stands.translated, stands.result
    part = stands.part_of(visit_id, None)
    if part is None or part in result.assignments:
        return None
    told = why_uncovered(translated.problem, result, part)
    return {
        "reasons": [as_reason(translated, reason) for reason in told.reasons],
        "ways_out": [as_way_out(translated, way) for way in told.ways_out],
    }


def _give_way(translated: Translated, result: Result, each: GiveWay) -> dict[str, Any]:
    after = evaluate(translated.problem, each.plan, result.params.weights)
    return {
        "start": translated.moment(each.start).isoformat(),
        "cost": round(each.cost, 1),
        "importance": each.importance,
        "deltas": [as_delta(delta) for delta in deltas(result.evaluation, after)],
        "concessions": [
            {
                "kind": one.kind.value,
                "minutes": whole_minutes(one.ticks),
                "visit": None if one.visit is None else translated.parts[one.visit],
                "helper": None if one.helper is None else translated.helpers[one.helper],
                "needs": [translated.competences[code] for code in one.competences],
            }
            for one in each.concessions
        ],
    }
