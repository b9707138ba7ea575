"""Give each request its actor, language and access log."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tillit.foundation.access import reading, sources
from tillit.foundation.access import whence as whences
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.access.reader import reading_as
from tillit.kernel import clock

logger = logging.getLogger(__name__)

LANGUAGE_COOKIE = "tillit_language"
NOT_SIGNED_IN = "ikke innlogget"
REFUSED = frozenset({403, 404})
"""Answers that say no to somebody who is signed in and asked for a certain thing."""

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Set `request.actor` for a signed-in, active user: her roles at this moment. None otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as the person behind it, in her language."""
        user = getattr(request, "user", None)
        request.actor = None  # type: ignore[attr-defined]
        if isinstance(user, User) and user.is_active:
            request.actor = sources.actor_for(  # type: ignore[attr-defined]
                user_id=user.pk, name=user.name, at=clock.now()
            )
        language = user.language if isinstance(user, User) else request.COOKIES.get(LANGUAGE_COOKIE, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE  # bokmål first, whatever the browser says
        with translation.override(language), reading_as(request.actor):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AccessLogMiddleware:
    """Write which citizens the request looked at, and tries that were refused. Kept here and nowhere else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write one entry per citizen; failing to write fails the answer.

        A page that broke has perhaps shown nothing, but it may have been read: it is written too, if it can be.
        """
        with reading.watching() as watch:
            response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        match = request.resolver_match
        door = match.view_name if match else "unknown"
        whence = whences.of(request)
        if watch.seen:
            by = actor or Actor(user_id=None, name=NOT_SIGNED_IN)
            outcome = _outcome(response.status_code)
            try:
                reading.write(watch, actor=by, door=door, at=clock.now(), whence=whence, outcome=outcome)
            except DatabaseError:
                if response.status_code < 500:
                    raise
                logger.exception("What a broken page had read could not be written in the access log.")
        if actor is not None and match and match.kwargs and response.status_code in REFUSED:
            asked_for = " ".join(f"{name}:{value}" for name, value in match.kwargs.items() if isinstance(value, int))
            if asked_for:
                reading.write_refused(
                    actor=actor, door=door, asked_for=asked_for, status=response.status_code, at=clock.now(),
                    whence=whence,
                )  # fmt: skip
        return response


def _outcome(status: int) -> str:
    """Return what came of a request. A form that is given back shows what it is about: that is shown."""
    if status in REFUSED:
        return whences.REFUSED
    return whences.FAILED if status >= 500 else whences.SHOWN
