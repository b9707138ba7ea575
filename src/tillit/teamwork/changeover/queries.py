"""What was written to a shift, who has read it, and when somebody was here last."""

from dataclasses import dataclass
from datetime import datetime

from tillit.foundation.workforce.models import Shift
from tillit.teamwork.changeover.models import ShiftLine, ShiftRead
from tillit.teamwork.changeover.rules.shifts import ShiftOf


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line somebody wrote to the shift."""

    text: str
    who: str
    at: datetime


def lines_of(unit_id: int, shift: ShiftOf) -> tuple[WrittenLine, ...]:
    """Return what was written to a shift, oldest first. Callers have checked the unit."""
    rows = ShiftLine.objects.filter(unit_id=unit_id, on=shift.on, shift_kind=shift.kind).select_related("written_by")
    return tuple(
        WrittenLine(row.text, row.written_by.name if row.written_by else "", row.written_at)
        for row in rows.order_by("written_at", "pk")
    )


def readers_of(unit_id: int, shift: ShiftOf) -> dict[int, datetime]:
    """Return who has read a shift's board, and when. Callers have checked the unit."""
    rows = ShiftRead.objects.filter(unit_id=unit_id, on=shift.on, shift_kind=shift.kind)
    return dict(rows.values_list("employee_id", "at"))


def last_here(employee_id: int, *, unit_id: int, before: datetime) -> datetime | None:
    """Return when her last shift in the unit ended, before a moment; None when she has had none."""
    ended = Shift.objects.filter(employee_id=employee_id, unit_id=unit_id, ends_at__lte=before).order_by("-ends_at")
    return ended.values_list("ends_at", flat=True).first()
