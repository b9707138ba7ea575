"""Stored: users, the audit trail and the access log. The last two only grow; triggers in the database see to it."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tillit.foundation.access.roles import ROLE_NAMES, Role


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


class AuditEntry(models.Model):
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


class AccessEntry(models.Model):
    """One look at one citizen's data (innsynslogg): who, in which role and unit, on which page."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=200, help_text="Roles held, comma separated")
    unit_path = models.CharField(max_length=200)
    citizen_id = models.BigIntegerField()
    door = models.CharField(max_length=100, help_text="Which page, command or task opened the data")
    changed = models.BooleanField(default=False)

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
        return [str(ROLE_NAMES[Role(code)]) for code in self.roles.split(",") if code]
