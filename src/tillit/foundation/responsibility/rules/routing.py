"""Where a responsibility lies: from the row of a table to a unit on the map, and to people (R04, R08).

Everything that differs between models is in the table; nothing here knows a model. Two things are data: what each
kind of holder means on the map (`PLACES`), and which rows of the table receive what arrives (`ROUTES`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tillit.foundation.responsibility.rules.tables import Cell


class Problem(StrEnum):
    """Why a row leads to nobody. Empty: it leads to somebody."""

    NONE = ""
    NO_MODEL = "NO_MODEL"
    UNDECIDED = "UNDECIDED"
    NO_SUCH_UNIT = "NO_SUCH_UNIT"
    SEVERAL_UNITS = "SEVERAL_UNITS"
    NOBODY_IN_ROLE = "NOBODY_IN_ROLE"


@dataclass(frozen=True, slots=True)
class MapUnit:
    """A unit as the rules see it. ids: the chain from the top down to itself. purpose: "" is none in particular."""

    unit_id: int
    name: str
    kind: str
    purpose: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody holds a role in a unit."""

    employee_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a kind of holder means on the map.

    purposes: units for these, each the nearest one; none: the unit that asks. role: who there; "" is the whole unit.
    """

    purposes: tuple[str, ...] = ()
    role: str = ""


#: Kind of holder → what it means. A kind that is not here stands outside the map (NOBODY, COACH).
PLACES: Mapping[str, Place] = {
    "TEAM": Place(),
    "NURSE_TEAM": Place(),
    "PROVIDER": Place(),
    "COORDINATOR": Place(),  # who it is today, the duties of the unit say
    "TEAM_CASE_WORKER": Place(role="CASE_WORKER"),
    "TEAM_LEADER": Place(role="TEAM_LEADER"),
    "CARE_TEAM": Place(("CARE",)),
    "HEALTH_TEAM": Place(("HEALTH",)),
    "BOTH_TEAMS": Place(("CARE", "HEALTH")),
    "ASSESSMENT_TEAM": Place(("ASSESSMENT",)),
    "RAPID_RESPONSE_TEAM": Place(("RAPID_RESPONSE",)),
    "REABLEMENT_TEAM": Place(("REABLEMENT",)),
    "DEMENTIA_GROUP": Place(("DEMENTIA",)),
    "SERIOUS_ILLNESS_TEAM": Place(("SERIOUS_ILLNESS",)),
    "ALLOCATION_OFFICE": Place(("ALLOCATION",)),
    "OFFICE_HEAD": Place(("ALLOCATION",), role="TEAM_LEADER"),
    "SPECIALIST_CASE_WORKER": Place(("ALLOCATION",), role="CASE_WORKER"),
}

#: Every role a place asks for.
ROLES = frozenset(place.role for place in PLACES.values() if place.role)


@dataclass(frozen=True, slots=True)
class Found:
    """Who holds it. unit_ids: two when two teams hold it together; empty only with a problem."""

    unit_ids: tuple[int, ...]
    people: tuple[Held, ...]
    problem: Problem
    missing: str = field(default="", metadata={"help": "The purpose no unit has, or the role nobody holds"})


def place_holder(
    cell: Cell | None,
    *,
    asking: MapUnit,
    units: Iterable[MapUnit],
    roles: Mapping[tuple[int, str], tuple[Held, ...]],
    beside: frozenset[int] = frozenset(),
) -> Found:
    """Say which units, and for a role which people, hold a row of the table for the unit that asks.

    cell: the row; None when the table lacks it, which is as undecided as NOBODY. units: those in force that day.
    roles: (unit, role) → holders. beside: units that share the citizen; they go before nearer ones (HELTOM pairs).
    A unit whose role nobody holds still has it: the work waits there, and the problem says why.
    """
    place = PLACES.get(cell.holder) if cell is not None else None
    if place is None:
        return Found((), (), Problem.UNDECIDED)
    found: list[MapUnit] = [] if place.purposes else [asking]
    known = list(units)
    for purpose in place.purposes:
        nearest = _nearest(purpose, asking, known, beside)
        if len(nearest) != 1:
            return Found((), (), Problem.SEVERAL_UNITS if nearest else Problem.NO_SUCH_UNIT, purpose)
        found.extend(nearest)
    unit_ids = tuple(unit.unit_id for unit in found)
    if not place.role:
        return Found(unit_ids, (), Problem.NONE)
    people = _holders(found[0], place.role, roles)
    return Found(unit_ids, people, Problem.NONE if people else Problem.NOBODY_IN_ROLE, "" if people else place.role)


def _nearest(purpose: str, asking: MapUnit, units: Iterable[MapUnit], beside: frozenset[int]) -> list[MapUnit]:
    """The unit for the purpose with the longest way in common with the one that asks; the higher of two such.

    Several equally near are all returned: nobody but the municipality can say which of them is meant.
    """
    if asking.purpose == purpose:
        return [asking]
    fitting = [unit for unit in units if unit.purpose == purpose]
    if shared := [unit for unit in fitting if unit.unit_id in beside]:
        fitting = shared

    def way(unit: MapUnit) -> tuple[int, int]:
        return -_in_common(unit.ids, asking.ids), len(unit.ids)

    best = min((way(unit) for unit in fitting), default=None)
    return [unit for unit in fitting if way(unit) == best]


def _in_common(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _holders(unit: MapUnit, role: str, roles: Mapping[tuple[int, str], tuple[Held, ...]]) -> tuple[Held, ...]:
    """Those who hold the role in the unit itself, else in the nearest unit above: a leader may lead several teams."""
    for one in reversed(unit.ids):
        if people := roles.get((one, role), ()):
            return people
    return ()


class Arrival(StrEnum):
    """What arrives and must be taken by somebody."""

    APPLICATION = "APPLICATION"
    URGENT_START = "URGENT_START"
    REASSESSMENT = "REASSESSMENT"
    MOVED_IN = "MOVED_IN"
    MESSAGE = "MESSAGE"
    NOTICE = "NOTICE"
    HOSPITAL_STAY = "HOSPITAL_STAY"
    DEMENTIA = "DEMENTIA"
    SERIOUS_ILLNESS = "SERIOUS_ILLNESS"
    REABLEMENT = "REABLEMENT"
    TRANSFER = "TRANSFER"
    SPECIAL_COMPETENCE = "SPECIAL_COMPETENCE"


class ServiceGroup(StrEnum):
    """Groups of services that the table may give to others than the rest."""

    HOME = "HOME"
    REABLEMENT = "REABLEMENT"
    SHORT_STAY = "SHORT_STAY"
    LONG_STAY = "LONG_STAY"
    SPECIALIST = "SPECIALIST"


@dataclass(frozen=True, slots=True)
class Rows:
    """Which row of the table says who does each step. "": the table has no such row (authority alone decides)."""

    receive: str
    assess: str = ""
    case_work: str = ""
    decide: str = ""
    deliver: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every row, each once, in the order of the steps."""
        steps = (self.receive, self.assess, self.case_work, self.decide, self.deliver)
        return tuple(dict.fromkeys(code for code in steps if code))


