"""Who can work with a case in a unit, and who does when nobody has chosen."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tillit.care.citizens.models import Following, Responsible, ResponsibleKind
from tillit.care.decisions.models import Case
from tillit.care.decisions.permissions import WORK_CASE
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import IN_THE_TEAM, Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.responsibility.queries import Routed
from tillit.foundation.workforce.models import RoleHolding


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who may work with a unit's cases. is_case_worker: holds the role of case worker there."""

    employee_id: int
    name: str
    is_case_worker: bool


def workers_of(unit: Unit, *, on: date) -> list[Worker]:
    """Return those who may work with the unit's cases on the day: case workers first, then by name. One query."""
    rows = (
        RoleHolding.objects.filter(
            in_force(on),
            Q(employee__employed_to__isnull=True) | Q(employee__employed_to__gt=on),
            unit_id__in=ids_in(unit.path),
            role__in=WORK_CASE.roles,
        )
        .select_related("employee")
        .order_by("employee__sort_name", "employee_id")
    )
    found: dict[int, Worker] = {}
    for row in rows:
        was = found.get(row.employee_id)
        is_case_worker = row.role == Role.CASE_WORKER or bool(was and was.is_case_worker)
        found[row.employee_id] = Worker(row.employee_id, row.employee.name, is_case_worker)
    return sorted(found.values(), key=lambda worker: not worker.is_case_worker)


def default_worker(routed: Routed, case: Case, *, actor: Actor, on: date) -> int | None:
    """Return who has a case when nobody has been chosen: by the row, else the one who answers for the citizen.

    The row names people: the one who acts when she is among them, else the only one. The row names a unit: for a known
    citizen the service-responsible, when she may work with cases there. Else nobody, and the unit chooses.
    """
    people = [person.employee_id for person in routed.people]
    if people:
        if actor.employee_id in people:
            return actor.employee_id
        return people[0] if len(people) == 1 else None
    answers = Responsible.objects.filter(
        in_force(on), citizen_id=case.citizen_id, kind=ResponsibleKind.SERVICE_RESPONSIBLE, is_deputy=False
    ).first()
    unit = Unit.objects.filter(pk__in=routed.unit_ids).order_by("pk").first()
    if answers is None or unit is None:
        return None
    allowed = {worker.employee_id for worker in workers_of(unit, on=on)}
    return answers.employee_id if answers.employee_id in allowed else None


def may_assess(actor: Actor, case: Case) -> bool:
    """Whether the actor may work with cases in the unit that holds this one, so that it can be hers."""
    return actor.employee_id is not None and bool(actor.roles_at(case.unit.path) & WORK_CASE.roles)


def assessor_choices(case: Case, *, on: date) -> dict[int, str]:
    """Return employee → name of those who may have taken part in an assessment: in the unit that holds the case, those
    it is offered to, and those who follow the citizen. Case workers and who answers for her first. Three queries.
    """
    followers = Following.objects.filter(in_force(on), citizen_id=case.citizen_id).values_list("unit__path", flat=True)
    unit_ids = {unit_id for path in (case.unit.path, *followers) for unit_id in ids_in(path)}
    rows = (
        RoleHolding.objects.filter(
            in_force(on),
            Q(employee__employed_to__isnull=True) | Q(employee__employed_to__gt=on),
            unit_id__in=unit_ids,
            role__in=IN_THE_TEAM,
        )
        .select_related("employee")
        .order_by("employee__sort_name", "employee_id")
    )
    answers = set(
        Responsible.objects.filter(in_force(on), citizen_id=case.citizen_id).values_list("employee_id", flat=True)
    )
    found = {row.employee_id: row for row in rows}
    first = {case.case_worker_id} | answers
    ordered = sorted(found.values(), key=lambda row: (row.employee_id not in first, row.role != Role.CASE_WORKER))
    return {row.employee_id: row.employee.name for row in ordered}
