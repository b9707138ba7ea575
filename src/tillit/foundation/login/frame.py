"""What the frame around every page needs to lock itself."""

from django.http import HttpRequest
from django.urls import reverse

from tillit.foundation.login.places import MARK_COOKIE
from tillit.foundation.login.queries import Current
from tillit.foundation.login.rules.sessions import PAGE_AHEAD
from tillit.foundation.login.sealing import keyed_hash
from tillit.ui.shell import Lock


def lock_of(request: HttpRequest) -> Lock | None:
    """Return the lock of this request's session; None without one of ours."""
    current: Current | None = getattr(request, "login", None)
    if current is None:
        return None
    return Lock(
        seconds=int((current.lock_after - PAGE_AHEAD).total_seconds()),
        lock_href=reverse("login:lock"),
        unlock_href=reverse("login:locked"),
        in_use_href=reverse("login:in-use"),
        passkey_ask_href=reverse("login:unlock-ask"),
        passkey_href=reverse("login:unlock-passkey"),
        service_href=reverse("login:service", args=["service"]),
        login_href=reverse("login:log-in"),
        logout_href=reverse("login:log-out"),
        name=request.actor.name,  # type: ignore[attr-defined]
        who=who(current.session.user_id),
        mark=current.session.mark,
        mark_cookie=MARK_COOKIE,
    )


def who(user_id: int) -> str:
    """Return what says that it is the same person, and nothing of who it is."""
    return keyed_hash("who", str(user_id))[:16]
