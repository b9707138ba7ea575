"""From the engine's answer to rows, and to what is said about them: codes and numbers with our ids."""

from dataclasses import dataclass
from typing import Any

from planengine.explain import Alternative, Delta, explain_assignment
from planengine.result import Reason, Result, WayOut
from tillit.teamwork.planning.adapter.problem import Translated
from tillit.teamwork.planning.rules.day import Day, Row

MOST_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine proposes. `rows` are for the visits it covers, locks kept; `uncovered` and `why` are JSON."""

    rows: tuple[Row, ...]
    uncovered: tuple[dict[str, Any], ...]
    why: dict[str, dict[str, Any]]
    seconds: float
    iterations: int
    ended: str
    travel_faults: tuple[str, ...] = ()
    """Codes of adapter.travel.TravelFault: why some travel times are estimates though they should not be."""


def answer_of(day: Day, translated: Translated, result: Result, *, only_new: bool = False) -> Answer:
    """Translate a result back, with the explanation of every covered visit.

    only_new: explain those alone that would have another helper or another start than on the lists.
    """
    locked = {(row.visit_id, row.employee_id): row.is_locked for row in day.rows}
    rows = {row for visit_id in translated.begun for row in day.rows_of_visit[visit_id]}
    for part, found in result.assignments.items():
        visit_id, employee_id = translated.parts[part], translated.helpers[found.helper]
        rows.add(
            Row(
                visit_id,
                employee_id,
                translated.start_of(visit_id, found.start),
                locked.get((visit_id, employee_id), False),
            )
        )
    stands = {(row.visit_id, row.employee_id, row.starts_at) for row in day.rows} if only_new else set()
    told = {
        (row.visit_id, row.employee_id) for row in rows if (row.visit_id, row.employee_id, row.starts_at) not in stands
    }
    return Answer(
        rows=tuple(sorted(rows)),
        uncovered=_uncovered(translated, result),
        why={f"{translated.parts[part]}:{translated.helpers[found.helper]}": _why(translated, result, part)
             for part, found in sorted(result.assignments.items())
             if (translated.parts[part], translated.helpers[found.helper]) in told},
        seconds=result.seconds,
        iterations=result.iterations,
        ended=result.ended.value,
    )  # fmt: skip


def _uncovered(translated: Translated, result: Result) -> tuple[dict[str, Any], ...]:
    """One entry for each of our visits that is left out; of two halves the first speaks."""
    found: dict[int, dict[str, Any]] = {}
    for each in result.uncovered:
        visit_id = translated.parts[each.visit]
        found.setdefault(
            visit_id,
            {
                "visit": visit_id,
                "reasons": [as_reason(translated, reason) for reason in each.reasons],
                "ways_out": [as_way_out(translated, way) for way in each.ways_out],
            },
        )
    return tuple(found[visit_id] for visit_id in sorted(found))


def as_reason(translated: Translated, reason: Reason) -> dict[str, Any]:
    """A reason why a visit stayed uncovered, with our ids."""
    return {
        "why": reason.why.value,
        "helpers": [translated.helpers[helper] for helper in reason.helpers],
        "needs": [translated.competences[code] for code in reason.competences],
        "visit": None if reason.visit is None else translated.parts[reason.visit],
        "minutes": whole_minutes(reason.ticks or 0),
    }


def as_way_out(translated: Translated, way: WayOut) -> dict[str, Any]:
    """A way out with our ids; `also`: what must give way together with it."""
    return {
        "kind": way.kind.value,
        "helper": None if way.helper is None else translated.helpers[way.helper],
        "start": None if way.start is None else translated.moment(way.start).isoformat(),
        "minutes": whole_minutes(way.ticks),
        "visit": None if way.visit is None else translated.parts[way.visit],
        "needs": [translated.competences[code] for code in way.competences],
        "cost": way.cost,
        "also": [as_way_out(translated, other) for other in way.also],
    }


def _why(translated: Translated, result: Result, part: int) -> dict[str, Any]:
    explained = explain_assignment(translated.problem, result, part)
    return {
        "because": explained.start_because.value,
        "linked": None if explained.linked_visit is None else translated.parts[explained.linked_visit],
        "known": explained.known,
        "better_known": explained.known_rank,
        "is_primary": explained.is_primary,
        "levels_above": explained.levels_above,
        "own": [as_delta(delta) for delta in explained.own],
        "alternatives": [as_alternative(translated, each) for each in explained.alternatives[:MOST_ALTERNATIVES]],
        "blocked": [
            {
                "employee": translated.helpers[each.helper],
                "rule": each.rule.value,
                "needs": [translated.competences[code] for code in each.competences],
                "minutes": whole_minutes(each.ticks or 0),
            }
            for each in explained.blocked
        ],
    }


def as_alternative(translated: Translated, each: Alternative) -> dict[str, Any]:
    """Somebody else, from when, and the price."""
    return {
        "employee": translated.helpers[each.helper],
        "start": translated.moment(each.start).isoformat(),
        "cost": round(each.cost, 1),
        "deltas": [as_delta(delta) for delta in each.deltas],
    }


def as_delta(delta: Delta) -> dict[str, Any]:
    """What one component of the price changes by."""
    return {"name": delta.name, "amount": round(delta.amount, 2), "cost": round(delta.cost, 2)}


def whole_minutes(seconds: int) -> int:
    """Minutes, rounded up."""
    return -(-seconds // 60)
