"""Shifts one by one: an extra shift for somebody who steps in, a shift that goes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.workforce import queries
from tillit.foundation.workforce.models import Shift, ShiftKind
from tillit.foundation.workforce.permissions import PLAN_SHIFTS
from tillit.foundation.workforce.rules import LONGEST
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound


class ShiftRefused(ActionRefused):
    """The shift cannot be added. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def add_shift(
    *,
    actor: Actor,
    unit_id: int,
    employee_id: int,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    office: bool = False,
    is_extra: bool = True,
    at: datetime,
) -> Shift:
    """Add one shift, as when somebody steps in for one who is ill. Moments are aware UTC.

    Refused when it does not end after it starts, lasts more than 16 hours or meets another shift of hers. Rest
    periods and working time are judged by the roster (a later issue), not here. Raises NotFound, NotAllowed,
    ShiftRefused.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, PLAN_SHIFTS, scope)
    employee = queries.get_employee(actor=actor, employee_id=employee_id)
    if kind not in ShiftKind.values:
        raise ShiftRefused(_("Velg dag, kveld eller natt."), field="kind")
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise ShiftRefused(_("Vakta må slutte etter at den starter, og vare høyst 16 timer."), field="ends")
    if Shift.objects.filter(employee=employee, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ShiftRefused(_("Den du valgte, har alt en vakt på denne tida."), field="employee")
    shift = Shift.objects.create(
        employee=employee,
        unit=unit,
        kind=kind,
        on=oslo.day_of(starts_at),
        starts_at=starts_at,
        ends_at=ends_at,
        office=office,
        is_extra=is_extra,
    )
    audit.record(actor, PLAN_SHIFTS, f"shift:{shift.pk}", scope, at=at, change=change_of(shift))
    return shift


@transaction.atomic
def remove_shift(*, actor: Actor, shift_id: int, at: datetime) -> Shift:
    """Take away a shift that has not begun. Raises NotFound, NotAllowed, ShiftRefused."""
    shift = Shift.objects.select_related("unit").select_for_update(of=("self",)).filter(pk=shift_id).first()
    if shift is None:
        raise NotFound(_("Fant ikke vakta."))
    get_unit(actor=actor, unit_id=shift.unit_id)
    scope = Scope((shift.unit.path,))
    require(actor, PLAN_SHIFTS, scope)
    if shift.starts_at <= at:
        raise ShiftRefused(_("Vakta har begynt. Meld fravær i stedet."))
    audit.record(actor, PLAN_SHIFTS, f"shift:{shift.pk}", scope, at=at, change={**change_of(shift), "removed": True})
    shift.delete()
    return shift


def change_of(shift: Shift) -> dict[str, str | int | bool]:
    """Return what the audit trail says of a shift."""
    return {
        "employee": shift.employee_id,
        "unit": shift.unit_id,
        "kind": shift.kind,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
    }
