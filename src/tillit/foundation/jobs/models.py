"""Stored: pieces of long work, so that people can follow and stop them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far it has come."""

    WAITING = "WAITING", _("Venter")
    RUNNING = "RUNNING", _("Arbeider")
    DONE = "DONE", _("Ferdig")
    CANCELLED = "CANCELLED", _("Stoppet")
    FAILED = "FAILED", _("Stanset av en feil")


UNDER_WAY = frozenset({JobState.WAITING, JobState.RUNNING})
"""States in which an answer may still come."""


class Job(models.Model):
    """One piece of long work (bakgrunnsjobb). `kind` names the function; `order` is its input, `outcome` its answer."""

    kind = models.CharField(max_length=60)
    unit_path = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heard_from_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=200, blank=True, help_text="What it is doing, in words")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How many workers have begun it")
    failure = models.CharField(max_length=80, blank=True, help_text="FAILED: the kind of error. Never its text")
    reference = models.CharField(max_length=20, blank=True, help_text="FAILED: its number in the process's own log")
    stop_asked = models.BooleanField(default=False)
    order = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "heard_from_at"], name="jobs_job_state")]
        constraints = [
            models.CheckConstraint(name="jobs_job_state_known", condition=models.Q(state__in=JobState.values))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
