"""All that happened with one citizen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.pages.citizen.contexts import timeline_page
from tillit.pages.citizen.rules.timeline import Kind


@never_cache
@require_GET
@requires(READ_CITIZEN)
def show(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show what happened, newest first. A kind or a moment that does not exist is no filter."""
    asked = request.GET.get("slag", "")
    context = timeline_page.timeline_page(
        actor=request.actor,
        citizen_id=citizen_id,
        kind=next((kind for kind in Kind if kind.value == asked), None),
        before=timeline_page.moment_of(request.GET.get("eldre", "")),
        at=clock.now(),
    )
    return render(request, "citizen/timeline.html", {"page": context})
