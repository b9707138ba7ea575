"""The keys that data at rest is sealed with: kept in a file outside the database and outside its backups.

One key a line: `seal:id:64 hex digits` or `index:id:64 hex digits`. The last line of each kind is the one in use; the
others are kept as long as something is sealed or indexed with them (`tillit keys status`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tillit.kernel import key_files

SEAL, INDEX = "seal", "index"
KINDS = (SEAL, INDEX)
_TEST_KEYS = {SEAL: {"test": b"only-for-tests-never-for-a-place"}, INDEX: {"test": b"for-tests-only-to-be-known-again"}}


@dataclass(frozen=True, slots=True)
class DataKeys:
    """Every key that is known, by kind and id, the oldest first."""

    by_kind: Mapping[str, Mapping[str, bytes]]

    def newest(self, kind: str) -> tuple[str, bytes]:
        """Return id and key of the one in use."""
        return list(self.by_kind[kind].items())[-1]


def data_keys() -> DataKeys:
    """Return the installation's keys. The embedded database and the demo make a file at the first need.

    Raises ImproperlyConfigured when there is no file where there should be one, or when it cannot be understood.
    """
    if not settings.DATA_KEYS_FILE:
        return DataKeys(_TEST_KEYS)
    path = Path(settings.DATA_KEYS_FILE)
    try:
        now = path.stat()
    except FileNotFoundError:
        if not settings.DATA_KEYS_MADE_HERE or _is_written():
            raise ImproperlyConfigured(
                f"There is no file with data keys at {path}. National ids cannot be read without it: put it back, or "
                "see docs/operations.md, Keys, backup, restore."
            ) from None
        for kind in KINDS:
            new_key(path, kind)
        now = path.stat()
    return _read(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed_at: int, _size: int) -> DataKeys:
    """Read the file again whenever it has changed, so that what runs learns of a new key at once."""
    try:
        found = key_files.read_keys(path, KINDS)
    except key_files.UnreadableKeys as wrong:
        raise ImproperlyConfigured(
            f"Key {wrong.number} of the data keys at {path} cannot be read: "
            "expected seal:id:64 hex digits or index:id:…"
        ) from None
    if not all(found.values()):
        raise ImproperlyConfigured(f"The data keys at {path} must hold at least one key to seal and one to index.")
    return DataKeys(found)


def new_key(path: Path, kind: str) -> str:
    """Add a key that is in use from now on, readable by the owner alone, and return its id."""
    return key_files.add_key(path, kind)


def drop_key(path: Path, kind: str, key_id: str) -> None:
    """Take a key out of the file. Whoever calls has seen that nothing needs it."""
    key_files.drop_key(path, key_id, kind)


def _is_written() -> bool:
    """Whether this database was written with keys: then a new file of keys would be the loss of what they sealed."""
    if "keeping_keymark" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM keeping_keymark LIMIT 1")
        return cursor.fetchone() is not None
