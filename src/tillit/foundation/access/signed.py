"""Add signed rows to a log. The only way rows get into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from tillit.foundation.access import keys
from tillit.foundation.access.models import AccessEntry, AuditEntry, RefusedEntry, SignedRow
from tillit.foundation.access.rules import signing


@dataclass(frozen=True, slots=True)
class Log:
    """One log: its name in seals, its table, and its columns in the order they are signed."""

    name: str
    model: type[SignedRow]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every stored column but the signature, id first and the key's id last: what new rows are signed with."""
        return _COLUMNS[self.name][-1]

    @property
    def edition(self) -> int:
        """The number of the newest list of columns, which new rows carry."""
        return len(_COLUMNS[self.name])

    def content(self, row: Sequence[Any]) -> bytes:
        """Return what a stored row was signed with. row: a value for every one of `columns`.

        A row says by its edition which columns that were. Those that came later must be empty in it: they are not
        signed, and so nothing may stand there. An edition nobody knows is signed by nobody.
        """
        if self.edition == 1 or row[self.columns.index("edition")] != 1:
            return signing.content_of(self.name, row)
        values = dict(zip(self.columns, row, strict=True))
        first = _COLUMNS[self.name][0]
        if any(values[name] != "" for name in self.columns if name not in first and name != "edition"):
            return signing.content_of(self.name, row)
        return signing.content_of(self.name, [values[name] for name in first])

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.model._meta.db_table)


#: Written out, edition by edition: a column that is added later must not change what earlier rows were signed with.
_COLUMNS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "AUDIT": (
        ("id", "at", "user_id", "actor_name", "unit_path", "action", "subject", "citizen_id", "change", "key_id"),
    ),
    "ACCESS": (
        (
            "id", "at", "user_id", "actor_name", "roles", "unit_path", "citizen_id", "door", "changed", "ground",
            "ground_subject", "key_id",
        ),
        (
            "id", "at", "user_id", "actor_name", "roles", "unit_path", "citizen_id", "door", "changed", "ground",
            "ground_subject", "device", "network", "outcome", "edition", "key_id",
        ),
    ),
    "REFUSED": (
        ("id", "at", "user_id", "actor_name", "roles", "unit_path", "door", "asked_for", "status", "key_id"),
        (
            "id", "at", "user_id", "actor_name", "roles", "unit_path", "door", "asked_for", "status", "device",
            "network", "edition", "key_id",
        ),
    ),
}  # fmt: skip
AUDIT = Log("AUDIT", AuditEntry)
ACCESS = Log("ACCESS", AccessEntry)
REFUSED = Log("REFUSED", RefusedEntry)
LOGS: tuple[Log, ...] = (ACCESS, AUDIT, REFUSED)


def add(log: Log, rows: Sequence[Mapping[str, Any]]) -> None:
    """Sign the rows and add them, in one transaction. rows: a value for every column but id, edition and key.

    Written out because a page shows a whole team: a model object for each citizen took longer than reading them.
    """
    if not rows:
        return
    known = keys.log_keys()
    key, key_id = known.signing_key, known.signing_id
    by_attname = {field.attname: field for field in log.model._meta.concrete_fields}
    names = (*log.columns, "mac")
    table = connection.ops.quote_name(log.table)
    columns = ", ".join(connection.ops.quote_name(str(by_attname[name].column)) for name in names)
    marks = ", ".join(["%s"] * len(names))
    prepared = [(index, by_attname[name]) for index, name in enumerate(names) if _is_prepared(by_attname[name])]
    with transaction.atomic(), connection.cursor() as cursor:
        ids = _take_ids(cursor, log.table, len(rows))
        stored: list[list[Any]] = [
            [row_id, *[log.edition if name == "edition" else row[name] for name in log.columns[1:-1]], key_id]
            for row_id, row in zip(ids, rows, strict=True)
        ]
        for values, content in zip(stored, signing.contents_of(log.name, stored), strict=True):
            values.append(signing.sign(key, content))
        for index, field in prepared:
            last, as_stored = object(), None
            for values in stored:  # often the same moment in all of them
                if values[index] is not last:
                    last = values[index]
                    as_stored = field.get_db_prep_save(last, connection)
                values[index] = as_stored
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", stored)  # noqa: S608 - own names only


def _is_prepared(field: models.Field[Any, Any]) -> bool:
    """Whether the driver wants the field's values in another form: only moments and JSON."""
    return isinstance(field, models.DateTimeField | models.JSONField)


def _take_ids(cursor: Any, table: str, wanted: int) -> list[int]:
    """Take the rows' ids beforehand, so that they are signed too.

    PostgreSQL: the transaction is given its number before its ids, so that a seal can wait for whoever holds low ids.
    SQLite: writers are one at a time; the next id is read while the write lock is held.
    """
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) "
            "FROM (SELECT pg_current_xact_id()) AS begun, generate_series(1, %s)",
            [table, wanted],
        )
        return [int(row[0]) for row in cursor.fetchall()]
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return list(range(last + 1, last + 1 + wanted))
