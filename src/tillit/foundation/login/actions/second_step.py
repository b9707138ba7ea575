"""The second step: an authenticator app and codes on paper. Set up, used, taken away."""

import secrets
from base64 import b32encode
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit, codes
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN, Permission
from tillit.foundation.login.actions import attempts
from tillit.foundation.login.models import CodeApp, IdentityKey, Passkey, RecoveryCode
from tillit.foundation.login.rules.attempts import Counted
from tillit.foundation.login.sealing import seal, unseal
from tillit.kernel.errors import ActionRefused, NotFound

STEP_SECONDS = 30
#: Codes on paper in one set.
RECOVERY_CODES = 8


class WrongCode(ActionRefused):
    """The code is not the one that counts now, or was used before."""


class CodesToShow(tuple[str, ...]):
    """Codes just made. They are nowhere else: show them once."""


def new_secret() -> bytes:
    """Return a secret for an authenticator app."""
    return secrets.token_bytes(20)


def spoken(secret: bytes) -> str:
    """Return the secret as it is typed into an app, in groups of four."""
    letters = b32encode(secret).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def app_address(secret: bytes, *, username: str) -> str:
    """Return the address that an authenticator app understands (otpauth), for a QR code or a link."""
    return _totp(secret).get_provisioning_uri(username, "Tillit")


@transaction.atomic
def set_up_code_app(*, user: User, actor: Actor, secret: bytes, code: str, at: datetime) -> None:
    """Take an authenticator app into use, once it has shown a right code. Raises WrongCode."""
    step = _fitting_step(secret, code, after=0, at=at)
    if step is None:
        raise WrongCode(
            _("Koden passer ikke. Se at klokka på telefonen er riktig, og skriv koden som står i appen nå.")
        )
    CodeApp.objects.update_or_create(
        user=user, defaults={"sealed_secret": seal(secret.hex()), "last_step": step, "made_at": at}
    )
    _write(actor, user, "ADD_CODE_APP", at)


@transaction.atomic
def remove_code_app(*, user: User, actor: Actor, at: datetime) -> None:
    """Take the authenticator app away. Raises NotFound."""
    gone, _by_model = CodeApp.objects.filter(user=user).delete()
    if not gone:
        raise NotFound(_("Det er ingen kodeapp å fjerne."))
    _write(actor, user, "REMOVE_CODE_APP", at)
    _forget_paper_without_purpose(user)


def check_code(*, user: User, code: str, at: datetime) -> str:
    """Check the second step: the app's code, or one from paper. Returns which: CODE_APP or RECOVERY_CODE.

    Each code counts once. Not in a transaction: the try is counted first. Raises TooManyTries, WrongCode.
    """
    counted = attempts.counts((Counted.SECOND_STEP,), account=f"user:{user.pk}", address="", device="")
    attempts.count_try(counted, at=at)
    typed = "".join(code.split()).replace("-", "")
    how = _by_app(user, typed, at) if typed.isascii() and typed.isdecimal() and len(typed) == 6 else ""
    how = how or _by_paper(user, code, at)
    if not how:
        raise WrongCode(
            _("Koden passer ikke. Skriv koden som står i appen nå, eller en reservekode du ikke har brukt.")
        )
    attempts.forgive(counted)
    return how


@transaction.atomic
def new_recovery_codes(*, user: User, actor: Actor, at: datetime) -> CodesToShow:
    """Make a new set of codes on paper; the old ones open nothing any more. Shown once."""
    RecoveryCode.objects.filter(user=user).delete()
    made = CodesToShow("-".join(codes.new_code().split("-")[:3]) for _number in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=user, code_hash=codes.hash_of(code), made_at=at) for code in made]
    )
    _write(actor, user, "NEW_RECOVERY_CODES", at)
    return made


@transaction.atomic
def remove_second_step(*, actor: Actor, permission: Permission, scope: Scope, user: User, at: datetime) -> None:
    """Take away everything but the password, for somebody who has lost her phone. She is told when she logs in.

    Passkeys, app and paper codes open nothing any more. The caller has checked that the actor holds `permission` in
    `scope` and might open her account.
    """
    forget_ways(user.pk)
    audit.record(actor, permission, f"user:{user.pk}", scope, at=at, change={"act": "REMOVE_SECOND_STEP"})


def forget_ways(user_id: int) -> None:
    """Let nothing of what she has set up open the account."""
    for model in (CodeApp, RecoveryCode, Passkey):
        model._default_manager.filter(user_id=user_id).delete()


def forget_identities(user_id: int) -> None:
    """Let no login service open the account."""
    User.objects.get(pk=user_id).identities.all().delete()
    IdentityKey.objects.filter(user_id=user_id).delete()


def _by_app(user: User, code: str, at: datetime) -> str:
    with transaction.atomic():
        app = CodeApp.objects.select_for_update().filter(user=user).first()
        if app is None:
            return ""
        step = _fitting_step(bytes.fromhex(unseal(app.sealed_secret)), code, after=app.last_step, at=at)
        if step is None:
            return ""
        app.last_step = step
        app.save(update_fields=["last_step"])
        return "CODE_APP"


def _by_paper(user: User, code: str, at: datetime) -> str:
    with transaction.atomic():
        used = RecoveryCode.objects.filter(user=user, code_hash=codes.hash_of(code), used_at__isnull=True).update(
            used_at=at
        )
        if not used:
            return ""
        _write(Actor(user_id=user.pk, name=user.name), user, "USE_RECOVERY_CODE", at)
        return "RECOVERY_CODE"


def _fitting_step(secret: bytes, code: str, *, after: int, at: datetime) -> int | None:
    """Return the half minute whose code this is: now, the one before or the one after, never one used before."""
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        if step <= after:
            continue
        try:
            _totp(secret).verify(code.encode(), step * STEP_SECONDS)
        except InvalidToken:
            continue
        return step
    return None


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP_SECONDS)  # noqa: S303 - SHA-1 is what the apps know (RFC 6238)


def _forget_paper_without_purpose(user: User) -> None:
    if not CodeApp.objects.filter(user=user).exists() and not Passkey.objects.filter(user=user).exists():
        RecoveryCode.objects.filter(user=user).delete()


def _write(actor: Actor, user: User, act: str, at: datetime) -> None:
    audit.record(actor, SIGNED_IN, f"user:{user.pk}", Scope(()), at=at, change={"act": act})
