"""A migrated database, made once in a run: every worker begins with a copy of it instead of migrating for itself.

It is made by Django's own `migrate`, with every migration there is, on the kind of database the tests run on. A worker
runs `migrate` on its copy too: what the copy lacks is migrated there. Without workers (`-n`) nothing is made.
"""

import os
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
#: Where it is, or will be: a folder. The run's first process says so to the workers.
FOLDER = "TESTS_MIGRATED"
#: Its name on the run's PostgreSQL server; on SQLite it is a file in the folder.
NAME = "migrated"
FILE = f"{NAME}.sqlite3"
PATIENCE = 900  # seconds


class NotMigrated(RuntimeError):
    """The migrated database could not be made: what its maker said."""


def begin(folder: Path, url: str) -> "subprocess.Popen[bytes]":
    """Let a process make it, while the caller goes on. url: the test run's database; any on SQLite stands for it."""
    being_made = url.replace("///postgres?", f"///{NAME}?") if _is_postgres(url) else f"sqlite:///{folder / FILE}"
    with (folder / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.migrated", str(folder)],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
            env={
                **os.environ, "DATABASE_URL": being_made, "TILLIT_MODE": "test", "PYTHONPATH": "src",
                "DJANGO_SETTINGS_MODULE": "tillit.config.settings", "MAINTENANCE_URL": url,
            },
        )  # fmt: skip


def await_it(folder: Path) -> None:
    """Return when it is made. Raises NotMigrated when it cannot be."""
    last = time.monotonic() + PATIENCE
    while not (folder / "made").exists():
        if (folder / "failed").exists() or time.monotonic() > last:
            raise NotMigrated((folder / "said").read_text())
        time.sleep(0.1)


def _is_postgres(url: str) -> bool:
    return url.startswith("postgresql")


def _make(folder: Path) -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    if _is_postgres(os.environ["MAINTENANCE_URL"]):
        with psycopg.connect(os.environ["MAINTENANCE_URL"], autocommit=True) as server:
            server.execute(f"CREATE DATABASE {NAME} TEMPLATE template0")
    django.setup()
    call_command("migrate", verbosity=0)
    connections.close_all()
    if not _is_postgres(os.environ["MAINTENANCE_URL"]):
        with closing(sqlite3.connect(folder / FILE)) as file:  # a copy in memory keeps no log beside the file
            file.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def copied(connection: Any, folder: Path) -> Iterator[None]:
    """Let the test database that Django is about to make begin as a copy."""
    await_it(folder)
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = NAME
        yield
        return
    make = connection.creation._create_test_db
    with closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as held:

        def make_and_fill(*arguments: Any, **named: Any) -> str:
            name: str = make(*arguments, **named)
            with closing(sqlite3.connect(folder / FILE)) as file:
                file.backup(held)
            return name

        connection.creation._create_test_db = make_and_fill
        yield  # a database in memory lives as long as somebody holds it


if __name__ == "__main__":
    place = Path(sys.argv[1])
    try:
        _make(place)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        (place / "failed").touch()
        raise
    (place / "made").touch()
