"""Write down what was done. Called by every action, inside its transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.permissions import Permission


def record(
    actor: Actor,
    permission: Permission,
    subject: str,
    scope: Scope,
    *,
    at: datetime,
    change: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry to the audit trail, and note the change in the citizen's access log.

    subject: kind and id, such as "careplan:12"; never a name or a number of a person.
    change: what is different afterwards: ids, codes, dates. Free text about a citizen stays where it was written.
    """
    AuditEntry.objects.create(
        at=at,
        user_id=actor.user_id,
        actor_name=actor.name,
        unit_path=scope.paths[0] if scope.paths else actor.home_path,
        action=permission.code,
        subject=subject,
        citizen_id=scope.citizen_id,
        change=dict(change or {}),
    )
    if scope.citizen_id is not None:
        reading.note(scope.citizen_id, changed=True)
