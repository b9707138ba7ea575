"""Stored: what has happened in a case, and the notes in its file."""

from django.db import models

from tillit.care.decisions.models.case import Case
from tillit.care.decisions.rules.states import Step
from tillit.foundation.workforce.models import Employee


class CaseEvent(models.Model):
    """One step in a case's life: from which state to which, when, by whom. Only added to.

    `data`: codes, ids and dates, never names or free text.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Step] + [("NOTED", "NOTED")])
    was = models.CharField(max_length=20)
    became = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="decisions_event_of_case")]

    def __str__(self) -> str:
        return f"caseevent:{self.pk}"


class CaseNote(models.Model):
    """A note in the case file: a talk on the phone, what came on paper. Corrected by a new one, never deleted.

    Information of weight that came by word of mouth is written down (forvaltningsloven § 11 d, the new act § 10).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    happened_on = models.DateField()
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    press_key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "press_key"], condition=~models.Q(press_key=""), name="decisions_note_pressed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"casenote:{self.pk}"
