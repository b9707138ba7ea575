"""The sheet for an ambulance crew: one press, and written in the audit trail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tillit.care.citizens import actions
from tillit.care.citizens.permissions import MAKE_AMBULANCE_SHEET
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.pages.citizen.contexts.ambulance import ambulance_sheet


@never_cache
@require_POST
@requires(MAKE_AMBULANCE_SHEET)
def show(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Make the sheet and show it: to print, or to hold up on the phone."""
    now = clock.now()
    handed_out = actions.make_ambulance_sheet(actor=request.actor, citizen_id=citizen_id, at=now)
    context = ambulance_sheet(actor=request.actor, handed_out=handed_out, at=now)
    return render(request, "citizen/ambulance.html", {"page": context})
