"""«Ikke som vanlig»: the quick check; and a weight, or something seen in words."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.observations import actions
from tillit.care.observations.contexts.checking import autosave_key, check_page, observe_page
from tillit.care.observations.forms import CheckForm, ObserveForm
from tillit.care.observations.permissions import OBSERVE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])
#: Names the text in the browser that was just sent, until the next page is shown.
SAVED_KEY = "observations_saved"


@never_cache
@_FORM
@requires(OBSERVE)
def check(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the quick check, or write it down and go to what it asks for."""
    now = clock.now()
    form = CheckForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            found = actions.check(
                actor=request.actor,
                citizen_id=citizen_id,
                measured=form.measured(),
                words=form.cleaned_data["words"],
                seen_at=now,
                press_key=form.cleaned_data["press_key"],
                visit_id=form.cleaned_data["visit"],
                at=now,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            request.session[SAVED_KEY] = autosave_key("check", citizen_id)
            return redirect("observations:watch", watch_id=found.watch_id)
    page = check_page(actor=request.actor, citizen_id=citizen_id, form=form, now=now)
    return render(request, "observations/check.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(OBSERVE)
def observe(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Write down a weight, or something seen in words."""
    now = clock.now()
    form = ObserveForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.observe(
                actor=request.actor,
                citizen_id=citizen_id,
                weight=said["weight"],
                about=said["about"],
                words=said["words"],
                seen_at=now,
                press_key=said["press_key"],
                visit_id=said["visit"],
                at=now,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            request.session[SAVED_KEY] = autosave_key("observe", citizen_id)
            toasts.say(request, _("Lagret i journalen."))
            return redirect(_back(citizen_id, said["visit"]))
    page = observe_page(actor=request.actor, citizen_id=citizen_id, form=form, now=now)
    return render(request, "observations/observe.html", {"page": page, "form": form}, status=status)


def _initial(request: ActorRequest) -> dict[str, object]:
    visit = request.GET.get("besok", "")
    return {
        "press_key": secrets.token_urlsafe(16),
        "visit": int(visit) if visit.isdecimal() and len(visit) < 19 else None,
    }


def _back(citizen_id: int, visit_id: int | None) -> str:
    if visit_id is not None:
        return reverse("myday:visit", args=[visit_id])
    return reverse("observations:citizen", args=[citizen_id])
