"""What is marked on the time line of a unit itself, for those who may mark there."""

from dataclasses import dataclass
from datetime import date, datetime

from tillit.learning.insight.models import TimeMark


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark. kind: its name in words."""

    mark_id: int
    on: date
    kind: str
    text: str
    by: str
    at: datetime


def list_marks(unit_id: int) -> tuple[MarkLine, ...]:
    """Return the marks of the unit itself that stand, the newest first. Callers checked reach. One query."""
    rows = (
        TimeMark.objects.filter(unit_id=unit_id, withdraws__isnull=True, withdrawn_by__isnull=True)
        .select_related("added_by")
        .order_by("-on", "-pk")[:100]
    )
    return tuple(
        MarkLine(
            row.pk, row.on, row.get_kind_display(), row.text, row.added_by.name if row.added_by else "", row.added_at
        )
        for row in rows
    )
