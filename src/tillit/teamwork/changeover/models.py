"""Stored: lines to the coming shift, and who has read its board. What changed is stored where it happened."""

from django.db import models

from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, ShiftKind


class ShiftLine(models.Model):
    """One line to a shift, beside what the board is made of. About the team, not about a citizen: she has a journal."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shift_lines")
    on = models.DateField()
    shift_kind = models.CharField(max_length=10, choices=ShiftKind.choices)
    text = models.CharField(max_length=200)
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "press_key"],
                condition=~models.Q(press_key=""),
                name="changeover_line_pressed_once",
            )
        ]
        indexes = [models.Index(fields=["unit", "on", "shift_kind"], name="changeover_line_shift")]

    def __str__(self) -> str:
        return f"shiftline:{self.pk}"


class ShiftRead(models.Model):
    """Somebody has read the board of a shift (lest). Once for each person and shift."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shift_reads")
    on = models.DateField()
    shift_kind = models.CharField(max_length=10, choices=ShiftKind.choices)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "on", "shift_kind", "employee"], name="changeover_read_once_a_shift"
            )
        ]

    def __str__(self) -> str:
        return f"shiftread:{self.pk}"
