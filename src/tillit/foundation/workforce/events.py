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
