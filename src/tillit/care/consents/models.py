"""Stored: logins of citizens and of those they let in, consents, and the parts given in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.consents.rules import Basis, Part
from tillit.foundation.access.models import User
from tillit.foundation.workforce.models import Employee


class PrivateAccount(models.Model):
    """A login that is no employee's (innlogging til Min side). citizen: herself; without one a relative or guardian."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="private_account")
    citizen = models.OneToOneField(Citizen, null=True, on_delete=models.PROTECT, related_name="private_account")
    opened_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"private-account:{self.pk}"


class BasisChoice(models.TextChoices):
    """What somebody is let in by: as `rules.Basis`."""

    CONSENT = Basis.CONSENT.value, _("Brukeren har sagt ja")
    AUTHORITY = Basis.AUTHORITY.value, _("Fullmakt eller fremtidsfullmakt")
    GUARDIAN = Basis.GUARDIAN.value, _("Verge, etter mandatet")


class PartChoice(models.TextChoices):
    """A part of a citizen's own page: as `rules.Part`."""

    VISITS = Part.VISITS.value, _("Hvem som kommer, og når")
    GOALS = Part.GOALS.value, _("Mål og plan")
    DECISIONS = Part.DECISIONS.value, _("Vedtak")
    LOOKUPS = Part.LOOKUPS.value, _("Hvem som har lest i journalen")
    CANCEL = Part.CANCEL.value, _("Avlyse besøk")
    MESSAGES = Part.MESSAGES.value, _("Skrive til teamet")


class Consent(models.Model):
    """A citizen lets somebody in to parts of her page (samtykke), from a day to a day. Ended, never deleted.

    relation: «Datter». basis_words: how she said it, or which document it rests on: «Sagt i samtale 12. mai»,
    «Vergemål, Statsforvalteren 3.4.2026».
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="consents")
    account = models.ForeignKey(PrivateAccount, on_delete=models.PROTECT, related_name="consents")
    relation = models.CharField(max_length=100)
    basis = models.CharField(max_length=10, choices=BasisChoice.choices)
    basis_words = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "account"],
                condition=models.Q(valid_to__isnull=True),
                name="consents_consent_one_open",
            ),
            models.CheckConstraint(
                name="consents_consent_days_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="consents_consent_basis_known",
                condition=models.Q(basis__in=["AUTHORITY", "CONSENT", "GUARDIAN"]),
            ),
        ]

    def __str__(self) -> str:
        return f"consent:{self.pk}"


class ConsentPart(models.Model):
    """One part given in a consent. Only its end is added: when, and by whose login."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=10, choices=PartChoice.choices)
    words = models.CharField(max_length=300, blank=True, help_text="When it was said, for a part that came later")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "part"],
                condition=models.Q(ended_at__isnull=True),
                name="consents_part_given_once",
            ),
            models.CheckConstraint(
                name="consents_part_known",
                condition=models.Q(part__in=["CANCEL", "DECISIONS", "GOALS", "LOOKUPS", "MESSAGES", "VISITS"]),
            ),
        ]

    def __str__(self) -> str:
        return f"consent-part:{self.pk}"
