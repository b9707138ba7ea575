"""An installation of its own for a test: a database, a folder and processes, started and ended by the test alone.

For what cannot be seen from inside one process: backups, migrations, and processes that are killed. It runs on the
database the test run was started with.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg

from tests import migrated

ROOT = Path(__file__).resolve().parents[1]
_FILE = "tillit.sqlite3"
_FRAME = "import django; django.setup()\n"


@dataclass(frozen=True, slots=True)
class Installation:
    """One folder and one database. `mode`: demo makes its own keys; test has the tests' keys."""

    folder: Path
    url: str
    mode: str = "demo"
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes."""
        return {
            **os.environ,
            "TILLIT_MODE": self.mode,
            "TILLIT_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tillit.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            **self.more,
        }

    @property
    def is_postgres(self) -> bool:
        """Whether it is on PostgreSQL."""
        return self.url.startswith("postgresql")

    @property
    def database(self) -> str:
        """Its name on the run's PostgreSQL server; empty on SQLite."""
        return self.url.removeprefix("postgresql:///").partition("?")[0] if self.is_postgres else ""

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a Python process of its own group. What it says is in the file `said`."""
        with (self.folder / "said").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, *command], env=self.env, cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL,
                stdout=said, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def run(self, *command: str, fails: bool = False) -> str:
        """Run a Python process to its end and return what it said."""
        done = subprocess.run(
            [sys.executable, *command], env=self.env, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert bool(done.returncode) is fails, said
        return said

    def tillit(self, *command: str, fails: bool = False) -> str:
        """Run an operator's command."""
        return self.run("-m", "tillit", *command, fails=fails)

    def migrate(self, *target: str) -> None:
        """Migrate, forwards or backwards."""
        self.run("manage.py", "migrate", "-v0", *target)

    def python(self, code: str) -> str:
        """Run some lines with Django ready."""
        return self.run("-c", _FRAME + code)

    def execute(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement past the product."""
        if self.is_postgres:
            with psycopg.connect(self.url, autocommit=True) as connection:
                cursor = connection.execute(sql)
                return list(cursor.fetchall()) if cursor.description else []
        with closing(sqlite3.connect(self.folder / _FILE, timeout=20)) as file, file:
            return list(file.execute(sql).fetchall())


@contextmanager
def empty_installation(folder: Path, *, mode: str = "demo") -> Iterator[Installation]:
    """Yield an installation without tables."""
    with _made(folder, mode, like="") as found:
        yield found


@contextmanager
def migrated_installation(folder: Path, *, mode: str = "demo") -> Iterator[Installation]:
    """Yield an installation with all tables: a copy of the run's migrated database, where there is one."""
    place = Path(os.environ.get(migrated.FOLDER, folder))
    there_is_one = migrated.FOLDER in os.environ
    if there_is_one:
        migrated.await_it(place)
    with _made(folder, mode, like=migrated.NAME if there_is_one else "") as found:
        if there_is_one and not found.is_postgres:
            _copy_file(place / migrated.FILE, folder / _FILE)
        found.migrate()
        yield found


@contextmanager
def copied_installation(source: Installation, folder: Path) -> Iterator[Installation]:
    """Yield a copy of an installation that no process is at work in: its database and its files, in another folder."""
    with _made(folder, source.mode, like=source.database) as found:
        for file in source.folder.iterdir():
            if file.is_file() and not file.name.startswith(_FILE):
                shutil.copy2(file, folder / file.name)
        if not found.is_postgres:
            _copy_file(source.folder / _FILE, folder / _FILE)
        yield found


def _copy_file(source: Path, to: Path) -> None:
    """Copy a database on SQLite, with what is still in its log."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)


@contextmanager
def _made(folder: Path, mode: str, *, like: str) -> Iterator[Installation]:
    """Yield an installation. like: the database on PostgreSQL that it begins as, if any."""
    folder.mkdir(parents=True, exist_ok=True)
    test_url = os.environ["DATABASE_URL"]
    if not test_url.startswith("postgresql"):
        yield Installation(folder, f"sqlite:///{folder / _FILE}", mode)
        return
    name = f"own_{uuid4().hex[:12]}"
    with psycopg.connect(test_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
    try:
        yield Installation(folder, test_url.replace("///postgres?", f"///{name}?"), mode)
    finally:
        with psycopg.connect(test_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        shutil.rmtree(folder, ignore_errors=True)
