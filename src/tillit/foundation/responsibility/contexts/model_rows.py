"""The rows of a model's table, as they are read or edited (R04)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import ngettext

from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.catalogue import BY_CODE, GROUP_NAMES, RESPONSIBILITIES, Group
from tillit.foundation.responsibility.contexts.models_page import holder_part
from tillit.foundation.responsibility.rules.tables import UNDECIDED, Cell
from tillit.ui.parts import Holder


@dataclass(frozen=True, slots=True)
class HolderOption:
    """A line in the menu of holders."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the same cell meanwhile. What was chosen stands in the form; this is what is stored."""

    text: str
    stored: Holder


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One row of the table."""

    row_id: str
    code: str
    task: str
    original: Holder | None = field(metadata={"help": "None for a shipped model: it is the original"})
    now: Holder
    differs: bool = field(metadata={"help": "Others hold it than in the original"})
    terms_differ: bool = field(metadata={"help": "The same hold it, on other terms"})
    holder: str = field(metadata={"help": "Chosen in the menu"})
    note: str
    weeks: str
    edition: int
    action: str = field(metadata={"help": "Where a change is posted; empty when the table is only read"})
    opened: bool = field(metadata={"help": "The terms are open"})
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class EditedGroup:
    """Rows under one heading."""

    title: str
    note: str
    rows: tuple[EditedRow, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody tried to store in a cell, kept when it was refused."""

    code: str
    cell: Cell
    text: str
    seen_change: int = 0


def group_of(
    group: Group,
    first: Mapping[str, Cell] | None,
    table: Mapping[str, Cell],
    rows: Mapping[str, queries.RowLine],
    version_id: int,
    is_edited: bool,
    typed: Typed | None,
    opened: str,
) -> EditedGroup:
    drawn = tuple(
        _row(entry.code, first, table, rows, version_id, is_edited, typed, opened)
        for entry in RESPONSIBILITIES
        if entry.group is group
    )
    count = sum(row.differs for row in drawn)
    note = ""
    if first is not None:
        note = (
            ngettext("%(count)s av %(all)s er endret", "%(count)s av %(all)s er endret", count)
            % {"count": count, "all": len(drawn)}
            if count
            else ngettext("%(all)s lik", "%(all)s like", len(drawn)) % {"all": len(drawn)}
        )
    return EditedGroup(str(GROUP_NAMES[group]), note, drawn)


def _row(
    code: str,
    first: Mapping[str, Cell] | None,
    table: Mapping[str, Cell],
    rows: Mapping[str, queries.RowLine],
    version_id: int,
    is_edited: bool,
    typed: Typed | None,
    opened: str,
) -> EditedRow:
    stored = table.get(code, UNDECIDED)
    refused = typed if typed is not None and typed.code == code else None
    shown = refused.cell if refused else stored
    before = first.get(code, UNDECIDED) if first is not None else None
    return EditedRow(
        row_id=f"rad-{code.lower()}",
        code=code,
        task=str(BY_CODE[code].text),
        original=holder_part(before) if before is not None else None,
        now=holder_part(stored),
        differs=before is not None and before.holder != stored.holder,
        terms_differ=before is not None and before.holder == stored.holder and before != stored,
        holder=shown.holder,
        note=shown.note,
        weeks="" if shown.weeks is None else str(shown.weeks),
        edition=rows[code].edition if code in rows else 1,
        action=reverse("responsibility:change-cell", args=[version_id, code]) if is_edited else "",
        opened=bool(refused) or opened == code,
        conflict=Conflict(refused.text, holder_part(stored)) if refused else None,
    )
