"""The help and the goals over time, and who came."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.pages.citizen.contexts.over_time import WINDOWS, over_time_page


@never_cache
@require_GET
@requires(READ_CITIZEN)
def show(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the last whole weeks: so many as one may choose between, else the most."""
    asked = request.GET.get("uker", "")
    weeks = next((one for one in WINDOWS if str(one) == asked), max(WINDOWS))
    context = over_time_page(actor=request.actor, citizen_id=citizen_id, weeks=weeks, at=clock.now())
    return render(request, "citizen/over_time.html", {"page": context})
