"""Which citizens were looked at while one request, command or job ran, and why she who looked had reach to them.

Queries that hand out a citizen's data call `note`. Whoever opens a door wraps the work in `door` (or `watching` and
`write`): the middleware for every request, `config.cli` for every command, `jobs.progress` for every job. So a new
page, command or job has a log without doing anything. What is read outside every door is an error in tests; in
production it is written at once, as read by nobody we know, and said in the process's own log.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from tillit.foundation.access import grounds, signed
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.grounds import Reason
from tillit.foundation.access.roles import Role
from tillit.foundation.access.whence import FAILED, SERVER, SHOWN, Whence
from tillit.kernel import clock

logger = logging.getLogger(__name__)

OUTSIDE = "outside"
"""The door of what was read outside every door."""


class ReadOutsideWatch(RuntimeError):
    """A citizen's data was read where nobody writes the access log."""


@dataclass(slots=True)
class Watch:
    """What has been looked at so far."""

    seen: dict[int, bool] = field(default_factory=dict)  # citizen id -> changed
    why: dict[int, Reason] = field(default_factory=dict)  # where the query itself knew it


_watch: ContextVar[Watch | None] = ContextVar("tillit_reading", default=None)


def note(citizen_id: int, *, changed: bool = False, why: Reason | None = None) -> None:
    """Note that data about one citizen was read, or changed. why: when the query knows what gave reach."""
    note_all((citizen_id,), changed=changed, why=why)


def note_all(citizen_ids: Iterable[int], *, changed: bool = False, why: Reason | None = None) -> None:
    """Note that data about several citizens was read. Each is written once per request.

    Raises ReadOutsideWatch in tests when no door is open.
    """
    watch = _watch.get()
    if watch is None:
        _note_outside(list(citizen_ids), changed=changed, why=why)
        return
    for citizen_id in citizen_ids:
        watch.seen[citizen_id] = watch.seen.get(citizen_id, False) or changed
        if why is not None:
            watch.why[citizen_id] = why


def _note_outside(citizen_ids: list[int], *, changed: bool, why: Reason | None) -> None:
    if not citizen_ids:
        return
    if settings.READING_OUTSIDE_FAILS:
        raise ReadOutsideWatch("Open a door first: reading.door(…) around the command or the job.")
    logger.error("A citizen's data was read outside every door. It stands in the access log as read by nobody known.")
    outside = Watch(dict.fromkeys(citizen_ids, changed), dict.fromkeys(citizen_ids, why) if why else {})
    write(outside, actor=Actor(user_id=None, name=""), door=OUTSIDE, at=clock.now())


@contextmanager
def watching() -> Iterator[Watch]:
    """Collect what is read until the block ends. Blocks do not nest: the inner one has its own watch."""
    watch = Watch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


@contextmanager
def door(name: str, *, actor: Actor) -> Iterator[Watch]:
    """Open a command's or a job's door: what is read inside is written when the block ends, also when it fails."""
    with watching() as watch:
        try:
            yield watch
        except BaseException:
            try:
                write(watch, actor=actor, door=name, at=clock.now(), outcome=FAILED)
            except DatabaseError:
                logger.exception("What was read before the failure could not be written in the access log.")
            raise
    write(watch, actor=actor, door=name, at=clock.now())


def write(
    watch: Watch, *, actor: Actor, door: str, at: datetime, whence: Whence = SERVER, outcome: str = SHOWN
) -> None:
    """Add one access entry per citizen looked at, in one transaction.

    outcome: what came of it, for what was read; what was changed is changed, whatever was answered.
    """
    if not watch.seen:
        return
    why = grounds.reasons_for(actor, watch.seen.keys() - watch.why.keys(), at=at) | watch.why
    shared = _who(actor, door, whence, at=at)
    signed.add(
        signed.ACCESS,
        [
            {
                **shared,
                "citizen_id": citizen_id,
                "changed": changed,
                "ground": why[citizen_id].ground.value,
                "ground_subject": why[citizen_id].subject[:40],
                "outcome": SHOWN if changed else outcome,
            }
            for citizen_id, changed in sorted(watch.seen.items())
        ],
    )


def write_refused(
    *, actor: Actor, door: str, asked_for: str, status: int, at: datetime, whence: Whence = SERVER
) -> None:
    """Add a refused try: what was asked for, not whether there is such a thing."""
    signed.add(signed.REFUSED, [_who(actor, door, whence, at=at) | {"asked_for": asked_for[:100], "status": status}])


def _who(actor: Actor, door: str, whence: Whence, *, at: datetime) -> dict[str, object]:
    held = {Role(grant.role).value for grant in actor.grants} | {one.kind.value for one in actor.let_in}
    roles = ",".join(sorted(held)) if not actor.is_system else ""
    return {
        "at": at,
        "user_id": actor.user_id,
        "actor_name": actor.name,
        "roles": roles,
        "unit_path": actor.home_path,
        "door": door[:100],
        "device": whence.device,
        "network": whence.network,
    }
