"""The first step in: a password, a demo account. Whoever is recognised here has no session yet."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope, system
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login import demo_door, queries
from tillit.foundation.login.actions import attempts
from tillit.foundation.login.actions.sessions import Place
from tillit.foundation.login.rules.attempts import counted_for
from tillit.foundation.login.rules.second_step import PasswordRule
from tillit.kernel.errors import ActionRefused, NotFound


class WrongPassword(ActionRefused):
    """No active account has this name and password. Never says which of the two is wrong."""


class PasswordOff(ActionRefused):
    """Nobody logs in by password in this installation."""


def recognise(*, username: str, password: str, place: Place, at: datetime) -> User:
    """Recognise an employee by username and password. Writes it when it fails.

    Same words, same number of queries and same hashing whether or not the account exists. Not in a transaction: the
    try is counted before the password is checked. Raises PasswordOff, TooManyTries, WrongPassword.
    """
    if PasswordRule(settings.PASSWORD_LOGIN) is PasswordRule.OFF:
        raise PasswordOff(_("Her logger ingen inn med passord. Velg en av de andre måtene."))
    name = username.strip()
    known = queries.is_known_device(username=name, device_token=place.device_token)
    counted = attempts.counts(
        counted_for(known_device=known), account=name.lower(), address=place.address, device=place.device_token
    )
    attempts.count_try(counted, at=at)
    found = authenticate(None, username=name, password=password)
    if not isinstance(found, User):
        note_refusal(queries.user_named(name), door="password", why="wrong", at=at)
        raise WrongPassword(
            _("Brukernavnet og passordet passer ikke sammen. Se om Caps Lock er på, og skriv passordet på nytt.")
        )
    attempts.forgive(counted)
    return found


def prove_by_password(*, user: User, password: str, place: Place, at: datetime) -> None:
    """Let somebody who is logged in show again that it is her. Counted as a log in is. Raises as `recognise` does."""
    if recognise(username=user.username, password=password, place=place, at=at).pk != user.pk:
        raise WrongPassword(_("Passordet er feil."))


def recognise_in_demo(*, username: str) -> User:
    """Recognise one of the demo's accounts without a password. Raises NotFound outside the demo, and for others."""
    known = {account.username for account in demo_door.demo_accounts()} if settings.DEMO else set()
    user = User.objects.filter(username=username, is_active=True).first() if username in known else None
    if user is None:
        raise NotFound(_("Siden finnes ikke."))
    return user


@transaction.atomic
def note_refusal(user: User | None, *, door: str, why: str, at: datetime) -> None:
    """Write that somebody was not let in: whose account, when there is one; neither what was typed nor from where."""
    actor = Actor(user_id=user.pk, name=user.name) if user else system("innlogging")
    subject = f"user:{user.pk}" if user else "login"
    audit.record(actor, SIGNED_IN, subject, Scope(()), at=at, change={"act": "LOGIN_REFUSED", "door": door, "why": why})
