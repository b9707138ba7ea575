"""Stored: what went wrong, who is to look at it, and the answer. Not part of anybody's journal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class DeviationKind(models.TextChoices):
    """What happened."""

    FALL = "FALL", _("Fall")
    MEDICINE = "MEDICINE", _("Medisiner")
    MISSED = "MISSED", _("Besøk som ikke ble noe av")
    INJURY = "INJURY", _("Skade")
    THREAT = "THREAT", _("Trusler eller vold")
    EQUIPMENT = "EQUIPMENT", _("Utstyr")
    INFORMATION = "INFORMATION", _("Feil informasjon")
    OTHER = "OTHER", _("Noe annet")


class DeviationAbout(models.TextChoices):
    """Whom it hit, or could have."""

    CITIZEN = "CITIZEN", _("En bruker")
    WORKPLACE = "WORKPLACE", _("En kollega eller arbeidsmiljøet")
    NEITHER = "NEITHER", _("Ingen av delene")


class DeviationState(models.TextChoices):
    """Where it stands."""

    OPEN = "OPEN", _("Meldt")
    LOOKING = "LOOKING", _("Sett på")
    ANSWERED = "ANSWERED", _("Besvart")
    WITHDRAWN = "WITHDRAWN", _("Trukket")


class Deviation(models.Model):
    """Something went wrong, or nearly did (avvik). unit: whose work; holder: who answers, empty when nobody does.

    citizen: only when it is about one. words may be empty: what happened is enough. seen_at: when the one who told it
    had seen the answer. An avvik is not an entry of the journal: what she needs in her journal is written there.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DeviationKind.choices)
    about = models.CharField(max_length=10, choices=DeviationAbout.choices)
    citizen = models.ForeignKey(Citizen, null=True, on_delete=models.PROTECT, related_name="deviations")
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=DeviationState.choices, default=DeviationState.OPEN)
    holder = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    learned = models.CharField(max_length=200, blank=True, help_text="What the team does otherwise from now; no names")
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deviations_citizen_when_about_one",
                condition=models.Q(about="CITIZEN", citizen__isnull=False)
                | (~models.Q(about="CITIZEN") & models.Q(citizen__isnull=True)),
            ),
            models.CheckConstraint(
                name="deviations_answered_with_words",
                condition=~models.Q(state="ANSWERED") | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["reported_by", "press_key"],
                condition=~models.Q(press_key=""),
                name="deviations_pressed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-reported_at"], name="deviations_unit_newest"),
            models.Index(fields=["reported_by", "-reported_at"], name="deviations_own_newest"),
        ]

    def __str__(self) -> str:
        return f"deviation:{self.pk}"
