"""Open a workbook or a CSV file and hand out its tables as plain cells. Knows nothing of what they mean.

Protected against what a spreadsheet can hide: the unpacked size is bounded (zip bombs), external links and macros
are never followed, and openpyxl reads XML without entities.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tillit.exchange.files.columns import Cell, is_empty

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100


class UnreadableFile(ValueError):
    """The file as a whole cannot be read. `text` says why and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as found: its name, its header, and its rows with the number a person sees in the spreadsheet."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read(name: str, content: bytes) -> list[Table]:
    """Return the tables of a file with at least a header row; empty sheets are left out.

    name: the file's own name; its ending says how to read it. Raises UnreadableFile.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableFile(_("Fila er større enn 25 MB. Del den i flere."))
    ending = PurePath(name).suffix.lower()
    if ending in {".xlsx", ".xlsm"}:
        tables = _workbook(content)
    elif ending in {".csv", ".txt", ".tsv"}:
        tables = [_separated(PurePath(name).stem, content)]
    elif ending == ".xls":
        raise UnreadableFile(_("Dette er Excels gamle format. Åpne fila, velg Lagre som, og velg .xlsx."))
    else:
        raise UnreadableFile(_("Vi leser Excel (.xlsx) og CSV. Lagre fila i ett av de formatene."))
    found = [table for table in tables if table.header]
    if not found:
        raise UnreadableFile(_("Fila er tom. Den skal ha overskrifter i øverste rad."))
    return found


def _workbook(content: bytes) -> list[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise UnreadableFile(_("Fila er mye større utpakket enn den ser ut til. Vi åpner den ikke."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError):
        raise UnreadableFile(
            _("Fila kan ikke åpnes som regneark. Er den skadet eller beskyttet med passord?")
        ) from None
    try:
        return [_table(sheet.title, list(_cells(sheet))) for sheet in book.worksheets]
    except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, SyntaxError):
        raise UnreadableFile(_("Fila er skadet. Åpne den i regnearket og lagre den på nytt.")) from None
    finally:
        book.close()


def _cells(sheet: object) -> Sequence[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    empty = 0
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):  # type: ignore[attr-defined]
        if len(rows) > MOST_ROWS:
            raise UnreadableFile(_("Arket har mer enn 200 000 rader. Del det i flere filer."))
        empty = empty + 1 if all(is_empty(cell) for cell in row) else 0
        rows.append(tuple(row))
        if empty > 1000:  # a formatted but empty tail
            break
    return rows


def _separated(name: str, content: bytes) -> Table:
    text = _decoded(content)
    first_line = text.split("\n", 1)[0]
    separator = max(";\t,", key=first_line.count)
    try:
        rows = [tuple(row[:MOST_COLUMNS]) for row in csv.reader(io.StringIO(text), delimiter=separator, strict=False)]
    except csv.Error:
        raise UnreadableFile(_("Fila kan ikke leses som CSV. Lagre den på nytt fra regnearket.")) from None
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(_("Fila har mer enn 200 000 rader. Del den i flere."))
    return _table(name, rows)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _table(name: str, rows: Sequence[tuple[Cell, ...]]) -> Table:
    """The first filled row is the header; wholly empty rows are passed over but counted."""
    for number, row in enumerate(rows):
        if all(is_empty(cell) for cell in row):
            continue
        header = tuple("" if is_empty(cell) else str(cell).strip() for cell in row)
        body = tuple(
            (at + 1, tuple(cells))
            for at, cells in enumerate(rows[number + 1 :], number + 1)
            if not all(is_empty(cell) for cell in cells)
        )
        return Table(name, header, body)
    return Table(name, (), ())
