"""Before a pilot: what it can show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.learning.improvement.contexts.power import asked_before_any, first_asked, power_page
from tillit.learning.improvement.forms.power import PowerForm
from tillit.learning.improvement.permissions import SEE_PILOTS
from tillit.learning.improvement.queries import figures, get_pilot


@never_cache
@require_GET
@requires(SEE_PILOTS)
def ahead(request: ActorRequest) -> HttpResponse:
    """Show how small a change so many teams and months can show, before there is a pilot."""
    form = PowerForm(request.GET if "team" in request.GET else asked_before_any(), indicators=figures.indicators())
    asked = form.cleaned_data if form.is_valid() else None
    page = power_page(actor=request.actor, pilot=None, asked=asked, now=clock.now())
    return render(request, "improvement/power.html", {"page": page, "form": form})


@never_cache
@require_GET
@requires(SEE_PILOTS)
def power(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Show how small a change so many teams and months can show. Without a question, the pilot as it is planned."""
    pilot = get_pilot(actor=request.actor, pilot_id=pilot_id)
    asked = request.GET if "team" in request.GET else first_asked(actor=request.actor, pilot=pilot)
    form = PowerForm(asked, indicators=figures.indicators())
    page = power_page(
        actor=request.actor, pilot=pilot, asked=form.cleaned_data if form.is_valid() else None, now=clock.now()
    )
    return render(request, "improvement/power.html", {"page": page, "form": form})
