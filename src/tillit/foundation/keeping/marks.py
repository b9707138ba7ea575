"""Before anything is served: are these the keys this database was written with?"""

from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from tillit.foundation.keeping import keys
from tillit.foundation.keeping.models import KeyMark
from tillit.kernel.keyed import is_hash_of, keyed_hash

_SAID = b"tillit key mark"


def mark_of(key: bytes) -> str:
    """Return what proves a key without showing it."""
    return keyed_hash(key, _SAID)


def check_keys(*, at: datetime, stored: type[KeyMark] = KeyMark) -> None:
    """Compare the file of keys with the database's marks, and mark keys that are new.

    stored: the model as a migration knows it. Raises ImproperlyConfigured when a key that was in use is missing or
    another. Then nothing is to be written.
    """
    known = keys.data_keys().by_kind
    marks = {(row.kind, row.key_id): row.mark for row in stored._default_manager.order_by("pk")}
    for (kind, key_id), mark in marks.items():
        key = known.get(kind, {}).get(key_id)
        if key is None:
            raise ImproperlyConfigured(
                f"The {kind} key {key_id}, which this database was written with, is not among the data keys. "
                "Put it back: without it national ids cannot be read or found."
            )
        if not is_hash_of(key, _SAID, mark):
            raise ImproperlyConfigured(
                f"The {kind} key {key_id} is another one than this database was written with. Put the right one back."
            )
    stored._default_manager.bulk_create(
        [
            stored(kind=kind, key_id=key_id, mark=mark_of(key), made_at=at)
            for kind in keys.KINDS
            for key_id, key in known[kind].items()
            if (kind, key_id) not in marks
        ],
        ignore_conflicts=True,
    )
