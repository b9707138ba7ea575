"""The answer to access' question: which employee is this user, and which roles does she hold now?"""

from datetime import datetime

from django.db.models import Q

from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import RoleHolding
from tillit.kernel import oslo


def actor_of(*, user_id: int, name: str, at: datetime) -> Actor:
    """Return the actor with the roles in force on the day of `at` (aware UTC), in one query.

    Someone without employee or roles is an actor who reaches nothing.
    """
    today = oslo.day_of(at)
    rows = (
        RoleHolding.objects.filter(in_force(today), employee__user_id=user_id)
        .filter(Q(employee__employed_to__isnull=True) | Q(employee__employed_to__gt=today))
        .order_by("unit__path", "role")
        .values_list("employee_id", "role", "unit__path")
    )
    found = list(rows)
    return Actor(
        user_id=user_id,
        name=name,
        employee_id=found[0][0] if found else None,
        grants=tuple(Grant(Role(role), path) for _, role, path in found),
        home_path=found[0][2] if found else "",
    )
