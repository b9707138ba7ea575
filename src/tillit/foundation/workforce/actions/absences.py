"""Absence: reported by oneself or by a leader, extended, taken back. Why somebody is away stays with the leaders."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import Permission, require
from tillit.foundation.workforce import queries, rules
from tillit.foundation.workforce.events import EmployeeAbsent, EmployeeBack
from tillit.foundation.workforce.models import Absence, AbsenceKind, Employee, Shift
from tillit.foundation.workforce.permissions import REPORT_ABSENCE, REPORT_OWN_ABSENCE
from tillit.kernel import events
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import ActionRefused, NotFound


class AbsenceRefused(ActionRefused):
    """The days or the kind cannot be reported like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def report_absence(
    *, actor: Actor, employee_id: int, kind: str, valid_from: date, valid_to: date | None, at: datetime
) -> Absence:
    """Write down that an employee is away from a day; `valid_to` is the first day back, None until further notice.

    Everybody reports her own illness; leaders report for all in their teams. Publishes EmployeeAbsent, so that
    planning can look for somebody else. Raises NotFound, NotAllowed, AbsenceRefused.
    """
    employee = _lock(employee_id)
    permission, scope, unit_ids = _authority(actor, employee, valid_from)
    if kind not in AbsenceKind.values:
        raise AbsenceRefused(_("Velg hva slags fravær det er."), field="kind")
    if permission is REPORT_OWN_ABSENCE and not rules.may_report_oneself(kind):
        raise AbsenceRefused(_("Ferie, kurs og permisjon avtaler du med lederen, som legger det inn."), field="kind")
    if valid_to is not None and valid_to <= valid_from:
        raise AbsenceRefused(_("Siste dag borte kan ikke være før den første."), field="last")
    if _overlapping(employee, valid_from, valid_to).exists():
        raise AbsenceRefused(
            _("Fravær er alt meldt for noen av disse dagene. Forleng det som er meldt, eller velg andre dager."),
            field="first",
        )
    absence = Absence.objects.create(
        employee=employee, kind=kind, valid_from=valid_from, valid_to=valid_to, reported_at=at
    )
    audit.record(actor, permission, f"absence:{absence.pk}", scope, at=at, change=_change(absence))
    events.publish(EmployeeAbsent(employee.pk, unit_ids, valid_from, valid_to, at))
    return absence


@transaction.atomic
def extend_absence(
    *, actor: Actor, absence_id: int, valid_to: date | None, at: datetime, edition: int | None = None
) -> Absence:
    """Move the end of an absence: longer, shorter or until further notice. Publishes what became different.

    edition: the one the actor saw. Raises NotFound, NotAllowed, AbsenceRefused, ChangedMeanwhile.
    """
    absence = _absence(absence_id)
    employee = _lock(absence.employee_id)
    permission, scope, unit_ids = _authority(actor, employee, absence.valid_from)
    refuse_if_changed(f"absence:{absence.pk}", seen=edition, now=edition_of(absence.valid_to), at=at)
    if valid_to is not None and valid_to <= absence.valid_from:
        raise AbsenceRefused(_("Siste dag borte kan ikke være før den første."), field="last")
    if _overlapping(employee, absence.valid_from, valid_to).exclude(pk=absence.pk).exists():
        raise AbsenceRefused(_("Fravær er alt meldt for noen av disse dagene."), field="last")
    before = absence.valid_to
    if before == valid_to:
        return absence
    absence.valid_to = valid_to
    absence.save(update_fields=["valid_to"])
    audit.record(actor, permission, f"absence:{absence.pk}", scope, at=at, change=_change(absence))
    if before is not None and (valid_to is None or valid_to > before):
        events.publish(EmployeeAbsent(employee.pk, unit_ids, before, valid_to, at))
    elif valid_to is not None:
        events.publish(EmployeeBack(employee.pk, unit_ids, valid_to, before, at))
    return absence


@transaction.atomic
def withdraw_absence(*, actor: Actor, absence_id: int, at: datetime) -> None:
    """Take an absence back: she is at work after all, or it was reported by mistake. Publishes EmployeeBack.

    The audit trail keeps that it was there. Raises NotFound, NotAllowed.
    """
    absence = _absence(absence_id)
    employee = _lock(absence.employee_id)
    permission, scope, unit_ids = _authority(actor, employee, absence.valid_from)
    audit.record(
        actor, permission, f"absence:{absence.pk}", scope, at=at, change={**_change(absence), "withdrawn": True}
    )
    first, after = absence.valid_from, absence.valid_to
    absence.delete()
    events.publish(EmployeeBack(employee.pk, unit_ids, first, after, at))


def _lock(employee_id: int) -> Employee:
    employee = Employee.objects.select_for_update().filter(pk=employee_id).first()
    if employee is None:
        raise NotFound(_("Fant ikke medarbeideren."))
    return employee


def _absence(absence_id: int) -> Absence:
    absence = Absence.objects.filter(pk=absence_id).first()
    if absence is None:
        raise NotFound(_("Fant ikke fraværet."))
    return absence


def _authority(actor: Actor, employee: Employee, on: date) -> tuple[Permission, Scope, tuple[int, ...]]:
    """Return the permission she acts by, its scope and the units concerned; raise NotAllowed when she has none.

    A leader reports with the leader's permission also for herself, so that she may enter her own holiday.
    """
    units = {unit.pk: unit.path for unit in queries.employee_units(employee_id=employee.pk, on=on)}
    coming = Shift.objects.filter(employee=employee, on__gte=on).values_list("unit_id", "unit__path").distinct()
    units |= dict(coming)
    scope = Scope(tuple(sorted(units.values())) or (actor.home_path,))
    mine = actor.employee_id == employee.pk
    leads = any(
        grant.role in REPORT_ABSENCE.roles and grant.reaches(path) for grant in actor.grants for path in units.values()
    )
    permission = REPORT_OWN_ABSENCE if mine and not leads else REPORT_ABSENCE
    require(actor, permission, Scope((actor.home_path,)) if permission is REPORT_OWN_ABSENCE else scope)
    return permission, scope, tuple(sorted(units))


def _overlapping(employee: Employee, first: date, after: date | None) -> QuerySet[Absence]:
    found = Absence.objects.filter(employee=employee).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
    return found if after is None else found.filter(valid_from__lt=after)


def _change(absence: Absence) -> dict[str, str | int | None]:
    return {
        "employee": absence.employee_id,
        "from": absence.valid_from.isoformat(),
        "to": absence.valid_to.isoformat() if absence.valid_to else None,
    }
