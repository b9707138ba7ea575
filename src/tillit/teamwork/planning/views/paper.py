"""What changed since the lists were taken into use, and the lists on paper."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.changes import changes_page
from tillit.teamwork.planning.contexts.paper import print_page
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.permissions import SEE_LISTS
from tillit.teamwork.planning.views import doors
from tillit.ui import formats
from tillit.ui.language import page_language


@require_GET
@requires(SEE_LISTS)
def changes(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Show what is different since the lists were taken into use."""
    unit = doors.unit_of(request, unit_id)
    day_name = f"{words.kind_name(shift_kind)}, {formats.long_date(on, page_language())}"
    page = changes_page(unit=unit, where=Where(unit_id, on, shift_kind), day_name=day_name)
    return render(request, "planning/changes.html", {"page": page})


@require_GET
@requires(SEE_LISTS)
def print_lists(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Show one sheet for each person, ready for paper; ?medarbeider=<id> gives one."""
    unit = doors.unit_of(request, unit_id)
    page = print_page(
        unit=unit,
        where=Where(unit_id, on, shift_kind),
        employee_id=doors.optional(request.GET, "medarbeider"),
        printed_by=request.actor.name,
        now=clock.now(),
    )
    return render(request, "planning/print.html", {"page": page})
