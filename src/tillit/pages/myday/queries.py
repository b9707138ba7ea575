"""Reads of the one who is signed in: her own shifts, and how to reach colleagues."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.functional import Promise

from tillit.care.citizens.models import AlertKind
from tillit.care.visits.models import CancelledBy, ChangeKind, Urgency
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import Absence, Employee, Shift
from tillit.pages.myday.rules import ShiftLine

Labels = dict[str, str | Promise]

#: Codes and their words.
ALERT_KINDS: Labels = dict(AlertKind.choices)
CHANGE_KINDS: Labels = dict(ChangeKind.choices)
WITHIN_THE_HOUR = Urgency.NOW.value
"""The urgency whose deadline is told by the clock."""
URGENCIES: Labels = dict(Urgency.choices)
CANCELLED_BY: Labels = dict(CancelledBy.choices)
#: What a person can say: that a visit no longer stands in the plan is said by the plan.
CANCELLED_BY_SOMEBODY: Labels = {code: label for code, label in CANCELLED_BY.items() if code != CancelledBy.PLAN}


def shifts_between(employee_id: int, first: date, last: date) -> list[ShiftLine]:
    """Return her shifts that start on the days from `first` to `last`, both included, in one query."""
    rows = Shift.objects.filter(employee_id=employee_id, on__gte=first, on__lte=last)
    return [_line(row) for row in rows.select_related("unit", "employee").order_by("starts_at", "pk")]


def next_shift(employee_id: int, after: datetime) -> ShiftLine | None:
    """Return the first shift that starts after a moment."""
    row = (
        Shift.objects.filter(employee_id=employee_id, starts_at__gt=after)
        .select_related("unit", "employee")
        .order_by("starts_at", "pk")
        .first()
    )
    return _line(row) if row else None


def phones(employee_ids: Iterable[int]) -> dict[int, str]:
    """Return employee id → phone, for those who have one."""
    rows = Employee.objects.filter(pk__in=list(employee_ids)).exclude(phone="").values_list("pk", "phone")
    return dict(rows)


def away_on(employee_ids: Iterable[int], on: date) -> frozenset[int]:
    """Return those of the employees who are away on a day. Why is nobody's business here."""
    rows = Absence.objects.filter(in_force(on), employee_id__in=list(employee_ids))
    return frozenset(rows.values_list("employee_id", flat=True))


def _line(row: Shift) -> ShiftLine:
    at_home = row.employee.starts_at_home and row.employee.home_latitude is not None
    start = (
        (row.employee.home_latitude, row.employee.home_longitude)
        if at_home
        else (row.unit.base_latitude, row.unit.base_longitude)
    )
    return ShiftLine(
        shift_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        on=row.on,
        kind=row.kind,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_office=row.office,
        travel=row.employee.travel,
        start_place=(start[0], start[1]) if start[0] is not None and start[1] is not None else None,
    )
