"""A backup is put back where nothing is, and every row of every table and every file is as it was."""

import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing as at_last
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import MONDAY, Cast
from tests.cast import assemble as assemble_cast
from tests.installation import Installation, empty_installation
from tillit.care.citizens.models import Citizen, Identifier
from tillit.foundation.access import audit, sealing
from tillit.foundation.access.actor import Scope
from tillit.foundation.keeping import marks
from tillit.foundation.keeping.backups import archive, closing, databases
from tillit.foundation.keeping.permissions import KEEP_KEYS

Rows = dict[str, list[tuple[str, ...]]]


@pytest.fixture
def filled(emptied_afterwards: None, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    """The cast, with changes in the audit trail under a seal, and two files."""
    settings.MEDIA_ROOT = tmp_path / "here" / "files"
    (settings.MEDIA_ROOT / "a").mkdir(parents=True)
    (settings.MEDIA_ROOT / "a" / "Ærlig.pdf").write_bytes(b"%PDF" * 700_000)
    (settings.MEDIA_ROOT / "tom.txt").write_bytes(b"")
    settings.LOG_ANCHOR_FILE = str(tmp_path / "here" / "log-anchor")
    marks.check_keys(at=MONDAY)
    cast = assemble_cast()
    for number in range(20):
        audit.record(cast.admin.actor, KEEP_KEYS, f"job:{number}", Scope(("",)), at=MONDAY)
    sealing.seal(at=MONDAY)
    yield cast


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Installation]:
    """Somewhere to put it back: no tables, no files; the same keys."""
    with empty_installation(tmp_path / "elsewhere", mode="test") as found:
        yield found


def tables() -> list[str]:
    return sorted({*connection.introspection.table_names()} - {"sqlite_sequence"})


def rows_here() -> Rows:
    if connection.vendor == "sqlite":  # past Django's converters, as the other one is read
        with at_last(sqlite3.connect(":memory:")) as raw:
            connection.connection.backup(raw)
            return {table: rows_from(raw.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables()}
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = rows_from(cursor.fetchall())
    return found


def rows_from(rows: Iterable[Sequence[object]]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(plain, row)) for row in rows)


def rows_of(home: Installation, wanted: list[str]) -> Rows:
    return {table: rows_from(home.execute(f'SELECT * FROM "{table}"')) for table in wanted}


def plain(value: object) -> str:
    """A value as two drivers both show it: moments in UTC, JSON as parsed, with its names in order."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC)
    if isinstance(value, str):
        with suppress(ValueError):
            value = json.loads(value)
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else repr(value)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("sealed", [False, True])
def test_what_was_backed_up_is_what_is_put_back(
    filled: Cast, elsewhere: Installation, tmp_path: Path, settings: Any, sealed: bool
) -> None:
    key_file = tmp_path / "backup-key"
    closing.new_key(key_file)
    key = closing.read_key(key_file) if sealed else None
    before, files = rows_here(), files_of(settings.MEDIA_ROOT)
    assert sum(map(len, before.values())) > 100 and all(before[table] for table in ("access_logseal", "citizens_home"))

    made = archive.make(tmp_path, key=key, at=MONDAY)
    kept = made.read_bytes()
    assert (b"SQLite format 3" in kept or b"PK\x03\x04" in kept) is not sealed
    Citizen.objects.filter(pk=filled.olga.pk).update(given_name="Endret")
    Identifier.objects.filter(citizen=filled.arne).delete()
    (settings.MEDIA_ROOT / "tom.txt").write_bytes(b"endret")

    options = ["--key-file", str(key_file)] if sealed else []
    elsewhere.tillit("restore", str(made), *options)
    after = rows_of(elsewhere, list(before))

    assert {table for table in before if before[table] != after[table]} == set()
    assert files_of(elsewhere.folder / "files") == files
    # What was guarded is guarded, and the chain of the logs holds.
    for table in ("access_auditentry", "access_logseal"):
        with pytest.raises(Exception, match="append-only"):
            elsewhere.execute(f"DELETE FROM {table}")
    assert "The logs are as they were written" in elsewhere.tillit("log", "verify")
    # It works on: numbers are found, and new rows get new ids.
    elsewhere.python(f"""
