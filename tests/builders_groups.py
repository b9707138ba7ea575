"""Bekkedal with a dementia work group: Solveig works in it, and it follows Rigmor (R02)."""

from dataclasses import dataclass
from datetime import date, time

from tests import builders
from tests import builders_planning as planning
from tests.cast import MONDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.visits.models import Visit
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Profession, ShiftKind

NAME = "Arbeidslag demens"


@dataclass(frozen=True, slots=True)
class Group:
    """A work group in Bekkedal with one who works there and one it follows."""

    unit: Unit
    solveig: Member
    rigmor: Citizen


def dementia_group(cast: Cast) -> Group:
    """Store the work group. Lists are shared as nobody has decided anything else."""
    unit = builders.unit(NAME, UnitKind.WORK_GROUP, parent=cast.bekkedal)
    employee = builders.employee("Solveig", "Tangen", Profession.HEALTH_WORKER, unit, colour=4)
    builders.role(employee, Role.CARE_WORKER, unit)
    user = employee.user
    assert user is not None
    solveig = Member(employee, user, actor_of(user_id=user.pk, name=user.name, at=MONDAY))
    return Group(unit, solveig, builders.citizen("Rigmor", "Sand", unit, serial=620))


def part(cast: Cast, group: Group, kind: ShiftKind, on: date = TUESDAY_DATE) -> tuple[Visit, Visit]:
    """Store a part of a day: Amir and Solveig at work, one visit to Olga for the team, one to Rigmor for the group."""
    starts, ends, earliest, latest = {
        ShiftKind.DAY: (time(7, 30), time(15), time(8), time(12)),
        ShiftKind.EVENING: (time(15), time(22, 30), time(17), time(21)),
        ShiftKind.NIGHT: (time(22, 30), time(7), time(23), time(23, 45)),
    }[kind]
    builders.shift(cast.amir.employee, cast.bekkedal, on, kind=kind, starts=starts, ends=ends)
    builders.shift(group.solveig.employee, group.unit, on, kind=kind, starts=starts, ends=ends)
    return (
        planning.open_visit(cast.olga, cast.bekkedal, on, earliest=earliest, latest=latest, kind=kind),
        planning.open_visit(group.rigmor, group.unit, on, earliest=earliest, latest=latest, kind=kind),
    )
