"""Whom a number rests on."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.learning.insight.contexts.behind_page import behind_page
from tillit.learning.insight.permissions import SEE_CITIZENS_BEHIND


@never_cache
@require_GET
@requires(SEE_CITIZENS_BEHIND)
def behind(request: ActorRequest, unit_id: int, indicator_code: str, on: date) -> HttpResponse:
    """Show the citizens a number rests on, of those she reaches."""
    page = behind_page(actor=request.actor, unit_id=unit_id, code=indicator_code, on=on, today=oslo.day_of(clock.now()))
    return render(request, "insight/behind.html", {"page": page})
