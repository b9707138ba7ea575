"""How every change of a citizen on a page of its own is shown, done and told: what was typed stays when refused."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tillit.care.citizens import contexts, queries
from tillit.foundation.access.guard import ActorRequest
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of


def change(
    request: ActorRequest,
    citizen_id: int,
    form: django_forms.Form,
    do: Callable[[dict[str, Any]], str],
    page: Callable[..., contexts.ChangePage | contexts.EndingPage],
    *,
    seen: int | None = None,
    seen_name: str = "seen",
    stay: str = "",
    after: str = "",
    template: str = "citizens/change.html",
    compare: bool = False,
) -> HttpResponse:
    """Show the form, or do what it says.

    seen: what stands now, for the form's field `seen_name`, so that one who was told of a change can save again.
    stay: the page to come back to; after: where to go when the citizen is out of reach afterwards.
    compare: the form shows what stands now, so that one who was told of a change sees both, field by field. It is then
    made with `with_both`.
    """
    status = 200
    clash = None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = do(form.cleaned_data)
            except ChangedMeanwhile as refused:
                status = 409
                now = "" if seen is None else str(seen)
                clash = clash_of(form, refused, name=seen_name, now=now, compare=compare, both=compare)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                toasts.say(request, told)
                return _leave(request, citizen_id, stay=stay, after=after)
    return render(
        request, template, {"page": page(changed=clash is not None), "form": form, "clash": clash}, status=status
    )


def _leave(request: ActorRequest, citizen_id: int, *, stay: str, after: str) -> HttpResponse:
    if stay:
        return redirect(stay, citizen_id)
    at = clock.now()
    if after and not queries.readable(request.actor, on=oslo.day_of(at)).filter(pk=citizen_id).exists():
        return redirect(after)
    return redirect("citizens:page", citizen_id)


def with_value(request: ActorRequest, name: str, value: str) -> Any:
    """Return what was posted, with one value replaced: the form shows it again with what was typed."""
    data = request.POST.copy()
    data[name] = value
    return data


def number_in(request: ActorRequest, name: str) -> int:
    """Return a number that was posted, 0 when it is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdigit() else 0
