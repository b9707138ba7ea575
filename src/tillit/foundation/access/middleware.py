"""Give each request its actor, language and access log."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tillit.foundation.access import reading, sources
from tillit.foundation.access.models import User
from tillit.kernel import clock

LANGUAGE_COOKIE = "tillit_language"

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
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AccessLogMiddleware:
    """Write which citizens the request looked at. The read log is kept here and nowhere else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write one entry per citizen; failing to write fails the answer."""
        with reading.watching() as watch:
            response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if actor is not None and watch.seen and response.status_code < 500:
            match = request.resolver_match
            door = match.view_name if match else "unknown"
            reading.write(watch, actor=actor, door=door[:100], at=clock.now())
        return response
