"""Seal everything with the newest keys: in the background, some rows at a time, from where it stopped last."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs.models import Job
from tillit.foundation.jobs.progress import Progress, Stopped, ask, kind
from tillit.foundation.keeping import keys
from tillit.foundation.keeping.fields import BlindIndexField, SealedBytesField, SealedField
from tillit.foundation.keeping.permissions import KEEP_KEYS

AT_ONCE = 500
EVERYWHERE = Scope(("",))
ROTATE = "keeping.rotate"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is sealed, or holds indexes of one that is."""

    field: SealedField | SealedBytesField | BlindIndexField

    @property
    def key_kind(self) -> str:
        """Which kind of key it is written with."""
        return keys.INDEX if isinstance(self.field, BlindIndexField) else keys.SEAL

    @property
    def table(self) -> str:
        """The table's quoted name."""
        return connection.ops.quote_name(str(self.field.model._meta.db_table))

    @property
    def name(self) -> str:
        """The column's quoted name."""
        return connection.ops.quote_name(str(self.field.column))

    def begins(self, key_id: str) -> str | bytes:
        """Return what every value written with a key begins with."""
        if isinstance(self.field, BlindIndexField):
            return f"{key_id}:"
        text = f"1.{key_id}."
        return text.encode() if isinstance(self.field, SealedBytesField) else text


def columns() -> list[Column]:
    """Return every sealed or indexed column there is."""
    return [
        Column(field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField | SealedBytesField | BlindIndexField)
    ]


def uses() -> dict[tuple[str, str], int]:
    """Return how many values are written with each key, by kind and id. Keys in the file that nothing uses have 0."""
    found = {(kind, key_id): 0 for kind in keys.KINDS for key_id in keys.data_keys().by_kind[kind]}
    for column in columns():
        for kind_, key_id in list(found):
            if kind_ == column.key_kind:
                found[kind_, key_id] += _count(column, column.begins(key_id), same=True)
    return found


def left() -> int:
    """Return how many values are not written with the newest keys."""
    return sum(_count(column, _newest(column), same=False) for column in columns())


@transaction.atomic
def ask_to_rotate(*, actor: Actor, at: datetime) -> Job:
    """Ask for everything to be sealed with the newest keys. Raises NotAllowed."""
    require(actor, KEEP_KEYS, EVERYWHERE)
    job = ask(actor=actor, name=ROTATE, unit_path="", order={}, at=at)
    audit.record(actor, KEEP_KEYS, f"job:{job.pk}", EVERYWHERE, at=at, change={"rotate": "asked"})
    return job


@kind(ROTATE)
def rotate(progress: Progress) -> dict[str, object]:
    """Do the work of `ask_to_rotate`. Stopped or broken off, the next round takes what is left."""
    total, done = left(), 0
    for step in reseal():
        done += step
        progress.say(min(done, total), total)
        if progress.should_stop():
            raise Stopped
    return {"values": done}


def reseal() -> Iterator[int]:
    """Seal and index with the newest keys what is not. Yields after each transaction how many values it changed."""
    for column in columns():
        after = 0
        while ids := _ids(column, after):
            yield _reseal(column, ids)
            after = ids[-1]


def _reseal(column: Column, ids: list[int]) -> int:
    """Read through the model, which opens; write the column alone, which closes with the newest key."""
    model, field = column.field.model, column.field
    source = field.of if isinstance(field, BlindIndexField) else field.attname
    manager = model._base_manager
    with transaction.atomic():
        rows = manager.filter(pk__in=ids).select_for_update().values_list("pk", source)
        values = [(_stored(field, value), pk) for pk, value in rows]
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {column.table} SET {column.name} = %s WHERE id = %s", values)  # noqa: S608 - own names
    return len(values)


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _newest(column: Column) -> str | bytes:
    return column.begins(keys.data_keys().newest(column.key_kind)[0])


def _where(column: Column, *, same: bool) -> str:
    return f"length({column.name}) > 0 AND substr({column.name}, 1, %s) {'=' if same else '<>'} %s"


def _count(column: Column, begins: str | bytes, *, same: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {column.table} WHERE {_where(column, same=same)}",  # noqa: S608 - own names
            [len(begins), begins],
        )
        return int(cursor.fetchone()[0])


def _ids(column: Column, after: int) -> list[int]:
    begins = _newest(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {column.table} WHERE id > %s AND {_where(column, same=False)} "  # noqa: S608 - own names
            f"ORDER BY id LIMIT {AT_ONCE}",
            [after, len(begins), begins],
        )
        return [int(row[0]) for row in cursor.fetchall()]


_needs: list[Callable[[str, str], bool]] = []


def register_need(need: Callable[[str, str], bool]) -> None:
    """Let an upper floor say whether something outside the columns still needs a key, by kind and id."""
    if need not in _needs:
        _needs.append(need)


def may_drop(kind_: str, key_id: str) -> bool:
    """Whether nothing is written with the key or still to come that needs it, and another one is in use."""
    known = keys.data_keys()
    if key_id not in known.by_kind[kind_] or known.newest(kind_)[0] == key_id:
        return False
    return uses()[kind_, key_id] == 0 and not any(need(kind_, key_id) for need in _needs)
