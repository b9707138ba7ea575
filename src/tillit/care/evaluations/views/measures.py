"""Write down the numbers of a scale."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.evaluations import actions
from tillit.care.evaluations.contexts.measure import measure_page
from tillit.care.evaluations.forms import measure_form
from tillit.care.evaluations.permissions import MEASURE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(MEASURE)
def measure(request: ActorRequest, citizen_id: int, tool: str) -> HttpResponse:
    """Show a scale's form, or sign what was measured."""
    at = clock.now()
    page = measure_page(
        actor=request.actor, citizen_id=citizen_id, tool=tool, course=request.GET.get("kurs", ""), at=at
    )
    form = measure_form(
        tool,
        request.POST if request.method == "POST" else None,
        today=page.today,
        press_key=secrets.token_urlsafe(16),
        activities=page.activities,
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.write_measurement(
                actor=request.actor,
                citizen_id=citizen_id,
                measured=form.measured(),
                measured_on=form.cleaned_data["measured_on"],
                press_key=form.cleaned_data["press_key"],
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 422
        else:
            toasts.say(request, _("Målingen er signert."))
            return redirect(page.back)
    return render(request, "evaluations/measure.html", {"page": page, "form": form}, status=status)
