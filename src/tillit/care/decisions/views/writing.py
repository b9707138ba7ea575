"""What the views from decision to delivery share: one way to show a form, act, and say what was done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tillit.care.decisions import queries
from tillit.care.decisions.contexts.write_letter import WritePage
from tillit.care.decisions.models import Case
from tillit.foundation.access.guard import ActorRequest
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


def write(
    request: ActorRequest,
    case: Case,
    form_class: type[django_forms.Form],
    first: dict[str, Any],
    page: WritePage,
    act: Callable[[dict[str, Any]], str],
    *,
    then: str = "",
) -> HttpResponse:
    """Show the form; on a press, act, or show what is wrong with all that was written."""
    form = form_class(initial={"edition": case.edition, **first})
    status, refused = 200, ""
    if request.method == "POST":
        form = form_class(request.POST)
        status = 422
        if form.is_valid() and request.POST.get("act") != "look":
            try:
                text = act(form.cleaned_data)
            except ActionRefused as refusal:
                refused, status = refusal.text, 409
            else:
                toasts.say(request, text)
                return redirect(then or "decisions:case", case.pk)
        elif form.is_valid():
            status = 200
    return render(
        request, "decisions/write_letter.html", {"page": page, "form": form, "refused": refused}, status=status
    )


def case_at(request: ActorRequest, case_id: int) -> tuple[Case, datetime]:
    """Return the case and the moment. Raises NotFound."""
    at = clock.now()
    return queries.get_case(actor=request.actor, case_id=case_id, at=at), at


def done(request: ActorRequest, case_id: int, text: str) -> HttpResponse:
    """Say what was done, on the case."""
    toasts.say(request, text)
    return redirect("decisions:case", case_id)


def edition_of(request: ActorRequest) -> int:
    """Return the edition that the page has seen; 0, which is none, when it was not sent."""
    given = request.POST.get("edition", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0
