"""A team's part of a day as plain values: who is at work, which visits are to be made, who has which.

All moments are aware UTC. Minutes are whole. Nothing here knows the database, the screen or the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from tillit.foundation.workforce.competence_catalogue import THERAPY

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

GRID = timedelta(minutes=5)
"""Lists are made in steps of five minutes."""


class WishKind(StrEnum):
    """What a citizen wants about a helper; the codes are those of citizens.HelperWish."""

    MUST_NOT = "MUST_NOT"
    RATHER_NOT = "RATHER_NOT"
    GLADLY = "GLADLY"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish about one helper, or about helpers of a gender (K or M)."""

    kind: str
    employee_id: int | None = None
    gender: str = ""

    def concerns(self, worker: "Worker") -> bool:
        """Whether the wish is about this helper."""
        if self.employee_id is not None:
            return self.employee_id == worker.employee_id
        return bool(self.gender) and self.gender == worker.gender


@dataclass(frozen=True, slots=True)
class Meeting:
    """Time that is taken at the base: [starts_at, ends_at)."""

    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with a shift this part of the day; also those who were to work and are absent."""

    employee_id: int
    name: str
    given_name: str
    initials: str
    starts_at: datetime
    ends_at: datetime
    profession: str = ""
    level: int = 0
    colour: int = 0
    is_temp: bool = False
    is_absent: bool = False
    is_office: bool = False
    gender: str = ""
    competences: frozenset[str] = frozenset()
    travel: str = "CAR"
    start_place: Place = (0.0, 0.0)
    meetings: tuple[Meeting, ...] = ()
    is_therapist: bool = False
    group: str = ""
    """The work group she is at work for, when its lists are shared with the team's."""

    @property
    def visits(self) -> bool:
        """Whether she can be given visits: at work, and not at the office."""
        return not self.is_absent and not self.is_office


@dataclass(frozen=True, slots=True)
class Call:
    """A visit to be made. `earliest_at` and `latest_at` bound its start; `level`: the least training that suffices."""

    visit_id: int
    citizen_id: int
    minutes: int
    earliest_at: datetime
    latest_at: datetime
    wished_at: datetime | None = None
    helpers: int = 1
    needs: frozenset[str] = frozenset()
    level: int = 0
    priority: int = 2
    is_locked: bool = False
    place: Place | None = None

    @property
    def length(self) -> timedelta:
        """Planned length."""
        return timedelta(minutes=self.minutes)

    @property
    def usual_at(self) -> datetime:
        """When it would stand if nobody has said anything: the wished time, else the first possible."""
        return self.wished_at or self.earliest_at

    def takes_from_therapy(self, worker: Worker) -> bool:
        """Whether the visit is ordinary care that would take a therapist from what only therapists do."""
        return worker.is_therapist and not self.needs & THERAPY


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One helper on one visit, from a start. A visit for two has two rows with the same start."""

    visit_id: int
    employee_id: int
    starts_at: datetime
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Least and most minutes from the start of one visit to the start of another of the same citizen."""

    first_id: int
    then_id: int
    least_minutes: int | None = None
    most_minutes: int | None = None


class Ways(Protocol):
    """Knows how long it takes between places."""

    def minutes(self, travel: str, start: Place | None, end: Place | None) -> int:
        """Return whole minutes, rounded up; 0 when either place is unknown or they are the same."""
        ...


class NoWays:
    """Everything is next door. For tests and for teams without coordinates."""

    def minutes(self, travel: str, start: Place | None, end: Place | None) -> int:
        """Return 0."""
        return 0


@dataclass(frozen=True)
class Day:
    """One part of one day of a team (Dag, Kveld or Natt)."""

    on: date
    shift_kind: str
    workers: tuple[Worker, ...] = ()
    calls: tuple[Call, ...] = ()
    rows: tuple[Row, ...] = ()
    ties: tuple[Tie, ...] = ()
    known: Mapping[tuple[int, int], int] | None = None
    """(employee, citizen) → visits carried out the last 28 days."""
    primary: Mapping[int, int] | None = None
    """Citizen → primary contact."""
    wishes: Mapping[int, tuple[Wish, ...]] | None = None
    ways: Ways = field(default_factory=NoWays)

    @cached_property
    def worker_by_id(self) -> dict[int, Worker]:
        """Workers by employee id; somebody with two shifts has the first that is not absent."""
        found: dict[int, Worker] = {}
        for worker in self.workers:
            if worker.employee_id not in found or found[worker.employee_id].is_absent:
                found[worker.employee_id] = worker
        return found

    @cached_property
    def call_by_id(self) -> dict[int, Call]:
        """Calls by visit id."""
        return {call.visit_id: call for call in self.calls}

    @cached_property
    def rows_of_visit(self) -> dict[int, tuple[Row, ...]]:
        """Rows that count: the helper is at work today and the visit is to be made."""
        found: dict[int, list[Row]] = {}
        for row in sorted(self.rows):
            worker = self.worker_by_id.get(row.employee_id)
            if row.visit_id in self.call_by_id and worker is not None and not worker.is_absent:
                found.setdefault(row.visit_id, []).append(row)
        return {visit_id: tuple(rows) for visit_id, rows in found.items()}

    @cached_property
    def rows_of_worker(self) -> dict[int, tuple[Row, ...]]:
        """Rows that count, by helper, in order of start."""
        found: dict[int, list[Row]] = {}
        for rows in self.rows_of_visit.values():
            for row in rows:
                found.setdefault(row.employee_id, []).append(row)
        return {
            employee_id: tuple(sorted(rows, key=lambda row: (row.starts_at, row.visit_id)))
            for employee_id, rows in found.items()
        }

    def missing(self, visit_id: int) -> int:
        """How many helpers the visit still needs."""
        return max(0, self.call_by_id[visit_id].helpers - len(self.rows_of_visit.get(visit_id, ())))

    @cached_property
    def uncovered(self) -> tuple[Call, ...]:
        """Visits that lack somebody, by their usual time."""
        return tuple(
            sorted(
                (call for call in self.calls if self.missing(call.visit_id)),
                key=lambda call: (self.starts_at(call.visit_id), call.visit_id),
            )
        )

    def starts_at(self, visit_id: int) -> datetime:
        """When the visit starts: as listed, else its usual time."""
        rows = self.rows_of_visit.get(visit_id)
        return rows[0].starts_at if rows else self.call_by_id[visit_id].usual_at

    def known_count(self, employee_id: int, citizen_id: int) -> int:
        """Visits the helper has carried out at the citizen's the last 28 days."""
        return (self.known or {}).get((employee_id, citizen_id), 0)

    def primary_of(self, citizen_id: int) -> int | None:
        """The citizen's primary contact."""
        return (self.primary or {}).get(citizen_id)

    def wishes_of(self, citizen_id: int) -> tuple[Wish, ...]:
        """What the citizen wants about helpers."""
        return (self.wishes or {}).get(citizen_id, ())

    def with_rows(self, rows: tuple[Row, ...]) -> "Day":
        """The same day with other lists."""
        return replace(self, rows=rows)


def on_grid(moment: datetime) -> datetime:
    """Return the moment rounded to the nearest five minutes."""
    seconds = moment.timestamp()
    step = GRID.total_seconds()
    return datetime.fromtimestamp((seconds + step / 2) // step * step, tz=moment.tzinfo)
