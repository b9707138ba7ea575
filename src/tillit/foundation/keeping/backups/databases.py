"""Take a copy of the database that is whole at one moment, and put one back: all of it, or nothing."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection

from tillit.foundation.keeping.backups.closing import BackupUnreadable

SQLITE, POSTGRES = "sqlite", "postgresql"


class RestoreRefused(RuntimeError):
    """The backup cannot be put back here and now."""


def copy_to(path: Path) -> None:
    """Write a copy to `path`, while the product runs. SQLite: a database file; PostgreSQL: pg_dump's own format."""
    if connection.vendor == SQLITE:
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target, pages=2_000)
            target.execute("PRAGMA journal_mode=DELETE")
        return
    _run([_binary("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--file", str(path), *_where()])


def look_into(path: Path, vendor: str) -> None:
    """See that a copy can be read. Raises BackupUnreadable."""
    if vendor == POSTGRES:
        try:
            _run([_binary("pg_restore"), "--list", str(path)])
        except RuntimeError as wrong:
            raise BackupUnreadable(str(wrong)) from None
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
        try:
            said = source.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as wrong:
            said = str(wrong)
    if said != "ok":
        raise BackupUnreadable(f"The database in the backup is damaged: {said}")


def has_data() -> bool:
    """Whether somebody works in the database that is there now: a unit or a user."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(tables & {"access_user", "organisation_unit"}):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - own names
            if cursor.fetchone():
                return True
    return False


def put_back(path: Path, *, at: datetime) -> Path | None:
    """Replace the database by a copy. Returns where SQLite's former file lies, if it held anything.

    Raises RestoreRefused when something else uses the database.
    """
    if connection.vendor == SQLITE:
        return _put_back_file(path, at=at)
    connection.close()
    reading = [_binary("pg_restore"), "--no-owner", "--no-privileges", "-f", "-", str(path)]
    script = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    begin = b"SET lock_timeout = '10s';\nDROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n"
    psql = [_binary("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-f", "-", *_where()]
    writing = subprocess.Popen(  # noqa: S603
        psql, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_env()
    )
    assert script.stdout is not None and writing.stdin is not None
    try:
        writing.stdin.write(begin)
        shutil.copyfileobj(script.stdout, writing.stdin)
        script.stdout.close()
        if script.wait():  # what is half read must not be taken for whole: an error at the end undoes all
            writing.stdin.write(b"\nSELECT tillit_backup_was_cut_off();\n")
        writing.stdin.close()
    except BrokenPipeError:
        script.kill()
    said = writing.stderr.read().decode() if writing.stderr else ""
    if writing.wait() or script.wait():
        raise RestoreRefused(f"PostgreSQL did not take the backup, and nothing is changed: {said.strip()[-500:]}")
    return None


def _put_back_file(path: Path, *, at: datetime) -> Path | None:
    name = connection.settings_dict["NAME"]
    target = Path(str(name))
    kept: Path | None = None
    connection.close()
    if target.exists() and target.stat().st_size:
        with closing(sqlite3.connect(target, timeout=5, isolation_level=None)) as former:
            try:
                former.execute("PRAGMA locking_mode=EXCLUSIVE")
                former.execute("BEGIN EXCLUSIVE")
                former.execute("COMMIT")
                former.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                former.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError:
                raise RestoreRefused("The database is in use. Stop Tillit, then try again.") from None
        kept = target.with_name(f"{target.name}.before-{at:%Y%m%dT%H%M%S}")
        target.replace(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(path, beside)
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    beside.replace(target)
    return kept


def _where() -> list[str]:
    """Return how PostgreSQL's programs find the database; the password goes by the environment."""
    said = connection.settings_dict
    names = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}
    pairs = [(option, said[name]) for option, name in names.items()]
    return ["--no-password", *[part for name, value in pairs if value for part in (name, str(value))]]


def _env() -> dict[str, str]:
    password = connection.settings_dict["PASSWORD"]
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=_env())  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name}: {done.stderr.decode(errors='replace').strip()[-500:]}")


def _binary(name: str) -> str:
    """Return one of PostgreSQL's programs: $PG_BIN, Debian's folders, PATH; never older than the newest there is."""
    folders = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    if on_path := shutil.which(name):
        return on_path
    raise RestoreRefused(f"{name} was not found. Install PostgreSQL's client programs, or set PG_BIN.")


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0
