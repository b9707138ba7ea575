"""Which employees may answer for a citizen, or be wished for: those who work in the units that follow her."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tillit.care.citizens.models import Following
from tillit.foundation.organisation.queries import at_or_below, in_force
from tillit.foundation.workforce.models import Employee, PositionShare, Profession, RoleHolding


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in a unit that follows the citizen."""

    employee_id: int
    name: str
    profession: str
    profession_name: str


def colleagues_of(citizen_id: int, *, on: date) -> list[Colleague]:
    """Return those who work in the citizen's units on a day, in Norwegian alphabetical order.

    Whoever has a share of a position, or holds a role, in a unit that follows her, or in a unit below it.
    """
    paths = list(
        Following.objects.filter(in_force(on), citizen_id=citizen_id).values_list("unit__path", flat=True).distinct()
    )
    if not paths:
        return []
    below = at_or_below(paths)
    by_share = PositionShare.objects.filter(in_force(on, "position__") & below).values("position__employee_id")
    by_role = RoleHolding.objects.filter(in_force(on) & below).values("employee_id")
    rows = (
        Employee.objects.filter(Q(pk__in=by_share) | Q(pk__in=by_role))
        .filter(Q(employed_to__isnull=True) | Q(employed_to__gt=on))
        .order_by("sort_name", "pk")
    )
    return [
        Colleague(
            employee_id=row.pk,
            name=row.name,
            profession=row.profession,
            profession_name=str(Profession(row.profession).label),
        )
        for row in rows
    ]
