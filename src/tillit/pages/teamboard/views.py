"""The team board."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock
from tillit.pages.teamboard.contexts.board import board_page
from tillit.pages.teamboard.contexts.everything import MINE, everything_page
from tillit.pages.teamboard.contexts.wall import wall_page
from tillit.teamwork.planning.permissions import SEE_BOARD


@require_GET
@requires(SEE_BOARD)
def board(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the team's day."""
    unit = _unit(request, unit_id)
    page = board_page(actor=request.actor, unit=unit, now=clock.now())
    return render(request, "teamboard/board.html", {"page": page})


@require_GET
@requires(SEE_BOARD)
def wall(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the team's day on a wall screen: first names and initials, no codes. Renews itself every minute."""
    unit = _unit(request, unit_id)
    page = wall_page(unit=unit, now=clock.now())
    template = "teamboard/wall.html#wall" if request.headers.get("HX-Request") == "true" else "teamboard/wall.html"
    answer = render(request, template, {"page": page})
    answer["Vary"] = "HX-Request"
    return answer


@require_GET
@requires(SEE_BOARD)
def everything(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show one by one what the board counts under «Venter på oss», and what is missing; all of it or her own."""
    unit = _unit(request, unit_id)
    page = everything_page(actor=request.actor, unit=unit, now=clock.now(), mine=request.GET.get("for") == MINE)
    return render(request, "teamboard/everything.html", {"page": page})


def _unit(request: ActorRequest, unit_id: int) -> Unit:
    """Return the unit if the actor reaches it and may see its board. Raises NotFound, NotAllowed."""
    unit = organisation.get_unit(actor=request.actor, unit_id=unit_id)
    require(request.actor, SEE_BOARD, organisation.scope_of(unit))
    return unit
