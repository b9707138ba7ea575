"""Stored: users, and three logs that only grow: changes, look-ups and refused tries. Triggers see to it.

Each row of a log is signed (`signed.py`), and stretches of rows are sealed in a chain (`sealing.py`).
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy

from tillit.foundation.access.roles import name_of


class UserManager(BaseUserManager["User"]):
    """Makes users; there are no superusers, for being an administrator is a role like the others."""

    def create_user(self, username: str, password: str | None = None, *, name: str = "") -> "User":
        """Store and return a user. Without a password nobody can log in with one."""
        user = self.model(username=username, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login (konto). Says nothing of what one may do: roles are held by employees in units."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="nb")
    colour_scheme = models.CharField(max_length=5, default="light")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_user_colour_scheme_known",
                condition=models.Q(colour_scheme__in=["light", "dark", "auto"]),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username


class Invitation(models.Model):
    """A one-time way to a password (invitasjon): made for somebody new, or for one who has forgotten hers.

    Only the hash of the code is kept. It ends when it is used, when a newer one is made, when the account is closed,
    or by itself after some days.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="access_invitation_one_open",
            ),
            models.CheckConstraint(
                name="access_invitation_expires_later",
                condition=models.Q(expires_at__gt=models.F("made_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation:{self.pk}"


class SignedRow(models.Model):
    """What makes tampering visible: a keyed hash over the whole row. Rows from before rows were signed have none."""

    key_id = models.CharField(max_length=16, default="", editable=False)
    mac = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        abstract = True


class AuditEntry(SignedRow):
    """One change: who, when, what, on which thing, in which units. Never altered, never removed."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    unit_path = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, help_text="Kind and id, such as careplan:12. Never a name.")
    citizen_id = models.BigIntegerField(null=True)
    change = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["citizen_id", "at"], name="access_audit_citizen"),
            models.Index(fields=["subject", "at"], name="access_audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class AccessEntry(SignedRow):
    """One look at one citizen's data (innsynslogg): who, in which role and unit, why, through which door."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=200, help_text="Roles held, comma separated")
    unit_path = models.CharField(max_length=200)
    citizen_id = models.BigIntegerField()
    door = models.CharField(max_length=100, help_text="Which page, command or task opened the data")
    changed = models.BooleanField(default=False)
    ground = models.CharField(max_length=12, default="", help_text="Why she had reach: a grounds.Ground")
    ground_subject = models.CharField(max_length=40, default="", help_text="What that rests on: kind and id")
    device = models.CharField(max_length=12, default="", help_text="From what: a code of whence. Empty: not kept then")
    network = models.CharField(max_length=8, default="", help_text="INSIDE or OUTSIDE our networks; never an address")
    outcome = models.CharField(max_length=8, default="", help_text="SHOWN, REFUSED or FAILED. Empty: not kept then")
    edition = models.PositiveSmallIntegerField(default=1, editable=False, help_text="Which columns are signed")

    class Meta:
        indexes = [
            models.Index(fields=["citizen_id", "at"], name="access_entry_citizen"),
            models.Index(fields=["user", "at"], name="access_entry_user"),
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.citizen_id}"

    @property
    def role_names(self) -> list[str]:
        """The roles in plain Norwegian."""
        return [name_of(code) for code in self.roles.split(",") if code]


class RefusedEntry(SignedRow):
    """A look-up that was refused (avvist oppslag): what was asked for, as it stood in the address.

    Says nothing of whether there is such a thing: an id that nobody has is refused in the same way.
    """

    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=200)
    unit_path = models.CharField(max_length=200)
    door = models.CharField(max_length=100)
    asked_for = models.CharField(max_length=100, help_text="Kinds and ids: citizen_id:12")
    status = models.PositiveSmallIntegerField(help_text="404 out of reach or not there, 403 not for her role")
    device = models.CharField(max_length=12, default="", help_text="From what: a code of whence. Empty: not kept then")
    network = models.CharField(max_length=8, default="", help_text="INSIDE or OUTSIDE our networks; never an address")
    edition = models.PositiveSmallIntegerField(default=1, editable=False, help_text="Which columns are signed")

    class Meta:
        indexes = [models.Index(fields=["at"], name="access_refused_at")]

    def __str__(self) -> str:
        return f"{self.door} {self.asked_for}"


class LogSeal(models.Model):
    """A seal (segl) over a stretch of one log, chained to the seal before it: see rules/signing.py."""

    number = models.BigIntegerField(unique=True)
    log = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    after_id = models.BigIntegerField(help_text="The stretch begins after this id")
    to_id = models.BigIntegerField(help_text="The last id of the stretch")
    count = models.PositiveIntegerField()
    gaps = models.JSONField(default=list, help_text="Ids without a row, as pairs: what was rolled back")
    digest = models.CharField(max_length=64)
    newest_at = models.DateTimeField(null=True, help_text="The moment of the newest row")
    of = models.BigIntegerField(null=True, unique=True, help_text="REMOVED: the seal whose rows have left")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_seal_log_known", condition=models.Q(log__in=["ACCESS", "AUDIT", "REFUSED"])
            ),
            models.CheckConstraint(
                name="access_seal_kind_known", condition=models.Q(kind__in=["OLD_ROWS", "REMOVED", "ROWS"])
            ),
            models.CheckConstraint(
                name="access_seal_of_only_when_removed",
                condition=models.Q(kind="REMOVED", of__isnull=False)
                | (~models.Q(kind="REMOVED") & models.Q(of__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["log", "to_id"], name="access_seal_log_to")]

    def __str__(self) -> str:
        return f"seal:{self.number}"


class LogKeeping(models.Model):
    """How long the logs are kept (oppbevaring), from a day on. The newest one that has begun holds."""

    valid_from = models.DateField(unique=True)
    years = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300, help_text="The law, rule or decision behind it")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_keeping_years_sane", condition=models.Q(years__gte=5, years__lte=100))
        ]

    def __str__(self) -> str:
        return f"log-keeping:{self.pk}"


class ReviewOutcome(models.TextChoices):
    """What the one who went through a look-up made of it."""

    EXPLAINED = "EXPLAINED", gettext_lazy("Dette er forklart")
    FOLLOW_UP = "FOLLOW_UP", gettext_lazy("Følges opp")


class LookupReview(models.Model):
    """A look-up that stood out, or one drawn by lot, was gone through (gjennomgang). Only added to: the newest counts.

    finding: what was gone through, as the rules name it: rule, user, citizen, day. The one it is about reads it too.
    """

    finding = models.CharField(max_length=100)
    rule = models.CharField(max_length=20)
    about = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=200)
    on = models.DateField(help_text="The day of the look-up")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices)
    words = models.CharField(max_length=500)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_review_by_another", condition=~models.Q(reviewer=models.F("about"))),
        ]
        indexes = [
            models.Index(fields=["finding", "at"], name="access_review_finding"),
            models.Index(fields=["about", "at"], name="access_review_about"),
        ]

    def __str__(self) -> str:
        return f"lookup-review:{self.pk}"
