"""Write what taking in many employees comes to. Only for `employees`, which has checked everything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import Permission
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import rules
from tillit.foundation.workforce.models import (
    ChangedField,
    Employee,
    EmployeeChange,
    HeldCompetence,
    Position,
    PositionShare,
    RoleHolding,
    Travel,
)
from tillit.foundation.workforce.permissions import GIVE_LOGIN, TAKE_IN, TO_GIVE
from tillit.foundation.workforce.rules import EmployeeTold, PositionFacts, Standing, Steps
from tillit.kernel import names

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One employee and what is to be written about her. person: None for somebody new."""

    told: EmployeeTold
    steps: Steps
    person: Employee | None
    stands: Standing


@dataclass(frozen=True, slots=True)
class Places:
    """The units named, by code, and the competences named: code → (id, months valid)."""

    units: Mapping[str, Unit]
    competences: Mapping[str, tuple[int, int | None]]


class Desk:
    """Where the entries of the audit trail lie until everything is written."""

    def __init__(self, places: Places, *, on: date, at: datetime) -> None:
        self.places, self.on, self.at = places, on, at
        self.entries: list[audit.Entry] = []

    def tell(self, permission: Permission, line: Line, person: Employee, **change: object) -> None:
        """Lay down an entry; it says that she was taken in, so that nobody looks for a form."""
        paths = tuple(self.places.units[one.unit].path for one in line.told.shares)
        said = {**change, "by": TAKE_IN.code}
        self.entries.append(audit.Entry(permission, f"employee:{person.pk}", Scope(paths), said))

    def begins(self, person: Employee) -> date:
        """Return from when something new holds for her: not before she is employed."""
        return max(self.on, person.employed_from)


def write_lines(actor: Actor, lines: Sequence[Line], places: Places, *, on: date, at: datetime) -> list[Employee]:
    """Store the steps of the lines; return their employees in the same order."""
    desk = Desk(places, on=on, at=at)
    fresh = iter(_employ([line for line in lines if line.person is None], on=on))
    pairs = [(line, line.person or next(fresh)) for line in lines]
    for line, person in pairs:
        if line.person is None:
            units = sorted(places.units[one.unit].pk for one in line.told.shares)
            desk.tell(TAKE_IN, line, person, new=True, units=units)
    _correct(desk, actor, pairs)
    _put_accounts(desk, pairs)
    _put_positions(desk, pairs)
    _put_roles(desk, pairs)
    _put_competences(desk, pairs)
    audit.record_all(actor, desk.entries, at=at)
    return [person for _line, person in pairs]


Pairs = Sequence[tuple[Line, Employee]]


def _employ(lines: Sequence[Line], *, on: date) -> list[Employee]:
    made = []
    for line in lines:
        facts = asdict(line.steps.facts)
        facts["travel"] = facts["travel"] or Travel.CAR
        sort_name = names.sort_key(facts["family_name"], facts["given_name"])
        begins = line.told.employed_from or on
        made.append(Employee(number=line.told.number, employed_from=begins, sort_name=sort_name, **facts))
    return Employee.objects.bulk_create(made, batch_size=_BATCH)


def _correct(desk: Desk, actor: Actor, pairs: Pairs) -> None:
    """Let facts be others, and keep what they were. The account is named as its owner."""
    todo = [(line, person) for line, person in pairs if line.steps.corrected]
    old, users = [], []
    for line, person in todo:
        for one in line.steps.corrected:
            setattr(person, one.field, getattr(line.steps.facts, one.field))
            old.append(
                EmployeeChange(
                    employee=person,
                    field=ChangedField[one.field.upper()],
                    was=one.was,
                    changed_by_id=actor.employee_id,
                    changed_at=desk.at,
                )
            )
        person.sort_name = names.sort_key(person.family_name, person.given_name)
        if person.user is not None and person.user.name != person.name:
            person.user.name = person.name
            users.append(person.user)
        desk.tell(TAKE_IN, line, person, fields=[one.field for one in line.steps.corrected])
    people = [person for _line, person in todo]
    fields = ["given_name", "family_name", "sort_name", "profession", "phone", "travel", "employed_to"]
    Employee.objects.bulk_update(people, fields, batch_size=_BATCH)
    User.objects.bulk_update(users, ["name"], batch_size=_BATCH)
    EmployeeChange.objects.bulk_create(old, batch_size=500)


