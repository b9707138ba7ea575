"""Who answers a deviation: who the table says controls the work, and there the leader."""

from datetime import date

from tillit.foundation.access.roles import Role
from tillit.foundation.responsibility.queries import holder_for, unit_map
from tillit.foundation.responsibility.rules.routing import Held, place_holder
from tillit.foundation.responsibility.rules.tables import Cell

#: The row of the table that says who looks after how the work is done.
LOOKS_AFTER = "QUALITY_CONTROL"


def leader_of(unit_id: int, *, on: date) -> int | None:
    """Return who answers for a unit's deviations that day; None when nobody leads it.

    The table may name people (a role holds it), or units; there it is the leader's, else that of the unit above. A
    deviation is answered by somebody, and a whole team is nobody.
    """
    routed = holder_for(code=LOOKS_AFTER, unit_id=unit_id, on=on)
    units, roles = unit_map(on=on)
    for asked in dict.fromkeys((*routed.unit_ids, unit_id)):
        if asked not in units:
            continue
        found = place_holder(
            Cell(holder=Role.TEAM_LEADER.value), asking=units[asked], units=units.values(), roles=roles
        )
        if found.people:
            return _first(found.people)
    return None


def _first(people: tuple[Held, ...]) -> int:
    return min(people, key=lambda one: (one.name, one.employee_id)).employee_id
