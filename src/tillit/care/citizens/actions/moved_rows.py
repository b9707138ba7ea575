"""Remember what a merge moves, row by row, and put it back. Every app does so for its own tables, by these."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from tillit.care.citizens.models import Merge
from tillit.care.citizens.rules import Fate, MovedRow, Stored, as_stored, fate_of, mark_of

Seen = dict[int, dict[str, Stored]]
"""Row id → what the fields that a merge may change were before it."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table whose rows a merge moves.

    part: its name in `Merge.moved`. moves: the fields a merge may change. watched: fields that say somebody has
    worked with the row since; then it stays. None: every other field.
    """

    part: str
    model: type[Model]
    moves: tuple[str, ...] = ("citizen_id",)
    watched: tuple[str, ...] | None = ()

    @property
    def rest(self) -> tuple[str, ...]:
        """The fields that are watched."""
        if self.watched is not None:
            return self.watched
        return tuple(
            field.attname for field in self.model._meta.concrete_fields if field.attname not in {"id", "citizen_id"}
        )


def look(table: Table, rows: QuerySet[Any]) -> Seen:
    """Return what rows are, before a merge touches them."""
    return {row.pop("pk"): {name: as_stored(row[name]) for name in table.moves} for row in _values(table, rows)}


def remember(merge_id: int, table: Table, seen: Seen) -> None:
    """Keep, with the merge, what it changed in rows that were seen before. Called when it has done its work."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    moved: list[list[object]] = []
    gone = dict(seen)
    for row in _values(table, table.model._default_manager.filter(pk__in=seen)):
        was = gone.pop(row["pk"])
        changed = {name: [was[name], as_stored(row[name])] for name in table.moves if as_stored(row[name]) != was[name]}
        if changed:
            moved.append([row["pk"], changed, mark_of({name: row[name] for name in table.rest})])
    # What it took away (coming visits that no plan in use asks for) cannot come back as it was, and is told.
    moved += [[pk, {name: [value, value] for name, value in was.items()}, ""] for pk, was in gone.items()]
    merge.moved[table.part] = moved
    merge.save(update_fields=["moved"])


def put_back(merge_id: int, table: Table, *, leave: Iterable[int] = ()) -> list[int]:
    """Put back what is as the merge left it, keep with the merge what became of each row, and return ids put back.

    leave: rows that must stay as they are, for a reason the table does not show.
    """
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    moved = [MovedRow(pk, {name: (was, now) for name, (was, now) in fields.items()}, mark)
             for pk, fields, mark in merge.moved.get(table.part, ())]  # fmt: skip
    if not moved:
        return []
    rows = table.model._default_manager.select_for_update(of=("self",)).in_bulk([row.row_id for row in moved])
    stays = frozenset(leave)
    fates: dict[int, Fate] = {}
    wanted: dict[int, dict[str, Stored]] = {}
    for row in moved:
        found = rows.get(row.row_id)
        now = None if found is None else {name: as_stored(getattr(found, name)) for name in row.fields}
        rest = {} if found is None else {name: getattr(found, name) for name in table.rest}
        fate, back = fate_of(row, now, mark=mark_of(rest))
        if row.row_id in stays and found is not None:
            fate, back = Fate.CHANGED, {}
        fates[row.row_id] = fate
        if back:
            wanted[row.row_id] = back
    for pk in _write(table, rows, wanted):
        fates[pk] = Fate.TAKEN
    keep_outcome(merge, table.part, fates.values())
    return sorted(pk for pk, fate in fates.items() if fate in {Fate.BACK, Fate.KEPT})


def move_all(merge_id: int, tables: Iterable[Table], *, wrong_id: int, right_id: int) -> dict[str, list[int]]:
    """Let all rows of the tables hang on another registration, remember what they were, and return the ids by part.

    For tables where nothing but whose they are, and a press both have (`let_go_of_presses`), changes.
    """
    moved: dict[str, list[int]] = {}
    for table in tables:
        rows = table.model._default_manager.filter(citizen_id=wrong_id)
        seen = look(table, rows)
        if "press_key" in table.moves:
            let_go_of_presses(table, wrong_id=wrong_id, right_id=right_id)
        rows.update(citizen_id=right_id)
        remember(merge_id, table, seen)
        moved[table.part] = sorted(seen)
    return moved


def let_go_of_presses(table: Table, *, wrong_id: int, right_id: int) -> None:
    """A press on one phone happened once: a key that both have is let go on the rows that are moved."""
    rows = table.model._default_manager
    keys = rows.filter(citizen_id=right_id).exclude(press_key="").values_list("press_key", flat=True)
    rows.filter(citizen_id=wrong_id, press_key__in=list(keys)).update(press_key="")


def put_back_all(merge_id: int, tables: Iterable[Table]) -> dict[str, list[int]]:
    """Put the rows of several tables back (`put_back`), and return the ids that went, by part."""
    return {table.part: put_back(merge_id, table) for table in tables}


def keep_outcome(merge: Merge, part: str, fates: Iterable[Fate]) -> None:
    """Keep, with the merge, how many rows of a part met which fate."""
    merge.outcome[part] = {fate.value: count for fate, count in sorted(Counter(fates).items())}
    merge.save(update_fields=["outcome"])


def _values(table: Table, rows: QuerySet[Any]) -> Iterable[dict[str, Any]]:
    return rows.order_by("pk").values("pk", *dict.fromkeys((*table.moves, *table.rest)))


def _write(table: Table, rows: Mapping[int, Any], wanted: Mapping[int, Mapping[str, Stored]]) -> list[int]:
    """Write the values, and return the rows whose place somebody else has taken."""
    columns = {field.attname: field for field in table.model._meta.concrete_fields}
    changed = []
    for pk, back in wanted.items():
        for name, was in back.items():
            setattr(rows[pk], name, columns[name].to_python(was))
        changed.append(rows[pk])
    fields = sorted({columns[name].name for back in wanted.values() for name in back})
    if not changed:
        return []
    try:
        with transaction.atomic():
            table.model._default_manager.bulk_update(changed, fields, batch_size=200)
    except IntegrityError:
        return [row.pk for row in changed if not _saved(row, fields)]
    return []


def _saved(row: Any, fields: list[str]) -> bool:
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError:
        return False
    return True
