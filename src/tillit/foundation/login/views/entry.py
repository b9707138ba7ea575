"""The way in and out: password, demo, invitation, log out."""

from django.conf import settings
from django.contrib.auth import logout as end_django_session
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access import actions as access
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import PUBLIC
from tillit.foundation.access.views import in_chosen_language, language_of, safe_next
from tillit.foundation.login import contexts, places
from tillit.foundation.login.actions import entering, sessions
from tillit.foundation.login.actions.attempts import TooManyTries
from tillit.foundation.login.forms import CodeForm, LoginForm, NewPasswordForm
from tillit.foundation.login.middleware import open_when_locked
from tillit.foundation.login.views import flow
from tillit.foundation.login.views.services import logout_there, remember_invitation
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
@in_chosen_language
def log_in(request: ActorRequest) -> HttpResponse:
    """Show the ways in, or take the first step by username and password."""
    if (
        request.method == "GET"
        and request.actor is not None
        and (request.actor.grants or request.actor.resting or request.actor.let_in)
    ):
        return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)
    form = LoginForm(request.POST or None)
    status = 200
    if form.is_valid():
        at = clock.now()
        try:
            user = entering.recognise(
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                place=places.place_of(request),
                at=at,
            )
            return flow.proceed(request, user, door="password", by_password=True, at=at)
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
            status = 429 if isinstance(refusal, TooManyTries) else 422
    page = contexts.login_page(
        next_path=safe_next(request), language=language_of(request), why=request.GET.get("why", "")
    )
    status = status if status == 429 or not form.errors else 422
    return render(request, "login/login.html", {"page": page, "form": form}, status=status)


@never_cache
@require_POST
@requires(PUBLIC)
@in_chosen_language
def log_in_to_demo(request: ActorRequest) -> HttpResponse:
    """Be one of the demo's people by one press. 404 outside the demo."""
    at = clock.now()
    user = entering.recognise_in_demo(username=request.POST.get("username", ""))
    access.employed(user, at=at)
    return flow.let_in(request, user, door="demo", second_step="", next_path=safe_next(request), at=at)


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
@in_chosen_language
def invitation(request: ActorRequest) -> HttpResponse:
    """Choose a way in with a one-time code: first the code, then a password or a login service.

    The link carries the code after #, which no browser sends to a server: it is in no log, and a script posts it.
    """
    user: User | None = None
    form: CodeForm | NewPasswordForm = CodeForm(request.POST or None)
    if form.is_valid():
        at, code = clock.now(), form.cleaned_data["code"]
        try:
            user = access.invited_user(code=code, at=at)
            remember_invitation(request, code, at=at)
            choosing = NewPasswordForm(request.POST if "password" in request.POST else None, initial={"code": code})
            form = choosing
            if choosing.is_valid():
                user = access.accept_invitation(code=code, password=choosing.cleaned_data["password"], at=at)
                sessions.end_all_of(user.pk, why="NEW_PASSWORD", at=at)
                return flow.proceed(request, user, door="invitation", by_password=True, at=at)
        except access.WeakPassword as weak:
            form.add_error("password", weak.text)
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
    page = contexts.invitation_page(user)
    return render(request, "login/invitation.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@open_when_locked
@require_POST
@requires(PUBLIC)
def log_out(request: ActorRequest) -> HttpResponse:
    """End the session, here and at the login service, and say so."""
    there = ""
    current = getattr(request, "login", None)
    if current is not None:
        there = logout_there(request, current.session)
        sessions.end(current.session, actor=request.actor, why="LOGGED_OUT", at=clock.now())
    end_django_session(request)
    with translation.override(language_of(request)):
        toasts.say(request, _("Du er logget ut."))
    answer = HttpResponseRedirect(there) if there else redirect("login:log-in")
    places.forget_here(answer)
    return answer
