"""What is needed to answer for one unit on one day, read in few queries and put before the pure rules."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.foundation.access.roles import Role
from tillit.foundation.authority import models
from tillit.foundation.authority.queries.barring import below_disqualified
from tillit.foundation.authority.queries.law import ServiceLine, line_of
from tillit.foundation.authority.rules import resolving
from tillit.foundation.authority.rules.resolving import Held, Matter, Person
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.models import RoleHolding
from tillit.foundation.workforce.queries.employment import employed
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days


@dataclass(frozen=True, slots=True)
class Asked:
    """One service that is to be decided, with its extent and for how long. None: not known, or until further notice."""

    service_id: int
    extent: Decimal | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """The line of the delegation document that the answer rests on, or falls short of."""

    authority_id: int
    delegation_id: int
    reference: str
    title: str
    delegated_by: str
    valid_to: date | None = field(metadata={"help": "The first day it no longer holds, of line and document"})
    whole_group: str = field(metadata={"help": "HOME, STAY or SPECIAL when the line is for all of a group; else ''"})
    max_extent: Decimal | None
    max_days: int | None
    four_eyes: bool


@dataclass(frozen=True, slots=True)
class InRole:
    """A role in a unit. Role "" with a person is somebody named in the document."""

    role: str
    unit_id: int | None
    unit_name: str
    unit_kind: str
    acting: bool = field(default=False, metadata={"help": "Stands in for the leader"})


@dataclass(frozen=True, slots=True)
class Decider:
    """Who may decide: a role in a unit, and those who hold it on the day; nobody when `people` is empty."""

    authority_id: int
    place: InRole
    employee_ids: tuple[int, ...]
    people: tuple[str, ...]
    barred: bool = field(default=False, metadata={"help": "Somebody holds it, but is disqualified or below one who is"})


@dataclass(frozen=True, slots=True)
class _Holding:
    employee_id: int
    name: str
    held: Held


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is needed to answer for one unit on one day, read at once."""

    unit: Unit
    on: date
    services: dict[int, ServiceLine]
    rows: dict[int, models.Authority]
    lines: tuple[resolving.Authority, ...]
    holdings: tuple[_Holding, ...]
    disqualified: frozenset[int] = frozenset()
    below_disqualified: frozenset[int] = frozenset()

    def person(self, employee_id: int | None, held: tuple[Held, ...] = ()) -> Person:
        """Somebody as the rules see her, with what the law says of her in this case."""
        return Person(employee_id, held, employee_id in self.disqualified, employee_id in self.below_disqualified)

    def matter(self, asked: Asked, prepared_by_id: int | None) -> Matter:
        """Put one question to the rules."""
        service = self.services[asked.service_id]
        return Matter(
            service=service.code,
            group=service.group,
            unit_path=self.unit.path,
            on=self.on,
            extent=asked.extent,
            days=asked.days,
            prepared_by_id=prepared_by_id,
            in_use=service.in_use(self.on),
        )

    def held_by(self, employee_id: int | None) -> tuple[Held, ...]:
        """What one employee holds on the day, as far as it matters here."""
        return tuple(one.held for one in self.holdings if one.employee_id == employee_id)

    def basis(self, authority_id: int | None) -> Basis | None:
        """The line with its document."""
        return None if authority_id is None else basis_of(self.rows[authority_id])

    def in_role(self, found: resolving.May, matter: Matter) -> InRole | None:
        """In which role a yes is given, or a limit is met."""
        if found.authority_id is None:
            return None
        acting = found.held is not None and found.held.acting_id is not None
        return self.place(self.rows[found.authority_id], acting=acting)

    def place(self, row: models.Authority, *, acting: bool = False) -> InRole:
        """The role and the unit where a line wants it held."""
        unit = row.unit or self.unit
        if not row.role:
            return InRole("", None, "", "")
        return InRole(row.role, unit.pk, unit.name, unit.kind, acting)

    def deciders(self, matter: Matter, *, without: int | None = None) -> tuple[Decider, ...]:
        """Who may decide the matter, and who holds those roles on the day; those where all are barred come last."""
        found = (self.decider(line, matter, without=without) for line in resolving.who_may(self.lines, matter))
        return tuple(sorted(found, key=lambda one: one.barred and not one.people))

    def decider(self, line: resolving.Authority, matter: Matter, *, without: int | None = None) -> Decider:
        """The role or the person a line names, and who that is on the day."""
        row = self.rows[line.authority_id]
        asked = [(one.name, self.person(one.employee_id, (one.held,))) for one in self.holdings]
        if row.employee is not None:
            asked.append((row.employee.name, self.person(row.employee.pk)))
        people = {
            person.employee_id: name
            for name, person in asked
            if person.employee_id is not None
            and person.employee_id != without
            and resolving.may_also(line, matter, person)
        }
        barred = any(
            person.barred is not None and resolving.held_for(line, matter, person)[0] for _name, person in asked
        )
        return Decider(row.pk, self.place(row), tuple(people), tuple(people.values()), barred)


