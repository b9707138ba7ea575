"""Reads of what is registered: documents, lines, acting leaders, and what nobody may decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.authority.models import ActingLeader, Authority, Delegation
from tillit.foundation.authority.queries.desk import Asked, Basis, Decider, Desk, basis_of, desk_of, desks_of
from tillit.foundation.authority.queries.law import ServiceLine, list_services
from tillit.foundation.authority.rules import resolving
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.queries import leaders_of, team_members
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """A registered line, with everything in words or codes."""

    authority_id: int
    service_id: int | None
    service_name: str = field(metadata={"help": "Empty when the line is for a whole group"})
    extent_in: str
    group: str
    role: str
    employee_id: int | None
    employee_name: str
    unit_id: int | None = field(metadata={"help": "None: the unit that has the case"})
    unit_name: str
    unit_kind: str
    within_id: int | None
    within_name: str = field(metadata={"help": "Empty: the whole municipality"})
    within_path: str
    max_extent: Decimal | None
    max_days: int | None
    four_eyes: bool
    valid_from: date
    valid_to: date | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A registered document, with how many lines it has that are not over."""

    delegation_id: int
    reference: str
    title: str
    delegated_by: str
    template: str
    valid_from: date
    valid_to: date | None
    lines: int


@dataclass(frozen=True, slots=True)
class ActingLine:
    """Somebody who stands in for a leader."""

    acting_id: int
    employee_id: int
    employee_name: str
    unit_id: int
    unit_name: str
    unit_path: str
    role: str
    basis: str
    valid_from: date
    valid_to: date


class Lack(StrEnum):
    """Why a service cannot be decided: red for the first two, amber for the last."""

    NOT_DELEGATED = "NOT_DELEGATED"
    NOBODY_HOLDS_IT = "NOBODY_HOLDS_IT"
    ABOVE_LIMITS = "ABOVE_LIMITS"


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """One service in one unit on a day: the lines about it, who holds them, and what is lacking."""

    service: ServiceLine
    lines: tuple[tuple[AuthorityLine, Decider], ...]
    lack: Lack | None


def authorities_in_force(on: date, *, unit: Unit | None = None) -> list[AuthorityLine]:
    """Return the lines that hold on the day, by service; with a unit only those for its cases. One query."""
    rows = _loaded().filter(in_force(on), in_force(on, "delegation__"))
    if unit is not None:
        rows = rows.filter(Q(within__isnull=True) | Q(within_id__in=ids_in(unit.path)))
    return [_line(row) for row in rows]


def authorities_not_over(on: date) -> list[AuthorityLine]:
    """Return the lines that hold on the day or begin later. One query."""
    over = Q(valid_to__lte=on) | Q(valid_to=F("valid_from")) | Q(delegation__valid_to__lte=on)
    return [_line(row) for row in _loaded().exclude(over)]


def services_without_authority(unit: Unit, on: date) -> list[ServiceStanding]:
    """Return the services that nobody, or nobody at work here, may decide for the unit's cases on the day.

    A service that only can be decided up to a limit is among them, with `Lack.ABOVE_LIMITS`. Four queries.
    """
    return [one for one in standings(unit, on) if one.lack is not None]


def services_without_authority_in(units: Iterable[Unit], on: date) -> dict[int, list[ServiceStanding]]:
    """Return, by unit id, what `services_without_authority` says of each. Four queries, however many units."""
    services = list_services(on)
    return {
        unit_id: [found for service in services if (found := _standing(desk, service)).lack is not None]
        for unit_id, desk in desks_of(units, services, on=on).items()
    }


def standings(unit: Unit, on: date) -> list[ServiceStanding]:
    """Return every service in use on the day, with who may decide it for the unit's cases. Four queries."""
    services = list_services(on)
    desk = desk_of(unit, services, on=on)
    return [_standing(desk, service) for service in services]


def _standing(desk: Desk, service: ServiceLine) -> ServiceStanding:
    """Ask for the least that can be asked about each line, so that limits keep nobody out."""
    matter = desk.matter(Asked(service.service_id, Decimal(0), 1), None)
    about = [line for line in desk.lines if resolving.concerns(line, matter)]
    lines = tuple((_line(desk.rows[line.authority_id]), desk.decider(line, matter)) for line in about)
    held = [line for line, decider in lines if decider.people]
    limited = all(line.max_extent is not None or line.max_days is not None for line in held)
    lack = None
    if not lines:
        lack = Lack.NOT_DELEGATED
    elif not held:
        lack = Lack.NOBODY_HOLDS_IT
    elif limited:
        lack = Lack.ABOVE_LIMITS
    return ServiceStanding(service, lines, lack)


