"""What the municipality decides about login."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.access.roles import Role
from tillit.foundation.login import queries
from tillit.foundation.login.models import LoginPolicy
from tillit.foundation.login.permissions import SET_RULES
from tillit.kernel.errors import ChangedMeanwhile


@transaction.atomic
def set_rules(
    *,
    actor: Actor,
    shared_phone_minutes: int,
    own_phone_minutes: int,
    office_minutes: int,
    idle_hours: int,
    roles: Iterable[Role],
    edition: int,
    at: datetime,
) -> None:
    """Decide when screens lock and sessions end, and which roles must have a second step.

    Applies at once to all sessions. edition: the one she saw. Raises NotAllowed, ChangedMeanwhile.
    """
    scope = Scope(tuple(grant.path for grant in actor.grants))
    require(actor, SET_RULES, scope)
    LoginPolicy.objects.get_or_create(pk=queries.THE_POLICY)
    policy = LoginPolicy.objects.select_for_update().get(pk=queries.THE_POLICY)
    if policy.edition != edition:
        raise ChangedMeanwhile(_("Noen har endret reglene siden du åpnet siden."), seen=edition, now=policy.edition)
    policy.shared_phone_minutes = shared_phone_minutes
    policy.own_phone_minutes = own_phone_minutes
    policy.office_minutes = office_minutes
    policy.idle_hours = idle_hours
    policy.second_step_roles = sorted(role.value for role in set(roles))
    policy.edition += 1
    policy.save()
    change = {
        "act": "LOGIN_RULES",
        "edition": policy.edition,
        "shared_phone_minutes": shared_phone_minutes,
        "own_phone_minutes": own_phone_minutes,
        "office_minutes": office_minutes,
        "idle_hours": idle_hours,
        "second_step_roles": policy.second_step_roles,
    }
    audit.record(actor, SET_RULES, "login-policy", scope, at=at, change=change)
