"""The way in and out, and one's own settings."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access import actions, contexts
from tillit.foundation.access.forms import CodeForm, LoginForm, NewPasswordForm, PreferencesForm
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import PUBLIC, SIGNED_IN
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

P = ParamSpec("P")

#: How log in is done: the only backend there is.
BACKEND = "django.contrib.auth.backends.ModelBackend"
A_YEAR = 365 * 24 * 60 * 60


def in_chosen_language(
    view: Callable[Concatenate[ActorRequest, P], HttpResponse],
) -> Callable[Concatenate[ActorRequest, P], HttpResponse]:
    """Answer in the language of the cookie: before log in nobody's saved choice is known."""

    @wraps(view)
    def translated(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with translation.override(language_of(request)):
            return view(request, *args, **kwargs)

    return translated


def language_of(request: HttpRequest) -> str:
    """The language chosen in this browser, or bokmål."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def safe_next(request: HttpRequest) -> str:
    """Where the form wants to go, when that is a path on this host; otherwise empty."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
@in_chosen_language
def log_in(request: ActorRequest) -> HttpResponse:
    """Show the way in, or let somebody in by username and password."""
    if request.method == "GET" and request.actor is not None and request.actor.grants:
        return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)
    form = LoginForm(request.POST or None)
    if form.is_valid():
        try:
            recognised = actions.recognise(
                username=form.cleaned_data["username"], password=form.cleaned_data["password"], at=clock.now()
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
        else:
            return let_in(request, recognised.user)
    page = contexts.login_page(next_path=safe_next(request), language=language_of(request))
    return render(request, "access/login.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
@requires(PUBLIC)
@in_chosen_language
def log_in_to_demo(request: ActorRequest) -> HttpResponse:
    """Be one of the demo's people by one press. 404 outside the demo."""
    recognised = actions.recognise_in_demo(username=request.POST.get("username", ""), at=clock.now())
    return let_in(request, recognised.user)


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
@in_chosen_language
def invitation(request: ActorRequest) -> HttpResponse:
    """Choose a password with a one-time code: first the code, then the password.

    The link carries the code after #, which no browser sends to a server: it is in no log, and a script posts it.
    """
    user: User | None = None
    form: CodeForm | NewPasswordForm = CodeForm(request.POST or None)
    if form.is_valid():
        at, code = clock.now(), form.cleaned_data["code"]
        try:
            user = actions.invited_user(code=code, at=at)
            choosing = NewPasswordForm(request.POST if "password" in request.POST else None, initial={"code": code})
            form = choosing
            if choosing.is_valid():
                password = choosing.cleaned_data["password"]
                return let_in(request, actions.accept_invitation(code=code, password=password, at=at).user)
        except actions.WeakPassword as weak:
            form.add_error("password", weak.text)
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
    page = contexts.invitation_page(user)
    return render(request, "access/invitation.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def let_in(request: ActorRequest, user: User) -> HttpResponseRedirect:
    """Begin a new session: the number of the old one is never used again. Her saved language follows her."""
    going_to = safe_next(request) or settings.LOGIN_REDIRECT_URL
    if request.user.is_authenticated and request.user.pk != user.pk:
        end_session(request)
    start_session(request, user, backend=BACKEND)
    return HttpResponseRedirect(going_to)


@require_POST
@requires(PUBLIC)
def log_out(request: ActorRequest) -> HttpResponse:
    """End the session and say so."""
    end_session(request)
    with translation.override(language_of(request)):
        toasts.say(request, _("Du er logget ut."))
    return redirect("access:login")


@require_POST
@requires(PUBLIC)
def choose_language(request: ActorRequest) -> HttpResponse:
    """Change language from any page: kept on the user when there is one, and in this browser."""
    chosen = request.POST.get("language", "")
    answer = HttpResponseRedirect(safe_next(request) or reverse("access:login"))
    if chosen not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, User) and request.actor is not None:
        actions.set_preferences(
            actor=request.actor, language=chosen, colour_scheme=request.user.colour_scheme, at=clock.now()
        )
    return remember_language(answer, chosen)


def remember_language(answer: HttpResponse, language: str) -> HttpResponse:
    """Keep the choice in the browser, for the login page."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@require_http_methods(["GET", "POST"])
@requires(SIGNED_IN)
def preferences(request: ActorRequest) -> HttpResponse:
    """Who one is, and how the product speaks and looks."""
    user = request.user
    assert isinstance(user, User)
    form = PreferencesForm(
        request.POST or None, initial={"language": user.language, "colour_scheme": user.colour_scheme}
    )
    if form.is_valid():
        chosen = form.cleaned_data
        actions.set_preferences(
            actor=request.actor, language=chosen["language"], colour_scheme=chosen["colour_scheme"], at=clock.now()
        )
        with translation.override(chosen["language"]):
            toasts.say(request, _("Innstillingene er lagret."))
        return remember_language(redirect("access:preferences"), chosen["language"])
    page = contexts.preferences_page(actor=request.actor, user=user)
    return render(request, "access/preferences.html", {"page": page, "form": form}, status=422 if form.errors else 200)
