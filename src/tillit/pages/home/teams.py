"""Which team a person works in now: chosen in the top bar, kept in her session."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import TEAM_KINDS, within_reach

SESSION_KEY = "team"
_KEPT = "_tillit_around"


@dataclass(frozen=True, slots=True)
class Team:
    """A team one can choose."""

    unit_id: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Around:
    """Where a person works."""

    municipality: str
    teams: tuple[Team, ...]
    """Those she reaches through any role, by name."""


def around(request: HttpRequest, actor: Actor) -> Around:
    """Return where the actor works. Read once for each request: both the page and the frame around it ask."""
    found: Around | None = getattr(request, _KEPT, None)
    if found is None:
        found = around_of(actor)
        setattr(request, _KEPT, found)
    return found


def around_of(actor: Actor) -> Around:
    """Return where the actor works, in one query."""
    teams = within_reach(actor).filter(kind__in=TEAM_KINDS, valid_to__isnull=True)
    rows = (teams | Unit.objects.filter(kind=UnitKind.MUNICIPALITY)).order_by("name", "pk")
    municipality, found = "", []
    for unit_id, kind, name, path in rows.values_list("pk", "kind", "name", "path"):
        if kind == UnitKind.MUNICIPALITY:
            municipality = municipality or name
        else:
            found.append(Team(unit_id, name, path))
    return Around(municipality, tuple(found))


def chosen(request: HttpRequest, teams: Sequence[Team], actor: Actor) -> Team | None:
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
