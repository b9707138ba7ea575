"""One's own settings: language and colours. The way in and out is in `foundation.login`."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access import actions, contexts
from tillit.foundation.access.forms import PreferencesForm
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import PUBLIC, SIGNED_IN
from tillit.kernel import clock
from tillit.ui import toasts

P = ParamSpec("P")

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


@require_POST
@requires(PUBLIC)
def choose_language(request: ActorRequest) -> HttpResponse:
    """Change language from any page: kept on the user when there is one, and in this browser."""
    chosen = request.POST.get("language", "")
    answer = HttpResponseRedirect(safe_next(request) or reverse(settings.LOGIN_URL))
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
