"""Who does a job holds it, so that it is never done twice at once; whoever was killed lets go by itself.

PostgreSQL: a lock of the connection, which the server frees when the process is gone. SQLite: a lock on a file beside
the database, which the operating system frees. Both are asked, never waited for. A pooler in front of PostgreSQL must
give a connection to a worker for as long as it lives (session pooling).
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from django.db import DatabaseError, connection

_SPACE = 0x54494C4C << 32
"""Keeps our numbers apart from other locks in the same database."""


@contextmanager
def held(job_id: int) -> Iterator[bool]:
    """Hold a job while the block runs. False: somebody else holds it, and nothing may be done."""
    with _held_in_postgresql(job_id) if connection.vendor == "postgresql" else _held_by_file(job_id) as mine:
        yield mine


@contextmanager
def _held_in_postgresql(job_id: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SPACE + job_id])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with suppress(DatabaseError), connection.cursor() as cursor:  # a connection that is gone has let go
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_SPACE + job_id])


@contextmanager
def _held_by_file(job_id: int) -> Iterator[bool]:
    path = _folder(str(connection.settings_dict["NAME"])) / str(job_id)
    descriptor = _open(path)
    try:
        if descriptor is None:
            yield False
        else:
            try:
                yield True
            finally:
                path.unlink(missing_ok=True)  # while it is held: whoever waits with the old file looks again
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _open(path: Path) -> int | None:
    """Return the locked file, or None when another holds it."""
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)  # it was taken away between opening and locking


@lru_cache(maxsize=8)
def _folder(database: str) -> Path:
    """Where the files are: beside the database; for one in memory, in a folder that only this process knows."""
    in_memory = database == ":memory:" or "mode=memory" in database
    folder = Path(tempfile.mkdtemp(prefix="tillit-jobs-")) if in_memory else Path(f"{database}-jobs")
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
