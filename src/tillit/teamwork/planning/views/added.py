"""An urgent visit, added to the day: it stands uncovered on the lists, which then offer the fewest changes."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import queries as citizens
from tillit.care.visits import actions as visits
from tillit.care.visits.permissions import PLAN_VISITS
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning.contexts.added import add_visit_page, people_to_visit
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.forms import AddVisitForm
from tillit.teamwork.planning.views import doors
from tillit.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(PLAN_VISITS)
def add(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Show the form, and add the visit. Goes to the lists it lies on, where what to do is offered."""
    unit = doors.unit_of(request, unit_id)
    form = AddVisitForm(request.POST or None, people=people_to_visit(unit=unit, on=on))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        own = citizens.unit_ids_of([said["citizen"]], on=on)[said["citizen"]]
        try:
            visit = visits.add_visit(
                actor=request.actor,
                citizen_id=said["citizen"],
                on=on,
                title=said["what"],
                part_of_day=form.part_of_day,
                earliest=said["earliest"],
                latest=said["latest"],
                minutes=said["minutes"],
                level=said["level"],
                priority=said["priority"],
                unit_id=unit_id if unit_id in own else None,
                at=clock.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
        else:
            toasts.say(request, _("Besøket er lagt til. Ingen har det ennå."))
            return redirect(Where(unit_id, on, visit.shift_kind).href("board"))
    page = add_visit_page(unit=unit, where=Where(unit_id, on, shift_kind))
    return render(request, "planning/add_visit.html", {"page": page, "form": form}, status=status)
