"""The municipality's own targets and rates."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.decisions.actions.practising import LIMITS, PracticeRefused, set_practice, set_rate
from tillit.care.decisions.contexts.practice import practice_form_page, practice_page, rate_form_page
from tillit.care.decisions.forms.practice import PracticeForm, RateForm
from tillit.care.decisions.permissions import KEEP_PRACTICE
from tillit.care.decisions.queries import practice_on
from tillit.care.decisions.queries.practice import rate_line
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.ui import toasts

FORM = "decisions/practice_form.html"


@require_GET
@requires(KEEP_PRACTICE)
def show(request: ActorRequest) -> HttpResponse:
    """Show what holds, what is coming and what has held."""
    return render(request, "decisions/practice.html", {"page": practice_page(oslo.day_of(clock.now()))})


@require_http_methods(["GET", "POST"])
@requires(KEEP_PRACTICE)
def new(request: ActorRequest) -> HttpResponse:
    """Let other targets hold from a day."""
    at = clock.now()
    held = practice_on(oslo.day_of(at))
    now = {name: getattr(held, name) for name in LIMITS}
    status = 200
    if request.method == "POST":
        form = PracticeForm(request.POST, now=now)
        status = 422
        if form.is_valid():
            try:
                set_practice(
                    actor=request.actor,
                    valid_from=form.cleaned_data["valid_from"],
                    numbers=form.numbers,
                    provider_choice=form.cleaned_data["provider_choice"],
                    at=at,
                )
            except PracticeRefused as refused:
                form.add_error(refused.field or None, refused.text)
            else:
                toasts.say(request, _("Fristene er lagret."))
                return redirect("decisions:practice")
    else:
        form = PracticeForm(now=now, initial={"valid_from": oslo.day_of(at), "provider_choice": held.provider_choice})
    return render(request, FORM, {"page": practice_form_page(), "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(KEEP_PRACTICE)
def new_rate(request: ActorRequest, service_id: int) -> HttpResponse:
    """State what a service costs from a day."""
    at = clock.now()
    today = oslo.day_of(at)
    line = rate_line(service_id, on=today)
    status = 200
    if request.method == "POST":
        form = RateForm(request.POST, first=today)
        status = 422
        if form.is_valid():
            try:
                set_rate(actor=request.actor, service_id=service_id, at=at, **form.cleaned_data)
            except PracticeRefused as refused:
                form.add_error(refused.field or None, refused.text)
            else:
                toasts.say(request, _("Satsen er lagret."))
                return redirect("decisions:practice")
    else:
        form = RateForm(first=today, initial={"words": line.now, "source": line.source})
    return render(request, FORM, {"page": rate_form_page(line), "form": form}, status=status)
