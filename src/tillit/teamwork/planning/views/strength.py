"""«Hva tåler dagen?»: ask, and see the answer come."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.contexts.places import Where, names_of
from tillit.teamwork.planning.contexts.strength import strength_panel
from tillit.teamwork.planning.permissions import ALLOCATE, SEE_LISTS
from tillit.teamwork.planning.views import board, doors


@require_POST
@requires(SEE_LISTS)
@limited(Door.PLAN)
def ask(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Ask what the lists can take."""
    doors.unit_of(request, unit_id)
    try:
        actions.ask_what_the_day_can_take(
            actor=request.actor, unit_id=unit_id, on=on, shift_kind=shift_kind, at=clock.now()
        )
    except actions.NothingToWeigh as refusal:
        return board.again(request, unit_id, on, shift_kind, refusal.text, status=409)
    return redirect(f"{Where(unit_id, on, shift_kind).href('board')}#taaler")


@require_POST
@requires(ALLOCATE)
@limited(Door.PLAN)
def propose(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Lay the changes that let the lists take more before people, as a proposal."""
    doors.unit_of(request, unit_id)
    try:
        actions.propose_sturdier(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return board.conflict(request, unit_id, on, shift_kind, meanwhile)
    except actions.StrengthOutdated as refusal:
        return board.again(request, unit_id, on, shift_kind, refusal.text, status=409)
    return redirect(f"{Where(unit_id, on, shift_kind).href('board')}#forslag")


@require_GET
@requires(SEE_LISTS)
def show(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """The panel alone, for htmx, which asks while an answer is on its way."""
    unit = doors.unit_of(request, unit_id)
    team_day = queries.team_day(unit=unit, on=on, shift_kind=shift_kind)
    may = queries.may_allocate(actor=request.actor, unit=unit, on=on)
    panel = strength_panel(
        team_day, names_of(team_day), queries.strength_of_lists(team_day.head.lists_id), may_allocate=may
    )
    return render(request, "planning/strength.html", {"strength": panel})
