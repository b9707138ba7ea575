"""Stored: what was taken out about one person, for whom and why; the sealed file while it lasts; what was held back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.foundation.jobs.models import Job
from tillit.foundation.keeping.fields import SealedBytesField
from tillit.foundation.workforce.models import Employee


class HandoutState(models.TextChoices):
    """How far it has come."""

    GATHERING = "GATHERING", _("Samles")
    REVIEW = "REVIEW", _("Leses gjennom")
    PACKING = "PACKING", _("Pakkes")
    READY = "READY", _("Klar til å hentes")
    STOPPED = "STOPPED", _("Stoppet")
    DELETED = "DELETED", _("Slettet")


class Asker(models.TextChoices):
    """Who asked to see it."""

    SELF = "SELF", _("Personen selv")
    REPRESENTATIVE = "REPRESENTATIVE", _("En som kan spørre for personen, som verge eller fullmektig")


class Exemption(models.TextChoices):
    """The law that something is held back by."""

    ANOTHER = "ANOTHER", _("Handler om en annen person (personvernforordningen art. 15 nr. 4)")
    HARM = "HARM", _("Fare for liv eller alvorlig helseskade, eller klart utilrådelig (pbrl. § 5-1)")
    PARTY = "PARTY", _("Unntatt partens innsyn (fvl. § 19)")


class Handout(models.Model):
    """All about one person, taken out to be handed over (utlevering). About a citizen, or about an employee.

    The row stays when the file is gone: that it was made, by whom, why, and what was held back.
    """

    citizen = models.ForeignKey(Citizen, null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=200)
    asker = models.CharField(max_length=20, choices=Asker.choices)
    why = models.CharField(max_length=200, help_text="In one line")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HandoutState.choices, default=HandoutState.GATHERING)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    counts = models.JSONField(default=dict, help_text="Table → rows, rows with free text, those that mention others")
    reviewed_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True, help_text="The file is deleted by the night after this day")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file that was handed out")
    fetched_at = models.DateTimeField(null=True, help_text="The first time")
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_handout_about_one",
                condition=models.Q(citizen__isnull=False, employee__isnull=True)
                | models.Q(citizen__isnull=True, employee__isnull=False),
            ),
            models.CheckConstraint(
                name="person_handout_state_known", condition=models.Q(state__in=sorted(HandoutState.values))
            ),
            models.CheckConstraint(
                name="person_handout_asker_known", condition=models.Q(asker__in=sorted(Asker.values))
            ),
        ]
        indexes = [models.Index(fields=["state", "keep_until"], name="person_handout_due")]

    def __str__(self) -> str:
        return f"handout:{self.pk}"


class HandoutFile(models.Model):
    """The content, sealed: first what was gathered, then what is handed out. Gone when its time is over."""

    handout = models.OneToOneField(Handout, on_delete=models.CASCADE, related_name="file")
    content = SealedBytesField(purpose="handout")

    def __str__(self) -> str:
        return f"handout-file:{self.pk}"


class HeldBack(models.Model):
    """One row that is not handed out (holdt tilbake), decided by the one who read it through, by law and in words."""

    handout = models.ForeignKey(Handout, on_delete=models.CASCADE, related_name="held_back")
    label = models.CharField(max_length=60, help_text="The table, such as visits.VisitReport")
    row_id = models.BigIntegerField()
    exemption = models.CharField(max_length=10, choices=Exemption.choices)
    words = models.CharField(max_length=300)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handout", "label", "row_id"], name="person_held_back_once"),
            models.CheckConstraint(
                name="person_held_back_law_known", condition=models.Q(exemption__in=sorted(Exemption.values))
            ),
        ]

    def __str__(self) -> str:
        return f"held-back:{self.pk}"
