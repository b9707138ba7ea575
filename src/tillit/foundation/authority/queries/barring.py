"""Who is barred from deciding in a case because her leader is disqualified: what the pure rule needs, read at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from tillit.foundation.access.roles import BESIDE_THE_WORK
from tillit.foundation.authority.models import LEADING_ROLES, ActingLeader
from tillit.foundation.authority.rules.barring import superiors
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.models import RoleHolding
from tillit.foundation.workforce.queries.employment import employed


def below_disqualified(employee_ids: Collection[int], *, disqualified_ids: Collection[int], on: date) -> frozenset[int]:
    """Return those of the employees who have somebody disqualified directly above them on the day (fvl § 6).

    No query when nobody is disqualified, else three.
    """
    barred = frozenset(disqualified_ids)
    if not barred or not employee_ids:
        return frozenset()
    works_at: dict[int, set[str]] = defaultdict(set)
    own = RoleHolding.objects.filter(in_force(on), employee_id__in=set(employee_ids)).exclude(role__in=BESIDE_THE_WORK)
    for employee_id, path in own.values_list("employee_id", "unit__path"):
        works_at[employee_id].add(path)
    places = {number for paths in works_at.values() for path in paths for number in ids_in(path)}
    at_work = (in_force(on), employed(on, "employee__"))
    leaders = _led(RoleHolding.objects.filter(*at_work, role__in=LEADING_ROLES, unit_id__in=places))
    acting = _led(ActingLeader.objects.filter(*at_work, role__in=LEADING_ROLES, unit_id__in=places))
    return frozenset(one for one, paths in works_at.items() if superiors(one, paths, leaders, acting) & barred)


def _led(rows: QuerySet[RoleHolding] | QuerySet[ActingLeader]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for employee_id, path in rows.values_list("employee_id", "unit__path"):
        found[path].add(employee_id)
    return {path: frozenset(people) for path, people in found.items()}
