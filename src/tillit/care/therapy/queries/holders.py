"""Whether the one who has a case is here, and who can have it after her."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from tillit.care.citizens.queries import barred_from
from tillit.care.therapy.models import CaseState, TherapyCase
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.models import Absence, Employee, RoleHolding
from tillit.foundation.workforce.queries.employment import employed

#: So many are offered a case with one press: more is a list to read.
MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a holder does not come. back_on: the first day she is here again."""

    has_left: bool = field(metadata={"help": "No longer employed, or no therapist any more; False: away"})
    back_on: date | None = field(metadata={"help": "None: she has left, or it is not known"})


@dataclass(frozen=True, slots=True)
class Heir:
    """A therapist who can have a case."""

    employee_id: int
    name: str
    open_cases: int


def is_unowned(on: date) -> Q:
    """Cases that somebody has who does not come, so that nobody has them (R31).

    She has left, or holds no role as a therapist; or is away that day, and the next step falls before she is back, or
    none is agreed. A case whose next step can wait for her stays hers.
    """
    works = RoleHolding.objects.filter(
        in_force(on), employed(on, "employee__"), employee_id=OuterRef("holder_id"), role=Role.THERAPIST
    )
    away = Absence.objects.filter(in_force(on), employee_id=OuterRef("holder_id"))
    cannot_wait = Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("next_on"))
    return Q(state=CaseState.TAKEN) & (
        ~Q(Exists(works)) | Q(Exists(away), next_on__isnull=True) | Q(Exists(away.filter(cannot_wait)))
    )


def gone(employee_ids: Iterable[int], *, on: date) -> dict[int, Gone]:
    """Return those of the employees who do not come that day, in two queries. Never what an absence is for."""
    ids = set(employee_ids)
    if not ids:
        return {}
    works = RoleHolding.objects.filter(
        in_force(on), employed(on, "employee__"), employee_id__in=ids, role=Role.THERAPIST
    ).values_list("employee_id", flat=True)
    found = {one: Gone(has_left=True, back_on=None) for one in ids - set(works)}
    away = Absence.objects.filter(in_force(on), employee_id__in=ids - set(found))
    days = away.order_by(F("valid_to").asc(nulls_last=True)).values_list("employee_id", "valid_to")
    for employee_id, back_on in days:
        found[employee_id] = Gone(has_left=False, back_on=back_on)  # the longest of several comes last
    return found


def heirs(case: TherapyCase, *, on: date) -> list[Heir]:
    """Return who can have the case: therapists of the list who are here and may see the citizen, fewest cases first."""
    path = case.group.unit.path
    near = Q(unit__path__startswith=path) | Q(unit_id__in=ids_in(path))
    holding = RoleHolding.objects.filter(in_force(on), near, role=Role.THERAPIST)
    away = Absence.objects.filter(in_force(on))
    people = (
        Employee.objects.filter(employed(on), pk__in=holding.values("employee_id"), profession=case.group.profession)
        .exclude(pk__in=away.values("employee_id"))
        .exclude(pk__in=barred_from(case.citizen_id, on=on))
        .exclude(pk=case.holder_id or 0)
        .order_by("sort_name", "pk")
    )
    ids = [one.pk for one in people]
    held = TherapyCase.objects.filter(holder_id__in=ids, state=CaseState.TAKEN).order_by()
    counts = dict(held.values_list("holder_id").annotate(count=Count("pk")))
    found = [Heir(one.pk, one.name, counts.get(one.pk, 0)) for one in people]
    return sorted(found, key=lambda one: one.open_cases)
