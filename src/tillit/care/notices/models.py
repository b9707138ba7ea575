"""Stored: notices, who is to answer them, and the answers."""

from django.db import models

from tillit.care.citizens.models import Citizen
from tillit.foundation.access.models import User
from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility.models import Duty
from tillit.foundation.workforce.models import Employee


class Notice(models.Model):
    """A notice (beskjed): to a person, a duty or the team, about a citizen or none, open until it is answered.

    unit: whose it is. owner: who has it, because it was written to her or she took it; without her, whoever holds
    `duty` that day; without both, nobody. About a citizen the words and the answer are entries of her journal, locked
    from when they are signed. asks_nothing: it tells what came of something she asked for, so that «Lest» is answer
    enough; no person's own notice is such. press_key: what the same again is known by, among those who ask, and among
    those who tell. written_user, written_name: when it came from a citizen's own page, not from an employee.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices")
    citizen = models.ForeignKey(Citizen, null=True, on_delete=models.PROTECT, related_name="notices")
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="notices")
    owner = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="notices")
    owned_at = models.DateTimeField(null=True, help_text="When somebody took it; empty: it was written to her")
    text = models.TextField()
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_name = models.CharField(max_length=200, blank=True, help_text="Of a citizen or one of hers; else empty")
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    asks_nothing = models.BooleanField(default=False, help_text="Written by `actions.telling` alone")
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["written_by", "press_key", "asks_nothing"],
                condition=~models.Q(press_key=""),
                name="notices_notice_pressed_once",
            ),
            models.UniqueConstraint(
                fields=["written_user", "press_key"],
                condition=~models.Q(press_key=""),
                name="notices_notice_pressed_once_outside",
            ),
            models.CheckConstraint(
                name="notices_notice_answered_by_somebody",
                condition=models.Q(answered_at__isnull=False) | models.Q(answer="", answered_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "answered_at"], name="notices_notice_unit"),
            models.Index(fields=["owner", "answered_at"], name="notices_notice_owner"),
        ]

    def __str__(self) -> str:
        return f"notice:{self.pk}"
