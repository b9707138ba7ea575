"""News about people at work. The reason for an absence never travels."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EmployeeAbsent:
    """Somebody will be away. `valid_to` is the first day back, None until further notice.

    unit_ids: where she has shifts in those days or a share of her position: whose lists may need a change.
    """

    employee_id: int
    unit_ids: tuple[int, ...]
    valid_from: date
    valid_to: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class EmployeeBack:
    """An absence was taken back: she is at work in those days after all."""

    employee_id: int
    unit_ids: tuple[int, ...]
    valid_from: date
    valid_to: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class EmployeesTakenIn:
    """A file told of employees: who is new, whose facts are others, and whose position is another from a day."""

    new_ids: tuple[int, ...]
    corrected_ids: tuple[int, ...]
    moved_ids: tuple[int, ...]
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ShiftsTakenIn:
    """A file told of shifts: which days of which units are staffed otherwise, as (unit id, day)."""

    unit_days: tuple[tuple[int, date], ...]
    at: datetime
