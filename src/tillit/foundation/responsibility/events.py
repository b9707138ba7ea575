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


@dataclass(frozen=True, slots=True)
class ModelEnacted:
    """A version was put into force for units from a day. ModelFollowed is published for each of them as well."""

    enactment_id: int
    version_id: int
    unit_ids: tuple[int, ...]
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class EnactmentTakenBack:
    """Somebody regretted before the day came: the units go on as before."""

    enactment_id: int
    unit_ids: tuple[int, ...]
    at: datetime
