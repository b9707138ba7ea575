"""How it goes: a team, a district, the municipality; one indicator."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.learning.insight.contexts.indicator_page import indicator_page
from tillit.learning.insight.contexts.periods import chosen
from tillit.learning.insight.contexts.unit_page import unit_page
from tillit.learning.insight.permissions import SEE_FIGURES
from tillit.learning.insight.queries.placing import own_unit_id


@require_GET
@requires(SEE_FIGURES)
def start(request: ActorRequest) -> HttpResponse:
    """Lead on to her own team, or the highest unit she holds a role in."""
    return redirect("insight:unit", unit_id=own_unit_id(request.actor))


@never_cache
@require_GET
@requires(SEE_FIGURES)
def unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show how it goes with a unit."""
    page = unit_page(actor=request.actor, unit_id=unit_id, asked=chosen(request.GET), today=oslo.day_of(clock.now()))
    return render(request, "insight/unit.html", {"page": page})


@never_cache
@require_GET
@requires(SEE_FIGURES)
def indicator(request: ActorRequest, unit_id: int, indicator_code: str) -> HttpResponse:
    """Show one indicator with its definition."""
    page = indicator_page(
        actor=request.actor,
        unit_id=unit_id,
        code=indicator_code,
        asked=chosen(request.GET),
        today=oslo.day_of(clock.now()),
    )
    return render(request, "insight/indicator.html", {"page": page})
