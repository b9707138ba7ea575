"""Reads of login: of oneself, or of what everybody is subject to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Subquery

from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.login.models import (
    CodeApp,
    DeviceKind,
    DeviceUser,
    Identity,
    LoginPolicy,
    LoginSession,
    Passkey,
    RecoveryCode,
)
from tillit.foundation.login.rules.sessions import LONGEST, Standing, Times, standing
from tillit.foundation.login.sealing import device_hash

#: The one row of the municipality's rules.
THE_POLICY = 1
_MINUTES = {
    DeviceKind.SHARED_PHONE: "shared_phone_minutes",
    DeviceKind.OWN_PHONE: "own_phone_minutes",
    DeviceKind.OFFICE: "office_minutes",
}


@dataclass(frozen=True, slots=True)
class Current:
    """The session a request belongs to, and what it is good for now."""

    session: LoginSession
    standing: Standing
    lock_after: timedelta


def current(*, session_id: int, user_id: int, at: datetime) -> Current | None:
    """Return a session with the municipality's rules for it, in one query; None when there is no such session."""
    policy = LoginPolicy.objects.filter(pk=THE_POLICY)
    columns = (*_MINUTES.values(), "idle_hours")
    found = (
        LoginSession.objects.filter(pk=session_id, user_id=user_id)
        .annotate(**{f"policy_{name}": Subquery(policy.values(name)[:1]) for name in columns})
        .first()
    )
    if found is None:
        return None
    shipped = LoginPolicy()

    def decided(name: str) -> int:
        return int(getattr(found, f"policy_{name}") or getattr(shipped, name))

    lock_after = timedelta(minutes=decided(_MINUTES[DeviceKind(found.kind)]))
    times = Times(found.began_at, found.used_at, found.locked_at, found.ended_at)
    now = standing(times, lock_after=lock_after, end_after=timedelta(hours=decided("idle_hours")), at=at)
    return Current(found, now, lock_after)


def policy() -> LoginPolicy:
    """Return the municipality's rules, or those Tillit ships."""
    return LoginPolicy.objects.filter(pk=THE_POLICY).first() or LoginPolicy(pk=THE_POLICY)


def user_named(username: str) -> User | None:
    """Return the user with a username, open or closed."""
    return User.objects.filter(username=username).first()


def is_known_device(*, username: str, device_token: str) -> bool:
    """Whether the user has logged in on this device before. One query whether or not she exists."""
    return DeviceUser.objects.filter(
        device__token_hash=device_hash(device_token or "-"), user__username=username
    ).exists()


@dataclass(frozen=True, slots=True)
class Ways:
    """How a user shows that it is her."""

    has_password: bool
    passkeys: Sequence[Passkey]
    code_app: CodeApp | None
    codes_left: int
    identities: Sequence[Identity]

    @property
    def has_second_step(self) -> bool:
        """Whether there is something to ask for after the password."""
        return bool(self.passkeys) or self.code_app is not None


def ways_of(user: User) -> Ways:
    """Return how a user shows that it is her. Four queries."""
    return Ways(
        has_password=user.has_usable_password(),
        passkeys=list(Passkey.objects.filter(user=user).order_by("made_at", "pk")),
        code_app=CodeApp.objects.filter(user=user).first(),
        codes_left=RecoveryCode.objects.filter(user=user, used_at__isnull=True).count(),
        identities=list(Identity.objects.filter(user=user).order_by("made_at", "pk")),
    )


def has_second_step(username: str) -> bool:
    """Whether somebody has a passkey, an app or codes on paper. Empty username: nobody."""
    return bool(username) and (
        Passkey.objects.filter(user__username=username).exists()
        or CodeApp.objects.filter(user__username=username).exists()
    )


def open_sessions(user: User, *, at: datetime) -> list[LoginSession]:
    """Return where a user is logged in now, the last used first."""
    alive = LoginSession.objects.filter(user=user, ended_at__isnull=True, began_at__gt=at - LONGEST)
    return list(alive.order_by("-used_at", "-pk"))


#: What somebody is told of when she logs in: others changed how one comes in to her account, or a paper code was used.
_TOLD = ("INVITE", "REMOVE_SECOND_STEP", "USE_RECOVERY_CODE", "CHOOSE_PASSWORD", "REGISTER_KEY")


def news_since_last(user: User, *, before: LoginSession) -> list[AuditEntry]:
    """Return what has happened to a user's way in since she last came in, by that log in too; the oldest first."""
    last = LoginSession.objects.filter(user=user, pk__lt=before.pk).order_by("-pk").first()
    entries = AuditEntry.objects.filter(subject=f"user:{user.pk}", change__act__in=_TOLD, at__lt=before.began_at)
    if last is None:
        return []
    return list(entries.filter(at__gte=last.began_at).order_by("at", "pk")[:5])
