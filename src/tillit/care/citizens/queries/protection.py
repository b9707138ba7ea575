"""Who is kept away from a citizen, who is asked in, who may know a hidden address: for her own page about it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tillit.care.citizens.models import AddressTrust, AskedIn, AskedInKind, BarKind, Barrier, Following
from tillit.care.citizens.queries.colleagues import Colleague
from tillit.foundation.access.roles import IN_THE_TEAM, Role
from tillit.foundation.organisation.queries import at_or_below, in_force
from tillit.foundation.workforce.models import Employee, HeldCompetence, Profession, RoleHolding


@dataclass(frozen=True, slots=True)
class BarLine:
    """Somebody who is kept away."""

    barrier_id: int
    employee_name: str
    kind: str
    kind_name: str
    asked_by: str
    reason: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Somebody who is asked in, or has a case. valid_to: the first day it no longer holds; None: while it is hers."""

    asked_in_id: int
    employee_name: str
    profession_name: str
    purpose: str
    valid_to: date | None
    is_case: bool


@dataclass(frozen=True, slots=True)
class TrustLine:
    """Somebody who may know a hidden address though she does not answer for the citizen."""

    trust_id: int
    employee_name: str


@dataclass(frozen=True, slots=True)
class Protection:
    """Everything in force on a day."""

    bars: tuple[BarLine, ...]
    asked: tuple[AskedLine, ...]
    trusts: tuple[TrustLine, ...]


def protection_of(citizen_id: int, *, on: date) -> Protection:
    """Return what opens and bars for one citizen on a day, in three queries. Callers came through `get_citizen`."""
    bars = Barrier.objects.filter(in_force(on), citizen_id=citizen_id).select_related("employee")
    asked = AskedIn.objects.filter(in_force(on), citizen_id=citizen_id).select_related("employee")
    trusts = AddressTrust.objects.filter(in_force(on), citizen_id=citizen_id).select_related("employee")
    return Protection(
        bars=tuple(
            BarLine(
                row.pk, row.employee.name, row.kind, str(BarKind(row.kind).label), row.asked_by, row.reason,
                row.valid_from,
            )
            for row in bars.order_by("employee__sort_name", "pk")
        ),
        asked=tuple(
            AskedLine(
                row.pk, row.employee.name, str(Profession(row.employee.profession).label), row.purpose, row.valid_to,
                row.kind == AskedInKind.CASE,
            )
            for row in asked.order_by("valid_to", "pk")
        ),
        trusts=tuple(TrustLine(row.pk, row.employee.name) for row in trusts.order_by("employee__sort_name", "pk")),
    )  # fmt: skip


def barred_from(citizen_id: int, *, on: date) -> frozenset[int]:
    """Return the employees who are kept away from a citizen on a day. Callers have come through `get_citizen`."""
    rows = Barrier.objects.filter(in_force(on), citizen_id=citizen_id)
    return frozenset(rows.values_list("employee_id", flat=True))


def staff_near(citizen_id: int, *, on: date) -> list[Colleague]:
    """Return those who may come to see a citizen: who hold a role in her units, beside or above them, by name.

    Beside: the units under the same district. Above: leaders of the district and the municipality.
    """
    paths = list(Following.objects.filter(in_force(on), citizen_id=citizen_id).values_list("unit__path", flat=True))
    if not paths:
        return []
    around = [_above(path) for path in paths]
    chain = {path[: end + 1] for path in paths for end, sign in enumerate(path) if sign == "."}
    held = RoleHolding.objects.filter(in_force(on)).filter(at_or_below(around) | Q(unit__path__in=chain))
    return _people(held, on=on)


def specialists(*, on: date) -> list[Colleague]:
    """Return those one may ask to read: therapists, and who hold a competence of their own and work with citizens."""
    roles = RoleHolding.objects.filter(in_force(on))
    with_competence = HeldCompetence.objects.filter(in_force(on)).values("employee_id")
    return _people(
        roles.filter(Q(role=Role.THERAPIST) | Q(role__in=IN_THE_TEAM, employee_id__in=with_competence)), on=on
    )


def _above(path: str) -> str:
    return path[: path.rstrip(".").rfind(".") + 1] or path


def _people(held: QuerySet[RoleHolding], *, on: date) -> list[Colleague]:
    rows = (
        Employee.objects.filter(pk__in=held.values("employee_id"))
        .filter(Q(employed_to__isnull=True) | Q(employed_to__gt=on))
        .order_by("sort_name", "pk")
    )
    return [
        Colleague(row.pk, row.name, row.profession, str(Profession(row.profession).label))
        for row in rows
    ]  # fmt: skip
