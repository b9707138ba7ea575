"""From the first step to a session: who waits for a second step, and what happens when somebody is in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login as begin_django_session
from django.contrib.auth import logout as end_django_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actions import NotEmployed, employed
from tillit.foundation.access.models import User
from tillit.foundation.access.views import safe_next
from tillit.foundation.login import contexts, places, queries
from tillit.foundation.login.actions import entering, sessions
from tillit.foundation.login.actions.second_step import new_secret
from tillit.foundation.login.middleware import KEY
from tillit.foundation.login.models import DeviceKind
from tillit.foundation.login.rules.second_step import Next, PasswordRule, after_first_step
from tillit.foundation.login.sealing import seal, unseal
from tillit.ui import toasts

#: How a session says who is behind it: the only backend there is.
BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "login_pending"
_APP_SECRET = "login_app"  # noqa: S105 - where it is kept
_CODES = "login_codes"
#: How long one may stand between the first and the second step.
PENDING_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who has taken the first step only. She has no session and sees nothing."""

    user: User
    door: str
    step: Next
    next_path: str
    id_token: str


def proceed(
    request: HttpRequest,
    user: User,
    *,
    door: str,
    at: datetime,
    strong: bool = False,
    by_password: bool = False,
    next_path: str = "",
    id_token: str = "",
) -> HttpResponse:
    """Let somebody in who has taken the first step, or send her on to the second. Raises NotEmployed."""
    try:
        actor = employed(user, at=at)
    except NotEmployed:
        entering.note_refusal(user, door=door, why="no_role", at=at)
        raise
    step = after_first_step(
        strong=strong,
        by_password=by_password,
        has_second_step=queries.ways_of(user).has_second_step,
        roles={grant.role.value for grant in (*actor.grants, *actor.resting)},
        roles_that_must=queries.policy().second_step_roles,
        password_rule=PasswordRule(settings.PASSWORD_LOGIN),
    )
    going_to = next_path or safe_next(request)
    if step is Next.IN:
        second = ("PASSKEY" if door == "passkey" else "SERVICE") if strong else ""
        return let_in(request, user, door=door, second_step=second, next_path=going_to, id_token=id_token, at=at)
    if request.user.is_authenticated:
        end_django_session(request)
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "door": door,
        "step": step.value,
        "next": going_to,
        "id_token": seal(id_token) if id_token else "",
        "at": at.timestamp(),
    }
    return redirect("login:second-step" if step is Next.ASK else "login:set-up")


def pending(request: HttpRequest, step: Next, *, at: datetime) -> Pending | None:
    """Return who stands between the first step and this one; None when nobody does, or for too long."""
    kept = request.session.get(_PENDING)
    if not kept or kept["step"] != step.value or at.timestamp() - kept["at"] > PENDING_LASTS.total_seconds():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["hash"]:
        return None
    return Pending(user, kept["door"], step, kept["next"], kept["id_token"])


def finish_pending(request: HttpRequest, found: Pending, *, second_step: str, at: datetime) -> HttpResponse:
    """Let somebody in who has taken both steps."""
    id_token = unseal(found.id_token) if found.id_token else ""
    return let_in(
        request,
        found.user,
        door=found.door,
        second_step=second_step,
        next_path=found.next_path,
        id_token=id_token,
        at=at,
    )


def let_in(
    request: HttpRequest,
    user: User,
    *,
    door: str,
    second_step: str,
    next_path: str,
    id_token: str = "",
    at: datetime,
) -> HttpResponse:
    """Begin a new session: nothing of the one before is kept, and its number is never used again."""
    actor = employed(user, at=at)
    before = getattr(request, "login", None)
    if before is not None:
        sessions.end(before.session, actor=getattr(request, "actor", None), why="LOGGED_OUT", at=at)
    place = places.place_of(request)
    begun = sessions.begin(
        user=user, actor=actor, door=door, second_step=second_step, place=place, id_token=id_token, at=at
    )
    end_django_session(request)  # whoever was here, and whatever was kept on the way in
    begin_django_session(request, user, backend=BACKEND)
    request.session[KEY] = begun.session.pk
    for sentence in contexts.news_of_login(queries.news_since_last(user, before=begun.session)):
        toasts.say(request, sentence)
    going_to = next_path or settings.LOGIN_REDIRECT_URL
    shared = begun.session.kind == DeviceKind.SHARED_PHONE and not actor.is_private
    asks_for_pin = shared and door != "demo" and not queries.ways_of(user).passkeys
    answer = HttpResponseRedirect(going_to) if not asks_for_pin else redirect("login:pin")
    if asks_for_pin:
        request.session["after_pin"] = going_to
    places.remember_device(answer, token=begun.device_token, mark=begun.session.mark)
    return answer


def not_here(request: HttpRequest) -> HttpResponse:
    """Send somebody back to the beginning: she waited too long between the steps, or never began."""
    toasts.say(request, _("Det gikk for lang tid. Logg inn på nytt."))
    return redirect("login:log-in")


def app_secret(request: HttpRequest) -> bytes:
    """Return the secret that is being put into an app, the same until it has shown a right code."""
    kept = request.session.get(_APP_SECRET)
    if kept:
        return bytes.fromhex(unseal(kept))
    made = new_secret()
    request.session[_APP_SECRET] = seal(made.hex())
    return made


def forget_app_secret(request: HttpRequest) -> None:
    """The app is in use, or given up: the next one gets a secret of its own."""
    request.session.pop(_APP_SECRET, None)


def show_codes_next(request: HttpRequest, codes: tuple[str, ...] | None, *, then: str) -> None:
    """Keep codes on paper, sealed, for the one page that shows them."""
    if codes:
        request.session[_CODES] = {"codes": seal("\n".join(codes)), "then": then}


def to_codes(answer: HttpResponse) -> HttpResponse:
    """Lead to the page that shows the codes instead; the cookies come along."""
    onwards = redirect("login:codes")
    onwards.cookies = answer.cookies
    return onwards


def take_codes(request: HttpRequest) -> tuple[tuple[str, ...], str] | None:
    """Return codes to show and where to go afterwards; the second time there are none."""
    kept = request.session.pop(_CODES, None)
    return (tuple(unseal(kept["codes"]).split("\n")), kept["then"]) if kept else None


def after_pin(request: HttpRequest, *, take: bool = True) -> str:
    """Where to go when a PIN is chosen or passed by: where she was going when she logged in, else her own page."""
    kept: str | None = request.session.pop("after_pin", None) if take else request.session.get("after_pin")
    return kept or reverse("login:security")
