"""What the lists add up to: the table «Dagen under ett». Worked example in docs/how-we-count/lists.md."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise

from tillit.teamwork.planning.rules.day import Call, Day, Place, Worker
from tillit.teamwork.planning.rules.objections import MOST_OFF_WISH


@dataclass(frozen=True, slots=True)
class Numbers:
    """A day's lists in numbers. A visit for two counts once in `visits` and twice in `rows`."""

    visits: int
    uncovered: int
    rows: int
    known: int
    """Rows where the helper has been at the citizen's the last 28 days."""
    with_primary: int
    """Citizens' visits, among those whose primary contact is at work, that the primary contact makes."""
    primary_at_work: int
    citizens: int
    faces: int
    """Different pairs of citizen and helper: faces / citizens is how many different helpers each meets."""
    travel_minutes: int
    off_wish: int
    overtime_minutes: int

    @property
    def faces_per_citizen(self) -> float:
        """Different helpers each citizen meets on these lists, on average; 0 when nobody is visited."""
        return self.faces / self.citizens if self.citizens else 0.0

    def as_dict(self) -> dict[str, int]:
        """Return the numbers for storing."""
        return asdict(self)


def count(day: Day) -> Numbers:
    """Count the lists as they are. Empty lists give zeros, and every visit uncovered."""
    rows = [row for rows in day.rows_of_visit.values() for row in rows]
    citizen_of = {call.visit_id: call.citizen_id for call in day.calls}
    at_work = {worker.employee_id for worker in day.worker_by_id.values() if worker.visits}
    faces = {(citizen_of[row.visit_id], row.employee_id) for row in rows}
    with_contact = [visit_id for visit_id in day.rows_of_visit if day.primary_of(citizen_of[visit_id]) in at_work]
    return Numbers(
        visits=len(day.calls),
        uncovered=len(day.uncovered),
        rows=len(rows),
        known=sum(1 for row in rows if day.known_count(row.employee_id, citizen_of[row.visit_id])),
        with_primary=sum(
            1
            for visit_id in with_contact
            if any(row.employee_id == day.primary_of(citizen_of[visit_id]) for row in day.rows_of_visit[visit_id])
        ),
        primary_at_work=len(with_contact),
        citizens=len({citizen for citizen, _ in faces}),
        faces=len(faces),
        travel_minutes=sum(travel_minutes(day, worker) for worker in day.worker_by_id.values()),
        off_wish=sum(1 for visit_id in day.rows_of_visit if _off_wish(day, day.call_by_id[visit_id])),
        overtime_minutes=sum(overtime_minutes(day, worker) for worker in day.worker_by_id.values()),
    )


def travel_minutes(day: Day, worker: Worker) -> int:
    """Return the worker's minutes on the way: from her start place through her visits and back. 0 without visits."""
    rows = day.rows_of_worker.get(worker.employee_id, ())
    if not rows:
        return 0
    stops: list[Place | None] = [worker.start_place]
    stops += [day.call_by_id[row.visit_id].place for row in rows]
    stops.append(worker.start_place)
    return sum(day.ways.minutes(worker.travel, start, end) for start, end in pairwise(stops))


def overtime_minutes(day: Day, worker: Worker) -> int:
    """Return how long past the end of her shift the last visit and the way back last."""
    rows = day.rows_of_worker.get(worker.employee_id, ())
    if not rows:
        return 0
    last = max(rows, key=lambda row: row.starts_at + day.call_by_id[row.visit_id].length)
    call = day.call_by_id[last.visit_id]
    home = timedelta(minutes=day.ways.minutes(worker.travel, call.place, worker.start_place))
    return max(0, int((last.starts_at + call.length + home - worker.ends_at).total_seconds() // 60))


def _off_wish(day: Day, call: Call) -> bool:
    start = day.starts_at(call.visit_id)
    if start < call.earliest_at or start > call.latest_at:
        return True
    return call.wished_at is not None and abs(start - call.wished_at) > MOST_OFF_WISH
