"""Give each request its login session: end it when it is over, answer with the lock when it is locked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout as end_django_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tillit.foundation.access.models import User
from tillit.foundation.login import places, queries
from tillit.foundation.login.actions import sessions
from tillit.foundation.login.queries import Current
from tillit.foundation.login.rules.sessions import Standing
from tillit.kernel import clock

Answer = Callable[[HttpRequest], HttpResponse]

#: Under which name Django's session keeps the number of the login session.
KEY = "login_session"
#: Use is noted at most this often.
NOTED_EVERY = timedelta(seconds=20)


def open_when_locked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer while the screen is locked: unlocking, logging out, changing person."""
    view.open_when_locked = True  # type: ignore[attr-defined]
    return view


def by_itself(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say that what asks a view is a script that runs by itself: it keeps no session open."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


class LoginSessionMiddleware:
    """Set `request.login` (queries.Current) for a session of ours. Above ActorMiddleware: who is out has no role."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; log out first when the session is over."""
        request.login = None  # type: ignore[attr-defined]
        over = self._look(request) if isinstance(request.user, User) else False
        response = self.get_response(request)
        if over:
            places.forget_here(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer with the lock instead of the view, or log out who has no role any more."""
        current: Current | None = getattr(request, "login", None)
        if current is None:
            return None
        at = clock.now()
        actor = getattr(request, "actor", None)
        if current.standing is Standing.LOCKED and not getattr(view, "open_when_locked", False):
            sessions.lock(current.session, at=at)
            return locked(request)
        gone = actor is not None and not (actor.grants or actor.resting or actor.let_in)
        if gone and not getattr(view, "open_when_locked", False):
            sessions.end(current.session, actor=actor, why="NO_ROLE", at=at)
            end_django_session(request)
            why = "NOT_LET_IN" if actor is not None and actor.is_private else "NO_ROLE"
            answer = HttpResponseRedirect(f"{reverse('login:log-in')}?{urlencode({'why': why})}")
            places.forget_here(answer)
            return answer
        is_use = _is_use(request) and not getattr(view, "by_itself", False)
        if is_use and at - current.session.used_at >= NOTED_EVERY and current.standing is Standing.OPEN:
            sessions.touch(current.session, at=at)
        return None

    def _look(self, request: HttpRequest) -> bool:
        """Find the session; return whether it is over."""
        number = request.session.get(KEY)
        if number is None:
            if settings.UNKNOWN_SESSIONS:
                return False
            end_django_session(request)
            return True
        assert request.user.pk is not None
        current = queries.current(session_id=number, user_id=request.user.pk, at=clock.now())
        if current is None or current.standing in {Standing.ENDED, Standing.TOO_OLD, Standing.UNUSED}:
            if current is not None:
                sessions.end(current.session, actor=None, why=current.standing.value, at=clock.now())
            end_django_session(request)
            return True
        request.login = current  # type: ignore[attr-defined]
        request.whence = places.whence_of(request, current.session.kind)  # type: ignore[attr-defined]
        return False


def _is_use(request: HttpRequest) -> bool:
    """Whether somebody did something: a part of a page that fetches itself is not use."""
    return request.method != "GET" or "HX-Request" not in request.headers


def locked(request: HttpRequest) -> HttpResponse:
    """Answer a request in a locked session: a page leads to the lock, a form is told that it was not sent."""
    if "HX-Request" in request.headers or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=423)
    if request.method == "GET":
        return HttpResponseRedirect(f"{reverse('login:locked')}?{urlencode({'next': request.get_full_path()})}")
    return render(request, "login/not_sent.html", {}, status=423)
