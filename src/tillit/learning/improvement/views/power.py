"""Before a pilot: what it can show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.learning.improvement.contexts.power import first_asked, power_page
from tillit.learning.improvement.forms.power import PowerForm
from tillit.learning.improvement.permissions import SEE_PILOTS
from tillit.learning.improvement.queries import figures, get_pilot


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
