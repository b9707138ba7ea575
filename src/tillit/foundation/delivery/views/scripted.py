"""Answers for a script: JSON also when it is refused. One that is not logged in is told so, never led to a page."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse

from tillit.foundation.access.guard import ActorRequest
from tillit.foundation.delivery.rules.envelopes import LARGEST_POST
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound, TooOften

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, P], HttpResponse]
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


class Unreadable(ActionRefused):
    """The post is not what a phone of ours sends. status: 400, or 413 when it is too large."""

    def __init__(self, status: int = 400) -> None:
        super().__init__("")
        self.status = status


def for_scripts(view: Answer[P]) -> Answer[P]:
    """Answer 401 to who is not logged in. Outermost, above `requires`."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return _refused(401)
        return view(request, *args, **kwargs)

    return answered


def refusals_as_json(view: View[P]) -> View[P]:
    """Turn refusals into JSON with a status. Under `requires`."""

    @wraps(view)
    def answered(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Unreadable as broken:
            return _refused(broken.status)
        except TooOften as wait:
            answer = _refused(429, wait.text)
            answer.headers["Retry-After"] = str(wait.seconds)
            return answer
        except NotFound:
            return _refused(404)
        except NotAllowed as refusal:
            return _refused(403, refusal.text)
        except ActionRefused as refusal:
            return _refused(409, refusal.text)

    return answered


def posted(request: ActorRequest) -> dict[str, Any]:
    """Return the posted object. Raises Unreadable."""
    if request.content_type != "application/json":
        raise Unreadable
    body = request.read(LARGEST_POST + 1)
    if len(body) > LARGEST_POST:
        raise Unreadable(413)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    return found


def _refused(status: int, text: str = "") -> JsonResponse:
    return JsonResponse({"error": text}, status=status)
