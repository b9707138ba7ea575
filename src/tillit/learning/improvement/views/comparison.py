"""What a pilot shows: before and after, and between variants."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.learning.improvement.contexts.comparison import comparison_page
from tillit.learning.improvement.permissions import SEE_PILOTS


@never_cache
@require_GET
@requires(SEE_PILOTS)
def comparison(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Show one indicator of a pilot, team by team and variant against variant. tall: its code."""
    page = comparison_page(actor=request.actor, pilot_id=pilot_id, asked=request.GET.get("tall", ""), now=clock.now())
    return render(request, "improvement/comparison.html", {"page": page})
