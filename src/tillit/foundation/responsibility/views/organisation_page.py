"""The whole municipality."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation.permissions import SEE_ORGANISATION
from tillit.foundation.responsibility.contexts.organisation_page import organisation_page
from tillit.kernel import clock, oslo


@require_GET
@requires(SEE_ORGANISATION)
def overview(request: ActorRequest) -> HttpResponse:
    """Show districts, teams, leaders, positions, areas and models. ?distrikt=<id> opens a district of a large one."""
    asked = request.GET.get("distrikt", "")
    chosen = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    page = organisation_page(actor=request.actor, on=oslo.day_of(clock.now()), chosen=chosen)
    return render(request, "responsibility/organisation.html", {"page": page})
