"""Passkeys: made, used, named, taken away. What is signed and how it is checked is fido2's."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login.models import CodeApp, Passkey, RecoveryCode
from tillit.foundation.login.sealing import keyed_hash
from tillit.kernel.errors import ActionRefused, NotFound

#: More than anybody has phones and keys.
MOST = 10
#: What comes of reading an answer that is not one, or is not right.
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error)


class PasskeyRefused(ActionRefused):
    """The passkey is not one of ours, or not for this page, or she did not unlock it."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the browser says it is, and where we know it is: they must be the same."""

    host: str  # without port: what passkeys are bound to
    origin: str  # scheme, host and port


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is asked, and what we must remember to check its answer."""

    options: Mapping[str, Any]
    state: Mapping[str, Any]


def ask_for_new(*, user: User, here: Here) -> Question:
    """Return the question for a new passkey: kept by the phone or key itself, opened by face, finger or code."""
    known = [AttestedCredentialData(bytes(row.credential)) for row in Passkey.objects.filter(user=user)]
    options, state = _server(here).register_begin(
        PublicKeyCredentialUserEntity(id=_handle(user), name=user.username, display_name=user.name or user.username),
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Question(dict(options), state)


@transaction.atomic
def add(
    *,
    user: User,
    actor: Actor,
    name: str,
    state: Mapping[str, Any],
    answer: Mapping[str, Any],
    here: Here,
    at: datetime,
) -> Passkey:
    """Store a new passkey. Raises PasskeyRefused."""
    User.objects.select_for_update().get(pk=user.pk)
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise PasskeyRefused(_("Du har ti passnøkler. Fjern en du ikke bruker, før du lager en ny."))
    try:
        data = _server(here).register_complete(dict(state), RegistrationResponse.from_dict(answer))
        made = data.credential_data
        if made is None:
            raise ValueError
    except _BROKEN:
        raise PasskeyRefused(_("Passnøkkelen ble ikke laget. Prøv en gang til.")) from None
    if Passkey.objects.filter(credential_id=websafe_encode(made.credential_id)).exists():
        raise PasskeyRefused(_("Passnøkkelen er i bruk fra før."))
    stored = Passkey.objects.create(
        user=user,
        credential_id=websafe_encode(made.credential_id),
        credential=bytes(made),
        sign_count=data.counter,
        name=name.strip()[:60] or _("Passnøkkel"),
        made_at=at,
    )
    _write(actor, user, "ADD_PASSKEY", at, passkey=stored.pk)
    return stored


def ask_for_one(*, here: Here, user: User | None = None) -> Question:
    """Return the question for a passkey: of anybody who has one here, or of one user only."""
    known = (
        [AttestedCredentialData(bytes(row.credential)) for row in Passkey.objects.filter(user=user)] if user else None
    )
    options, state = _server(here).authenticate_begin(
        credentials=known, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Question(dict(options), state)


@transaction.atomic
def recognise(
    *, state: Mapping[str, Any], answer: Mapping[str, Any], here: Here, only: User | None = None, at: datetime
) -> User:
    """Recognise somebody by a passkey that she has opened with face, finger or code. Raises PasskeyRefused.

    only: when it must be this user. A signature counter that goes backwards means a copied key: it opens nothing.
    """
    refused = PasskeyRefused(_("Vi kjenner ikke igjen passnøkkelen. Logg inn på en annen måte."))
    try:
        response = AuthenticationResponse.from_dict(answer)
        row = (
            Passkey.objects.select_for_update(of=("self",))
            .select_related("user")
            .get(credential_id=websafe_encode(response.raw_id), user__is_active=True)
        )
        _server(here).authenticate_complete(dict(state), [AttestedCredentialData(bytes(row.credential))], response)
    except (*_BROKEN, Passkey.DoesNotExist):
        raise refused from None
    handle = response.response.user_handle
    if (handle is not None and handle != _handle(row.user)) or (only is not None and only.pk != row.user_id):
        raise refused
    counter = response.response.authenticator_data.counter
    if (counter or row.sign_count) and counter <= row.sign_count:
        raise refused
    row.sign_count = counter
    row.used_at = at
    row.save(update_fields=["sign_count", "used_at"])
    return row.user


@transaction.atomic
def rename(*, actor: Actor, passkey_id: int, name: str, at: datetime) -> None:
    """Call one's own passkey something else. Raises NotFound."""
    row = _own(actor, passkey_id)
    row.name = name.strip()[:60] or row.name
    row.save(update_fields=["name"])
    _write(actor, row.user, "RENAME_PASSKEY", at, passkey=row.pk)


@transaction.atomic
def remove(*, actor: Actor, passkey_id: int, at: datetime) -> None:
    """Let one's own passkey open nothing any more. Raises NotFound."""
    row = _own(actor, passkey_id)
    user, number = row.user, row.pk
    row.delete()
    _write(actor, user, "REMOVE_PASSKEY", at, passkey=number)
    if not Passkey.objects.filter(user=user).exists() and not CodeApp.objects.filter(user=user).exists():
        RecoveryCode.objects.filter(user=user).delete()


def _own(actor: Actor, passkey_id: int) -> Passkey:
    row = Passkey.objects.select_for_update(of=("self",)).select_related("user")
    found = row.filter(pk=passkey_id, user_id=actor.user_id or 0).first()
    if found is None:
        raise NotFound(_("Fant ikke passnøkkelen. Kanskje er den fjernet alt."))
    return found


def _server(here: Here) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=here.host, name="Tillit"), verify_origin=lambda origin: origin == here.origin
    )


def _handle(user: User) -> bytes:
    """What a passkey calls its user: the same each time, and nothing that tells who she is."""
    return websafe_decode(keyed_hash("passkey user", str(user.pk)))[:32]


def _write(actor: Actor, user: User, act: str, at: datetime, **more: int) -> None:
    audit.record(actor, SIGNED_IN, f"user:{user.pk}", Scope(()), at=at, change={"act": act, **more})
