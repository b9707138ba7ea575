"""Stored: appeals on decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import NetworkMember
from tillit.care.decisions.models.case import Channel, Origin
from tillit.care.decisions.models.decision import Decision
from tillit.care.decisions.rules.appeals import AppealState
from tillit.care.letters.models import SentLetter
from tillit.foundation.authority.models import Authority
from tillit.foundation.workforce.models import Employee


class Ground(models.TextChoices):
    """Why an appeal is dismissed (avvist): it is not looked into at all."""

    LATE = "LATE", _("Den kom for sent, og det er ingen grunn til å se bort fra det")
    INCOMPLETE = "INCOMPLETE", _("Den mangler fortsatt noe den må ha, og fristen for å rette det er ute")
    NOT_ENTITLED = "NOT_ENTITLED", _("Den som klager, har ikke rett til å klage på vedtaket")


class Appeal(models.Model):
    """An appeal (klage) on one decision. A decision can have several.

    The product says whether it came in time and never refuses it by itself: a person decides, with `late_reason`.
    A dismissal is itself a decision: `dismissed_for` and `late_reason` say why, `authority` by which right, and a new
    appeal may be `on_dismissal_of` it. `stay_…`: whether execution is stayed (utsatt iverksetting, fvl § 42).
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    state = models.CharField(max_length=30, choices=[(each.value, each.value) for each in AppealState])
    origin = models.CharField(max_length=20, choices=Origin.choices)
    applicant = models.ForeignKey(NetworkMember, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel.choices)
    posted_on = models.DateField(help_text="Posted in time is in time")
    received_on = models.DateField()
    words = models.TextField(help_text="What she is not content with, in her own words")
    helped_to_write = models.BooleanField(default=False, help_text="Told by mouth: we wrote it down for her")
    late_reason = models.TextField(blank=True, help_text="Why a late one is taken up, or one is dismissed")
    dismissed_for = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    authority = models.ForeignKey(
        Authority, null=True, on_delete=models.PROTECT, related_name="+", help_text="That the dismissal rests on"
    )
    on_dismissal_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="appealed_by")
    complete_by = models.DateField(null=True)
    missing = models.CharField(max_length=300, blank=True)
    stay_asked_on = models.DateField(null=True)
    stay_granted = models.BooleanField(null=True)
    stay_answered_on = models.DateField(null=True)
    stay_reasons = models.TextField(blank=True)
    review = models.TextField(blank=True, help_text="What we looked at again, and what we think")
    reviewed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField(null=True, help_text="When we changed, forwarded or dismissed it")
    new_decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    receipt_letter = models.ForeignKey(SentLetter, null=True, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(
        SentLetter,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="That it was forwarded or dismissed",
    )
    forwarded_on = models.DateField(null=True)
    outcome_on = models.DateField(null=True)
    outcome_words = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every change: two writers are told")
    registered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    press_key = models.CharField(max_length=40, blank=True, help_text="The same press twice is one appeal")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_appeal_state_known",
                condition=models.Q(state__in=[each.value for each in AppealState]),
            ),
            models.CheckConstraint(
                name="decisions_appeal_dismissed_by_authority",
                condition=~models.Q(state="DISMISSED")
                | (models.Q(authority__isnull=False) & ~models.Q(dismissed_for="")),
            ),
            models.UniqueConstraint(
                fields=["decision", "press_key"],
                condition=~models.Q(press_key=""),
                name="decisions_appeal_pressed_once",
            ),
            models.CheckConstraint(
                name="decisions_appeal_received_after_posted",
                condition=models.Q(received_on__gte=models.F("posted_on")),
            ),
        ]
        indexes = [models.Index(fields=["state", "received_on"], name="decisions_appeal_open")]

    def __str__(self) -> str:
        return f"appeal:{self.pk}"


class AppealEvent(models.Model):
    """One step in an appeal's life. Only added to."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=30)
    was = models.CharField(max_length=30)
    became = models.CharField(max_length=30)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"appealevent:{self.pk}"
