"""Typed builders: each gives something valid; say only what the test is about."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tillit.care.citizens.models import Citizen, Following, Home, Identifier
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.workforce.models import (
    Absence,
    AbsenceKind,
    Competence,
    Employee,
    Employment,
    HeldCompetence,
    Position,
    PositionShare,
    Profession,
    RoleHolding,
    Shift,
    ShiftKind,
)
from tillit.kernel import names, national_id, oslo

LONG_AGO = date(2020, 1, 1)
PASSWORD = "hemmelig-nok-til-test"


def unit(name: str, kind: UnitKind = UnitKind.TEAM, *, parent: Unit | None = None, code: str = "") -> Unit:
    """Store a unit below its parent."""
    found = Unit.objects.create(
        kind=kind,
        name=name,
        code=code or name.lower().replace(" ", "-"),
        parent=parent,
        path="",
        valid_from=LONG_AGO,
        base_name="Basen" if kind == UnitKind.TEAM else "",
        base_latitude=61.9 if kind == UnitKind.TEAM else None,
        base_longitude=6.0 if kind == UnitKind.TEAM else None,
    )
    found.path = f"{parent.path if parent else ''}{found.pk}."
    found.save(update_fields=["path"])
    return found


def employee(
    given: str,
    family: str,
    profession: Profession,
    team: Unit,
    *,
    colour: int = 1,
    percent: int = 100,
    employment: Employment = Employment.PERMANENT,
) -> Employee:
    """Store an employee with a login, a position and her whole share in one team."""
    username = f"{given}.{family}".lower()
    user = User.objects.create_user(username, PASSWORD, name=f"{given} {family}")
    found = Employee.objects.create(
        user=user,
        number=f"E{user.pk}",
        given_name=given,
        family_name=family,
        sort_name=names.sort_key(family, given),
        profession=profession,
        employed_from=LONG_AGO,
    )
    position = Position.objects.create(
        employee=found, percent=Decimal(percent), employment=employment, valid_from=LONG_AGO
    )
    PositionShare.objects.create(position=position, unit=team, share=Decimal(100), colour=colour)
    return found


def role(holder: Employee, held: Role, at_unit: Unit, *, valid_from: date = LONG_AGO) -> RoleHolding:
    """Let an employee hold a role in a unit."""
    return RoleHolding.objects.create(employee=holder, unit=at_unit, role=held, valid_from=valid_from)


def competence(code: str, name: str, *holders: Employee) -> Competence:
    """Store a competence and let employees hold it."""
    found, _ = Competence.objects.get_or_create(code=code, defaults={"name": name})
    for holder in holders:
        HeldCompetence.objects.create(employee=holder, competence=found, valid_from=LONG_AGO)
    return found


def shift(
    worker: Employee,
    team: Unit,
    on: date,
    *,
    kind: ShiftKind = ShiftKind.DAY,
    starts: time = time(7, 30),
    ends: time = time(15, 0),
) -> Shift:
    """Store a shift; one that ends before it starts ends next day."""
    end_day = on if ends > starts else on + timedelta(days=1)
    return Shift.objects.create(
        employee=worker,
        unit=team,
        kind=kind,
        on=on,
        starts_at=oslo.moment(on, starts),
        ends_at=oslo.moment(end_day, ends),
    )


def absence(worker: Employee, first: date, *, reported_at: datetime, days: int = 1) -> Absence:
    """Store an absence of some days."""
    return Absence.objects.create(
        employee=worker,
        kind=AbsenceKind.SELF_CERTIFIED,
        valid_from=first,
        valid_to=first + timedelta(days=days),
        reported_at=reported_at,
    )


def citizen(given: str, family: str, team: Unit, *, born_on: date = date(1940, 1, 1), serial: int = 500) -> Citizen:
    """Store a citizen with a synthetic number and a home, followed by the team."""
    found = Citizen.objects.create(
        given_name=given,
        family_name=family,
        search_name=names.search_key(given, family, "Strandveien"),
        sort_name=names.sort_key(family, given),
        born_on=born_on,
        phone="900 00 000",
        lives_alone=True,
    )
    number = None
    while number is None:
        number = national_id.synthetic(day=born_on.day, month=born_on.month, year=born_on.year, serial=serial)
        serial += 1
    Identifier.objects.create(citizen=found, kind="FNR", value=number, valid_from=born_on)
    Home.objects.create(
        citizen=found,
        street=f"Strandveien {found.pk}",
        postal_code="6770",
        place="Fjordvik",
        latitude=61.9 + (found.pk % 10) / 1000,
        longitude=6.0 + (found.pk % 7) / 1000,
        valid_from=LONG_AGO,
    )
    Following.objects.create(citizen=found, unit=team, valid_from=LONG_AGO)
    return found
