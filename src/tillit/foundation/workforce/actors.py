"""The answer to access' question: which employee is this user, and which roles does she hold now?"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import JoinedLists, UnitKind
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import RoleHolding
from tillit.kernel import oslo

#: Roles of those who go on visits. Held in a work group that shares lists with its team, they are held in the team.
ON_THE_LISTS = frozenset({Role.CARE_WORKER, Role.NURSE, Role.THERAPIST})


def actor_of(*, user_id: int, name: str, at: datetime) -> Actor:
    """Return the actor with the roles in force on the day of `at` (aware UTC), in one query; in two from a work group.

    Who works in a work group is on the team's lists in the evening, at night and at weekends (R02), with visits to
    the team's citizens: her role reaches the whole team as long as the group shares any of its lists with it.
    A leader's or a case worker's role stays in the group. See docs/adr/0003-a-work-group-is-part-of-its-team.md.
    Someone without employee or roles is an actor who reaches nothing.
    """
    today = oslo.day_of(at)
    rows = (
        RoleHolding.objects.filter(in_force(today), employee__user_id=user_id)
        .filter(Q(employee__employed_to__isnull=True) | Q(employee__employed_to__gt=today))
        .order_by("unit__path", "role")
        .values_list("employee_id", "role", "unit__path", "unit_id", "unit__kind", "unit__parent__path")
    )
    found = list(rows)
    groups = {unit_id for _employee, _role, _path, unit_id, kind, _team in found if kind == UnitKind.WORK_GROUP}
    apart = _apart(groups, on=today) if groups else frozenset()
    grants: dict[Grant, None] = {}
    for _employee, held, path, unit_id, _kind, team_path in found:
        role = Role(held)
        grants[Grant(role, path)] = None
        if unit_id in groups and role in ON_THE_LISTS and team_path and unit_id not in apart:
            grants[Grant(role, team_path)] = None
    return Actor(
        user_id=user_id,
        name=name,
        employee_id=found[0][0] if found else None,
        grants=tuple(grants),
        home_path=found[0][2] if found else "",
    )


def _apart(group_ids: Iterable[int], *, on: date) -> frozenset[int]:
    """Return those of the work groups that share no lists with their team on the day."""
    rows = JoinedLists.objects.filter(in_force(on), unit_id__in=group_ids, evening=False, night=False, weekend=False)
    return frozenset(rows.values_list("unit_id", flat=True))
