"""Open a workbook or a CSV file and hand out its tables as plain cells. Knows nothing of what they mean.

Protected against what a spreadsheet can hide. Before anything is opened, the parts of the workbook are looked at: how
many, how large unpacked and how tightly packed (zip bombs), and none may declare a document type, without which there
are no entities (XML attacks). External links and macros are never followed.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tillit.exchange.files.columns import Cell, is_empty

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED_BYTES = 300 * 1024 * 1024
MOST_TIMES_PACKED = 150
"""Times larger unpacked than packed, at most, for a part above a megabyte. Real sheets pack ten to forty times."""
MOST_PARTS = 2_000
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


def refuse_too_large(sizes: Sequence[int]) -> None:
    """Raise UnreadableFile when the files are more than we take, before any of them is read into memory."""
    if sum(sizes) > MOST_BYTES:
        raise UnreadableFile(_("Filene er større enn 25 MB til sammen. Les dem inn i flere omganger."))


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
        _look_through(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except UnreadableFile:
        raise
    except _UNREADABLE:
        raise UnreadableFile(
            _("Fila kan ikke åpnes som regneark. Er den skadet eller beskyttet med passord?")
        ) from None
    try:
        return [_table(sheet.title, list(_cells(sheet))) for sheet in book.worksheets]
    except UnreadableFile:
        raise
    except _UNREADABLE:
        raise UnreadableFile(_("Fila er skadet. Åpne den i regnearket og lagre den på nytt.")) from None
    finally:
        book.close()


_UNREADABLE = (
    zipfile.BadZipFile, InvalidFileException, zlib.error, SyntaxError, LookupError, ValueError, OSError, EOFError,
    NotImplementedError, TypeError, AttributeError, RuntimeError, OverflowError,
)  # fmt: skip
"""What openpyxl and zipfile raise for a file that is not what it says: damaged, encrypted, or made to deceive."""


def _look_through(content: bytes) -> None:
    """Raise UnreadableFile for a workbook that would fill the memory or declares entities. Unpacks almost nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if (
            len(parts) > MOST_PARTS
            or len({part.filename for part in parts}) < len(parts)
            or sum(part.compress_size for part in parts) > len(content)  # parts that lie over one another
            or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES
            or any(
                part.file_size > 1024 * 1024 and part.file_size > part.compress_size * MOST_TIMES_PACKED
                for part in parts
            )
        ):
            raise UnreadableFile(_("Fila er mye større utpakket enn den ser ut til. Vi åpner den ikke."))
        for part in parts:
            if not part.is_dir():
                with archive.open(part) as opened:
                    _refuse_document_type(opened)


def _refuse_document_type(opened: IO[bytes]) -> None:
    """Raise UnreadableFile when an XML part declares a document type. That can only stand before the first element.

    Read by the parser itself, so that no encoding hides it. What is not XML is left alone: it is never parsed.
    """
    parser = expat.ParserCreate()
    begun: list[bool] = []

    def declared(*_declaration: object) -> None:
        raise UnreadableFile(_("Fila har noe i seg som ikke hører hjemme i et regneark. Vi åpner den ikke."))

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda *_element: begun.append(True)
    try:
        while not begun and (piece := opened.read(4096)):
            parser.Parse(piece, False)
    except expat.ExpatError:
        return


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
    if "\x00" in text:
        raise UnreadableFile(_("Fila kan ikke leses som CSV. Lagre den på nytt fra regnearket."))
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
