"""What a script posts: JSON, an object, or nothing we take."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse

from tillit.kernel.errors import ActionRefused

LARGEST = 64_000


class Unreadable(ActionRefused):
    """The script's own post is broken: nothing a person can mend."""


def read(request: HttpRequest) -> dict[str, Any]:
    """Return the posted object. Raises Unreadable."""
    if len(request.body) > LARGEST:
        raise Unreadable("")
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise Unreadable("") from None
    if not isinstance(found, dict):
        raise Unreadable("")
    return found


def refuse(refusal: ActionRefused, *, status: int = 422, **more: Any) -> JsonResponse:
    """Answer a script with the refusal's own words."""
    return JsonResponse({"error": refusal.text, **more}, status=status)
