"""What counts in a team's proposals."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ChangedMeanwhile
from tillit.teamwork.planning import actions
from tillit.teamwork.planning.contexts.counting import counting_page
from tillit.teamwork.planning.permissions import ALLOCATE, SEE_LISTS
from tillit.teamwork.planning.rules.counting import Steps, Thing, read
from tillit.teamwork.planning.views import doors
from tillit.ui import toasts


@require_GET
@requires(SEE_LISTS)
def show(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show what counts."""
    return _show(request, unit_id)


@require_POST
@requires(ALLOCATE)
def save(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Let something count more or less."""
    doors.unit_of(request, unit_id)
    seen = request.POST.get("edition", "")
    steps = {thing.value: request.POST.get(thing.value, "") for thing in Thing}
    try:
        actions.say_what_counts(
            actor=request.actor,
            unit_id=unit_id,
            steps=steps,
            edition=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else 0,
            at=clock.now(),
        )
    except ChangedMeanwhile as changed:
        return _show(request, unit_id, typed=read(steps), changed=changed)
    toasts.say(request, _("Lagret. Det gjelder fra neste forslag."))
    return redirect("planning:counting", unit_id)


def _show(
    request: ActorRequest, unit_id: int, *, typed: Steps | None = None, changed: ChangedMeanwhile | None = None
) -> HttpResponse:
    unit = doors.unit_of(request, unit_id)
    page = counting_page(actor=request.actor, unit=unit, now=clock.now(), typed=typed, changed=changed)
    return render(request, "planning/counting.html", {"page": page}, status=409 if changed else 200)
