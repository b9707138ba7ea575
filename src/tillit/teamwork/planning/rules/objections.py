"""What speaks against letting a helper make a visit at a time.

Three things are refused: training or competence that is missing, a helper the citizen must not have, and a helper
who is not at work. All else is told and allowed – people decide: outside the agreed window, outside the shift,
overlaps, too short a way, no room for the break, "rather not", too near or too far from the visit before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.day import Call, Day, Row, Wish, WishKind, Worker

MOST_OFF_WISH = timedelta(minutes=15)
"""A visit that starts more than this from the wished time counts as outside it."""


class Against(StrEnum):
    """What speaks against."""

    NOT_AT_WORK = "NOT_AT_WORK"
    ABSENT = "ABSENT"
    LACKS_COMPETENCE = "LACKS_COMPETENCE"
    LACKS_TRAINING = "LACKS_TRAINING"
    MUST_NOT = "MUST_NOT"
    AT_THE_OFFICE = "AT_THE_OFFICE"
    TOO_EARLY = "TOO_EARLY"
    TOO_LATE = "TOO_LATE"
    BEFORE_SHIFT = "BEFORE_SHIFT"
    OVERTIME = "OVERTIME"
    OVERLAPS = "OVERLAPS"
    IN_MEETING = "IN_MEETING"
    SHORT_WAY = "SHORT_WAY"
    NO_BREAK = "NO_BREAK"
    RATHER_NOT = "RATHER_NOT"
    TOO_SOON_AFTER = "TOO_SOON_AFTER"
    TOO_LONG_AFTER = "TOO_LONG_AFTER"
    OFF_WISH = "OFF_WISH"
    FROM_THERAPY = "FROM_THERAPY"


REFUSED = frozenset(
    {
        Against.NOT_AT_WORK,
        Against.ABSENT,
        Against.LACKS_COMPETENCE,
        Against.LACKS_TRAINING,
        Against.MUST_NOT,
    }
)
"""What nobody may choose; the rest is allowed with a warning."""

MILD = frozenset({Against.OFF_WISH, Against.FROM_THERAPY})
"""Told in lists of reasons, but no warning."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against. `minutes` and `visits` say how much and with which, where that means something."""

    code: Against
    minutes: int = 0
    visits: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    level: int = 0

    @property
    def refuses(self) -> bool:
        """Whether it cannot be chosen at all."""
        return self.code in REFUSED

    @property
    def warns(self) -> bool:
        """Whether the page shows it as a warning."""
        return self.code not in REFUSED and self.code not in MILD


def against(day: Day, *, visit_id: int, employee_id: int, starts_at: datetime) -> tuple[Objection, ...]:
    """Return everything that speaks against, refusals first, in the order of `Against`.

    visit_id: a visit of the day. Its own rows on the lists are left out of account.
    """
    call = day.call_by_id[visit_id]
    worker = day.worker_by_id.get(employee_id)
    if worker is None:
        return (Objection(Against.NOT_AT_WORK),)
    found = [*_who(day, call, worker), *_when(day, call, worker, starts_at)]
    order = tuple(Against)
    return tuple(sorted(found, key=lambda each: order.index(each.code)))


def refusals(day: Day, *, visit_id: int, employee_id: int) -> tuple[Objection, ...]:
    """Return what makes the helper impossible whatever the time."""
    worker = day.worker_by_id.get(employee_id)
    if worker is None:
        return (Objection(Against.NOT_AT_WORK),)
    return tuple(each for each in _who(day, day.call_by_id[visit_id], worker) if each.refuses)


def wish_about(day: Day, citizen_id: int, worker: Worker, kind: WishKind) -> Wish | None:
    """Return the citizen's wish of this kind that is about the helper."""
    return next(
        (wish for wish in day.wishes_of(citizen_id) if wish.kind == kind and wish.concerns(worker)),
        None,
    )


def _who(day: Day, call: Call, worker: Worker) -> list[Objection]:
    found = []
    if worker.is_absent:
        found.append(Objection(Against.ABSENT))
    elif worker.is_office:
        found.append(Objection(Against.AT_THE_OFFICE))
    if lacking := call.needs - worker.competences:
        found.append(Objection(Against.LACKS_COMPETENCE, needs=tuple(sorted(lacking))))
    if worker.level < call.level:
        found.append(Objection(Against.LACKS_TRAINING, level=call.level))
    if wish_about(day, call.citizen_id, worker, WishKind.MUST_NOT):
        found.append(Objection(Against.MUST_NOT))
    elif wish_about(day, call.citizen_id, worker, WishKind.RATHER_NOT):
        found.append(Objection(Against.RATHER_NOT))
    if call.takes_from_therapy(worker):
        found.append(Objection(Against.FROM_THERAPY))
    return found


