"""Cases in numbers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tillit.care.decisions.contexts.figures import figures_page
from tillit.care.decisions.contexts.numbers import Reach, numbers_page
from tillit.care.decisions.permissions import READ_NUMBERS
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock


@require_GET
@requires(READ_NUMBERS)
def figures(request: ActorRequest) -> HttpResponse:
    """Show whose numbers one may see."""
    page = figures_page(actor=request.actor, at=clock.now())
    return render(request, "decisions/figures.html", {"page": page})


@require_GET
@requires(READ_NUMBERS)
def show(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show how long cases take in a unit, and what they came to."""
    try:
        reach = Reach(request.GET.get("siste", Reach.QUARTER.value))
    except ValueError:
        reach = Reach.QUARTER
    page = numbers_page(actor=request.actor, unit_id=unit_id, reach=reach, at=clock.now())
    return render(request, "decisions/numbers.html", {"page": page})
