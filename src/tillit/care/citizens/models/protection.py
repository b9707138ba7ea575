"""What opens and what bars: objections, who is asked in, emergencies, who may know a hidden address, and the terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models.citizen import Citizen
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class BarKind(models.TextChoices):
    """Why an employee never reaches a citizen (sperre). The same codes as `rules.reaching.Bar`."""

    OBJECTION = "OBJECTION", _("Brukeren vil ikke at hun eller han ser")
    DECIDED = "DECIDED", _("Sperret etter en vurdering")
    RELATIVE = "RELATIVE", _("Er i familie med brukeren")
    SELF = "SELF", _("Er selv brukeren")


class Barrier(models.Model):
    """An employee is kept away from a citizen and everything about her, from a day to a day.

    asked_by: who objected, or whom it came from, in words: «Olga selv», «Datteren, med fullmakt».
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="barriers")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="barriers")
    kind = models.CharField(max_length=10, choices=BarKind.choices)
    asked_by = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "employee"],
                condition=models.Q(valid_to__isnull=True),
                name="citizens_barrier_once_in_force",
            ),
        ]
        indexes = [models.Index(fields=["employee", "valid_to"], name="citizens_barrier_employee")]

    def __str__(self) -> str:
        return f"barrier:{self.pk}"


class AskedInKind(models.TextChoices):
    """Why she reads: somebody asked her, or she has a case of her own with the citizen."""

    ASKED = "ASKED", _("Bedt inn")
    CASE = "CASE", _("Har en sak som terapeut")


class AskedIn(models.Model):
    """An employee outside the citizen's units reads for a purpose, from a day to a day (bedt inn).

    `valid_to` is the first day it no longer holds. One who was asked always has one; a case has none while it is hers.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="asked_in")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="asked_in")
    kind = models.CharField(max_length=5, choices=AskedInKind.choices, default=AskedInKind.ASKED)
    purpose = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_asked_in_days_in_order", condition=models.Q(valid_to__gte=models.F("valid_from"))
            ),
            models.CheckConstraint(
                name="citizens_asked_in_until_a_day", condition=models.Q(valid_to__isnull=False) | models.Q(kind="CASE")
            ),
        ]
        indexes = [models.Index(fields=["employee", "valid_to"], name="citizens_asked_in_employee")]

    def __str__(self) -> str:
        return f"asked-in:{self.pk}"


class EmergencyReason(models.TextChoices):
    """Why somebody opens a record out of reach. DANGER alone goes before an objection."""

    CALLED_OUT = "CALLED_OUT", _("Jeg er kalt ut til personen")
    FOUND = "FOUND", _("Jeg har møtt personen, som trenger hjelp nå")
    COVERING = "COVERING", _("Jeg dekker for et annet team på kort varsel")
    DANGER = "DANGER", _("Fare for liv eller alvorlig skade på helsa")


class Verdict(models.TextChoices):
    """What the leader found when she looked at an emergency access afterwards."""

    JUSTIFIED = "JUSTIFIED", _("I orden")
    NOT_JUSTIFIED = "NOT_JUSTIFIED", _("Ikke i orden")
    FOLLOW_UP = "FOLLOW_UP", _("Må følges opp")


class EmergencyAccess(models.Model):
    """An employee opened the record of a citizen out of reach (nødtilgang, blålys). Only end and review are added.

    unit: where she worked. ended_at: when she ended it herself; it ends by itself at `ends_at`.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="emergencies")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="emergencies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=EmergencyReason.choices)
    words = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    review_words = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_emergency_ends_later", condition=models.Q(ends_at__gt=models.F("opened_at"))
            ),
            models.CheckConstraint(
                name="citizens_emergency_reviewed_whole",
                condition=models.Q(verdict="", reviewed_at__isnull=True)
                | (~models.Q(verdict="") & models.Q(reviewed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="citizens_emergency_reviewed_by_another",
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("employee")),
            ),
        ]
        indexes = [
            models.Index(fields=["employee", "ends_at"], name="citizens_emergency_employee"),
            models.Index(fields=["reviewed_at", "citizen"], name="citizens_emergency_review"),
        ]

    def __str__(self) -> str:
        return f"emergency:{self.pk}"


class AddressTrust(models.Model):
    """An employee may know a hidden address, from a day to a day, beside those who answer for the citizen."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="address_trusts")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "employee"],
                condition=models.Q(valid_to__isnull=True),
                name="citizens_address_trust_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"address-trust:{self.pk}"


class AccessTerms(models.Model):
    """How long doors stay open in the municipality, from a day until newer terms. See `rules.reaching.Terms`."""

    valid_from = models.DateField(unique=True)
    clinical_days = models.PositiveSmallIntegerField()
    case_worker_days = models.PositiveSmallIntegerField()
    leader_days = models.PositiveSmallIntegerField()
    emergency_hours = models.PositiveSmallIntegerField()
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_access_terms_hours_1_to_24",
                condition=models.Q(emergency_hours__gte=1) & models.Q(emergency_hours__lte=24),
            ),
        ]

    def __str__(self) -> str:
        return f"access-terms:{self.pk}"
