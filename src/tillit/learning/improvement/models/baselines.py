"""Stored: which indicators a pilot is measured by, and how they stood before. A frozen value is never changed."""

from django.db import models
from django.db.models import F, Q

from tillit.foundation.workforce.models import Employee
from tillit.learning.improvement.models.pilots import Pilot, PilotTeam
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.rules.windows import Timing


class ChosenIndicator(models.Model):
    """An indicator a pilot is measured by, under one of its effect goals. One is the goal's primary one."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="indicators")
    goal = models.CharField(max_length=10, choices=[(one, one) for one in Goal])
    code = models.CharField(max_length=40, help_text="Of the indicator")
    is_primary = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "code"], name="improvement_indicator_once_in_a_pilot"),
            models.UniqueConstraint(
                fields=["pilot", "goal"], condition=Q(is_primary=True), name="improvement_one_primary_for_a_goal"
            ),
            models.CheckConstraint(
                name="improvement_chosen_goal_known", condition=Q(goal__in=[one.value for one in Goal])
            ),
        ]

    def __str__(self) -> str:
        return f"pilot-indicator:{self.pk}"


class Baseline(models.Model):
    """A team's frozen baseline (nullpunkt): whole months [first_on, after_on), who signed, when. Never changed."""

    team = models.OneToOneField(PilotTeam, on_delete=models.CASCADE, related_name="baseline")
    first_on = models.DateField()
    after_on = models.DateField()
    timing = models.CharField(max_length=14, choices=[(one, one) for one in Timing])
    caveat = models.CharField(max_length=300, blank=True, help_text="Why figures Tillit did not count may stand in it")
    signed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="improvement_baseline_days_in_order", condition=Q(after_on__gt=F("first_on"))),
            models.CheckConstraint(
                name="improvement_baseline_timing_known", condition=Q(timing__in=[one.value for one in Timing])
            ),
        ]

    def __str__(self) -> str:
        return f"baseline:{self.pk}"


class BaselineValue(models.Model):
    """One point of one indicator as it stood when the baseline was frozen, with what it rests on. Never changed.

    What each column is, `insight.rules.series.Point` says. version: of the indicator's definition.
    """

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="values")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.FloatField(null=True)
    n = models.PositiveIntegerField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    excluded = models.PositiveIntegerField(default=0)
    complete = models.FloatField(default=1.0)
    hidden = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["baseline", "code", "starts_on"], name="improvement_point_frozen_once"),
            models.CheckConstraint(
                name="improvement_hidden_has_no_value", condition=Q(hidden=False) | Q(value__isnull=True)
            ),
            models.CheckConstraint(name="improvement_point_days_in_order", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"baseline-value:{self.pk}"
