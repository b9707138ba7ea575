"""What the pages where one writes about a pilot have in common."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from tillit.foundation.access.guard import ActorRequest
from tillit.foundation.access.permissions import require
from tillit.learning.improvement.contexts.form_page import FormPage
from tillit.learning.improvement.models import Pilot
from tillit.learning.improvement.permissions import RUN_PILOT
from tillit.learning.improvement.queries import get_pilot, pilot_scope
from tillit.ui import writing as ui


def to_change(request: ActorRequest, pilot_id: int) -> Pilot:
    """Return a pilot that this reader may change. Raises NotFound, NotAllowed."""
    found = get_pilot(actor=request.actor, pilot_id=pilot_id)
    require(request.actor, RUN_PILOT, pilot_scope(found))
    return found


def seen(request: ActorRequest) -> int:
    """Return the edition a small form was shown with; 0 when none was sent, which is never the one there is."""
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def written(
    request: ActorRequest,
    page: FormPage,
    form: forms.Form,
    act: Callable[[], Pilot],
    told: str,
    *,
    then: str = "improvement:pilot",
) -> HttpResponse:
    """Show a form, or do what it asks for, say so and go on. Refused, the page keeps what was typed.

    then: the page of the pilot that one comes to.
    """

    def done() -> str:
        return reverse(then, args=[act().pk])

    return ui.written(request, "improvement/form.html", page, form, done, told)
