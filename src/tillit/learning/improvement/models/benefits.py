"""Stored: the plan for what a pilot is to give. One line for each benefit; about teams, never about people."""

from django.db import models
from django.db.models import Q

from tillit.learning.improvement.models.pilots import Pilot
from tillit.learning.improvement.rules.benefits import Kind
from tillit.learning.improvement.rules.goals import Goal


class Benefit(models.Model):
    """A benefit (gevinst) of a pilot. Measured by an indicator (`code`) or by asking people (`asked`).

    baseline, target, now: in the unit of what it is measured by; shares 0–1. baseline: only where nothing is frozen.
    now: only where people are asked. owner: a role, never a name. amount: kroner or hours in a year. cost: kroner,
    once. confirmed_on: the day somebody in finance looked at it; `confirmed_words` says who, and at what.
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="benefits")
    goal = models.CharField(max_length=10, choices=[(one, one) for one in Goal])
    kind = models.CharField(max_length=8, choices=[(one, one) for one in Kind])
    words = models.CharField(max_length=200, help_text="What gets better, in plain words")
    code = models.CharField(max_length=40, blank=True)
    asked = models.CharField(max_length=100, blank=True)
    baseline = models.FloatField(null=True)
    target = models.FloatField(null=True)
    now = models.FloatField(null=True)
    due_on = models.DateField(null=True)
    owner = models.CharField(max_length=60, blank=True)
    amount = models.FloatField(null=True)
    used_for = models.CharField(max_length=100, blank=True)
    cost = models.PositiveIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    confirmed_words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="improvement_benefit_goal_known", condition=Q(goal__in=[one.value for one in Goal])
            ),
            models.CheckConstraint(
                name="improvement_benefit_kind_known", condition=Q(kind__in=[one.value for one in Kind])
            ),
            models.CheckConstraint(
                name="improvement_benefit_measured_one_way", condition=Q(code="") | Q(asked=""),
            ),
            models.CheckConstraint(
                name="improvement_quality_has_no_kroner", condition=~Q(kind="QUALITY") | Q(amount__isnull=True)
            ),
            models.CheckConstraint(
                name="improvement_confirmed_says_by_whom",
                condition=Q(confirmed_on__isnull=True, confirmed_words="")
                | Q(confirmed_on__isnull=False) & ~Q(confirmed_words=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"pilot-benefit:{self.pk}"
