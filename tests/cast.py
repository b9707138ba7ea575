"""The people of every test: invented, with synthetic numbers. Two teams in one district, a third in another.

Bekkedal: Ingrid (nurse), Amir (care worker), Kari (care worker and allocator), Marit (leader of Bekkedal and Solvik).
Solvik next door: Nils. Fjelldal in the other district: Frida. Citizens of Bekkedal: Olga and Arne; of Fjelldal: Per.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests import builders
from tillit.care.citizens.models import Citizen
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee, Profession

MONDAY_DATE = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 08.00 in Oslo
TUESDAY_DATE = date(2026, 11, 24)
TUESDAY = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a login: the employee, the user and the actor she is on MONDAY."""

    employee: Employee
    user: User
    actor: Actor


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone knows the cast."""

    municipality: Unit
    south: Unit
    north: Unit
    bekkedal: Unit
    solvik: Unit
    fjelldal: Unit
    ingrid: Member
    amir: Member
    kari: Member
    marit: Member
    nils: Member
    frida: Member
    admin: Member
    olga: Citizen
    arne: Citizen
    per: Citizen


def assemble() -> Cast:
    """Store the cast and return it."""
    municipality = builders.unit("Fjordvik kommune", UnitKind.MUNICIPALITY)
    south = builders.unit("Sør", UnitKind.DISTRICT, parent=municipality)
    north = builders.unit("Nord", UnitKind.DISTRICT, parent=municipality)
    bekkedal = builders.unit("Team Bekkedal", UnitKind.TEAM, parent=south)
    solvik = builders.unit("Team Solvik", UnitKind.TEAM, parent=south)
    fjelldal = builders.unit("Team Fjelldal", UnitKind.TEAM, parent=north)
    ingrid = _member("Ingrid", "Solheim", Profession.NURSE, bekkedal, Role.NURSE, colour=1)
    amir = _member("Amir", "Rahimi", Profession.HEALTH_WORKER, bekkedal, Role.CARE_WORKER, colour=2)
    kari = _member("Kari", "Nilsen", Profession.HEALTH_WORKER, bekkedal, Role.CARE_WORKER, colour=3)
    marit = _member("Marit", "Aune", Profession.LEADER, bekkedal, Role.TEAM_LEADER, colour=0)
    builders.role(marit.employee, Role.TEAM_LEADER, solvik)
    builders.competence("FORDELER", "Fordeler", kari.employee)
    nils = _member("Nils", "Berg", Profession.HEALTH_WORKER, solvik, Role.CARE_WORKER, colour=1)
    frida = _member("Frida", "Moe", Profession.NURSE, fjelldal, Role.NURSE, colour=1)
    admin = _member("Anne", "Data", Profession.OTHER, municipality, Role.ADMINISTRATOR, colour=0)
    olga = builders.citizen("Olga", "Hansen", bekkedal, born_on=date(1938, 5, 17), serial=501)
    arne = builders.citizen("Arne", "Kvam", bekkedal, born_on=date(1944, 2, 2), serial=502)
    per = builders.citizen("Per", "Fjell", fjelldal, born_on=date(1940, 3, 3), serial=503)
    return Cast(
        municipality, south, north, bekkedal, solvik, fjelldal,
        ingrid, amir, kari, _again(marit), nils, frida, admin,
        olga, arne, per,
    )  # fmt: skip


def _member(given: str, family: str, profession: Profession, unit: Unit, role: Role, *, colour: int) -> Member:
    employee = builders.employee(given, family, profession, unit, colour=colour)
    builders.role(employee, role, unit)
    user = employee.user
    assert user is not None
    return Member(employee, user, actor_of(user_id=user.pk, name=user.name, at=MONDAY))


def _again(member: Member) -> Member:
    return Member(member.employee, member.user, actor_of(user_id=member.user.pk, name=member.user.name, at=MONDAY))
