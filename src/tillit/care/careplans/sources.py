"""Questions that plans ask the floor above: what a draft would do with visits, and how long things really take.

The answer is registered at start-up (`config.wiring`). Without one the editor says nothing of either.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Consequences:
    """What taking a draft into use would do with the visits of the coming `days` days."""

    days: int
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class UsualMinutes:
    """How long something usually takes, and how many visits that builds on (R29)."""

    minutes: int
    basis: int


class VisitSource(Protocol):
    """Knows the citizen's visits."""

    def consequences(self, *, citizen_id: int, plan_id: int, at: datetime) -> Consequences:
        """Return what taking the plan into use at `at` (aware UTC) would do, without doing it."""

    def usual_minutes(self, citizen_id: int) -> dict[int, UsualMinutes]:
        """Return the learned minutes by the intervention's line, where there is a basis."""


_source: VisitSource | None = None


def register_visit_source(source: VisitSource | None) -> None:
    """Let `source` answer for the rest of the process."""
    global _source
    _source = source


def consequences(*, citizen_id: int, plan_id: int, at: datetime) -> Consequences | None:
    """Return what taking the plan into use would do, or None when nobody knows. Callers have checked reach."""
    return _source.consequences(citizen_id=citizen_id, plan_id=plan_id, at=at) if _source else None


def usual_minutes(citizen_id: int) -> dict[int, UsualMinutes]:
    """Return how long things usually take, by line. Callers have checked reach."""
    return _source.usual_minutes(citizen_id) if _source else {}