_NEW_CASE = Rows("NEW_CASE_WORK", "NEW_ASSESS", "NEW_CASE_WORK", "NEW_DECIDE", "NEW_DELIVER")
_KNOWN_CASE = Rows("REASSESS", "REASSESS", "REASSESS", "", "CARE_PLAN")

#: (what arrives, is the citizen new) → rows.
ROUTES: Mapping[tuple[Arrival, bool], Rows] = {
    (Arrival.APPLICATION, True): _NEW_CASE,
    (Arrival.APPLICATION, False): _KNOWN_CASE,
    # Help comes first, and the one who gives it sees to it that the case follows.
    (Arrival.URGENT_START, True): Rows("NEW_DELIVER", "NEW_ASSESS", "NEW_CASE_WORK", "NEW_DECIDE", "NEW_DELIVER"),
    (Arrival.URGENT_START, False): Rows("CARE_PLAN", "REASSESS", "REASSESS", "", "CARE_PLAN"),
    (Arrival.REASSESSMENT, True): _NEW_CASE,
    (Arrival.REASSESSMENT, False): _KNOWN_CASE,
    (Arrival.MOVED_IN, True): _NEW_CASE,
    (Arrival.MOVED_IN, False): _KNOWN_CASE,
    (Arrival.MESSAGE, True): Rows("MESSAGES"),
    (Arrival.MESSAGE, False): Rows("MESSAGES"),
    (Arrival.NOTICE, True): Rows("NOTICES"),
    (Arrival.NOTICE, False): Rows("NOTICES"),
    (Arrival.HOSPITAL_STAY, True): Rows("NEW_HOSPITAL"),
    (Arrival.HOSPITAL_STAY, False): Rows("HOSPITAL"),
    (Arrival.DEMENTIA, True): Rows("NEW_DEMENTIA"),
    (Arrival.DEMENTIA, False): Rows("DEMENTIA"),
    # The table has one row for them: the source names the team, not that it takes the new ones apart.
    (Arrival.SERIOUS_ILLNESS, True): Rows("SERIOUS_ILLNESS"),
    (Arrival.SERIOUS_ILLNESS, False): Rows("SERIOUS_ILLNESS"),
    (Arrival.REABLEMENT, True): Rows("NEW_REABLEMENT"),
    (Arrival.REABLEMENT, False): Rows("REABLEMENT"),
    (Arrival.TRANSFER, True): Rows("NEW_DELIVER"),
    (Arrival.TRANSFER, False): Rows("CARE_PLAN"),
    (Arrival.SPECIAL_COMPETENCE, True): Rows("SPECIAL_COMPETENCE"),
    (Arrival.SPECIAL_COMPETENCE, False): Rows("SPECIAL_COMPETENCE"),
}

