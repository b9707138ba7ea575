"""Who could take a visit, and when: everybody at work, each at her best time, with what speaks for and against."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tillit.teamwork.planning.rules import objections
from tillit.teamwork.planning.rules.day import GRID, Call, Day, Worker, on_grid
from tillit.teamwork.planning.rules.objections import Against, Objection

_PRICES: dict[Against, tuple[int, int]] = {
    # code: (points, points for each minute); only an order for a list, so rough on purpose
    Against.OVERLAPS: (400, 0),
    Against.IN_MEETING: (200, 0),
    Against.AT_THE_OFFICE: (300, 0),
    Against.OVERTIME: (60, 4),
    Against.BEFORE_SHIFT: (60, 4),
    Against.TOO_EARLY: (80, 2),
    Against.TOO_LATE: (80, 2),
    Against.SHORT_WAY: (30, 5),
    Against.NO_BREAK: (60, 0),
    Against.RATHER_NOT: (80, 0),
    Against.TOO_SOON_AFTER: (60, 2),
    Against.TOO_LONG_AFTER: (60, 2),
    Against.OFF_WISH: (0, 1),
}
KNOWN_WELL = 8
"""Visits in 28 days from which a helper counts as well known: two a week."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One helper for one visit at the time that suits best."""

    employee_id: int
    starts_at: datetime
    known: int
    is_primary: bool
    objections: tuple[Objection, ...]

    @property
    def refused(self) -> bool:
        """Whether she cannot be chosen."""
        return any(each.refuses for each in self.objections)

    @property
    def clear(self) -> bool:
        """Whether nothing at all speaks against."""
        return not self.objections


def familiarity(count: int) -> float:
    """How well a helper is known to a citizen, 0..1, from visits carried out the last 28 days."""
    return min(1.0, count / KNOWN_WELL)


def rank(day: Day, visit_id: int) -> tuple[Candidate, ...]:
    """Return everybody with a shift, best first; those who cannot be chosen stand last.

    The order: fewest and smallest objections, then the primary contact, then who is best known, then the name.
    """
    call = day.call_by_id[visit_id]
    found = [candidate(day, call, worker) for worker in day.worker_by_id.values()]
    names = {worker.employee_id: worker.name for worker in day.workers}
    return tuple(sorted(found, key=lambda each: (each.refused, price(each), names[each.employee_id])))


def candidate(day: Day, call: Call, worker: Worker) -> Candidate:
    """Return the worker at the start with the least against it.

    Tried: the time as listed, the usual time, every quarter of the window, and the end of each visit she has.
    """
    usual = day.starts_at(call.visit_id)
    starts = {usual, call.usual_at}
    step = call.earliest_at
    while step <= call.latest_at:
        starts.add(step)
        step += 3 * GRID
    for row in day.rows_of_worker.get(worker.employee_id, ()):
        before = day.call_by_id[row.visit_id]
        way = timedelta(minutes=day.ways.minutes(worker.travel, before.place, call.place))
        free = on_grid(row.starts_at + before.length + way + GRID / 2)
        if call.earliest_at <= free <= call.latest_at:
            starts.add(free)
    options = [
        Candidate(
            employee_id=worker.employee_id,
            starts_at=start,
            known=day.known_count(worker.employee_id, call.citizen_id),
            is_primary=day.primary_of(call.citizen_id) == worker.employee_id,
            objections=objections.against(day, visit_id=call.visit_id, employee_id=worker.employee_id, starts_at=start),
        )
        for start in sorted(starts)
    ]
    return min(options, key=lambda each: (price(each), abs(each.starts_at - usual), each.starts_at))


def price(choice: Candidate) -> float:
    """Points against, less points for being known. Only for ordering a list; the engine has its own weights."""
    points = 0.0
    for each in choice.objections:
        fixed, per_minute = _PRICES.get(each.code, (1000, 0))
        points += fixed + per_minute * each.minutes
    return points - 30 * familiarity(choice.known) - (10 if choice.is_primary else 0)