from tillit.care.citizens.models import Citizen, Identifier
one = Identifier.objects.get(citizen={filled.arne.pk})
assert Identifier.objects.get(value=one.value).pk == one.pk
Citizen.objects.create(given_name="Ny", family_name="Rad", search_name="ny", sort_name="rad")
""")

    # Once there is something, it is not overwritten unless somebody says so.
    assert "There is data here already" in elsewhere.tillit("restore", str(made), *options, fails=True)
    elsewhere.tillit("restore", str(made), *options, "--replace")
    assert rows_of(elsewhere, ["citizens_citizen"])["citizens_citizen"] == before["citizens_citizen"]


def test_a_changed_cut_or_differently_sealed_backup_is_refused_and_changes_nothing(
    filled: Cast, tmp_path: Path
) -> None:
    key_file = tmp_path / "backup-key"
    closing.new_key(key_file)
    key = closing.read_key(key_file)
    made = archive.make(tmp_path / "b.sealed", key=key, at=MONDAY)
    whole = made.read_bytes()
    before = rows_here()

    for broken in (
        whole[:-1],
        whole[: 48 + (1 << 20) + 16],  # the last pieces are cut off
        whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        whole[:48] + whole[48 + (1 << 20) + 16 :],  # a piece is left out
    ):
        made.write_bytes(broken)
        with pytest.raises(closing.BackupUnreadable):
            archive.put_back(made, key=key, replace=True, at=MONDAY)
    made.write_bytes(whole)
    for other in (None, b"x" * 32):
        with pytest.raises(closing.BackupUnreadable):
            archive.put_back(made, key=other, replace=True, at=MONDAY)
    assert rows_here() == before
    with archive.unpacked(made, key=key) as (manifest, _folder):
        assert manifest.keys == ["seal:test", "index:test"]


@pytest.mark.parametrize(
    "name", ["files/../../out.txt", "/tmp/out.txt", "files//tmp/out.txt", "files/a\\..\\out.txt", "files/C:out", "out"]
)
def test_a_name_that_leads_elsewhere_is_refused(filled: Cast, tmp_path: Path, name: str) -> None:
    made = archive.make(tmp_path / "b.zip", key=None, at=MONDAY)
    with zipfile.ZipFile(made) as source:
        manifest = json.loads(source.read("manifest.json"))
        database = source.read("database")
    manifest["parts"] = [part for part in manifest["parts"] if part["name"] == "database"]
    manifest["parts"].append({"name": name, "size": 2, "sha256": "0" * 64})
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("database", database)
        target.writestr(name, "ut")
        target.writestr("manifest.json", json.dumps(manifest))

    with pytest.raises(closing.BackupUnreadable, match=r"leads elsewhere|other files"):
        archive.put_back(made, key=None, replace=True, at=MONDAY)
    assert not list(tmp_path.parent.rglob("out.txt"))


def test_a_backup_of_a_newer_version_or_another_database_is_refused(
    filled: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive.make(tmp_path / "b.zip", key=None, at=MONDAY)
    with monkeypatch.context() as patch:
        patch.setattr(archive, "unknown_migrations", lambda _manifest: ["citizens.9999_later"])
        with pytest.raises(databases.RestoreRefused, match="newer version"):
            archive.put_back(made, key=None, replace=True, at=MONDAY)
    with pytest.raises(databases.RestoreRefused, match="data here already"):
        archive.put_back(made, key=None, replace=False, at=MONDAY)


def test_every_model_is_in_the_tables_compared(db: None) -> None:
    assert {model._meta.db_table for model in apps.get_models()} <= set(tables())
