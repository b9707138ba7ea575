"""News about the work lists, for the floors above."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ListsPublished:
    """A team's lists for a part of a day were taken into use."""

    lists_id: int
    unit_id: int
    on: date
    shift_kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ListsChanged:
    """Lists in use were changed; the employees concerned have a notice."""

    lists_id: int
    employee_ids: tuple[int, ...]
    at: datetime
