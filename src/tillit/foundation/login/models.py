"""Stored: the ways in that a user has, the devices she uses, her sessions, and what has been tried in vain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.models import User


class DeviceKind(models.TextChoices):
    """Whose a device is. Decides how soon it locks itself."""

    SHARED_PHONE = "SHARED_PHONE", _("Telefon vi deler på")
    OWN_PHONE = "OWN_PHONE", _("Telefon bare jeg bruker")
    OFFICE = "OFFICE", _("PC på kontoret")


class Identity(models.Model):
    """Who a user is to a login service (innloggingstjeneste): its issuer and its own stable name for her."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="login_identity_one_user")]

    def __str__(self) -> str:
        return f"identity:{self.pk}"


class IdentityKey(models.Model):
    """By what a login service's user is recognised the first time: a number it tells us, kept as a keyed hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identity_keys")
    provider = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "key_hash"], name="login_key_one_user"),
            models.UniqueConstraint(fields=["provider", "user"], name="login_key_one_each"),
        ]

    def __str__(self) -> str:
        return f"identity-key:{self.pk}"


class Passkey(models.Model):
    """A passkey (passnøkkel): the public half; the private one never leaves her phone or key."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=1400, unique=True, help_text="base64url")
    credential = models.BinaryField(help_text="Attested credential data: authenticator, id and public key")
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"passkey:{self.pk}"


class CodeApp(models.Model):
    """The authenticator app (kodeapp) that makes her one-time codes. The secret is sealed with the product's key."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="code_app")
    sealed_secret = models.TextField()
    last_step = models.BigIntegerField(
        default=0, help_text="The last half minute whose code was used: none is used twice"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"code-app:{self.pk}"


class RecoveryCode(models.Model):
    """One of the codes on paper (reservekoder), for the day the phone is gone. Only the hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery-code:{self.pk}"


class Device(models.Model):
    """A browser that somebody has logged in with (enhet), known again by a cookie of which only the hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="login_device_kind_known", condition=models.Q(kind__in=sorted(DeviceKind.values))
            )
        ]

    def __str__(self) -> str:
        return f"device:{self.pk}"


class DeviceUser(models.Model):
    """Somebody has logged in on this device before: guesses made elsewhere never keep her waiting here."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="users")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "user"], name="login_device_user_once")]

    def __str__(self) -> str:
        return f"device:{self.device_id} user:{self.user_id}"


class LoginSession(models.Model):
    """One time somebody logged in (økt): when, how, on what, and whether the screen is locked now.

    Django's session holds only the number of this row, so that two requests at once never undo each other's lock.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_sessions")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="+")
    mark = models.CharField(max_length=16, help_text="Lets a page see that it belongs to a session that is over")
    door = models.CharField(max_length=60, help_text="password, passkey, invitation, demo or the login service")
    second_step = models.CharField(max_length=20, blank=True, help_text="CODE_APP, PASSKEY, RECOVERY_CODE, SERVICE")
    browser = models.CharField(max_length=60, help_text="Such as «Chrome, Android»: for her own list of sessions")
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    proved_at = models.DateTimeField(help_text="When she last showed that it is her, with more than a PIN")
    locked_at = models.DateTimeField(null=True)
    pin_hash = models.CharField(max_length=200, blank=True)
    pin_tries = models.PositiveSmallIntegerField(default=0)
    sealed_id_token = models.TextField(blank=True, help_text="For logging out at the login service too; sealed")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="login_session_of_user")]
        constraints = [
            models.CheckConstraint(
                name="login_session_kind_known", condition=models.Q(kind__in=sorted(DeviceKind.values))
            )
        ]

    def __str__(self) -> str:
        return f"session:{self.pk}"


class Throttle(models.Model):
    """What is counted lately (telling): tries in vain from an address or a device, and what somebody has asked for.

    `key_hash` is a keyed hash of what is counted, so that no username and no address stands here.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    counted = models.PositiveIntegerField(default=0, db_column="failures")
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="login_throttle_last")]

    def __str__(self) -> str:
        return f"throttle:{self.pk}"


class LoginPolicy(models.Model):
    """What the municipality has decided about login (regler for innlogging). One row; `edition` counts its changes."""

    edition = models.PositiveIntegerField(default=1)
    shared_phone_minutes = models.PositiveSmallIntegerField(default=3)
    own_phone_minutes = models.PositiveSmallIntegerField(default=10)
    office_minutes = models.PositiveSmallIntegerField(default=15)
    idle_hours = models.PositiveSmallIntegerField(default=4)
    second_step_roles = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="login_policy_within_bounds",
                condition=models.Q(
                    shared_phone_minutes__range=(1, 15), own_phone_minutes__range=(1, 60),
                    office_minutes__range=(1, 60), idle_hours__range=(1, 12),
                ),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"login-policy:{self.edition}"
