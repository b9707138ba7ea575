"""Writes many rows with ids of its own, in bounded memory, faster than the ORM.

Every row gets the next number of its table, so that ids never depend on the database. Columns that are not given get
the field's default. SQLite is fed with `executemany`, PostgreSQL with COPY.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from tillit.foundation.keeping.fields import BlindIndexField, SealedBytesField, SealedField

Convert = Callable[[Any], Any]


class _Table:
    """The rows of one model that wait to be written."""

    def __init__(self, model: type[models.Model], first_id: int) -> None:
        self.model = model
        self.next_id = first_id
        self.rows: list[tuple[Any, ...]] = []
        self.written = 0
        self.counted = 0
        fields = model._meta.concrete_fields
        self.columns = tuple(str(field.column) for field in fields)
        self.known = frozenset(field.attname for field in fields)
        self.plan = tuple((field.attname, _default_of(field), _converter(field)) for field in fields)

    def add(self, values: Mapping[str, Any]) -> int:
        """Take one row and return its id."""
        if not values.keys() <= self.known:
            raise LookupError(f"{self.model.__name__} has no {sorted(values.keys() - self.known)}")
        number = self.next_id
        self.next_id = number + 1
        row = []
        for name, default, convert in self.plan:
            value = values.get(name, default) if name != "id" else number
            row.append(convert(value) if convert is not None and value is not None else value)
        self.rows.append(tuple(row))
        return number

    def change_last(self, values: Mapping[str, Any]) -> None:
        """Give columns of the newest row other values."""
        self.rows[-1] = tuple(
            (convert(values[name]) if convert is not None else values[name]) if name in values else old
            for old, (name, _, convert) in zip(self.rows[-1], self.plan, strict=True)
        )


class Store:
    """Where the town is written. `flush` empties the buffers; the caller holds the transaction."""

    #: Rows of one table in memory before they are written.
    BATCH = 10_000
    #: PostgreSQL plans well for fewer rows than this without having counted them.
    WORTH_COUNTING = 500

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], _Table] = {}

    def add(self, model: type[models.Model], /, **values: Any) -> int:
        """Store a row with these column values (`unit_id`, not `unit`) and return its id."""
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = _Table(model, _first_free_id(model))
        number = table.add(values)
        if len(table.rows) > self.BATCH:
            _write(table, keep=1)
        return number

    def change_last(self, model: type[models.Model], /, **values: Any) -> None:
        """Change columns of the row that was added last and is not written yet."""
        self._tables[model].change_last(values)

    def flush(self) -> None:
        """Write what waits, in the order in which the tables were met."""
        for table in self._tables.values():
            if table.rows:
                _write(table)
        if connection.vendor == "postgresql":
            self._count_again()

    def _count_again(self) -> None:
        """Let PostgreSQL see how large the tables have become: what the story asks is in the same transaction still."""
        with connection.cursor() as cursor:
            for table in self._tables.values():
                if table.written >= 2 * max(table.counted, self.WORTH_COUNTING):
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(str(table.model._meta.db_table))}")
                    table.counted = table.written

    def counts(self) -> dict[str, int]:
        """Return how many rows each table was given, by the table's name."""
        found = {table.model._meta.db_table: table.written + len(table.rows) for table in self._tables.values()}
        return dict(sorted(found.items()))

    def close(self) -> None:
        """Write the rest and let the database number on after our ids."""
        self.flush()
        statements = connection.ops.sequence_reset_sql(no_style(), list(self._tables))
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _write(table: _Table, *, keep: int = 0) -> None:
    """Write the rows that wait; `keep` of the newest stay in memory, for `change_last`."""
    count = len(table.rows) - keep
    rows, table.rows = table.rows[:count], table.rows[count:]
    table.written += len(rows)
    name = connection.ops.quote_name(str(table.model._meta.db_table))
    columns = ", ".join(connection.ops.quote_name(column) for column in table.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(table.columns))
        cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)  # noqa: S608 – names from models


def _first_free_id(model: type[models.Model]) -> int:
    highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
    return int(highest or 0) + 1


def _default_of(field: models.Field[Any, Any]) -> Any:
    if field.primary_key:
        return None
    return field.get_default() if field.has_default() or not field.null else None


def _converter(field: models.Field[Any, Any]) -> Convert | None:
    if isinstance(field, SealedField | BlindIndexField | SealedBytesField):
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True)
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _sqlite_moment
    if isinstance(field, models.DateField):
        return date.isoformat
    if isinstance(field, models.TimeField):
        return time.isoformat
    if isinstance(field, models.DecimalField):
        places = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: str(Decimal(value).quantize(places))
    return None


_moments: dict[datetime, str] = {}


def _sqlite_moment(value: datetime) -> str:
    known = _moments.get(value)
    if known is None:
        if len(_moments) > 200_000:
            _moments.clear()
        known = _moments[value] = str(value.astimezone(UTC).replace(tzinfo=None))
    return known
