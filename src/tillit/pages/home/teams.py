"""Which team a person works in now: chosen in the top bar, kept in her session."""

from dataclasses import dataclass

from django.http import HttpRequest

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.organisation.queries import within_reach

SESSION_KEY = "team"


@dataclass(frozen=True, slots=True)
class Team:
    """A team one can choose."""

    unit_id: int
    name: str
    path: str


def teams_of(actor: Actor) -> list[Team]:
    """Return the teams the actor reaches through any role, by name, in one query."""
    rows = (
        within_reach(actor)
        .filter(kind__in=[UnitKind.TEAM, UnitKind.SPECIAL_TEAM], valid_to__isnull=True)
        .order_by("name", "pk")
        .values_list("pk", "name", "path")
    )
    return [Team(unit_id, name, path) for unit_id, name, path in rows]


def chosen(request: HttpRequest, teams: list[Team], actor: Actor) -> Team | None:
    """Return the team in the page's own address, else the chosen one, else the team one works in, else the first."""
    match = request.resolver_match
    in_address = match.kwargs.get("unit_id") if match else None
    for wanted in (in_address, request.session.get(SESSION_KEY)):
        for team in teams:
            if team.unit_id == wanted:
                return team
    for team in teams:
        if actor.home_path and team.path == actor.home_path:
            return team
    return teams[0] if teams else None
