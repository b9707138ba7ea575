"""What a team has said that proposals are to weigh."""

from dataclasses import dataclass
from datetime import datetime

from tillit.teamwork.planning.models import WhatCounts
from tillit.teamwork.planning.rules import counting


@dataclass(frozen=True, slots=True)
class Counting:
    """The team's steps; changed_at None: it has said nothing, and all counts as usual."""

    steps: counting.Steps
    changed_at: datetime | None = None
    changed_by_id: int | None = None


def what_counts(unit_id: int) -> Counting:
    """Return what the team has said. One query. Callers have checked reach."""
    row = WhatCounts.objects.filter(unit_id=unit_id).first()
    if row is None:
        return Counting(counting.AS_USUAL)
    return Counting(counting.read(row.steps), row.changed_at, row.changed_by_id)
