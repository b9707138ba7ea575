"""How a small form of a case is shown, refused and saved: one way for them all."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tillit.care.decisions.contexts.small import HandOverPage, SmallFormPage
from tillit.foundation.access.guard import ActorRequest
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

Save = Callable[[Mapping[str, Any]], object]


def answer(
    request: ActorRequest,
    form: forms.Form,
    page: SmallFormPage | HandOverPage,
    *,
    case_id: int,
    done: str,
    save: Save,
    leaves: bool = False,
    template: str = "decisions/small_form.html",
) -> HttpResponse:
    """Show the form, or save it and go back to the case. What is refused stands beside its field; nothing is lost.

    leaves: the case is not theirs any more when it is saved; then the queue comes next.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(form.cleaned_data)
            except ActionRefused as refused:
                refuse(form, refused)
            else:
                toasts.say(request, done)
                return redirect("decisions:queue") if leaves else redirect("decisions:case", case_id)
    return render(request, template, {"page": page, "form": form}, status=status)


def refuse(form: forms.Form, refused: ActionRefused) -> None:
    """Put a refusal beside the field it is about, or on top."""
    field = getattr(refused, "field", "")
    form.add_error(field if field in form.fields else None, refused.text)
