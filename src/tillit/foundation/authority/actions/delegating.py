"""Registering what has been delegated in writing. Who registers does not thereby hold any authority."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.actions.refusals import AuthorityRefused
from tillit.foundation.authority.models import Authority, Delegation, ServiceType
from tillit.foundation.authority.permissions import KEEP
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import everywhere, see_unit
from tillit.foundation.workforce.queries import get_employee
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@transaction.atomic
def record_delegation(
    *,
    actor: Actor,
    reference: str,
    title: str,
    delegated_by: str,
    valid_from: date,
    valid_to: date | None,
    at: datetime,
    template: str = "",
) -> Delegation:
    """Register a delegation document. It gives nobody anything until lines are added to it.

    Raises NotAllowed, AuthorityRefused when the reference is taken or the days are turned around.
    """
    scope = _reach(actor)
    require(actor, KEEP, scope)
    if Delegation.objects.filter(reference=reference.strip()).exists():
        raise AuthorityRefused(_("Det finnes en delegering med det nummeret."), field="reference")
    _check_days(valid_from, valid_to)
    made = Delegation.objects.create(
        reference=reference.strip(),
        title=title.strip(),
        delegated_by=delegated_by.strip(),
        template=template,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    audit.record(actor, KEEP, f"delegation:{made.pk}", scope, at=at, change={"reference": made.reference} | _days(made))
    return made


@transaction.atomic
def add_authority(
    *,
    actor: Actor,
    delegation_id: int,
    service_id: int | None = None,
    group: str = "",
    role: str = "",
    employee_id: int | None = None,
    unit_id: int | None = None,
    within_id: int | None = None,
    max_extent: Decimal | None = None,
    max_days: int | None = None,
    four_eyes: bool = False,
    valid_from: date,
    valid_to: date | None,
    at: datetime,
) -> Authority:
    """Add a line to a document: one service or all of a group, to a role or to one named employee.

    unit_id: where the role is held; None is the unit that has the case. within_id: for cases of that unit and those
    below; None is the whole municipality, which takes a permission there. Nobody registers authority in her own name.
    Raises NotFound, NotAllowed, AuthorityRefused.
    """
    document = _document(delegation_id)
    unit = see_unit(actor=actor, unit_id=unit_id) if unit_id is not None else None
    within = see_unit(actor=actor, unit_id=within_id) if within_id is not None else None
    scope = Scope((within.path,)) if within is not None else everywhere()
    require(actor, KEEP, scope)
    service = ServiceType.objects.filter(pk=service_id).first() if service_id is not None else None
    if service_id is not None and service is None:
        raise NotFound(_("Fant ikke tjenesten."))
    employee = get_employee(actor=actor, employee_id=employee_id) if employee_id is not None else None
    if (service is None) == (not group):
        raise AuthorityRefused(_("Velg én tjeneste, eller en hel gruppe."), field="service")
    if (employee is None) == (not role):
        raise AuthorityRefused(_("Velg en rolle, eller en navngitt person."), field="role")
    if role == Role.ADMINISTRATOR:
        raise AuthorityRefused(_("Den som er systemansvarlig, kan aldri avgjøre. Velg en annen rolle."), field="role")
    if employee is not None and employee.pk == actor.employee_id:
        raise AuthorityRefused(_("Du kan ikke registrere myndighet til deg selv."), field="employee")
    if employee is not None and unit is not None:
        raise AuthorityRefused(_("En navngitt person har myndigheten uansett enhet."), field="unit")
    if group and max_extent is not None:
        raise AuthorityRefused(
            _("Tjenestene i gruppa regnes ulikt. Sett grensen for hver tjeneste."), field="max_extent"
        )
    _check_days(valid_from, valid_to)
    if valid_from < document.valid_from:
        raise AuthorityRefused(_("Delegeringen gjelder ikke så tidlig."), field="valid_from")
    made = Authority.objects.create(
        delegation=document,
        service=service,
        group=group,
        role=role,
        employee=employee,
        unit=unit,
        within=within,
        max_extent=max_extent,
        max_days=max_days,
        four_eyes=four_eyes,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    audit.record(actor, KEEP, f"authority:{made.pk}", scope, at=at, change=said_by(made))
    return made


@transaction.atomic
def end_authority(*, actor: Actor, authority_id: int, valid_to: date, at: datetime) -> Authority:
    """Let a line end: from `valid_to` it holds no more. What was decided before stands.

    Never back in time: decisions may rest on it. Raises NotFound, NotAllowed, AuthorityRefused.
    """
    line = Authority.objects.select_for_update(of=("self",)).select_related("within").filter(pk=authority_id).first()
    if line is None:
        raise NotFound(_("Fant ikke myndigheten."))
    scope = _scope(line)
    require(actor, KEEP, scope)
    _check_end(line.valid_from, line.valid_to, valid_to, at)
    line.valid_to = valid_to
    line.save(update_fields=["valid_to"])
    audit.record(actor, KEEP, f"authority:{line.pk}", scope, at=at, change={"to": valid_to.isoformat()})
    return line


@transaction.atomic
def end_delegation(*, actor: Actor, delegation_id: int, valid_to: date, at: datetime) -> Delegation:
    """Let a whole document end, with every line in it. Takes the permission everywhere its lines hold.

    Raises NotFound, NotAllowed, AuthorityRefused.
    """
    document = _document(delegation_id, lock=True)
    lines = list(document.authorities.select_related("within"))
    for scope in [_scope(line) for line in lines] or [_reach(actor)]:
        require(actor, KEEP, scope)
    _check_end(document.valid_from, document.valid_to, valid_to, at)
    document.valid_to = valid_to
    document.save(update_fields=["valid_to"])
    audit.record(actor, KEEP, f"delegation:{document.pk}", _reach(actor), at=at, change={"to": valid_to.isoformat()})
    return document


def said_by(line: Authority) -> dict[str, object]:
    """What an entry in the audit trail says of a line: ids, codes, days."""
    return {
        "delegation": line.delegation_id,
        "service": line.service_id,
        "group": line.group,
        "role": line.role,
        "employee": line.employee_id,
        "unit": line.unit_id,
        "within": line.within_id,
        "max_extent": str(line.max_extent) if line.max_extent is not None else None,
        "max_days": line.max_days,
        "four_eyes": line.four_eyes,
    } | _days(line)


def _days(row: Authority | Delegation) -> dict[str, object]:
    return {"from": row.valid_from.isoformat(), "to": row.valid_to.isoformat() if row.valid_to else None}


def _scope(line: Authority) -> Scope:
    within: Unit | None = line.within
    return Scope((within.path,)) if within is not None else everywhere()


def _reach(actor: Actor) -> Scope:
    """A document by itself gives nobody anything: it may be registered where the actor may register lines."""
    return Scope(actor.paths_for(KEEP.roles) or everywhere().paths)


def _document(delegation_id: int, *, lock: bool = False) -> Delegation:
    documents = Delegation.objects.select_for_update() if lock else Delegation.objects.all()
    found = documents.filter(pk=delegation_id).first()
    if found is None:
        raise NotFound(_("Fant ikke delegeringen."))
    return found


def _check_days(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to <= valid_from:
        raise AuthorityRefused(_("Siste dag kan ikke være før første dag."), field="valid_to")


def _check_end(valid_from: date, known: date | None, valid_to: date, at: datetime) -> None:
    if valid_to < max(valid_from, oslo.day_of(at)):
        raise AuthorityRefused(
            _("Den kan ikke avsluttes bakover i tid: vedtak kan bygge på den. Velg i dag eller senere."),
            field="valid_to",
        )
    if known is not None and valid_to > known:
        raise AuthorityRefused(_("Den slutter før. Registrer en ny for tida etter."), field="valid_to")
