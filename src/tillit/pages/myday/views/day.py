"""Min dag."""

import secrets
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.kernel import clock, oslo
from tillit.kernel.errors import NotFound
from tillit.pages.myday.contexts.day import day_page
from tillit.teamwork.planning import actions as planning

#: Where the day page finds the name of a text that was just sent, so that the browser forgets its copy.
SAVED_KEY = "myday_saved"
#: So far back and ahead one can look.
FARTHEST = timedelta(days=366)


@never_cache
@require_GET
@requires(SIGNED_IN)
def today(request: ActorRequest) -> HttpResponse:
    """Show the working day that is going on."""
    return _show(request, None)


@never_cache
@require_GET
@requires(SIGNED_IN)
def another_day(request: ActorRequest, on: date) -> HttpResponse:
    """Show one's own list of another day."""
    if abs(on - oslo.day_of(clock.now())) > FARTHEST:
        raise NotFound
    return _show(request, on)


def _show(request: ActorRequest, on: date | None) -> HttpResponse:
    page = day_page(
        actor=request.actor,
        on=on,
        now=clock.now(),
        press_key=secrets.token_urlsafe(16),
        saved_key=request.session.pop(SAVED_KEY, ""),
    )
    return render(request, "myday/day.html", {"page": page})


@require_POST
@requires(SIGNED_IN)
def see_notices(request: ActorRequest) -> HttpResponse:
    """The employee has seen these changes on her list."""
    notice_ids = [int(number) for number in request.POST.getlist("notice") if number.isdecimal()]
    planning.see_notices(actor=request.actor, notice_ids=notice_ids, at=clock.now())
    return redirect("myday:today")
