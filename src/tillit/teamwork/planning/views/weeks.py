"""Several days at once: see, ask, follow, stop, take into the drafts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.contexts.weeks import weeks_page, weeks_progress
from tillit.teamwork.planning.permissions import ALLOCATE, SEE_LISTS
from tillit.teamwork.planning.queries.weeks import newest_weeks
from tillit.teamwork.planning.views import doors
from tillit.ui import toasts


@require_GET
@requires(SEE_LISTS)
def show(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the newest proposal for several days, and how to ask for one."""
    return _page(request, unit_id)


@require_POST
@requires(ALLOCATE)
@limited(Door.LONG_PLAN)
def ask(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Ask the engine for the next days."""
    try:
        actions.ask_for_weeks(
            actor=request.actor,
            unit_id=unit_id,
            days=doors.number(request.POST, "days"),
            preset=request.POST.get("preset", ""),
            at=clock.now(),
        )
    except actions.NothingToPlan as nothing:
        return _page(request, unit_id, text=nothing.text, status=409)
    return redirect("planning:weeks", unit_id)


@require_GET
@requires(SEE_LISTS)
def progress(request: ActorRequest, unit_id: int, weeks_id: int) -> HttpResponse:
    """How far the search has come. When it has ended, the page loads itself anew."""
    unit = doors.unit_of(request, unit_id)
    found = newest_weeks(unit_id)
    if found is None or found.weeks_id != weeks_id:
        raise NotFound(_("Fant ikke forslaget."))
    if not found.is_working:
        return doors.come_again()
    may = queries.may_allocate(actor=request.actor, unit=unit, on=oslo.day_of(clock.now()))
    return render(request, "planning/progress.html", {"progress": weeks_progress(found, may_allocate=may)})


@require_POST
@requires(ALLOCATE)
def stop(request: ActorRequest, unit_id: int, weeks_id: int) -> HttpResponse:
    """Stop and use the best so far."""
    actions.stop_weeks(actor=request.actor, unit_id=unit_id, weeks_id=weeks_id, at=clock.now())
    return redirect("planning:weeks", unit_id)


@require_POST
@requires(ALLOCATE)
def accept(request: ActorRequest, unit_id: int, weeks_id: int) -> HttpResponse:
    """Take every day's proposal that is open into its draft."""
    try:
        count = actions.accept_weeks(
            actor=request.actor,
            unit_id=unit_id,
            weeks_id=weeks_id,
            editions={
                doors.number_of(proposal): doors.number_of(edition)
                for proposal, _dash, edition in (each.partition("-") for each in request.POST.getlist("seen"))
            },
            at=clock.now(),
        )
    except ActionRefused as refusal:
        return _page(request, unit_id, text=refusal.text, status=409)
    toasts.say(
        request,
        ngettext(
            "%(count)d liste er laget som utkast. Ingen er varslet.",
            "%(count)d lister er laget som utkast. Ingen er varslet.",
            count,
        )
        % {"count": count},
    )
    return redirect("planning:weeks", unit_id)


def _page(request: ActorRequest, unit_id: int, *, text: str = "", status: int = 200) -> HttpResponse:
    unit = doors.unit_of(request, unit_id)
    page = weeks_page(actor=request.actor, unit=unit, now=clock.now())
    return render(request, "planning/weeks.html", {"page": page, "text": text}, status=status)
