"""Stored: phones that carry the day, what arrived from them, and what a human has to choose about."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.models import User
from tillit.foundation.delivery.rules.order import Outcome
from tillit.foundation.keeping.fields import SealedJsonField
from tillit.foundation.login.models import LoginSession

_NOT_SETTLED = (Outcome.MISSING.value, Outcome.WAITING.value)


class Phone(models.Model):
    """One log in on a device that carries the day with it (telefon). Its own signing key never leaves the device.

    next_number: whose turn it is; all before it are settled. until: when the device empties itself.
    wiped_at: somebody asked that it be emptied; emptied_at: the device has heard it.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="phones")
    session = models.ForeignKey(LoginSession, null=True, on_delete=models.SET_NULL, related_name="+")
    browser = models.CharField(max_length=60, help_text="Such as «Chrome, Android»")
    unit_path = models.CharField(max_length=200, help_text="Where she works: her leader sees what she leaves lying")
    seal_key_id = models.CharField(max_length=16, blank=True, help_text="What it seals to: the key is kept as long")
    sign_x = models.CharField(max_length=43)
    sign_y = models.CharField(max_length=43)
    logged_in_at = models.DateTimeField()
    until = models.DateTimeField()
    contact_at = models.DateTimeField()
    next_number = models.PositiveIntegerField(default=1)
    wiped_at = models.DateTimeField(null=True)
    wiped_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-contact_at"], name="delivery_phone_of_user")]

    def __str__(self) -> str:
        return f"phone:{self.pk}"


class Envelope(models.Model):
    """One envelope that has arrived, and what became of it: the receipt. Its content stays only while it waits.

    waiting: the envelope as it came, sealed to our key. Emptied when it is settled.
    """

    phone = models.ForeignKey(Phone, on_delete=models.CASCADE, related_name="envelopes")
    number = models.PositiveIntegerField()
    twin = models.PositiveSmallIntegerField(default=0, help_text="Not 0: the phone had used the number before")
    digest = models.CharField(max_length=64, blank=True, help_text="Of what was signed; empty when it never came")
    waiting = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    carrier = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, default=Outcome.WAITING)
    reason = models.CharField(max_length=12, blank=True, help_text="Why it was refused, as a code")
    act = models.CharField(max_length=61, blank=True)
    said_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    href = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone", "number", "twin"], name="delivery_envelope_once"),
            models.UniqueConstraint(fields=["phone", "digest"], condition=~Q(digest=""), name="delivery_envelope_same"),
            models.CheckConstraint(
                name="delivery_envelope_outcome_known",
                condition=Q(outcome__in=sorted(one.value for one in Outcome)),
            ),
            models.CheckConstraint(
                name="delivery_envelope_settled_or_not",
                condition=Q(outcome__in=_NOT_SETTLED, settled_at__isnull=True)
                | (~Q(outcome__in=_NOT_SETTLED) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="delivery_envelope_kept_while_waiting",
                condition=~Q(outcome="WAITING") | ~Q(waiting=""),
            ),
        ]
        indexes = [models.Index(fields=["outcome", "received_at"], name="delivery_envelope_waiting")]

    def __str__(self) -> str:
        return f"envelope:{self.pk}"


class Press(models.Model):
    """A press whose order has been carried out, from whatever phone: never twice (trykk)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="delivery_press_once")]

    def __str__(self) -> str:
        return f"press:{self.pk}"


class Choice(models.TextChoices):
    """What somebody chose about what did not go through."""

    MINE = "MINE", _("Det jeg skrev, ble brukt")
    STANDS = "STANDS", _("Det som sto, ble stående")
    ANEW = "ANEW", _("Skrevet på nytt")


class Undelivered(models.Model):
    """What arrived and could not be carried out by itself: the author's words, and what stood (ikke gått igjennom).

    Both versions stay when somebody has chosen. `content` is empty when the envelope could not be opened: then it lies
    in the envelope as it came. citizen_id: whom it is about, for the file about her.
    """

    envelope = models.OneToOneField(Envelope, on_delete=models.CASCADE, related_name="undelivered")
    citizen_id = models.BigIntegerField(null=True)
    content = SealedJsonField(purpose="delivery-content", default=dict)
    stood = SealedJsonField(purpose="delivery-stood", default=dict)
    refusal = models.CharField(max_length=300, blank=True, help_text="Why not, in words that name nobody")
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)
    chosen_at = models.DateTimeField(null=True)
    chosen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delivery_undelivered_choice_known", condition=Q(choice__in=["", *sorted(Choice.values)])
            ),
            models.CheckConstraint(
                name="delivery_undelivered_chosen_by_somebody",
                condition=Q(choice="", chosen_at__isnull=True) | (~Q(choice="") & Q(chosen_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["chosen_at"], name="delivery_undelivered_open"),
            models.Index(fields=["citizen_id"], name="delivery_undelivered_about"),
        ]

    def __str__(self) -> str:
        return f"undelivered:{self.pk}"
