"""What counts in a team's proposals."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.teamwork.planning import actions
from tillit.teamwork.planning.contexts.counting import counting_page
from tillit.teamwork.planning.permissions import ALLOCATE, SEE_LISTS
from tillit.teamwork.planning.rules.counting import Thing
from tillit.teamwork.planning.views import doors
from tillit.ui import toasts


@require_GET
@requires(SEE_LISTS)
def show(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show what counts."""
    unit = doors.unit_of(request, unit_id)
    page = counting_page(actor=request.actor, unit=unit, now=clock.now())
    return render(request, "planning/counting.html", {"page": page})


@require_POST
@requires(ALLOCATE)
def save(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Let something count more or less."""
    doors.unit_of(request, unit_id)
    steps = {thing.value: request.POST.get(thing.value, "") for thing in Thing}
    actions.say_what_counts(actor=request.actor, unit_id=unit_id, steps=steps, at=clock.now())
    toasts.say(request, _("Lagret. Det gjelder fra neste forslag."))
    return redirect("planning:counting", unit_id)
