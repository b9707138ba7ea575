"""Stored: which unit holds a case, whom the citizen wants the help from, and who may not take part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.decisions.models.case import Case
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class Holding(models.Model):
    """Who holds a case, from when, by which row of the responsibility table; an offer until it is answered.

    Only added to, but for the answer. The one who offers keeps the case until the other has said yes (R07).
    """

    class Answer(models.TextChoices):
        """What became of an offer."""

        YES = "YES", _("Tatt imot")
        NO = "NO", _("Sendt tilbake")
        TAKEN_BACK = "TAKEN_BACK", _("Trukket tilbake")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holdings")
    from_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="case_holdings")
    responsibility = models.CharField(max_length=60, help_text="Row of the table that places it")
    version_id = models.BigIntegerField(null=True, help_text="Version of the model asked; foundation/responsibility")
    must_know = models.TextField(blank=True, help_text="What the receiver must know")
    offered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(answer=""), name="decisions_one_open_offer_per_case"
            ),
        ]
        indexes = [models.Index(fields=["unit", "answer"], name="decisions_holding_offers")]

    def __str__(self) -> str:
        return f"holding:{self.pk}"


class ProviderChoice(models.Model):
    """The citizen's choice of who gives the help (fritt brukervalg, R21): told of it, then chosen. Only added to."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="choices")
    told_on = models.DateField()
    chosen_on = models.DateField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=100, blank=True, help_text="A private provider's name")
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_choice_of_one",
                condition=models.Q(chosen_on__isnull=True, unit__isnull=True, provider="")
                | models.Q(chosen_on__isnull=False, unit__isnull=False, provider="")
                | (models.Q(chosen_on__isnull=False, unit__isnull=True) & ~models.Q(provider="")),
            ),
        ]

    def __str__(self) -> str:
        return f"choice:{self.pk}"


class Disqualification(models.Model):
    """Somebody may not take part in a citizen's cases (inhabil), from a day to a day (fvl §§ 6–8)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="disqualifications")
    reason = models.CharField(max_length=200, help_text="Why, in a few words")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "citizen"],
                condition=models.Q(valid_to__isnull=True),
                name="decisions_disqualified_once",
            ),
        ]

    def __str__(self) -> str:
        return f"disqualification:{self.pk}"
