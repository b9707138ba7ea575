"""Asking the engine for small changes that let the lists take more. The answer is ids, codes and numbers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planengine.parameters import Stop
from planengine.robust import Strength
from planengine.robust_plan import Bound, Sturdier, sturdier_plan, won_by
from planengine.robust_repair import Absence
from tillit.teamwork.planning.adapter.problem import Translated
from tillit.teamwork.planning.adapter.why import Standing
from tillit.teamwork.planning.queries.lists import as_json
from tillit.teamwork.planning.rules import changes, grouping, numbers
from tillit.teamwork.planning.rules.day import Day, Row
from tillit.teamwork.planning.rules.grouping import Group

PLANS = 500
"""Plans that are tried: at most about a second and a half of processor time for a team's day, mostly far less."""
BOUND = Bound()


def sturdier(
    day: Day,
    stands: Standing,
    strength: Strength,
    *,
    seconds: float,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Return changes to the lists after which less is left out when somebody is away; no changes when none is found.

    seconds: what it may use in all. What is won is about handing out hers while the others keep what they have.
    """
    problem, result = stands.translated.problem, stands.result
    params = replace(result.params, from_reference=True)
    found = sturdier_plan(
        problem,
        result.plan,
        strength,
        params,
        bound=BOUND,
        stop=Stop(seconds=max(0.01, seconds), iterations=PLANS),
        cancelled=cancelled,
    )
    proposed = rows_with(day, stands, found)
    return {
        "away": found.away,
        "complete": found.complete,
        "tried": found.tried,
        "absences": [
            {**_left(stands.translated, was), "after": _left(stands.translated, becomes)["uncovered"]}
            for was, becomes in zip(found.before, found.after, strict=True)
        ],
        "changes": [_change(day, stands, found, group) for group in grouping.group(day, proposed)],
    }


def rows_with(day: Day, stands: Standing, found: Sturdier) -> tuple[Row, ...]:
    """Return the lists with the changes: only visits that the plan found places otherwise have other rows."""
    translated = stands.translated
    locked = {(row.visit_id, row.employee_id): row.is_locked for row in day.rows}
    was, becomes = stands.result.assignments, found.plan.assignments()
    moved = {translated.parts[part] for part in becomes if becomes[part] != was.get(part)}
    rows = []
    for part, each in becomes.items():
        visit_id, employee_id = translated.parts[part], translated.helpers[each.helper]
        if visit_id in moved:
            starts_at = translated.start_of(visit_id, each.start)
            rows.append(Row(visit_id, employee_id, starts_at, locked.get((visit_id, employee_id), False)))
    return changes.replaced(day.rows, moved, rows)


def _change(day: Day, stands: Standing, found: Sturdier, group: Group) -> dict[str, Any]:
    """One change with its price, counted on the lists as pages count them, and what it wins when accepted alone."""
    translated, result = stands.translated, stands.result
    parts = {part for part, visit_id in enumerate(translated.parts) if visit_id in group.visits}
    params = replace(result.params, from_reference=True)
    won = won_by(translated.problem, result.plan, found, params, parts)
    after = day.with_rows(changes.replaced(day.rows, group.visits, group.after))
    had = {(row.visit_id, row.employee_id) for row in group.before}
    new = [row for row in group.after if (row.visit_id, row.employee_id) not in had]
    starts = {(row.visit_id, row.starts_at) for row in group.before}
    return {
        "kind": group.kind.value,
        "visits": list(group.visits),
        "before": as_json(group.before),
        "after": as_json(group.after),
        "helpers": len({row.visit_id for row in new}),
        "strangers": sum(
            1 for row in new if not day.known_count(row.employee_id, day.call_by_id[row.visit_id].citizen_id)
        ),
        "moved": len({row.visit_id for row in group.after if (row.visit_id, row.starts_at) not in starts}),
        "travel_minutes": numbers.count(after).travel_minutes - numbers.count(day).travel_minutes,
        "alone": None if won is None else [_left(translated, each) for each in won.absences],
    }


def _left(translated: Translated, each: Absence) -> dict[str, Any]:
    return {
        "employees": [translated.helpers[helper] for helper in each.helpers],
        "uncovered": list(dict.fromkeys(translated.parts[visit] for visit in each.uncovered)),
        "importance": each.importance,
    }
