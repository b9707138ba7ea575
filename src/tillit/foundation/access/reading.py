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
    """Add one access entry per citizen looked at, in one statement."""
    if not watch.seen:
        return
    roles = ",".join(sorted({Role(grant.role).value for grant in actor.grants})) if not actor.is_system else ""
    AccessEntry.objects.bulk_create(
        [
            AccessEntry(
                at=at,
                user_id=actor.user_id,
                actor_name=actor.name,
                roles=roles,
                unit_path=actor.home_path,
                citizen_id=citizen_id,
                door=door,
                changed=changed,
            )
            for citizen_id, changed in sorted(watch.seen.items())
        ],
        batch_size=500,
    )
