"""Log in and choose how the product looks. Passwords and sessions stay in the view; what is checked stays here."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit, demo_door, sources
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.kernel.errors import ActionRefused, NotFound


class WrongPassword(ActionRefused):
    """No active account has this name and password. Never says which of the two is wrong."""


class NotEmployed(ActionRefused):
    """The account and the password are right, but the person holds no role in any unit today."""


class UnknownChoice(ActionRefused):
    """A language or a colour scheme that does not exist."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Somebody who may have a session."""

    user: User
    actor: Actor


@transaction.atomic
def recognise(*, username: str, password: str, at: datetime) -> Recognised:
    """Recognise an employee by username and password; write that she logged in.

    Raises WrongPassword, NotEmployed.
    """
    found = authenticate(None, username=username.strip(), password=password)
    if not isinstance(found, User):
        raise WrongPassword(
            _("Brukernavnet og passordet passer ikke sammen. Se om Caps Lock er på, og skriv passordet på nytt.")
        )
    return _let_in(found, door="password", at=at)


@transaction.atomic
def recognise_in_demo(*, username: str, at: datetime) -> Recognised:
    """Recognise one of the demo's accounts without a password. Raises NotFound outside the demo, and for others."""
    known = {account.username for account in demo_door.demo_accounts()} if settings.DEMO else set()
    user = User.objects.filter(username=username, is_active=True).first() if username in known else None
    if user is None:
        raise NotFound(_("Siden finnes ikke."))
    return _let_in(user, door="demo", at=at)


def _let_in(user: User, *, door: str, at: datetime) -> Recognised:
    actor = sources.actor_for(user_id=user.pk, name=user.name, at=at)
    if not actor.grants:
        raise NotEmployed(
            _(
                "Passordet er riktig, men du er ikke registrert som medarbeider i noe team i dag. "
                "Ta kontakt med lederen din."
            )
        )
    audit.record(actor, SIGNED_IN, f"user:{user.pk}", Scope(()), at=at, change={"act": "LOG_IN", "door": door})
    return Recognised(user, actor)


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
