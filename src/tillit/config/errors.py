"""Pages for what goes wrong: what happened, what was kept, what to do. No personal data, no traces."""

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from tillit.config.logs import request_number
from tillit.foundation.access.middleware import Answer
from tillit.foundation.access.typed import typed_in

log = logging.getLogger("tillit.errors")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it does not exist, or you may not know that it does. The two look the same."""
    return render(request, "ui/errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: Django's own refusals (such as a form that outlived its session)."""
    return render(request, "ui/errors/403.html", {}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the session. What was typed is given back; go back and send again."""
    return render(request, "ui/errors/csrf.html", {"typed": typed_in(request)}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Uses no database, no user, no shell; the number finds the line in the log."""
    number = request_number()
    log.error("error page %s", number)
    return HttpResponse(loader.render_to_string("ui/errors/500.html", {"error_number": number}), status=500)


class DatabaseAway:
    """Middleware: when the database does not answer, say so with 503 instead of breaking."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say that the database is away."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lost connection into the 503 page; everything else is not ours."""
        if isinstance(exception, OperationalError):
            log.error("database does not answer: %s", type(exception).__name__)
            return HttpResponse(loader.render_to_string("ui/errors/503.html", {}), status=503)
        return None


class OnlyAPress:
    """Middleware: the address of a button, opened or reloaded as a page, says so; a browser would show its own page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; give a 405 that somebody is to read some words."""
        response = self.get_response(request)
        is_read = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code == 405 and is_read and not response.content:
            response.content = loader.render_to_string("ui/errors/405.html", {}, request).encode()
        return response
