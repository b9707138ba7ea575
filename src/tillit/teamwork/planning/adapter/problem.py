"""From a team's day to the engine's problem. Whole seconds from midnight in Oslo; ids are positions.

- Travel is rounded up to whole five minutes, as lists are written: then every start falls on the grid.
- Training is a competence to the engine: a visit that needs a nurse needs "level 2", which nurses have.
- A visit for two is two of the engine's visits at once, with different helpers.
- A therapist takes ordinary care as the last way out: the engine sees a dear cost class. What needs her competence,
  and what she already has when as little as possible is to change, costs as with anybody else.
- What is locked stays where it is, and bounds that it breaks are widened for it.
- What has begun is not asked about: its helpers are free where and when it ends, and it stays on the lists.
- A citizen whose home has no coordinates lives at the base; somebody absent, or at the office, does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from planengine.problem import Break as EngineBreak
from planengine.problem import Citizen as EngineCitizen
from planengine.problem import Helper as EngineHelper
from planengine.problem import IntMatrix, Link, Problem, ReferenceAssignment, WorkPeriod, at_once
from planengine.problem import Meeting as EngineMeeting
from planengine.problem import Place as EnginePlace
from planengine.problem import Visit as EngineVisit
from planengine.travel.source import TravelSource, travel_matrices
from tillit.foundation.workforce.competence_catalogue import THERAPY
from tillit.kernel import oslo
from tillit.teamwork.planning.adapter import present
from tillit.teamwork.planning.adapter.travel import MODES
from tillit.teamwork.planning.rules import breaks, candidates, objections
from tillit.teamwork.planning.rules.day import Call, Day, Place, Row, WishKind, Worker

GRID_SECONDS = 300
WISH_SLACK = timedelta(minutes=10)
"""A start this near the wished time costs nothing."""
HELD_SLACK = 600
"""Seconds that a visit people have put outside its window may slip when as little as possible is to change."""
MAX_OVERTIME = 30 * 60
"""Seconds of overtime that may be named as a way out; a proposal itself never uses any."""
IMPORTANCE: Mapping[int, int] = {1: 100, 2: 30, 3: 8}
"""By priority: must be done on time, should be done today, can wait for another day."""
TOP_LEVEL = 2
THERAPIST_LEVEL = 30
"""A therapist's cost class: half an hour of ordinary care costs 220 points more than with a health worker, which is
more than a change of helper or a long way round. So she is the last way out, and still comes before nobody."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The problem, and what its small numbers mean to us."""

    problem: Problem
    origin: datetime
    parts: tuple[int, ...]
    """The engine's visit → our visit id; the two halves of a visit for two name the same one."""
    helpers: tuple[int, ...]
    """The engine's helper → employee id."""
    begun: tuple[int, ...]
    """Our visits that have begun: they are not in the problem."""
    competences: tuple[str, ...]
    """The engine's competence → code; "LEVEL:2" is training."""

    kept: Mapping[int, tuple[int, datetime]] = field(default_factory=dict)
    """Our visit → the engine's start of what stands on the lists, and its start there, which may be off the grid."""

    def start_of(self, visit_id: int, seconds: int) -> datetime:
        """Return the moment for the lists: as it stands there when less than a step differs, else on the grid."""
        if visit_id in self.kept and abs(seconds - self.kept[visit_id][0]) < GRID_SECONDS:
            return self.kept[visit_id][1]
        return self.moment(_down(seconds + GRID_SECONDS // 2))

    def moment(self, seconds: int) -> datetime:
        """Return the aware UTC moment of the engine's time."""
        return self.origin + timedelta(seconds=seconds)

    def part_of(self, visit_id: int) -> int:
        """Return the engine's first visit for ours."""
        return self.parts.index(visit_id)


def translate(
    day: Day,
    *,
    begun_before: datetime,
    keep: bool = True,
    hold: bool = False,
    source: TravelSource | None = None,
) -> Translated:
    """Return the day as a problem.

    begun_before: visits on the lists that start before this moment stay as they are. keep: name the present rows as
    the plan that should change as little as possible. hold: a visit somebody has weighs half as much again, so that
    nobody loses hers for another of the same priority, and may stay where people have put it: outside its window, and
    closer to its neighbours than the engine would put it (adapter.present).
    source: where travel times come from; the estimate by default.
    """
    return _Translation(day, begun_before=begun_before, keep=keep, hold=hold, source=source).made()


class _Translation:
    def __init__(
        self, day: Day, *, begun_before: datetime, keep: bool, hold: bool, source: TravelSource | None
    ) -> None:
        self.day = day
        self.begun_before = begun_before
        self.keep = keep
        self.hold = hold
        self.source = source
        self.origin = oslo.whole_day(day.on).start
        self.begun = frozenset(
            visit_id for visit_id, rows in day.rows_of_visit.items() if rows[0].starts_at < begun_before
        )
        self.calls = [call for call in day.calls if call.visit_id not in self.begun]
        self.freed = self._freed()
        self.workers = [
            worker for worker in day.worker_by_id.values() if worker.visits and self._from(worker) < worker.ends_at
        ]
        self.helper_number = {worker.employee_id: number for number, worker in enumerate(self.workers)}
        codes = {code for call in day.calls for code in call.needs} | {
            code for worker in self.workers for code in worker.competences
        }
        levels = [_level_code(level) for level in range(1, TOP_LEVEL + 1)]
        self.codes = (*levels, *sorted(codes))
        self.code_number = {code: number for number, code in enumerate(self.codes)}
        self.places: list[Place] = []
        self.place_number: dict[Place, int] = {}
        starts = [worker.start_place for worker in self.workers]
        self.base = starts[0] if starts else (0.0, 0.0)
        for place in (self.base, *starts, *(call.place for call in day.calls if call.place)):
            self._place(place)
        self.modes = tuple(sorted({MODES[worker.travel] for worker in self.workers})) or ("car",)
        self.engine_places = tuple(
            EnginePlace(id=number, latitude=latitude, longitude=longitude)
            for number, (latitude, longitude) in enumerate(self.places)
        )
        self.travel = [_on_grid(matrix) for matrix in travel_matrices(self.engine_places, self.modes, source)]
        self.stops: dict[int, list[present.Stop]] = {}
        self.begins = {worker.employee_id: self._seconds(self._from(worker)) for worker in self.workers}
        self.ends_of: dict[tuple[int, int], int] = {}
        """(visit, helper) → when it ends at the latest, for what stands close to the next one."""
        if hold:
            self._hold()

    def made(self) -> Translated:
        citizens = sorted({call.citizen_id for call in self.calls})
        citizen_number = {citizen_id: number for number, citizen_id in enumerate(citizens)}
        visits: list[EngineVisit] = []
        parts: list[int] = []
        links: list[Link] = []
        reference: list[ReferenceAssignment] = []
        first_part: dict[int, int] = {}
        for call in self.calls:
            first_part[call.visit_id] = len(visits)
            rows = [
                row for row in self.day.rows_of_visit.get(call.visit_id, ()) if row.employee_id in self.helper_number
            ]
            for half in range(call.helpers):
                row = rows[half] if half < len(rows) else None
                number = len(visits)
                visits.append(self._visit(number, call, citizen_number[call.citizen_id], row))
                parts.append(call.visit_id)
                if row is not None and self.keep:
                    reference.append(
                        ReferenceAssignment(
                            visit=number,
                            helper=self.helper_number[row.employee_id],
                            start=self._start(row),
                        )
                    )
            if call.helpers == 2:
                links.append(at_once(first_part[call.visit_id], first_part[call.visit_id] + 1))
        links += self._ties(first_part)
        problem = Problem(
            places=self.engine_places,
            modes=self.modes,
            travel=tuple(self.travel),
            helpers=tuple(self._helper(number, worker, self.modes) for number, worker in enumerate(self.workers)),
            citizens=tuple(self._citizen(citizen_number[citizen_id], citizen_id) for citizen_id in citizens),
            visits=tuple(visits),
            links=tuple(links),
            reference=tuple(reference),
        )
        return Translated(
            problem=problem,
            origin=self.origin,
            parts=tuple(parts),
            begun=tuple(sorted(self.begun)),
            helpers=tuple(worker.employee_id for worker in self.workers),
            competences=self.codes,
            kept={
                visit_id: (self._start(rows[0]), rows[0].starts_at) for visit_id, rows in self.day.rows_of_visit.items()
            },
        )

    def _hold(self) -> None:
        """Let what stands today be possible: shorter ways and visits where people have planned so."""
        for worker in self.workers:
            mode = self.modes.index(MODES[worker.travel])
            freed = self.freed.get(worker.employee_id)
            base = self._place(worker.start_place)
            stops = [
                present.Stop(row.visit_id, self._place(call.place), self._start(row), self._end(row, call))
                for row in self.day.rows_of_worker.get(worker.employee_id, ())
                if row.visit_id not in self.begun and (call := self.day.call_by_id[row.visit_id])
            ]
            meetings = [
                present.Stop(None, self._place(self.base), self._seconds(each.starts_at), self._seconds(each.ends_at))
                for each in worker.meetings
                if self._seconds(each.starts_at) >= self.begins[worker.employee_id]
            ]
            found = present.allowed(
                sorted([*stops, *meetings], key=lambda stop: stop.start),
                begins=self.begins[worker.employee_id],
                ends=self._seconds(worker.ends_at),
                start=base if freed is None else self._place(freed[1]),
                base=base,
                travel=self.travel[mode].tolist(),
            )
            self.stops[worker.employee_id] = stops
            self.begins[worker.employee_id] = max(found.begins, _up(self._seconds(self.begun_before)))
            if worker.starts_at >= self.begun_before and freed is None:
                self.begins[worker.employee_id] = self._seconds(worker.starts_at)
            for one, other, seconds in found.ways:
                self.travel[mode][one, other] = min(self.travel[mode][one, other], _down(seconds))
            self.ends_of |= {(visit_id, worker.employee_id): end for visit_id, end in found.ends}

    def _start(self, row: Row) -> int:
        """When a row starts; on the grid when the lists are held, and the answer then gives its own time back."""
        start = max(0, self._seconds(row.starts_at))
        return _down(start) if self.hold and not row.is_locked else start

    def _end(self, row: Row, call: Call) -> int:
        end = _up(max(0, self._seconds(row.starts_at)) + call.minutes * 60)
        return min(end, self.ends_of.get((row.visit_id, row.employee_id), end))

    def _freed(self) -> dict[int, tuple[datetime, Place | None]]:
        """Helper → when and where the last visit that has begun lets her go."""
        found: dict[int, tuple[datetime, Place | None]] = {}
        for visit_id in self.begun:
            call = self.day.call_by_id[visit_id]
            for row in self.day.rows_of_visit[visit_id]:
                end = row.starts_at + call.length
                if row.employee_id not in found or found[row.employee_id][0] < end:
                    found[row.employee_id] = (end, call.place)
        return found

    def _from(self, worker: Worker) -> datetime:
        """From when she can be asked to go somewhere, on the grid: not before now."""
        freed = self.freed.get(worker.employee_id)
        late = max(worker.starts_at, self.begun_before, *([freed[0]] if freed else []))
        if late == worker.starts_at:
            return late
        return self.origin + timedelta(seconds=_up(self._seconds(late)))

    def _ties(self, first_part: Mapping[int, int]) -> list[Link]:
        return [
            Link(
                first=first_part[tie.first_id],
                second=first_part[tie.then_id],
                least=(tie.least_minutes or 0) * 60,
                most=None if tie.most_minutes is None else tie.most_minutes * 60,
            )
            for tie in self.day.ties
            if tie.first_id in first_part and tie.then_id in first_part
        ]

    def _place(self, place: Place | None) -> int:
        place = place or self.base
        if place not in self.place_number:
            self.place_number[place] = len(self.places)
            self.places.append(place)
        return self.place_number[place]

    def _seconds(self, moment: datetime) -> int:
        return int((moment - self.origin).total_seconds())

    def _helper(self, number: int, worker: Worker, modes: tuple[str, ...]) -> EngineHelper:
        base = self._place(worker.start_place)
        begins = self.origin + timedelta(seconds=self.begins[worker.employee_id])
        freed = self.freed.get(worker.employee_id)
        return EngineHelper(
            id=number,
            ref=f"e{worker.employee_id}",
            level=THERAPIST_LEVEL if worker.is_therapist else worker.level,
            mode=modes.index(MODES[worker.travel]),
            max_overtime=MAX_OVERTIME,
            competences=frozenset(
                {self.code_number[code] for code in worker.competences}
                | {self.code_number[_level_code(level)] for level in range(1, min(worker.level, TOP_LEVEL) + 1)}
            ),
            periods=(
                WorkPeriod(
                    start=self._seconds(begins),
                    end=self._seconds(worker.ends_at),
                    start_place=base if freed is None else self._place(freed[1]),
                    end_place=base,
                    breaks=self._breaks(worker, begins),
                    meetings=tuple(
                        EngineMeeting(
                            start=self._seconds(meeting.starts_at),
                            duration=int((meeting.ends_at - meeting.starts_at).total_seconds()),
                            place=self._place(self.base),
                        )
                        for meeting in worker.meetings
                        if meeting.starts_at >= begins
                    ),
                ),
            ),
        )

    def _breaks(self, worker: Worker, begins: datetime) -> tuple[EngineBreak, ...]:
        allowed = breaks.window_of(self.day, worker)
        if allowed is None:
            return ()
        allowed = replace(allowed, earliest_at=max(allowed.earliest_at, begins))
        meetings = [(meeting.starts_at, meeting.ends_at) for meeting in worker.meetings]
        if breaks.place(allowed, meetings) is None:
            return ()
        length = int(breaks.LENGTH.total_seconds())
        earliest, latest_end = self._seconds(allowed.earliest_at), self._seconds(allowed.latest_end_at)
        if self.hold:
            length = present.break_length(self._taken(worker), earliest=earliest, latest_end=latest_end, wanted=length)
        return (EngineBreak(duration=length, earliest=earliest, latest_end=latest_end),) if length else ()

    def _taken(self, worker: Worker) -> list[tuple[int, int]]:
        """What the helper does as the lists stand, the way to each visit included."""
        travel = self.travel[self.modes.index(MODES[worker.travel])]
        taken = [(self._seconds(each.starts_at), self._seconds(each.ends_at)) for each in worker.meetings]
        stops = self.stops[worker.employee_id]
        for number, stop in enumerate(stops):
            way = int(travel[stops[number - 1].place, stop.place]) if number else 0
            end = stop.end if stop.visit is None else self.ends_of.get((stop.visit, worker.employee_id), stop.end)
            taken.append((stop.start - way, end))
        return taken

    def _citizen(self, number: int, citizen_id: int) -> EngineCitizen:
        def wanted(kind: WishKind) -> frozenset[int]:
            return frozenset(
                self.helper_number[worker.employee_id]
                for worker in self.workers
                if objections.wish_about(self.day, citizen_id, worker, kind)
            )

        must_not = wanted(WishKind.MUST_NOT)
        rather_not = wanted(WishKind.RATHER_NOT) - must_not
        primary = self.day.primary_of(citizen_id)
        known = [
            (self.helper_number[worker.employee_id], self.day.known_count(worker.employee_id, citizen_id))
            for worker in self.workers
        ]
        return EngineCitizen(
            id=number,
            ref=f"c{citizen_id}",
            known=tuple((helper, candidates.familiarity(count)) for helper, count in known if count),
            primary=self.helper_number.get(primary) if primary is not None else None,
            must_not=must_not,
            rather_not=rather_not,
            rather=wanted(WishKind.GLADLY) - must_not - rather_not,
        )

    def _visit(self, number: int, call: Call, citizen: int, row: Row | None) -> EngineVisit:
        earliest, latest = self._window(call)
        competences = {self.code_number[code] for code in call.needs}
        if call.level:
            competences.add(self.code_number[_level_code(min(call.level, TOP_LEVEL))])
        visit = EngineVisit(
            id=number,
            ref=f"v{call.visit_id}",
            citizen=citizen,
            place=self._place(call.place),
            duration=_up(call.minutes * 60),
            earliest=max(0, earliest),
            latest=max(0, latest),
            wish_from=self._wish(call, -WISH_SLACK),
            wish_to=self._wish(call, WISH_SLACK),
            competences=frozenset(competences),
            level=self._cost_class(call, row),
            importance=self._importance(call, row),
        )
        if row is None:
            return visit
        if not row.is_locked:
            return self._held(visit, row) if self.hold else visit
        start = max(0, self._seconds(row.starts_at))
        return replace(
            visit,
            helper=self.helper_number[row.employee_id],
            start=start,
            earliest=min(visit.earliest, start),
            latest=max(visit.latest or 0, start),
            duration=call.minutes * 60,
        )

    def _cost_class(self, call: Call, row: Row | None) -> int:
        """The class up to which nobody is too dear for the visit; a therapist's where it is hers."""
        has = None if row is None or not (self.hold or row.is_locked) else self.day.worker_by_id[row.employee_id]
        if call.needs & THERAPY or (has is not None and has.is_therapist):
            return THERAPIST_LEVEL
        return min(call.level, TOP_LEVEL)

    def _window(self, call: Call) -> tuple[int, int]:
        """When it may start, on the grid; narrowed by what must lie between it and a visit that has begun."""
        earliest, latest = _up(self._seconds(call.earliest_at)), _down(self._seconds(call.latest_at))
        for tie in self.day.ties:
            if tie.then_id == call.visit_id and tie.first_id in self.begun:
                began = self._seconds(self.day.starts_at(tie.first_id))
                earliest = max(earliest, _up(began + (tie.least_minutes or 0) * 60))
                if tie.most_minutes is not None:
                    latest = min(latest, _down(began + tie.most_minutes * 60))
        return earliest, max(earliest, latest)

    def _held(self, visit: EngineVisit, row: Row) -> EngineVisit:
        start = self._start(row)
        return replace(
            visit,
            earliest=min(visit.earliest, start),
            latest=max(visit.latest or 0, _up(max(0, self._seconds(row.starts_at))) + HELD_SLACK),
            duration=max(GRID_SECONDS, self._end(row, self.day.call_by_id[row.visit_id]) - start),
        )

    def _importance(self, call: Call, row: Row | None) -> int:
        own = IMPORTANCE.get(call.priority, IMPORTANCE[2])
        return own * 3 // 2 if self.hold and row is not None else own

    def _wish(self, call: Call, slack: timedelta) -> int | None:
        return None if call.wished_at is None else max(0, self._seconds(call.wished_at + slack))


def _level_code(level: int) -> str:
    return f"LEVEL:{level}"


def _up(seconds: int) -> int:
    return -(-seconds // GRID_SECONDS) * GRID_SECONDS


def _down(seconds: int) -> int:
    return seconds // GRID_SECONDS * GRID_SECONDS


def _on_grid(matrix: IntMatrix) -> IntMatrix:
    return np.asarray(-(-matrix // GRID_SECONDS) * GRID_SECONDS, dtype=np.int64)
