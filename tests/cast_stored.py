"""The cast made once for each worker, stored again for each test: the same rows and ids, in a few queries.

`tests.cast.assemble` says who everybody is; what it stored is kept here as the INSERT statements that store it again,
and what it returned as bytes, so that every test has people of its own. It was made in a database without any test's
rows, in a transaction that was rolled back: which test comes first changes nothing.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_save
from django.db.models.sql import InsertQuery

from tests.cast import Cast, assemble


@dataclass(frozen=True, slots=True)
class StoredCast:
    """What `store` needs. data_keys: the keys the rows were sealed with. counters: moves the counters on."""

    people: bytes
    inserts: tuple[tuple[str, tuple[Any, ...]], ...]
    data_keys: str
    counters: str = ""

    def store(self) -> Cast:
        """Store everybody and return them.

        A test that stored rows of its own first, or seals with keys of its own, gets a cast made from the beginning.
        """
        if self.data_keys != settings.DATA_KEYS_FILE:
            return assemble()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for sql, values in self.inserts:
                    cursor.execute(sql, values)
                if self.counters:
                    cursor.execute(self.counters)
        except IntegrityError:  # an id or a name is taken
            return assemble()
        cast: Cast = pickle.loads(self.people)
        return cast


def assembled() -> StoredCast:
    """Make the cast, and leave the database as it was. Numbers that PostgreSQL gave out are not given out again."""
    with transaction.atomic(), _seen() as rows:
        people = assemble()
        transaction.set_rollback(True)
    inserts = tuple(_inserts(rows))
    return StoredCast(pickle.dumps(people), inserts, settings.DATA_KEYS_FILE, _counters(rows))


@contextmanager
def _seen() -> Iterator[list[models.Model]]:
    """Gather what is stored meanwhile, in the order it is."""
    rows: list[models.Model] = []

    def see(instance: models.Model, created: bool, **_rest: Any) -> None:
        if created:
            rows.append(instance)

    post_save.connect(see)
    try:
        yield rows
    finally:
        post_save.disconnect(see)


def _counters(rows: list[models.Model]) -> str:
    """Return a query that moves PostgreSQL's counters past the cast's ids; empty on SQLite, which goes by the rows.

    A test that empties the database lets them begin from 1 again, and other tests' rows would come to the same ids.
    """
    if connection.vendor != "postgresql":
        return ""
    highest: dict[str, int] = {}
    with connection.cursor() as cursor:
        for row in rows:
            table, key = row._meta.db_table, row._meta.pk
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key.column if key else "id"])
            (counter,) = cursor.fetchone()
            if counter:
                highest[counter] = max(highest.get(counter, 0), row.pk)
    moved = (
        f"setval('{counter}', GREATEST({most}, (SELECT last_value FROM {counter})))"
        for counter, most in highest.items()
    )
    return f"SELECT {', '.join(moved)}"


def _inserts(rows: list[models.Model]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield a statement for each kind of row, the kind stored first first. A row holds what it ended as."""
    by_kind: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_kind.setdefault(type(row), []).append(row)
    for kind, alike in by_kind.items():
        query = InsertQuery(kind)
        query.insert_values(kind._meta.concrete_fields, alike, raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
