"""What a merge moved, row by row, and what of it can be put back when the merge was a mistake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

Stored = str | int | bool | None
"""A value as it is kept: days and moments in ISO 8601."""


class Fate(StrEnum):
    """What becomes of a row when its merge is undone."""

    BACK = "back"  # as it was before the merge
    KEPT = "kept"  # goes back, with something that people have changed since
    CHANGED = "changed"  # changed since, so it stays
    GONE = "gone"  # not there any more
    TAKEN = "taken"  # something new stands where it stood


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One row of a table that a merge changed. fields: name → (what it was, what the merge made it).

    mark: of the rest of the row as the merge left it (`mark_of`); empty when the rest does not matter.
    """

    row_id: int
    fields: Mapping[str, tuple[Stored, Stored]]
    mark: str = ""


def as_stored(value: object) -> Stored:
    """Return a value as it is kept."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)


def mark_of(values: Mapping[str, object]) -> str:
    """Return a short mark of a row's values: another value, another mark. The values themselves are not kept."""
    if not values:
        return ""
    told = [(name, as_stored(values[name])) for name in sorted(values)]
    return sha256(repr(told).encode()).hexdigest()[:16]


def fate_of(row: MovedRow, now: Mapping[str, Stored] | None, *, mark: str = "") -> tuple[Fate, dict[str, Stored]]:
    """Return what becomes of a row, and which values it gets back.

    now: the same fields as they stand; None when the row is gone. mark: of the rest of the row as it stands.
    A field is put back only when it stands as the merge left it. A row that hangs elsewhere by now, or whose rest has
    changed, stays whole: what was written since was written about the one it hangs on.
    """
    if now is None:
        return Fate.GONE, {}
    if mark != row.mark or _hangs_elsewhere(row, now):
        return Fate.CHANGED, {}
    back = {name: was for name, (was, became) in row.fields.items() if now[name] == became}
    if not back:
        return Fate.CHANGED, {}
    return (Fate.BACK if len(back) == len(row.fields) else Fate.KEPT), back


def _hangs_elsewhere(row: MovedRow, now: Mapping[str, Stored]) -> bool:
    return any(name == "citizen_id" and now[name] != became for name, (_was, became) in row.fields.items())
