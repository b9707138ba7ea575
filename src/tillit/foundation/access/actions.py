"""Be invited, choose a password, choose how the product looks. Logging in itself is in `foundation.login`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.foundation.access import audit, codes, sources
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.events import AccountClosed
from tillit.foundation.access.models import Invitation, User
from tillit.foundation.access.permissions import SIGNED_IN, Permission
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, NotFound


class NotEmployed(ActionRefused):
    """It is her, but she holds no role in any unit today."""


class InvitationRefused(ActionRefused):
    """The code opens nothing: unknown, used, replaced, too old, or the account is closed."""


class WeakPassword(ActionRefused):
    """The password is too easy to guess; the text says why."""


class UnknownChoice(ActionRefused):
    """A language or a colour scheme that does not exist."""


#: How long a code from an invitation opens the way to a password.
INVITATION_LASTS = timedelta(hours=72)

_WEAK: dict[str, str | Promise] = {
    "password_too_short": gettext_lazy(
        "Passordet er for kort. Bruk minst 12 tegn. Tre–fire ord etter hverandre er fint."
    ),
    "password_too_common": gettext_lazy("Mange bruker dette passordet. Velg et annet."),
    "password_too_similar": gettext_lazy("Passordet ligner for mye på navnet eller brukernavnet ditt. Velg et annet."),
}


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made. The code is nowhere else: show it once."""

    user: User
    code: str
    expires_at: datetime


@transaction.atomic
def make_invitation(*, actor: Actor, permission: Permission, scope: Scope, user: User, at: datetime) -> Invited:
    """Make a code with which `user` chooses a password. Earlier codes of hers open nothing any more.

    The caller, who knows people and units, has checked that the actor holds `permission` in `scope`. The password she
    has goes on working until she chooses a new one. A closed account is opened again. Writes one audit entry.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    _withdraw_invitations(user, at)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    code = codes.new_code()
    made = Invitation.objects.create(
        user=user,
        code_hash=codes.hash_of(code),
        made_by_id=actor.user_id,
        made_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    change = {"act": "INVITE", "invitation": made.pk, "expires": made.expires_at.isoformat()}
    audit.record(actor, permission, f"user:{user.pk}", scope, at=at, change=change)
    return Invited(user, code, made.expires_at)


@transaction.atomic
def close_account(*, actor: Actor, permission: Permission, scope: Scope, user: User, at: datetime) -> None:
    """Close an account: sessions end at once and for good, codes and the password open nothing.

    The password is thrown away: a session is bound to it, so that no old one lives up again when the account is opened.
    The caller has checked that the actor holds `permission` in `scope`. Writes one audit entry.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    _withdraw_invitations(user, at)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    audit.record(actor, permission, f"user:{user.pk}", scope, at=at, change={"act": "CLOSE_ACCOUNT"})
    events.publish(AccountClosed(user_id=user.pk, at=at))


def invited_user(*, code: str, at: datetime) -> User:
    """Return whom a code is for, while it opens anything. Raises InvitationRefused with what to do instead."""
    return _open_invitation(code, at).user


@transaction.atomic
def accept_invitation(*, code: str, password: str | None, at: datetime) -> User:
    """Use a code, once: choose a password with it, or none when another way in has been shown.

    With a password other sessions of hers end: they are bound to the old one. Raises InvitationRefused, WeakPassword,
    NotEmployed; the code can then be used again. Writes one audit entry.
    """
    invitation = _open_invitation(code, at, lock=True)
    user = invitation.user
    actor = employed(user, at=at)
    if password is not None:
        refuse_weak(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    change = {"act": "USE_INVITATION" if password is None else "CHOOSE_PASSWORD", "invitation": invitation.pk}
    audit.record(actor, SIGNED_IN, f"user:{user.pk}", Scope(()), at=at, change=change)
    return user


def employed(user: User, *, at: datetime) -> Actor:
    """Return who the user is now. Raises NotEmployed for one without a role, even resting, whom no citizen lets in."""
    actor = sources.actor_for(user_id=user.pk, name=user.name, at=at)
    if actor.is_private and not actor.let_in:
        raise NotEmployed(_("Ingen slipper deg inn på Min side nå. Ring kommunen hvis det er feil."))
    if not (actor.grants or actor.resting or actor.let_in):
        raise NotEmployed(_("Du er ikke registrert som medarbeider i noe team i dag. Ta kontakt med lederen din."))
    return actor


def refuse_weak(password: str, user: User) -> None:
    """Raise WeakPassword when a password is too easy to guess for this user, stored or not."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword(
            " ".join(str(_WEAK.get(one.code or "", one.messages[0])) for one in weak.error_list)
        ) from None


def _open_invitation(code: str, at: datetime, *, lock: bool = False) -> Invitation:
    invitations = Invitation.objects.select_related("user")
    if lock:
        invitations = invitations.select_for_update()
    found = invitations.filter(code_hash=codes.hash_of(code)).first()
    if found is None:
        raise InvitationRefused(
            _("Vi kjenner ikke igjen koden. Se om du har fått med hele, eller be lederen din om en ny.")
        )
    if found.used_at is not None:
        raise InvitationRefused(
            _("Lenka er brukt. Logg inn med passordet du valgte, eller be lederen din om en ny lenke.")
        )
    if not found.user.is_active:
        raise InvitationRefused(_("Tilgangen din er stengt. Ta kontakt med lederen din."))
    if found.withdrawn_at is not None:
        raise InvitationRefused(_("Du har fått en nyere lenke. Bruk den, eller be lederen din om en ny."))
    if found.expires_at <= at:
        raise InvitationRefused(_("Lenka gjelder ikke lenger. Be lederen din om en ny."))
    return found


def _withdraw_invitations(user: User, at: datetime) -> None:
    Invitation.objects.filter(user=user, used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)


@transaction.atomic
def set_preferences(*, actor: Actor, language: str, colour_scheme: str, at: datetime) -> None:
    """Store the actor's own language and colours. Raises UnknownChoice, NotFound for the system itself."""
    if language not in dict(settings.LANGUAGES) or colour_scheme not in {"light", "dark", "auto"}:
        raise UnknownChoice(_("Velg et av alternativene."))
    user = User.objects.select_for_update().filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound(_("Fant ikke kontoen din."))
    user.language = language
    user.colour_scheme = colour_scheme
    user.save(update_fields=["language", "colour_scheme"])
    audit.record(
        actor,
        SIGNED_IN,
        f"user:{user.pk}",
        Scope(()),
        at=at,
        change={"act": "PREFERENCES", "language": language, "colour_scheme": colour_scheme},
    )