def _when(day: Day, call: Call, worker: Worker, starts_at: datetime) -> list[Objection]:
    ends_at = starts_at + call.length
    found = []
    if starts_at < call.earliest_at:
        found.append(Objection(Against.TOO_EARLY, _minutes(call.earliest_at - starts_at)))
    if starts_at > call.latest_at:
        found.append(Objection(Against.TOO_LATE, _minutes(starts_at - call.latest_at)))
    elif call.wished_at and (off := abs(starts_at - call.wished_at)) > MOST_OFF_WISH:
        found.append(Objection(Against.OFF_WISH, _minutes(off)))
    if starts_at < worker.starts_at:
        found.append(Objection(Against.BEFORE_SHIFT, _minutes(worker.starts_at - starts_at)))
    if ends_at > worker.ends_at:
        found.append(Objection(Against.OVERTIME, _minutes(ends_at - worker.ends_at)))
    found += _neighbours(day, call, worker, starts_at)
    found += _ties(day, call, starts_at)
    return found


def _neighbours(day: Day, call: Call, worker: Worker, starts_at: datetime) -> list[Objection]:
    ends_at = starts_at + call.length
    others = [row for row in day.rows_of_worker.get(worker.employee_id, ()) if row.visit_id != call.visit_id]
    overlapping = tuple(
        row.visit_id
        for row in others
        if row.starts_at < ends_at and starts_at < row.starts_at + day.call_by_id[row.visit_id].length
    )
    found = []
    if overlapping:
        found.append(Objection(Against.OVERLAPS, visits=overlapping))
    if any(meeting.starts_at < ends_at and starts_at < meeting.ends_at for meeting in worker.meetings):
        found.append(Objection(Against.IN_MEETING))
    if not overlapping and (short := _short_way(day, call, worker, starts_at, others)):
        found.append(short)
    after = sorted([*others, Row(call.visit_id, worker.employee_id, starts_at)], key=lambda row: row.starts_at)
    if worker.visits and breaks.lacks_room(day, worker, after) and not breaks.lacks_room(day, worker, others):
        found.append(Objection(Against.NO_BREAK))
    return found


def _short_way(day: Day, call: Call, worker: Worker, starts_at: datetime, others: list[Row]) -> Objection | None:
    """The worst of the way there and the way on, when there is less time than it takes."""
    ends_at = starts_at + call.length
    before = [row for row in others if row.starts_at < starts_at]
    after = [row for row in others if row.starts_at >= ends_at]
    lacking: list[tuple[int, int]] = []
    if before:
        last = before[-1]
        previous = day.call_by_id[last.visit_id]
        way = day.ways.minutes(worker.travel, previous.place, call.place)
        lacking.append((way - _minutes(starts_at - last.starts_at - previous.length), last.visit_id))
    if after:
        following = day.call_by_id[after[0].visit_id]
        way = day.ways.minutes(worker.travel, call.place, following.place)
        lacking.append((way - _minutes(after[0].starts_at - ends_at), following.visit_id))
    worst = max(lacking, default=(0, 0))
    return Objection(Against.SHORT_WAY, worst[0], visits=(worst[1],)) if worst[0] > 0 else None


def _ties(day: Day, call: Call, starts_at: datetime) -> list[Objection]:
    found = []
    for tie in day.ties:
        if call.visit_id == tie.then_id and tie.first_id in day.rows_of_visit:
            other, between = tie.first_id, _minutes(starts_at - day.starts_at(tie.first_id))
        elif call.visit_id == tie.first_id and tie.then_id in day.rows_of_visit:
            other, between = tie.then_id, _minutes(day.starts_at(tie.then_id) - starts_at)
        else:
            continue
        if tie.least_minutes is not None and between < tie.least_minutes:
            found.append(Objection(Against.TOO_SOON_AFTER, tie.least_minutes - between, visits=(other,)))
        if tie.most_minutes is not None and between > tie.most_minutes:
            found.append(Objection(Against.TOO_LONG_AFTER, between - tie.most_minutes, visits=(other,)))
    return found


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)