def list_delegations(on: date) -> list[DelegationLine]:
    """Return the documents that hold on the day or later, newest first, with their lines not over. Two queries."""
    documents = list(Delegation.objects.exclude(valid_to__lte=on).order_by("-valid_from", "-pk"))
    counts: dict[int, int] = {}
    over = Q(valid_to__lte=on) | Q(valid_to=F("valid_from"))
    for owner in (
        Authority.objects.filter(delegation__in=documents).exclude(over).values_list("delegation_id", flat=True)
    ):
        counts[owner] = counts.get(owner, 0) + 1
    return [_document(one, counts.get(one.pk, 0)) for one in documents]


def get_delegation(delegation_id: int) -> tuple[DelegationLine, list[AuthorityLine]]:
    """Return a document with all its lines, also those that are over. Raises NotFound. Two queries."""
    found = Delegation.objects.filter(pk=delegation_id).first()
    if found is None:
        raise NotFound(_("Fant ikke delegeringen."))
    lines = [_line(row) for row in _loaded().filter(delegation=found)]
    return _document(found, len(lines)), lines


def next_reference(year: int) -> str:
    """Return the number after the last one of the year: «2026-05»."""
    used = Delegation.objects.filter(reference__startswith=f"{year}-").values_list("reference", flat=True)
    numbers = [int(text[5:]) for text in used if text[5:].isdecimal()]
    return f"{year}-{max(numbers, default=0) + 1:02d}"


def acting_leaders(on: date, *, unit_ids: Iterable[int] | None = None) -> list[ActingLine]:
    """Return those who stand in on the day or later, by day. One query."""
    rows = ActingLeader.objects.filter(valid_to__gt=on).exclude(valid_to=F("valid_from"))
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=set(unit_ids))
    return [_acting(row) for row in rows.select_related("employee", "unit").order_by("valid_from", "pk")]


def get_acting(acting_id: int) -> ActingLine:
    """Return somebody who stands in. Raises NotFound."""
    row = ActingLeader.objects.select_related("employee", "unit").filter(pk=acting_id).first()
    if row is None:
        raise NotFound(_("Fant ikke den fungerende lederen."))
    return _acting(row)


def get_line(authority_id: int) -> AuthorityLine:
    """Return one line. Raises NotFound."""
    row = _loaded().filter(pk=authority_id).first()
    if row is None:
        raise NotFound(_("Fant ikke myndigheten."))
    return _line(row)


def employee_by_number(number: str) -> int:
    """Return the employee a document names by her number. Raises NotFound."""
    found = Employee.objects.filter(number=number.strip()).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(_("Fant ingen medarbeider med det nummeret."))
    return found


def may_stand_in(unit: Unit, *, on: date, without: int | None) -> list[tuple[int, str]]:
    """Return those who can be asked to stand in for the unit's leader: its members, and leaders nearby, by name."""
    near = Unit.objects.filter(in_force(on), parent_id=unit.parent_id).values_list("pk", flat=True)
    leaders = leaders_of([unit.pk, *near, *ids_in(unit.path)], on=on)
    people = {mark.employee_id: mark.name for found in leaders.values() for mark in found}
    people |= {mark.employee_id: mark.name for mark in team_members(unit_id=unit.pk, on=on)}
    return sorted(((pk, name) for pk, name in people.items() if pk != without), key=lambda one: one[1])


def _acting(row: ActingLeader) -> ActingLine:
    return ActingLine(
        row.pk, row.employee_id, row.employee.name, row.unit_id, row.unit.name, row.unit.path, row.role, row.basis,
        row.valid_from, row.valid_to,
    )  # fmt: skip


def _loaded() -> QuerySet[Authority]:
    return Authority.objects.select_related("delegation", "service", "unit", "within", "employee").order_by(
        F("service__rank").asc(nulls_last=True), "group", "valid_from", "pk"
    )


def _line(row: Authority) -> AuthorityLine:
    return AuthorityLine(
        authority_id=row.pk,
        service_id=row.service_id,
        service_name=row.service.name if row.service else "",
        extent_in=row.service.extent_in if row.service else "",
        group=row.service.group if row.service else row.group,
        role=row.role,
        employee_id=row.employee_id,
        employee_name=row.employee.name if row.employee else "",
        unit_id=row.unit_id,
        unit_name=row.unit.name if row.unit else "",
        unit_kind=row.unit.kind if row.unit else "",
        within_id=row.within_id,
        within_name=row.within.name if row.within else "",
        within_path=row.within.path if row.within else "",
        max_extent=row.max_extent,
        max_days=row.max_days,
        four_eyes=row.four_eyes,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        basis=basis_of(row),
    )


def _document(row: Delegation, lines: int) -> DelegationLine:
    return DelegationLine(
        row.pk, row.reference, row.title, row.delegated_by, row.template, row.valid_from, row.valid_to, lines
    )
