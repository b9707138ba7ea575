"""The lock: one press, or by itself; unlocked by PIN, passkey or password. What was typed stays on the page."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import LOGGED_IN
from tillit.foundation.access.views import safe_next
from tillit.foundation.login import contexts, places
from tillit.foundation.login.actions import entering, sessions
from tillit.foundation.login.forms import PinForm, UnlockForm
from tillit.foundation.login.frame import who
from tillit.foundation.login.middleware import open_when_locked
from tillit.foundation.login.models import LoginSession
from tillit.foundation.login.queries import Current, ways_of
from tillit.foundation.login.rules.second_step import PasswordRule
from tillit.foundation.login.rules.sessions import PIN_TRIES, Standing
from tillit.foundation.login.views import flow, json_body
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.ui import toasts


def _current(request: ActorRequest) -> Current:
    current: Current | None = getattr(request, "login", None)
    if current is None:
        raise NotFound(_("Siden finnes ikke."))
    return current


def _wants_json(request: ActorRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@never_cache
@open_when_locked
@require_POST
@requires(LOGGED_IN)
def lock(request: ActorRequest) -> HttpResponse:
    """Lock the screen at once. A script learns by what it can be unlocked; without scripts the lock is a page."""
    current = _current(request)
    sessions.lock(current.session, at=clock.now())
    if not _wants_json(request):
        return HttpResponseRedirect(f"{reverse('login:locked')}?{urlencode({'next': safe_next(request)})}")
    return JsonResponse({"open": False, **_keys(request, current.session), **same_person(request)})


def same_person(request: ActorRequest) -> dict[str, str]:
    """What lets a page go on under a new session of the same person, and never under another's."""
    return {"who": who(request.user.pk or 0), "csrf": get_token(request)}


def _keys(request: ActorRequest, session: LoginSession) -> dict[str, Any]:
    """By what this session can be unlocked."""
    user = request.user
    assert isinstance(user, User)
    ways = ways_of(user)
    return {
        "pin": bool(session.pin_hash) and session.pin_tries < PIN_TRIES,
        "passkey": bool(ways.passkeys),
        "password": ways.has_password and PasswordRule(settings.PASSWORD_LOGIN) is not PasswordRule.OFF,
        "demo": settings.DEMO and session.door == "demo",
        "services": contexts.services_of(ways.identities),
    }


@never_cache
@open_when_locked
@sensitive_post_parameters("pin", "password")
@require_http_methods(["GET", "POST"])
@requires(LOGGED_IN)
def locked(request: ActorRequest) -> HttpResponse:
    """The lock as a page of its own, and the answer to what is typed on it or on the lock that lies over a page."""
    current = _current(request)
    going_back = safe_next(request) or settings.LOGIN_REDIRECT_URL
    if request.method == "GET" and _wants_json(request):
        return JsonResponse(
            {"open": current.standing is Standing.OPEN, **_keys(request, current.session), **same_person(request)}
        )
    if request.method == "GET" and current.standing is Standing.OPEN:
        return HttpResponseRedirect(going_back)
    form = UnlockForm(request.POST or None)
    left: int | None = None
    if form.is_valid():
        try:
            _unlock(request, current.session, form)
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
            left = getattr(refusal, "left", None)
            if _wants_json(request):
                return json_body.refuse(refusal, **({} if left is None else {"left": left}))
        else:
            if _wants_json(request):
                return JsonResponse({"open": True, **same_person(request)})
            return HttpResponseRedirect(going_back)
    session = LoginSession.objects.get(pk=current.session.pk)
    page = contexts.LockPage(name=request.actor.name, next_path=going_back, **_keys(request, session))
    status = 422 if form.errors else 200
    return render(request, "login/locked.html", {"page": page, "form": form}, status=status)


def _unlock(request: ActorRequest, session: LoginSession, form: UnlockForm) -> None:
    at, user = clock.now(), request.user
    assert isinstance(user, User)
    if session.door == "demo" and settings.DEMO:
        sessions.unlock_by_proof(session_id=session.pk, actor=request.actor, how="DEMO", at=at)
    elif form.cleaned_data["pin"]:
        sessions.unlock_by_pin(session_id=session.pk, actor=request.actor, pin=form.cleaned_data["pin"], at=at)
    else:
        entering.prove_by_password(
            user=user, password=form.cleaned_data["password"], place=places.place_of(request), at=at
        )
        sessions.unlock_by_proof(session_id=session.pk, actor=request.actor, how="PASSWORD", at=at)


@never_cache
@require_POST
@requires(LOGGED_IN)
def in_use(request: ActorRequest) -> HttpResponse:
    """Somebody writes or presses on a page that asks the server for nothing: the middleware has noted it."""
    return HttpResponse(status=204)


@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "POST"])
@requires(LOGGED_IN)
def pin(request: ActorRequest) -> HttpResponse:
    """Choose a PIN that unlocks this device until one logs out."""
    current = _current(request)
    form = PinForm(request.POST or None)
    if form.is_valid():
        try:
            sessions.choose_pin(
                session_id=current.session.pk, actor=request.actor, pin=form.cleaned_data["pin"], at=clock.now()
            )
        except ActionRefused as refusal:
            form.add_error("pin", refusal.text)
        else:
            toasts.say(request, _("PIN-en er valgt. Den gjelder til du logger ut."))
            return HttpResponseRedirect(flow.after_pin(request))
    page = contexts.PinPage(next_path=flow.after_pin(request, take=False))
    return render(request, "login/pin.html", {"page": page, "form": form}, status=422 if form.errors else 200)
