"""Letting somebody stand in for a leader."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.authority.actions.refusals import AuthorityRefused
from tillit.foundation.authority.models import LEADING_ROLES, ActingLeader
from tillit.foundation.authority.permissions import KEEP
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.workforce.queries import get_employee
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@transaction.atomic
def appoint_acting_leader(
    *,
    actor: Actor,
    unit_id: int,
    role: str,
    employee_id: int,
    basis: str,
    valid_from: date,
    valid_to: date,
    at: datetime,
) -> ActingLeader:
    """Let an employee stand in for the unit's leader from a day to the day before `valid_to`.

    She may decide what the leader may, on those days, and nothing else of what the leader may do follows. Nobody
    appoints herself. One stands in at a time for each role in a unit, so that a letter and the register name one and
    the same. Raises NotFound, NotAllowed, AuthorityRefused.
    """
    unit = get_unit(actor=actor, unit_id=unit_id, lock=True)
    scope = Scope((unit.path,))
    require(actor, KEEP, scope)
    employee = get_employee(actor=actor, employee_id=employee_id)
    if role not in LEADING_ROLES:
        raise AuthorityRefused(_("Man kan bare være fungerende for en leder."), field="role")
    if employee.pk == actor.employee_id:
        raise AuthorityRefused(_("Du kan ikke gjøre deg selv til fungerende leder."), field="employee")
    if valid_to <= valid_from:
        raise AuthorityRefused(_("Siste dag kan ikke være før første dag."), field="valid_to")
    if valid_from < oslo.day_of(at):
        raise AuthorityRefused(_("Fungerende leder kan ikke settes bakover i tid."), field="valid_from")
    if employee.employed_to is not None and employee.employed_to < valid_to:
        raise AuthorityRefused(_("Hun eller han slutter før den dagen."), field="valid_to")
    if not basis.strip():
        raise AuthorityRefused(_("Skriv hva det bygger på."), field="basis")
    if taken := _stands_in(unit.pk, role, valid_from, valid_to):
        raise AuthorityRefused(
            _(
                "%(name)s er fungerende leder fra %(first)s til og med %(last)s. Bare én fungerer om gangen. "
                "Velg andre dager, eller avslutt den andre først."
            )
            % {
                "name": taken.employee.name,
                "first": f"{taken.valid_from:%d.%m.%Y}",
                "last": f"{taken.valid_to - timedelta(days=1):%d.%m.%Y}",
            },
            field="valid_from",
        )
    made = ActingLeader.objects.create(
        employee=employee, unit=unit, role=role, basis=basis.strip(), valid_from=valid_from, valid_to=valid_to
    )
    audit.record(
        actor,
        KEEP,
        f"acting:{made.pk}",
        scope,
        at=at,
        change={
            "unit": unit.pk,
            "employee": employee.pk,
            "role": role,
            "from": valid_from.isoformat(),
            "to": valid_to.isoformat(),
        },
    )
    return made


@transaction.atomic
def end_acting(*, actor: Actor, acting_id: int, valid_to: date, at: datetime) -> ActingLeader:
    """Let it end earlier: the leader is back. Never back in time. Raises NotFound, NotAllowed, AuthorityRefused."""
    found = ActingLeader.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=acting_id).first()
    if found is None:
        raise NotFound(_("Fant ikke den fungerende lederen."))
    scope = Scope((found.unit.path,))
    require(actor, KEEP, scope)
    if not max(found.valid_from, oslo.day_of(at)) <= valid_to <= found.valid_to:
        raise AuthorityRefused(_("Velg en dag fra og med i dag, og ikke etter den avtalte."), field="valid_to")
    found.valid_to = valid_to
    found.save(update_fields=["valid_to"])
    audit.record(actor, KEEP, f"acting:{found.pk}", scope, at=at, change={"to": valid_to.isoformat()})
    return found


def _stands_in(unit_id: int, role: str, valid_from: date, valid_to: date) -> ActingLeader | None:
    """The first who stands in for the role on any of the days. The unit is locked, so that nobody comes between."""
    rows = ActingLeader.objects.filter(unit_id=unit_id, role=role, valid_from__lt=valid_to, valid_to__gt=valid_from)
    rows = rows.exclude(valid_to=F("valid_from"))
    return rows.select_related("employee").order_by("valid_from", "pk").first()
