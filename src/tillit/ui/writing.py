"""A page with one form: shown, done, or shown again with everything that was typed."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of, say_refused


def written(
    request: HttpRequest, template: str, page: object, form: forms.Form, act: Callable[[], str], told: str
) -> HttpResponse:
    """Show a form, or do what it asks for, say so and go where `act` says. Refused, the page keeps what was typed."""
    status, clash = 422 if form.errors else 200, None
    if form.is_valid():
        try:
            goes_to = act()
        except ChangedMeanwhile as changed:
            clash, status = clash_of(form, changed), 409
        except ActionRefused as refused:
            status = say_refused(form, refused)
        else:
            toasts.say(request, told)
            return redirect(goes_to)
    return render(request, template, {"page": page, "form": form, "clash": clash}, status=status)
