"""The queue of cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.care.decisions.contexts.queue import queue_page
from tillit.care.decisions.permissions import READ_CASE
from tillit.care.decisions.queries.queue import Phase, Whose
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo


@never_cache
@require_GET
@requires(READ_CASE)
def queue(request: ActorRequest) -> HttpResponse:
    """Show a queue: mine, our unit's, offered to us, at others."""
    whose = request.GET.get("ko", "").upper()
    phase = request.GET.get("fase", "").upper()
    unit = request.GET.get("enhet", "")
    page = request.GET.get("side", "")
    shown = queue_page(
        actor=request.actor,
        on=oslo.day_of(clock.now()),
        whose=Whose(whose) if whose in Whose.__members__ else None,
        phase=Phase(phase) if phase in Phase.__members__ else Phase.WAITING,
        unit_id=int(unit) if unit.isdigit() else None,
        page=max(1, int(page)) if page.isdigit() else 1,
    )
    return render(request, "decisions/queue.html", {"page": shown})
