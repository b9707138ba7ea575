"""Write down what was done. Called by every action, inside its transaction."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tillit.foundation.access import reading, signed
from tillit.foundation.access.actor import Actor, Scope
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
    record_all(actor, (Entry(permission, subject, scope, change or {}),), at=at)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry to be added with others: see `record` for what stands in it."""

    permission: Permission
    subject: str
    scope: Scope
    change: Mapping[str, Any]


def record_all(actor: Actor, entries: Iterable[Entry], *, at: datetime) -> None:
    """Add many entries at once, as `record` does one by one. For actions on many rows."""
    found = list(entries)
    signed.add(
        signed.AUDIT,
        [
            {
                "at": at,
                "user_id": actor.user_id,
                "actor_name": actor.name,
                "unit_path": one.scope.paths[0] if one.scope.paths else actor.home_path,
                "action": one.permission.code,
                "subject": one.subject,
                "citizen_id": one.scope.citizen_id,
                "change": json.loads(json.dumps(dict(one.change))),  # as it will be read again
            }
            for one in found
        ],
    )
    reading.note_all((one.scope.citizen_id for one in found if one.scope.citizen_id is not None), changed=True)
