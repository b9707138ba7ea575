"""News about visits, for the floors above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VisitsChanged:
    """Visits were made, moved, cancelled, changed or removed. Ids of removed ones are included: they are gone.

    by_id: the employee who moved or cancelled it herself, and needs not be told; None: nobody in particular.
    """

    visit_ids: tuple[int, ...]
    at: datetime
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitReported:
    """Somebody said how a visit went, or took it back."""

    visit_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitPlannedAgain:
    """A visit that was cancelled stands again: whoever had it has it. by_id: the employee who took it back."""

    visit_id: int
    at: datetime
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """Something has changed with a citizen, and somebody is to look at it."""

    follow_up_id: int
    at: datetime