def _put_accounts(desk: Desk, pairs: Pairs) -> None:
    """Make accounts that open nothing yet: a link is made one by one, by those who may."""
    todo = [(line, person) for line, person in pairs if line.steps.username]
    made = User.objects.bulk_create(
        [User(username=line.steps.username, name=person.name, password=make_password(None)) for line, person in todo],
        batch_size=_BATCH,
    )
    for user, (line, person) in zip(made, todo, strict=True):
        person.user = user
        desk.tell(GIVE_LOGIN, line, person, act="MAKE_ACCOUNT", user=user.pk)
    Employee.objects.bulk_update([person for _line, person in todo], ["user"], batch_size=_BATCH)


def _put_positions(desk: Desk, pairs: Pairs) -> None:
    """Let a position end where another takes its place: from the day, or from when the one to come begins."""
    todo = [(line, person, line.steps.position) for line, person in pairs if line.steps.position is not None]
    before = [line.stands.positions[0] if line.stands.positions else None for line, _person, _facts in todo]
    begins = [
        max(desk.on, was.valid_from) if was else (person.employed_from if line.person is None else desk.begins(person))
        for was, (line, person, _facts) in zip(before, todo, strict=True)
    ]
    ended = [
        Position(pk=was.position_id, valid_to=first)
        for was, first in zip(before, begins, strict=True)
        if was is not None
    ]
    Position.objects.bulk_update(ended, ["valid_to"], batch_size=_BATCH)
    made = Position.objects.bulk_create(
        [
            Position(
                employee=person,
                percent=facts.percent,
                employment=facts.employment,
                valid_from=first,
                valid_to=was.valid_to if was else None,
            )
            for was, first, (_line, person, facts) in zip(before, begins, todo, strict=True)
        ],
        batch_size=_BATCH,
    )
    used = _colours(desk, [facts for _line, _person, facts in todo], ended)
    shares = []
    for stored, was, (line, person, facts) in zip(made, before, todo, strict=True):
        for code, share in sorted(facts.shares):
            kept = was.colours.get(code, 0) if was else 0
            colour = kept or rules.colour_for(used[code], person.profession)
            used[code].append(colour)
            shares.append(PositionShare(position=stored, unit=desk.places.units[code], share=share, colour=colour))
        if line.person is not None:
            said = {"position": stored.pk, "was": was.position_id if was else None}
            desk.tell(TAKE_IN, line, person, **said, **{"from": stored.valid_from.isoformat()})
    PositionShare.objects.bulk_create(shares, batch_size=500)


def _colours(desk: Desk, facts: Sequence[PositionFacts], ended: Sequence[Position]) -> dict[str, list[int]]:
    """Return the colours in use by unit code, so that neighbours differ."""
    used: dict[str, list[int]] = defaultdict(list)
    codes = {code for one in facts for code, _share in one.shares}
    rows = PositionShare.objects.filter(
        Q(position__valid_to__isnull=True) | Q(position__valid_to__gt=desk.on), unit__code__in=codes
    ).exclude(position__in=[one.pk for one in ended])
    for code, colour in rows.values_list("unit__code", "colour"):
        used[code].append(colour)
    return used


def _put_roles(desk: Desk, pairs: Pairs) -> None:
    """Give the roles, as `give_role` does one by one; one that was ended the day it began, begins again."""
    made = []
    for line, person in pairs:
        begins = desk.begins(person)
        for code, role in line.steps.roles:
            unit = desk.places.units[code]
            made.append(RoleHolding(employee=person, unit=unit, role=role, valid_from=begins))
            desk.tell(
                TO_GIVE[Role(role)], line, person,
                act="GIVE_ROLE", role=role, unit=unit.pk, **{"from": begins.isoformat()}, to=None,
            )  # fmt: skip
    RoleHolding.objects.bulk_create(
        made,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["employee", "unit", "role", "valid_from"],
        update_fields=["valid_to"],
    )


def _put_competences(desk: Desk, pairs: Pairs) -> None:
    """Let competences be held from the day, for as long as each is valid, as `hold_competence` does one by one."""
    made = []
    for line, person in pairs:
        for code in line.steps.competences:
            competence_id, months = desk.places.competences[code]
            ends = rules.runs_out_on(desk.on, months)
            made.append(HeldCompetence(employee=person, competence_id=competence_id, valid_from=desk.on, valid_to=ends))
        if line.steps.competences:
            desk.tell(TAKE_IN, line, person, competences=list(line.steps.competences))
    HeldCompetence.objects.bulk_create(
        made,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["employee", "competence", "valid_from"],
        update_fields=["valid_to"],
    )
