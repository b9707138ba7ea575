"""Who works where, by the employees' numbers: for files that name people by number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import Employee, PositionShare, RoleHolding


@dataclass(frozen=True, slots=True)
class Works:
    """Somebody's training, and the paths of the units where she has a share of a position or holds a role."""

    profession: str
    paths: frozenset[str]


def works_by_number(numbers: Iterable[str], *, on: date) -> dict[str, Works]:
    """Return number → where she works on a day, for those employed then, in three queries."""
    employed = Q(employed_to__isnull=True) | Q(employed_to__gt=on)
    people = {
        pk: (number, profession)
        for pk, number, profession in Employee.objects.filter(employed, number__in=set(numbers)).values_list(
            "pk", "number", "profession"
        )
    }
    paths: dict[int, set[str]] = {pk: set() for pk in people}
    shares = PositionShare.objects.filter(in_force(on, "position__"), position__employee_id__in=people)
    roles = RoleHolding.objects.filter(in_force(on), employee_id__in=people)
    for pk, path in (
        *shares.values_list("position__employee_id", "unit__path"),
        *roles.values_list("employee_id", "unit__path"),
    ):
        paths[pk].add(path)
    return {number: Works(profession, frozenset(paths[pk])) for pk, (number, profession) in people.items()}
