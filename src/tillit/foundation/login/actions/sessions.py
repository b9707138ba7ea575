"""Sessions: begin, lock, unlock, end; the PIN of a shift; whose a device is."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login.models import Device, DeviceKind, DeviceUser, LoginSession
from tillit.foundation.login.rules import pins
from tillit.foundation.login.rules.sessions import PIN_TRIES
from tillit.foundation.login.sealing import device_hash, seal
from tillit.kernel.errors import ActionRefused, NotFound


class WrongPin(ActionRefused):
    """The PIN is not hers, or there is none any more. `left` is how many tries remain."""

    def __init__(self, text: str, *, left: int) -> None:
        super().__init__(text)
        self.left = left


class PinRefused(ActionRefused):
    """The PIN is too easy to guess."""


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody comes: what is known before she has said who she is."""

    address: str
    device_token: str
    browser: str
    is_phone: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that has just begun. `device_token` is a new one when the browser was not known."""

    session: LoginSession
    device_token: str


@transaction.atomic
def begin(
    *, user: User, actor: Actor, door: str, second_step: str = "", place: Place, id_token: str = "", at: datetime
) -> Begun:
    """Begin a session for somebody who has shown who she is. Writes that she logged in.

    A device that is new to us is one that people share when it is a phone: the careful guess. She can say otherwise.
    A citizen's or a relative's phone is her own.
    """
    device, token = _device(place, at)
    DeviceUser.objects.update_or_create(device=device, user=user, defaults={"last_at": at})
    session = LoginSession.objects.create(
        user=user,
        device=device,
        mark=secrets.token_hex(8),
        door=door,
        second_step=second_step,
        browser=place.browser,
        kind=DeviceKind.OWN_PHONE if actor.is_private and place.is_phone else device.kind,
        began_at=at,
        used_at=at,
        proved_at=at,
        sealed_id_token=seal(id_token) if id_token else "",
    )
    change = {"act": "LOG_IN", "door": door}
    if second_step:
        change["second_step"] = second_step
    audit.record(actor, SIGNED_IN, f"user:{user.pk}", Scope(()), at=at, change=change)
    return Begun(session, token)


def _device(place: Place, at: datetime) -> tuple[Device, str]:
    if place.device_token:
        known = Device.objects.filter(token_hash=device_hash(place.device_token)).first()
        if known is not None:
            return known, place.device_token
    token = secrets.token_urlsafe(24)
    kind = DeviceKind.SHARED_PHONE if place.is_phone else DeviceKind.OFFICE
    return Device.objects.create(token_hash=device_hash(token), kind=kind, made_at=at), token


def touch(session: LoginSession, *, at: datetime) -> None:
    """Note that the session is in use. A locked one stays locked."""
    LoginSession.objects.filter(pk=session.pk, used_at__lt=at, locked_at__isnull=True).update(used_at=at)


def lock(session: LoginSession, *, at: datetime) -> None:
    """Lock the screen. What was typed stays on the page under the lock."""
    LoginSession.objects.filter(pk=session.pk, locked_at__isnull=True).update(locked_at=at)


def unlock_by_pin(*, session_id: int, actor: Actor, pin: str, at: datetime) -> None:
    """Unlock with the PIN of this session. After three wrong ones it is thrown away. Raises WrongPin.

    Each try is counted and committed before the PIN is checked, so that many at once get no more tries.
    """
    with transaction.atomic():
        session = LoginSession.objects.select_for_update().get(pk=session_id)
        if not session.pin_hash or session.pin_tries >= PIN_TRIES:
            raise WrongPin(_("PIN-en gjelder ikke lenger. Lås opp på en annen måte."), left=0)
        LoginSession.objects.filter(pk=session_id).update(pin_tries=F("pin_tries") + 1)
        tries = session.pin_tries + 1
    if check_password(pin, session.pin_hash):
        _open(session_id, at=at)
        return
    with transaction.atomic():
        audit.record(actor, SIGNED_IN, _subject(actor), Scope(()), at=at, change={"act": "WRONG_PIN", "tries": tries})
        if tries >= PIN_TRIES:
            LoginSession.objects.filter(pk=session_id).update(pin_hash="")
    left = PIN_TRIES - tries
    if left <= 0:
        raise WrongPin(_("Feil PIN for tredje gang. Lås opp på en annen måte."), left=0)
    raise WrongPin(_("Feil PIN. Prøv igjen."), left=left)


@transaction.atomic
def unlock_by_proof(*, session_id: int, actor: Actor, how: str, at: datetime) -> None:
    """Unlock for somebody who has just shown who she is with a password or a passkey. Counts as fresh proof."""
    _open(session_id, at=at)
    prove(session_id=session_id, actor=actor, how=how, at=at)


def _open(session_id: int, *, at: datetime) -> None:
    LoginSession.objects.filter(pk=session_id, ended_at__isnull=True).update(locked_at=None, used_at=at, pin_tries=0)


@transaction.atomic
def prove(*, session_id: int, actor: Actor, how: str, at: datetime) -> None:
    """Note that she has just shown again that it is her. For what asks for it, see `stepup`."""
    LoginSession.objects.filter(pk=session_id).update(proved_at=at)
    audit.record(actor, SIGNED_IN, _subject(actor), Scope(()), at=at, change={"act": "PROVED", "how": how})


@transaction.atomic
def choose_pin(*, session_id: int, actor: Actor, pin: str, at: datetime) -> None:
    """Choose the PIN that unlocks this session on this device, and nothing else. Raises PinRefused."""
    if not pins.is_good(pin):
        raise PinRefused(_("Velg 4 til 8 sifre som ikke er på rad og ikke er like."))
    LoginSession.objects.filter(pk=session_id).update(pin_hash=make_password(pin), pin_tries=0)
    audit.record(actor, SIGNED_IN, _subject(actor), Scope(()), at=at, change={"act": "CHOOSE_PIN"})


@transaction.atomic
def choose_kind(*, session_id: int, actor: Actor, kind: str, at: datetime) -> None:
    """Say whose this device is. Applies to this session and the next ones on it. Raises NotFound."""
    session = LoginSession.objects.select_for_update().get(pk=session_id)
    if kind not in DeviceKind.values or session.device_id is None:
        raise NotFound(_("Fant ikke valget."))
    Device.objects.filter(pk=session.device_id).update(kind=kind)
    LoginSession.objects.filter(pk=session_id).update(kind=kind)
    audit.record(actor, SIGNED_IN, _subject(actor), Scope(()), at=at, change={"act": "DEVICE_KIND", "kind": kind})


@transaction.atomic
def end(session: LoginSession, *, actor: Actor | None, why: str, at: datetime) -> None:
    """End a session: LOGGED_OUT, UNUSED, TOO_OLD, NO_ROLE. Writes it when it had not ended before."""
    if LoginSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(
        ended_at=at, ended_why=why, sealed_id_token="", pin_hash=""
    ):
        who = actor or Actor(user_id=session.user_id, name=session.user.name)
        audit.record(who, SIGNED_IN, f"user:{session.user_id}", Scope(()), at=at, change={"act": "LOG_OUT", "why": why})


@transaction.atomic
def end_one(*, actor: Actor, session_id: int, at: datetime) -> None:
    """End one of the actor's own sessions elsewhere. Raises NotFound for another's."""
    found = LoginSession.objects.filter(pk=session_id, user_id=actor.user_id or 0, ended_at__isnull=True).first()
    if found is None:
        raise NotFound(_("Fant ikke økta. Kanskje er den avsluttet alt."))
    end(found, actor=actor, why="FROM_ELSEWHERE", at=at)


@transaction.atomic
def end_others(*, actor: Actor, but: int | None, at: datetime) -> int:
    """End all of the actor's own sessions but this one; return how many."""
    found: Sequence[LoginSession] = list(
        LoginSession.objects.filter(user_id=actor.user_id or 0, ended_at__isnull=True).exclude(pk=but or 0)
    )
    for session in found:
        end(session, actor=actor, why="FROM_ELSEWHERE", at=at)
    return len(found)


def end_all_of(user_id: int, *, why: str, at: datetime) -> None:
    """End every session of a user; whoever calls writes why in the audit trail."""
    LoginSession.objects.filter(user_id=user_id, ended_at__isnull=True).update(
        ended_at=at, ended_why=why, sealed_id_token="", pin_hash=""
    )


def _subject(actor: Actor) -> str:
    return f"user:{actor.user_id}"
