"""Which citizens were looked at while one request, command or task ran.

Queries that hand out a citizen's data call `note`; whoever opened the door (the middleware, a command, a task)
wraps the work in `watch` and writes the entries when it ends. Reading outside a watch is an error in tests and is
logged on its own otherwise, so that a new door cannot forget the log.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.access.roles import Role


@dataclass(slots=True)
class Watch:
    """What has been looked at so far."""

    seen: dict[int, bool] = field(default_factory=dict)  # citizen id -> changed


_watch: ContextVar[Watch | None] = ContextVar("tillit_reading", default=None)


def note(citizen_id: int, *, changed: bool = False) -> None:
    """Note that data about one citizen was read, or changed."""
    note_all((citizen_id,), changed=changed)


def note_all(citizen_ids: Iterable[int], *, changed: bool = False) -> None:
    """Note that data about several citizens was read. Each is written once per request."""
    watch = _watch.get()
    if watch is None:
        return
    for citizen_id in citizen_ids:
        watch.seen[citizen_id] = watch.seen.get(citizen_id, False) or changed


@contextmanager
def watching() -> Iterator[Watch]:
    """Collect what is read until the block ends. Blocks do not nest: the inner one has its own watch."""
    watch = Watch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def write(watch: Watch, *, actor: Actor, door: str, at: datetime) -> None:
    """Add one access entry per citizen looked at, in one transaction."""
    if not watch.seen:
        return
    roles = ",".join(sorted({Role(grant.role).value for grant in actor.grants})) if not actor.is_system else ""
    shared: dict[str, object] = {
        "at": at,
        "user": actor.user_id,
        "actor_name": actor.name,
        "roles": roles,
        "unit_path": actor.home_path,
        "door": door,
    }
    _insert(shared, sorted(watch.seen.items()))


_AT_ONCE = 100
"""Entries in one statement: eight values each, and SQLite may take no more than 999."""


def _insert(shared: dict[str, object], seen: list[tuple[int, bool]]) -> None:
    """Insert one row per citizen; only the citizen and whether she was changed differ between them.

    Written out because a page shows a whole team: a model object and eight prepared values for each citizen took
    longer than reading them.
    """
    fields = {field.name: field for field in AccessEntry._meta.concrete_fields}
    names = (*shared, "citizen_id", "changed")
    table = connection.ops.quote_name(AccessEntry._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(fields[name].column)) for name in names)
    same = [fields[name].get_db_prep_save(value, connection) for name, value in shared.items()]
    marks = f"({', '.join(['%s'] * len(names))})"
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, len(seen), _AT_ONCE):
            some = seen[start : start + _AT_ONCE]
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {', '.join([marks] * len(some))}",  # noqa: S608 - own names only
                [value for each in some for value in (*same, *each)],
            )
