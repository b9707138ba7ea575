"""How many of each kind, over time: to learn from, nobody's name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.teamwork.deviations.contexts.counted import numbers_page
from tillit.teamwork.deviations.permissions import COUNT_DEVIATIONS


@never_cache
@require_GET
@requires(COUNT_DEVIATIONS)
def numbers(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the last two years, quarter by quarter."""
    page = numbers_page(actor=request.actor, unit_id=unit_id, now=clock.now())
    return render(request, "deviations/numbers.html", {"page": page})
