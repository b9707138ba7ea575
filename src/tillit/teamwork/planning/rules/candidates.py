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
    Against.AT_THE_OFFICE: (700, 0),
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
    Against.FROM_THERAPY: (100, 0),
}
_SLIGHT = frozenset({Against.OFF_WISH, Against.NO_BREAK, Against.FROM_THERAPY})
"""What people smooth out among themselves: alone it does not put anybody behind a stranger."""
SHORT_WAY_SMOOTHED = 10
"""Minutes lacking on the way that are smoothed out too; more is a collision."""
OFTEN = 4
"""Visits in 28 days from which a helper counts as one who knows the citizen: one a week."""
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
    added_way: int = 0
    """Minutes longer on the way with this visit among those she has."""
    levels_above: int = 0
    """How much more training she has than the visit needs."""

    @property
    def refused(self) -> bool:
        """Whether she cannot be chosen."""
        return any(each.refuses for each in self.objections)

    @property
    def clear(self) -> bool:
        """Whether nothing at all speaks against."""
        return not self.objections

    @property
    def collides(self) -> bool:
        """Whether something stands in the way that people do not smooth out among themselves."""
        return any(
            each.minutes > SHORT_WAY_SMOOTHED if each.code is Against.SHORT_WAY else each.code not in _SLIGHT
            for each in self.objections
        )

    @property
    def strangeness(self) -> int:
        """0 for the primary contact and those who are there once a week, 1 for those who have been there, else 2."""
        if self.is_primary or self.known >= OFTEN:
            return 0
        return 1 if self.known else 2

    @property
    def is_therapist_for_care(self) -> bool:
        """Whether she is a therapist, and the visit is ordinary care."""
        return any(each.code is Against.FROM_THERAPY for each in self.objections)


def familiarity(count: int) -> float:
    """How well a helper is known to a citizen, 0..1, from visits carried out the last 28 days."""
    return min(1.0, count / KNOWN_WELL)


def rank(
    day: Day, visit_id: int, *, now: datetime | None = None, starts_at: datetime | None = None
) -> tuple[Candidate, ...]:
    """Return everybody with a shift, best first; those who cannot be chosen stand last.

    The order: those whom nothing stands in the way of; among them those who know the citizen; then the training that
    fits best, therapists last; then the shortest added way and the least else against; then the name. Among those with
    something in the way the least of it comes first. now: no time that has passed is named; None: any time may be.
    starts_at: the time stands, and each is weighed at that.
    """
    call = day.call_by_id[visit_id]
    found = [candidate(day, call, worker, now=now, starts_at=starts_at) for worker in day.worker_by_id.values()]
    names = {worker.employee_id: worker.name for worker in day.workers}

    def order(each: Candidate) -> tuple[bool, float, int, bool, int, float, str]:
        return (
            each.refused,
            price(each) if each.collides else 0.0,
            each.strangeness,
            each.is_therapist_for_care,
            each.levels_above,
            each.added_way + price(each),
            names[each.employee_id],
        )

    return tuple(sorted(found, key=order))


def candidate(
    day: Day, call: Call, worker: Worker, *, now: datetime | None = None, starts_at: datetime | None = None
) -> Candidate:
    """Return the worker at the start with the least against it; at `starts_at` when the time stands.

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
    if now is not None:
        starts = {start for start in starts if start >= now} or {on_grid(now + GRID)}
    if starts_at is not None:
        starts = {starts_at}
    options = [
        Candidate(
            employee_id=worker.employee_id,
            starts_at=start,
            known=day.known_count(worker.employee_id, call.citizen_id),
            is_primary=day.primary_of(call.citizen_id) == worker.employee_id,
            objections=objections.against(day, visit_id=call.visit_id, employee_id=worker.employee_id, starts_at=start),
            added_way=_added_way(day, call, worker, start),
            levels_above=max(0, worker.level - call.level),
        )
        for start in sorted(starts)
    ]
    return min(options, key=lambda each: (price(each), abs(each.starts_at - usual), each.starts_at))


def _added_way(day: Day, call: Call, worker: Worker, starts_at: datetime) -> int:
    """How many minutes longer the way becomes: there and on, less the way straight on."""
    others = [row for row in day.rows_of_worker.get(worker.employee_id, ()) if row.visit_id != call.visit_id]
    before = [day.call_by_id[row.visit_id].place for row in others if row.starts_at < starts_at]
    after = [day.call_by_id[row.visit_id].place for row in others if row.starts_at >= starts_at]
    start = before[-1] if before else worker.start_place
    end = after[0] if after else worker.start_place
    straight = day.ways.minutes(worker.travel, start, end) if others else 0
    there, on = (day.ways.minutes(worker.travel, *leg) for leg in ((start, call.place), (call.place, end)))
    return max(0, there + on - straight)


def price(choice: Candidate) -> float:
    """Points against, less points for being known. Only for ordering a list; the engine has its own weights."""
    points = 0.0
    for each in choice.objections:
        fixed, per_minute = _PRICES.get(each.code, (1000, 0))
        points += fixed + per_minute * each.minutes
    return points - 30 * familiarity(choice.known) - (10 if choice.is_primary else 0)
