"""Stored: the municipality's own targets and rates, dated."""

from django.db import models

from tillit.foundation.authority.models import ServiceType


class CasePractice(models.Model):
    """The municipality's own targets for cases, from a day. The newest begun counts; the law's are in rules."""

    valid_from = models.DateField(unique=True)
    advance_notice_weeks = models.PositiveSmallIntegerField(default=2)
    notify_days = models.PositiveSmallIntegerField(default=3)
    review_days = models.PositiveSmallIntegerField(default=28, help_text="From an appeal to our own review")
    stay_days = models.PositiveSmallIntegerField(default=2)
    reasons_days = models.PositiveSmallIntegerField(default=7)
    handover_days = models.PositiveSmallIntegerField(default=2)
    renew_days = models.PositiveSmallIntegerField(default=28)
    evaluate_after_days = models.PositiveSmallIntegerField(default=182, help_text="Suggested until the reassessment")
    span_percent = models.PositiveSmallIntegerField(default=20, help_text="A frame decision's span when made")
    post_days = models.PositiveSmallIntegerField(default=3, help_text="From posted to taken to have been read")
    provider_choice = models.BooleanField(default=True, help_text="The citizen chooses who gives practical help")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_practice_leaves_time", condition=models.Q(advance_notice_weeks__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"practice:{self.valid_from}"


class ChargeRate(models.Model):
    """What the citizen pays for a service (egenandel), in words, from a day. Stated in letters, never billed."""

    service = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="rates")
    words = models.CharField(max_length=300, help_text="«Inntil 241 kroner i måneden når inntekten er under 2 G»")
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "valid_from"], name="decisions_rate_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"rate:{self.pk}"
