"""News about duties and models."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DutyTaken:
    """Somebody took, was given, or gave back a duty on a day. `employee_id` None: back to the rotation."""

    duty_id: int
    unit_id: int
    employee_id: int | None
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ModelFollowed:
    """A unit follows another model from a day: cases, messages and tasks may go elsewhere."""

    unit_id: int
    version_id: int
    valid_from: date
    at: datetime
