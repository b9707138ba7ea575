"""The front door: send each person to where her work is, and let her choose her team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import LOGGED_IN, SIGNED_IN
from tillit.foundation.access.roles import Role
from tillit.kernel.errors import NotFound
from tillit.pages.home import teams as team_choice

#: Those who plan or lead start at the board; those who go out start with their own day.
_STARTS_AT_BOARD = frozenset({Role.TEAM_LEADER, Role.CASE_WORKER, Role.DISTRICT_LEADER})


@require_GET
@requires(LOGGED_IN)
def front_door(request: ActorRequest) -> HttpResponse:
    """Send the actor to her own page, My day, the team board, the cases or the organisation, by what she does."""
    if request.actor.is_private:
        return redirect("minside:start")
    roles = {grant.role for grant in request.actor.grants}
    teams = team_choice.around(request, request.actor).teams
    team = team_choice.chosen(request, teams, request.actor)
    if roles & _STARTS_AT_BOARD and team:
        return redirect("teamboard:board", unit_id=team.unit_id)
    if roles & {Role.TEAM_LEADER, Role.CASE_WORKER}:  # of an office: cases are her work
        return redirect("decisions:queue")
    if roles & {Role.CARE_WORKER, Role.NURSE, Role.THERAPIST}:
        return redirect("myday:today")
    if Role.PRIVACY_REVIEWER in roles:
        return redirect("oversight:privacy")
    if roles == {Role.RESEARCHER}:
        return redirect("decisions:figures")
    return redirect("organisation:index")


@require_POST
@requires(SIGNED_IN)
def choose_team(request: ActorRequest) -> HttpResponse:
    """Keep the chosen team, and show the same page for it where the page is a team's own."""
    wanted = request.POST.get("team", "")
    teams = team_choice.around(request, request.actor).teams
    team = next((team for team in teams if str(team.unit_id) == wanted), None)
    if team is None:
        raise NotFound
    request.session[team_choice.SESSION_KEY] = team.unit_id
    return redirect(_same_page(request, request.POST.get("next", "/"), team.unit_id))


def _same_page(request: HttpRequest, path: str, unit_id: int) -> str:
    if not url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}):
        return "/"
    try:
        match = resolve(path.split("?")[0])
    except Resolver404:
        return "/"
    if "unit_id" not in match.kwargs:
        return path
    from django.urls import reverse

    return reverse(match.view_name, kwargs={**match.kwargs, "unit_id": unit_id})
