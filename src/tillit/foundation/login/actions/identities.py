"""Who a login service's user is here. Linked by an invitation, by herself, or by a number registered beforehand.

Never by an e-mail address or a name: those are given away again and can be chosen.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login.models import Identity, IdentityKey
from tillit.foundation.login.sealing import keyed_hash
from tillit.kernel.errors import ActionRefused, NotFound


class UnknownIdentity(ActionRefused):
    """The service knows her, but nobody has told us who she is here."""


class IdentityTaken(ActionRefused):
    """The service's user is somebody else here."""


@transaction.atomic
def recognise(*, provider: str, issuer: str, subject: str, key: str, at: datetime) -> User:
    """Return whose login this is. Raises UnknownIdentity.

    key: the number by which somebody may have been registered beforehand; empty when the service gives none. The first
    time it fits, the service's own name for her is stored, and from then on only that counts.
    """
    found = (
        Identity.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(issuer=issuer, subject=subject)
        .first()
    )
    if found is None and key:
        registered = (
            IdentityKey.objects.select_related("user")
            .filter(provider=provider, key_hash=key_hash(provider, key), user__is_active=True)
            .first()
        )
        if registered is not None and not Identity.objects.filter(user=registered.user, issuer=issuer).exists():
            found = _link(registered.user, issuer, subject, how="REGISTERED", at=at)
    if found is None or not found.user.is_active:
        raise UnknownIdentity(
            _(
                "Innloggingen virket, men den er ikke knyttet til noen konto i Tillit. "
                "Be lederen din om en lenke, og knytt innloggingen til kontoen din med den."
            )
        )
    found.used_at = at
    found.save(update_fields=["used_at"])
    return found.user


@transaction.atomic
def link(*, user: User, issuer: str, subject: str, how: str, at: datetime) -> None:
    """Link a service's user to an account: by an invitation, or by herself while logged in. Raises IdentityTaken."""
    known = Identity.objects.filter(issuer=issuer, subject=subject).first()
    if known is not None and known.user_id != user.pk:
        raise IdentityTaken(_("Denne innloggingen er knyttet til en annen konto. Ta kontakt med lederen din."))
    if known is None:
        Identity.objects.filter(user=user, issuer=issuer).delete()
        _link(user, issuer, subject, how=how, at=at)


@transaction.atomic
def unlink(*, actor: Actor, identity_id: int, at: datetime) -> None:
    """Let a login service open one's own account no more. Raises NotFound."""
    found = Identity.objects.filter(pk=identity_id, user_id=actor.user_id or 0).first()
    if found is None:
        raise NotFound(_("Fant ikke koblingen. Kanskje er den fjernet alt."))
    found.delete()
    audit.record(
        actor, SIGNED_IN, f"user:{actor.user_id}", Scope(()), at=at, change={"act": "UNLINK", "identity": identity_id}
    )


@transaction.atomic
def register_key(*, actor: Actor, user: User, provider: str, key: str, at: datetime) -> None:
    """Say by which number a service's user is this one, the first time. Only a keyed hash is kept.

    Raises IdentityTaken when the number is somebody else's.
    """
    wanted = key_hash(provider, key)
    if IdentityKey.objects.filter(provider=provider, key_hash=wanted).exclude(user=user).exists():
        raise IdentityTaken(_("Nummeret er registrert på en annen konto."))
    IdentityKey.objects.update_or_create(user=user, provider=provider, defaults={"key_hash": wanted, "made_at": at})
    audit.record(
        actor, SIGNED_IN, f"user:{user.pk}", Scope(()), at=at, change={"act": "REGISTER_KEY", "provider": provider}
    )


def key_hash(provider: str, key: str) -> str:
    """Return what a number is kept as: spaces make no difference."""
    return keyed_hash("identity key", provider, "".join(key.split()).casefold())


def _link(user: User, issuer: str, subject: str, *, how: str, at: datetime) -> Identity:
    made = Identity.objects.create(user=user, issuer=issuer, subject=subject, made_at=at)
    audit.record(
        Actor(user_id=user.pk, name=user.name), SIGNED_IN, f"user:{user.pk}", Scope(()), at=at,
        change={"act": "LINK", "identity": made.pk, "how": how},
    )  # fmt: skip
    return made
