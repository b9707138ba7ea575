"""Stored: what citizens said of their goals, what was agreed, measures in numbers, and what she is asked afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.careplans.models import CarePlan, Goal
from tillit.care.citizens.models import Citizen
from tillit.care.decisions.models import Case
from tillit.care.evaluations.rules.outcome import Outcome
from tillit.foundation.workforce.models import Employee


class OutcomeChoice(models.TextChoices):
    """What was agreed (rules.outcome.Outcome)."""

    KEEP = Outcome.KEEP.value, _("Fortsett som nå")
    ADJUST = Outcome.ADJUST.value, _("Fortsett, men endre det vi gjør")
    REACHED = Outcome.REACHED.value, _("Målet er nådd")
    NEW_GOAL = Outcome.NEW_GOAL.value, _("Et annet mål er viktigere nå")


class Evaluation(models.Model):
    """A goal looked at together with the citizen (evaluering): her words first, then what was agreed. Only added to.

    It belongs to the citizen of the goal's plan, and follows the goal's line through versions of the plan. level: GAS,
    −2 to 2. It is an entry of the journal, signed by the press. draft: the draft that followed; case: the one that was
    taken up, for the help that was agreed left the frame of the decision.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="evaluations")
    line = models.BigIntegerField(db_index=True, help_text="The goal's line")
    own_words = models.TextField(blank=True)
    why_no_words = models.CharField(max_length=200, blank=True, help_text="Why there are none")
    with_whom = models.CharField(max_length=200, blank=True, help_text="Who was there besides her")
    seen = models.TextField(blank=True, help_text="What we have seen")
    level = models.SmallIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=OutcomeChoice.choices)
    next_on = models.DateField(null=True)
    less = models.JSONField(default=dict, help_text="Line of an intervention → rules.outcome.Less")
    draft = models.ForeignKey(CarePlan, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    evaluated_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    evaluated_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evaluations_level_minus_2_to_2",
                condition=models.Q(level__isnull=True) | models.Q(level__gte=-2, level__lte=2),
            ),
            models.CheckConstraint(
                name="evaluations_outcome_known",
                condition=models.Q(outcome__in=["ADJUST", "KEEP", "NEW_GOAL", "REACHED"]),
            ),
            models.UniqueConstraint(
                fields=["goal", "press_key"], condition=~models.Q(press_key=""), name="evaluations_one_press"
            ),
        ]

    def __str__(self) -> str:
        return f"evaluation:{self.pk}"


class Asked(models.Model):
    """That the citizen is asked two questions after an evaluation: what she thinks. Her own page shows it."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="asked")
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    open_until = models.DateField(help_text="The last day she is asked")

    def __str__(self) -> str:
        return f"asked:{self.pk}"


class HowMuch(models.TextChoices):
    """What she answers to each of the two questions."""

    YES = "YES", _("Ja")
    PARTLY = "PARTLY", _("Litt")
    NO = "NO", _("Nei")


class Thought(models.Model):
    """What the citizen thinks (det hun synes), said by herself on her own page after an evaluation. Only added to.

    helped: whether the help makes it easier to reach the goal. decided: whether she was in on deciding.
    """

    asked = models.OneToOneField(Asked, on_delete=models.PROTECT, related_name="thought")
    helped = models.CharField(max_length=6, choices=HowMuch.choices)
    decided = models.CharField(max_length=6, choices=HowMuch.choices)
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evaluations_thought_known",
                condition=models.Q(decided__in=["NO", "PARTLY", "YES"], helped__in=["NO", "PARTLY", "YES"]),
            )
        ]

    def __str__(self) -> str:
        return f"thought:{self.pk}"


class Tool(models.TextChoices):
    """Scales whose numbers are kept. Names of tools are the same in every language."""

    COPM = "COPM", "COPM"
    PSFS = "PSFS", "PSFS"
    SPPB = "SPPB", "SPPB"


class Measurement(models.Model):
    """Numbers of one scale on a day (måling). Only added to; an entry of the journal, signed by the press.

    numbers: COPM and PSFS {"activities": [{"text", "importance", "performance", "satisfaction"} or {"text", "score"}]};
    SPPB seconds as text by part, and "gait_unable"/"chair_unable". What is missing was not scored.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="measurements")
    tool = models.CharField(max_length=10, choices=Tool.choices)
    measured_on = models.DateField()
    numbers = models.JSONField(default=dict)
    measured_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    measured_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evaluations_tool_known", condition=models.Q(tool__in=["COPM", "PSFS", "SPPB"])
            ),
            models.UniqueConstraint(
                fields=["citizen", "press_key"], condition=~models.Q(press_key=""), name="evaluations_measure_one_press"
            ),
        ]

    def __str__(self) -> str:
        return f"measurement:{self.pk}"
