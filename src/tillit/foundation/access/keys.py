"""The keys that sign the logs: kept in a file outside the database, so that whoever can write rows cannot sign them.

One key a line: `id:64 hex digits`. The last line signs; the others are kept as long as rows signed with them are.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tillit.kernel import key_files

_TEST_KEYS = {"test": b"only-for-tests-never-for-a-place"}


@dataclass(frozen=True, slots=True)
class LogKeys:
    """Every key that is known, by id, and the one that signs."""

    by_id: dict[str, bytes]
    signing_id: str

    @property
    def signing_key(self) -> bytes:
        """The newest key."""
        return self.by_id[self.signing_id]


def log_keys() -> LogKeys:
    """Return the installation's keys. The embedded database and the demo make a file with one at the first need.

    Raises ImproperlyConfigured when there is no file where there should be one, or when it cannot be understood.
    """
    if not settings.LOG_KEYS_FILE:
        return LogKeys(_TEST_KEYS, "test")
    return _read(Path(settings.LOG_KEYS_FILE))


@lru_cache(maxsize=4)
def _read(path: Path) -> LogKeys:
    if not path.exists():
        if not settings.LOG_KEYS_MADE_HERE:
            raise ImproperlyConfigured(f"There is no file with log keys at {path}: see docs/operations.md, Log keys.")
        new_key(path)
    try:
        by_id = key_files.read_keys(path)[key_files.PLAIN]
    except key_files.UnreadableKeys as wrong:
        raise ImproperlyConfigured(
            f"Key {wrong.number} of the log keys at {path} cannot be read: expected id:64 hex digits."
        ) from None
    if not by_id:
        raise ImproperlyConfigured(f"There are no log keys at {path}.")
    return LogKeys(by_id, list(by_id)[-1])


def new_key(path: Path) -> str:
    """Add a key that signs from now on, readable by the owner alone, and return its id. Old keys stay."""
    key_id = key_files.add_key(path)
    _read.cache_clear()
    return key_id
