"""By which number a login service recognises a citizen, or somebody she lets in, the first time. It is not kept."""

from datetime import datetime
from secrets import token_hex

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.models import Identifier
from tillit.care.consents.actions.accounts import OneLoginOnly, open_private_account
from tillit.care.consents.models import Consent, PrivateAccount
from tillit.care.consents.permissions import OPEN_ACCOUNT
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.login.actions.identities import key_hash, register_key
from tillit.foundation.login.models import IdentityKey
from tillit.foundation.login.oidc.providers import CITIZENS, Provider
from tillit.kernel import national_id
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.kernel.national_id import IdKind, UnreadableNationalId

_KNOWN_THERE = frozenset({IdKind.FNR, IdKind.DNR})


class NoNumber(ActionRefused):
    """Nothing a login service would recognise her by."""


def services_for_citizens() -> tuple[Provider, ...]:
    """Return the login services of this installation that open Min side."""
    return tuple(one for one in settings.LOGIN_PROVIDERS if one.opens == CITIZENS)


def read_number(text: str) -> str:
    """Return the digits of a number a login service knows. Raises NoNumber."""
    try:
        found = national_id.read(text)
    except UnreadableNationalId:
        raise NoNumber(_("Fødselsnummeret er ikke riktig. Se på sifrene en gang til.")) from None
    if found.kind not in _KNOWN_THERE:
        raise NoNumber(_("Til innlogging trengs et fødselsnummer eller D-nummer."))
    return found.value


def account_of_number(number: str) -> PrivateAccount | None:
    """Return whose login a number is registered on, so that one who helps two citizens has one login."""
    hashes = {key_hash(one.slug, number) for one in services_for_citizens()}
    rows = IdentityKey.objects.filter(key_hash__in=hashes, provider__in=[one.slug for one in services_for_citizens()])
    return PrivateAccount.objects.filter(user_id__in=rows.values("user_id")).first()


@transaction.atomic
def let_her_log_in(*, actor: Actor, citizen_id: int, at: datetime) -> PrivateAccount:
    """Give a citizen a login of her own, by the number she is registered with here. Twice is once.

    Raises NotFound, NotAllowed, NoNumber, IdentityTaken. Writes an audit entry for each thing that is new.
    """
    citizen, _scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=OPEN_ACCOUNT, at=at)
    held = Identifier.objects.filter(citizen=citizen, valid_to__isnull=True, kind__in=sorted(_KNOWN_THERE)).first()
    if held is None:
        raise NoNumber(_("Brukeren er ikke registrert med fødselsnummer eller D-nummer."))
    account = PrivateAccount.objects.filter(citizen=citizen).first() or open_private_account(
        actor=actor, citizen_id=citizen_id, username=f"minside-{token_hex(6)}", name=citizen.name, is_own=True, at=at
    )
    register(actor=actor, user=account.user, number=held.value, at=at)
    return account


@transaction.atomic
def know_by_number(*, actor: Actor, citizen_id: int, consent_id: int, number: str, at: datetime) -> None:
    """Say by which number one who is let in is recognised. Raises NotFound, NotAllowed, and as `register`."""
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=OPEN_ACCOUNT, at=at)
    row = Consent.objects.select_related("account__user").filter(citizen=citizen, pk=consent_id).first()
    if row is None:
        raise NotFound(_("Fant ikke samtykket."))
    register(actor=actor, user=row.account.user, number=read_number(number), at=at)
    audit.record(actor, OPEN_ACCOUNT, str(row.account), scope, at=at, change={"known_by_number": True})


def register(*, actor: Actor, user: User, number: str, at: datetime) -> None:
    """Register a number with every service for citizens; only a keyed hash is kept. The same again changes nothing.

    Raises IdentityTaken, and OneLoginOnly for another number than the one it has: nobody's login is given to another.
    """
    for one in services_for_citizens():
        held = IdentityKey.objects.filter(user=user, provider=one.slug).values_list("key_hash", flat=True).first()
        if held is None:
            register_key(actor=actor, user=user, provider=one.slug, key=number, at=at)
        elif held != key_hash(one.slug, number):
            raise OneLoginOnly(_("Innloggingen er registrert med et annet nummer."))
