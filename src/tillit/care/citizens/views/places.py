"""Which teams one may choose, and which team the area of an address suggests."""

from datetime import date
from typing import Any

from tillit.foundation.access.guard import ActorRequest
from tillit.foundation.organisation import queries as organisation
from tillit.kernel.geo import Place


def units_to_choose(request: ActorRequest, *, on: date, everywhere: bool = False) -> list[tuple[str, Any]]:
    """Return the teams to choose among: those she works in, or all in the municipality."""
    kinds = ("TEAM", "WORK_GROUP", "SPECIAL_TEAM")
    if everywhere:
        found = [unit for unit in organisation.all_units(actor=request.actor, on=on) if unit.kind in kinds]
    else:
        found = organisation.units_of(request.actor, on=on)
    return [(str(unit.pk), unit.name) for unit in found]


def team_for(data: dict[str, Any], *, on: date) -> int | None:
    """Return the team whose area the address lies in, or None."""
    place = None
    if data.get("latitude") is not None and data.get("longitude") is not None:
        place = Place(data["latitude"], data["longitude"])
    return organisation.unit_for_address(place=place, postal_code=data["postal_code"], on=on)
