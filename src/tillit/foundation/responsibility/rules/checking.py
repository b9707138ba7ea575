"""Is anything undefined? What nobody holds in a table, held against the map, the people, duties and authority (R08).

HELTOM's undefined tasks were found by those who went without. Here they are found by reading. The answer is codes:
the page says each in words, with who can mend it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tillit.foundation.responsibility.rules.routing import Held, MapUnit, Problem, place_holder
from tillit.foundation.responsibility.rules.tables import Cell, whole


class Undefined(StrEnum):
    """What may be undefined."""

    NOBODY = "NOBODY"  # the table says nobody
    NO_SUCH_UNIT = "NO_SUCH_UNIT"  # the table names a sort of unit that does not exist for this team
    SEVERAL_UNITS = "SEVERAL_UNITS"  # several are equally near, and nobody has said which
    NOBODY_IN_ROLE = "NOBODY_IN_ROLE"  # the table names a role that nobody holds
    LIMITED_AUTHORITY = "LIMITED_AUTHORITY"  # a service nobody may decide above a limit
    DUTY_UNHELD = "DUTY_UNHELD"  # a duty nobody at work can hold
    NO_AUTHORITY = "NO_AUTHORITY"  # a service nobody may decide


@dataclass(frozen=True, slots=True)
class DutyGap:
    """A duty with the days, of those asked about, when it must be held and nobody at work can."""

    duty_id: int
    name: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class LackingService:
    """A service nobody may decide for the team, or nobody above the limit of a delegation."""

    code: str
    name: str
    only_above: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is undefined."""

    what: Undefined
    code: str = field(metadata={"help": "The responsibility; for a service its code; empty for a duty"})
    holder: str = field(default="", metadata={"help": "The HolderKind the table names"})
    missing: str = field(default="", metadata={"help": "The UnitPurpose no unit has, or the role nobody holds"})
    name: str = field(default="", metadata={"help": "Of the duty or the service"})
    place_id: int | None = field(default=None, metadata={"help": "The unit where nobody holds the role"})
    place_name: str = ""
    duty_id: int | None = None
    days: tuple[date, ...] = ()


#: The two teams of a pair: with several pairs about, the citizen's own units say which (`place_holder(beside=…)`).
_PAIRS = frozenset({"CARE", "HEALTH"})
_FOUND: Mapping[Problem, Undefined] = {
    Problem.UNDECIDED: Undefined.NOBODY,
    Problem.NO_SUCH_UNIT: Undefined.NO_SUCH_UNIT,
    Problem.SEVERAL_UNITS: Undefined.SEVERAL_UNITS,
    Problem.NOBODY_IN_ROLE: Undefined.NOBODY_IN_ROLE,
}


def check_table(
    table: Mapping[str, Cell],
    *,
    asking: MapUnit,
    units: Iterable[MapUnit],
    roles: Mapping[tuple[int, str], tuple[Held, ...]],
) -> tuple[Finding, ...]:
    """Return what the table leaves undefined for one team, in the catalogue's order.

    units, roles: the map and the role holders of the day, as `place_holder` wants them. A coach outside the team is
    somebody, though not on the map: only NOBODY is nobody.
    """
    known = tuple(units)
    found = []
    for code, cell in whole(table).items():
        if cell.holder == "COACH":
            continue
        placed = place_holder(cell, asking=asking, units=known, roles=roles)
        if not placed.problem or (placed.problem is Problem.SEVERAL_UNITS and placed.missing in _PAIRS):
            continue
        place = next((unit for unit in known if unit.unit_id in placed.unit_ids), None)
        found.append(
            Finding(
                _FOUND[placed.problem],
                code,
                cell.holder,
                placed.missing,
                place_id=place.unit_id if place else None,
                place_name=place.name if place else "",
            )
        )
    return tuple(found)


def check_duties(gaps: Iterable[DutyGap]) -> tuple[Finding, ...]:
    """Return a finding for each duty with days that nobody can hold it."""
    return tuple(
        Finding(Undefined.DUTY_UNHELD, "", name=gap.name, duty_id=gap.duty_id, days=gap.days)
        for gap in gaps
        if gap.days
    )


def check_services(lacking: Iterable[LackingService]) -> tuple[Finding, ...]:
    """Return a finding for each service nobody may decide, or only up to a limit."""
    return tuple(
        Finding(
            Undefined.LIMITED_AUTHORITY if service.only_above else Undefined.NO_AUTHORITY,
            service.code,
            name=service.name,
        )
        for service in lacking
    )
