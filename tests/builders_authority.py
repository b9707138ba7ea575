"""Typed builders for services, delegations, authorities and acting leaders."""

from datetime import date, datetime
from decimal import Decimal

from tests.builders import LONG_AGO
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import actions
from tillit.foundation.authority.models import ActingLeader, Authority, Delegation, ServiceType
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


def services(at: datetime) -> dict[str, ServiceType]:
    """Store the shipped services and return them by code."""
    actions.ship_services(actor=system("tests"), at=at)
    return {service.code: service for service in ServiceType.objects.all()}


def delegation(
    reference: str = "2026-04", *, valid_from: date = LONG_AGO, valid_to: date | None = date(2028, 1, 1)
) -> Delegation:
    """Store a delegation document, or return the one with that number."""
    found, _made = Delegation.objects.get_or_create(
        reference=reference,
        defaults={
            "title": "Myndighet i hjemmetjenesten",
            "delegated_by": "Kommunedirektøren",
            "valid_from": valid_from,
            "valid_to": valid_to,
        },
    )
    return found


def authority(
    service: ServiceType | None = None,
    role: Role | None = Role.TEAM_LEADER,
    *,
    document: Delegation | None = None,
    group: str = "",
    employee: Employee | None = None,
    unit: Unit | None = None,
    within: Unit | None = None,
    max_extent: int | None = None,
    max_days: int | None = None,
    four_eyes: bool = False,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
) -> Authority:
    """Store one line: by default a role in the unit that has the case, for the whole municipality."""
    return Authority.objects.create(
        delegation=document or delegation(),
        service=service,
        group=group,
        role="" if employee else str(role),
        employee=employee,
        unit=unit,
        within=within,
        max_extent=None if max_extent is None else Decimal(max_extent),
        max_days=max_days,
        four_eyes=four_eyes,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def acting_leader(employee: Employee, unit: Unit, first: date, after: date) -> ActingLeader:
    """Let somebody stand in for the team leader."""
    return ActingLeader.objects.create(
        employee=employee,
        unit=unit,
        role=Role.TEAM_LEADER,
        basis="Ferie, avtalt i lederteamet",
        valid_from=first,
        valid_to=after,
    )
