"""News about citizens, for the floors above."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CitizenRegistered:
    """Somebody new is followed by a unit from a day."""

    citizen_id: int
    unit_id: int
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizenAway:
    """The citizen is not at home from a moment. `kind` is a WhereaboutsKind; `to_at` only when it is known."""

    citizen_id: int
    kind: str
    from_at: datetime
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CitizenHome:
    """The citizen is at home again from `to_at`, which may lie ahead of, or behind, the moment it was said (`at`)."""

    citizen_id: int
    to_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class HomeChanged:
    """The citizen lives somewhere else from a day, or the way in has changed."""

    citizen_id: int
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowingChanged:
    """From a day, other units follow the citizen than before."""

    citizen_id: int
    unit_ids: tuple[int, ...]
    valid_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ResponsibleNamed:
    """Somebody else answers for the citizen, or nobody (`employee_id` is None)."""

    citizen_id: int
    kind: str
    is_deputy: bool
    employee_id: int | None
    valid_from: date
    at: datetime