def basis_of(row: models.Authority) -> Basis:
    """Return a stored line with its document, as it is shown."""
    document = row.delegation
    ends = [day for day in (row.valid_to, document.valid_to) if day is not None]
    return Basis(
        authority_id=row.pk,
        delegation_id=document.pk,
        reference=document.reference,
        title=document.title,
        delegated_by=document.delegated_by,
        valid_to=min(ends) if ends else None,
        whole_group=row.group,
        max_extent=row.max_extent,
        max_days=row.max_days,
        four_eyes=row.four_eyes,
    )


def line_for_rules(row: models.Authority) -> resolving.Authority:
    """Return a stored authority as the rules see it. Delegation, service, unit and within are loaded."""
    return resolving.Authority(
        authority_id=row.pk,
        days=Days(row.valid_from, row.valid_to),
        document_days=Days(row.delegation.valid_from, row.delegation.valid_to),
        service=row.service.code if row.service else "",
        group=row.group,
        role=Role(row.role) if row.role else None,
        employee_id=row.employee_id,
        unit_path=row.unit.path if row.unit else None,
        within_path=row.within.path if row.within else "",
        max_extent=row.max_extent,
        max_days=row.max_days,
        four_eyes=row.four_eyes,
    )


def desk_of(unit: Unit, services: Iterable[ServiceLine], *, on: date) -> Desk:
    """Read authorities, roles and acting leaders for a unit on a day, in three queries."""
    return desks_of((unit,), services, on=on)[unit.pk]


def desks_of(units: Iterable[Unit], services: Iterable[ServiceLine], *, on: date) -> dict[int, Desk]:
    """Read what is needed to answer for several units on a day, in three queries; by unit id.

    The units share what was read: a line that is for others, or a role held elsewhere, concerns a unit's matters in
    no rule.
    """
    wanted = list(units)
    by_id = {one.service_id: one for one in services}
    above = {number for unit in wanted for number in ids_in(unit.path)}
    rows = (
        models.Authority.objects.filter(in_force(on), in_force(on, "delegation__"))
        .filter(Q(service_id__in=by_id) | Q(group__in={one.group for one in by_id.values()}))
        .filter(Q(within__isnull=True) | Q(within_id__in=above))
        .filter(Q(employee__isnull=True) | employed(on, "employee__"))
        .select_related("delegation", "service", "unit", "within", "employee")
        .order_by("valid_from", "pk")
    )
    found = {row.pk: row for row in rows}
    lines = tuple(line_for_rules(row) for row in found.values())
    holdings = _holdings(wanted, lines, on)
    return {unit.pk: Desk(unit, on, by_id, found, lines, holdings) for unit in wanted}


def desk_for(
    unit_id: int,
    service_ids: Iterable[int],
    on: date,
    *,
    disqualified_ids: Collection[int] = (),
    asker: int | None = None,
) -> Desk:
    """Read what is needed to answer for one unit by id. Five queries, eight when somebody is disqualified.

    asker: who else is asked about than those who hold the roles. Raises NotFound.
    """
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(_("Fant ikke enheten."))
    wanted = set(service_ids)
    services = [line_of(one) for one in models.ServiceType.objects.filter(pk__in=wanted)]
    if len(services) < len(wanted):
        raise NotFound(_("Fant ikke tjenesten."))
    desk = desk_of(unit, services, on=on)
    if not disqualified_ids:
        return desk
    people = {one.employee_id for one in desk.holdings} | {row.employee_id for row in desk.rows.values()} | {asker}
    known = {one for one in people if one is not None}
    return replace(
        desk,
        disqualified=frozenset(disqualified_ids),
        below_disqualified=below_disqualified(known, disqualified_ids=disqualified_ids, on=on),
    )


def _holdings(units: Sequence[Unit], lines: Iterable[resolving.Authority], on: date) -> tuple[_Holding, ...]:
    """Return who holds the roles that the lines name, at the units they name or above: own roles first, by name."""
    named = [line for line in lines if line.role is not None]
    roles = {line.role for line in named}
    paths = {line.unit_path for line in named if line.unit_path is not None}
    if any(line.unit_path is None for line in named):
        paths |= {unit.path for unit in units}
    places = {number for path in paths for number in ids_in(path)}
    columns = ("employee_id", "employee__given_name", "employee__family_name", "role", "unit__path")
    own = (
        RoleHolding.objects.filter(in_force(on), employed(on, "employee__"), role__in=roles, unit_id__in=places)
        .order_by("employee__sort_name", "employee_id", "pk")
        .values_list(*columns)
    )
    acting = (
        models.ActingLeader.objects.filter(in_force(on), employed(on, "employee__"), role__in=roles, unit_id__in=places)
        .order_by("employee__sort_name", "employee_id", "pk")
        .values_list(*columns, "pk")
    )
    return tuple(
        _Holding(employee_id, f"{given} {family}".strip(), Held(Role(role), path, acting_id))
        for employee_id, given, family, role, path, acting_id in (*((*row, None) for row in own), *acting)
    )