#: Groups with a row of their own hold the whole case, whatever arrived, for new citizens and for others.
GROUP_ROUTES: Mapping[tuple[ServiceGroup, bool], Rows] = {
    (ServiceGroup.REABLEMENT, True): Rows(
        "NEW_CASE_WORK", "NEW_ASSESS", "NEW_CASE_WORK", "NEW_DECIDE", "NEW_REABLEMENT"
    ),
    (ServiceGroup.REABLEMENT, False): Rows("REASSESS", "REASSESS", "REASSESS", "", "REABLEMENT"),
    **{
        (group, is_new): Rows(code, code, code, code)
        for group, code in (
            (ServiceGroup.SHORT_STAY, "SHORT_STAY"),
            (ServiceGroup.LONG_STAY, "LONG_STAY"),
            (ServiceGroup.SPECIALIST, "SPECIALIST_SERVICES"),
        )
        for is_new in (True, False)
    },
}

_CASES = frozenset({Arrival.APPLICATION, Arrival.URGENT_START, Arrival.REASSESSMENT, Arrival.MOVED_IN})


def rows_for(kind: Arrival | str, *, is_new: bool, service_group: ServiceGroup | str = ServiceGroup.HOME) -> Rows:
    """Return which rows of the table route an arrival, step by step.

    is_new: the citizen has no decision yet. service_group: what is applied for; it matters for cases only.
    Raises ValueError for a kind or group that does not exist.
    """
    arrival, group = Arrival(kind), ServiceGroup(service_group)
    own = GROUP_ROUTES.get((group, is_new)) if arrival in _CASES else None
    return own or ROUTES[arrival, is_new]


def codes_for(
    kind: Arrival | str, *, is_new: bool, service_group: ServiceGroup | str = ServiceGroup.HOME
) -> tuple[str, ...]:
    """Return the rows' codes in the order of the steps; the first is who receives it."""
    return rows_for(kind, is_new=is_new, service_group=service_group).codes
