"""Who is away, for those who may know; why, for leaders and the one concerned."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import scope_of, team_and_groups
from tillit.foundation.workforce.models import Absence, AbsenceKind, Shift
from tillit.foundation.workforce.permissions import REPORT_ABSENCE, SEE_ABSENCE_KIND
from tillit.foundation.workforce.queries.people import employee_units, team_members
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """One absence as the reader may see it."""

    absence_id: int
    employee_id: int
    valid_from: date
    valid_to: date | None
    kind: str = field(metadata={"help": "Empty unless the reader leads the team or it is her own"})
    kind_name: str
    may_change: bool


def absences_in_unit(*, actor: Actor, unit: Unit, first: date, after: date) -> list[AbsenceLine]:
    """Return the absences that touch [first, after) of those who belong to the unit or have shifts there then.

    Everybody in the team sees who is away; only leaders, and the one concerned, see why.
    """
    people = {mark.employee_id for mark in team_members(unit_id=unit.pk, on=first)}
    people |= set(
        Shift.objects.filter(team_and_groups(unit.pk), on__gte=first, on__lt=after).values_list(
            "employee_id", flat=True
        )
    )
    sees_kind = holds(actor, SEE_ABSENCE_KIND, scope_of(unit))
    may_change = holds(actor, REPORT_ABSENCE, scope_of(unit))
    rows = (
        Absence.objects.filter(employee_id__in=people, valid_from__lt=after)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
        .order_by("valid_from", "employee__sort_name", "pk")
    )
    return [
        AbsenceLine(
            absence_id=row.pk,
            employee_id=row.employee_id,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            kind=row.kind if sees_kind or mine else "",
            kind_name=str(AbsenceKind(row.kind).label) if sees_kind or mine else "",
            may_change=may_change or mine,
        )
        for row in rows
        for mine in [row.employee_id == actor.employee_id]
    ]


def get_absence(*, actor: Actor, absence_id: int) -> Absence:
    """Return an absence to the one concerned and to her leaders. Raises NotFound for everybody else."""
    found = Absence.objects.select_related("employee").filter(pk=absence_id).first()
    if found is not None:
        if found.employee_id == actor.employee_id:
            return found
        units = employee_units(employee_id=found.employee_id, on=found.valid_from)
        if any(holds(actor, REPORT_ABSENCE, scope_of(unit)) for unit in units):
            return found
    raise NotFound(_("Fant ikke fraværet."))
