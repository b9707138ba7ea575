"""Stored: what was found out before a decision, with whom, and what others said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.decisions.models.case import Case
from tillit.care.needs.models import Conversation
from tillit.foundation.workforce.models import Employee


class Assessment(models.Model):
    """What case worker and service-responsible found out together (kartlegging). A draft until it is done, then kept.

    A reassessment is a new row; the newest done one counts.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    own_view = models.TextField(blank=True, help_text="How the citizen sees it herself (pbrl § 3-1)")
    summary = models.TextField(blank=True, help_text="What we found: everyday life, resources, need of help")
    levels = models.JSONField(default=dict, help_text="In a draft: variable → level; scores when it is done")
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every save: two writers are told")
    saved_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(done_at__isnull=True), name="decisions_assessment_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"assessment:{self.pk}"


class Assessor(models.Model):
    """Somebody who took part in an assessment: case worker and service-responsible together."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assessors")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "employee"], name="decisions_assessor_once"),
        ]

    def __str__(self) -> str:
        return f"assessor:{self.pk}"


class FunctionScore(models.Model):
    """A level of one of the 17 variables of functional level (IPLOS), from a day to a day. History, never overwritten.

    `level`: 1–5, or 9 for «ikke relevant», which is no large number and is left out of all arithmetic.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="function_scores")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="scores")
    variable = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    scored_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_score_variable_known",
                condition=models.Q(variable__gte=1) & models.Q(variable__lte=17),
            ),
            models.CheckConstraint(
                name="decisions_score_level_known", condition=models.Q(level__in=[1, 2, 3, 4, 5, 9])
            ),
            models.UniqueConstraint(
                fields=["citizen", "variable"],
                condition=models.Q(valid_to__isnull=True),
                name="decisions_score_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"score:{self.pk}"


class FactSource(models.TextChoices):
    """Where a fact came from."""

    HOSPITAL = "HOSPITAL", _("Sykehuset")
    GP = "GP", _("Fastlegen")
    RELATIVE = "RELATIVE", _("Pårørende")
    SERVICE = "SERVICE", _("En annen tjeneste")
    OTHER = "OTHER", _("Noen andre")


class NotShown(models.TextChoices):
    """Why a fact from others is not put before the citizen (fvl § 17, second paragraph)."""

    KNOWN = "KNOWN", _("Brukeren kjenner det fra før")
    NO_WEIGHT = "NO_WEIGHT", _("Det har ikke betydning for vedtaket")
    HARM = "HARM", _("Det er fare for brukerens helse eller liv")


class OutsideFact(models.Model):
    """What others have told in the case. The citizen sees it, and may answer, before it counts (fvl § 17)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outside_facts")
    source = models.CharField(max_length=10, choices=FactSource.choices)
    text = models.TextField()
    received_on = models.DateField()
    shown_on = models.DateField(null=True)
    answer = models.TextField(blank=True, help_text="What the citizen said to it")
    not_shown = models.CharField(max_length=10, choices=NotShown.choices, blank=True)
    not_shown_why = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_fact_not_both_shown_and_not",
                condition=models.Q(shown_on__isnull=True) | models.Q(not_shown=""),
            ),
        ]

    def __str__(self) -> str:
        return f"outsidefact:{self.pk}"


class CapacityAssessment(models.Model):
    """Whether somebody has decision capacity (beslutningskompetanse) in one matter at one time.

    Never a flag on the person: it is about `subject_matter`, and stands beside the case it was made in. Only added to.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="capacity_assessments")
    subject_matter = models.CharField(max_length=200)
    has_capacity = models.BooleanField()
    reasons = models.TextField()
    concluded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField()
    shown_to = models.CharField(max_length=200, blank=True, help_text="Next of kin, or another professional")
    shown_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"capacity:{self.pk}"
