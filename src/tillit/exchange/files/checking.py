"""Read all rows of a sheet into values, and list every problem by row and column. Pure: looks at no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tillit.exchange.files.columns import Unreadable, as_text, read
from tillit.exchange.files.reading import Table
from tillit.exchange.files.sheets import Sheet

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where: sheet, row as numbered in the spreadsheet (0: the sheet as a whole), column, text.

    stops: False is a warning: the row is written all the same.
    """

    sheet: str
    row: int
    column: str
    text: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One readable row: its number in the spreadsheet and its values by column code."""

    number: int
    values: Values

    def day(self, code: str) -> date | None:
        """Return the day in a column; None where the cell is empty."""
        found = self.values[code]
        return found if isinstance(found, date) else None

    def texts(self, code: str) -> tuple[str, ...]:
        """Return the list in a column; empty where the cell is."""
        found = self.values[code]
        return found if isinstance(found, tuple) else ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out of a sheet."""

    sheet: Sheet
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    total: int
    named: frozenset[str] = frozenset()
    """The first key of every row, also of those that cannot be read: other sheets may point at them."""
    unread: frozenset[str] = frozenset()
    """The first key of the rows that cannot be read."""


def check(table: Table, sheet: Sheet, mapping: Mapping[str, int]) -> Checked:
    """Return the readable rows and all problems of one table. A row with a stopping problem is left out."""
    missing = [column for column in sheet.columns if column.required and column.code not in mapping]
    if missing:
        names = ", ".join(f"«{column.header}»" for column in missing)
        problem = Problem(
            sheet.code, 0, "", _("Arket mangler kolonnen %(names)s. Velg hvilken kolonne det er.") % {"names": names}
        )
        return Checked(sheet, (), (problem,), len(table.rows))
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {}
    at = mapping[sheet.key[0]]
    unread: set[str] = set()
    for number, cells in table.rows:
        values, wrong = _read_row(number, cells, sheet, mapping)
        wrong += _twice(number, values, sheet, seen) if not wrong else []
        problems += wrong
        if not wrong:
            rows.append(Row(number, values))
        elif at < len(cells):
            unread.add(as_text(cells[at]))
    named = frozenset(as_text(cells[at]) for _at, cells in table.rows if at < len(cells)) - {""}
    return Checked(sheet, tuple(rows), tuple(problems), len(table.rows), named, frozenset(unread))


def _read_row(
    number: int, cells: Sequence[object], sheet: Sheet, mapping: Mapping[str, int]
) -> tuple[Values, list[Problem]]:
    values: Values = {}
    wrong: list[Problem] = []
    for column in sheet.columns:
        at = mapping.get(column.code)
        cell = cells[at] if at is not None and at < len(cells) else None
        try:
            values[column.code] = read(cell, column)  # type: ignore[arg-type]
        except Unreadable as refusal:
            wrong.append(Problem(sheet.code, number, str(column.header), refusal.text))
    return values, wrong


def _twice(number: int, values: Values, sheet: Sheet, seen: dict[tuple[str, ...], int]) -> list[Problem]:
    key = tuple(as_text(values.get(code)).casefold() for code in sheet.key)  # type: ignore[arg-type]
    if key in seen:
        return [
            Problem(
                sheet.code,
                number,
                str(sheet.column(sheet.key[0]).header),
                _("Den samme raden står også i rad %(row)s. Behold én av dem.") % {"row": seen[key]},
            )
        ]
    seen[key] = number
    return []
