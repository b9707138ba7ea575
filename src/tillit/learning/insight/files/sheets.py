"""The numbers as CSV and as a workbook. A text never becomes a formula in somebody's spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tillit.kernel.cells import safe_text
from tillit.learning.insight.files.rows import Cell, Header

_HEAD = Font(bold=True)
BOM = "\ufeff"


def as_csv(headers: Sequence[Header], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return semicolons and decimal commas in UTF-8, as a Norwegian spreadsheet and `tillit measures` read them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(header.name) for header in headers])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return (BOM + buffer.getvalue()).encode()


def as_workbook(headers: Sequence[Header], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet; numbers are numbers and days are days."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_("Tallene"))
    page.freeze_panes = "A2"
    for number, header in enumerate(headers, 1):
        page.column_dimensions[get_column_letter(number)].width = header.width
    head = []
    for header in headers:
        cell = WriteOnlyCell(page, value=safe_text(header.name))
        cell.font = _HEAD
        head.append(cell)
    page.append(head)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(page)
            cell.value = safe_text(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.number_format = "@"
            elif isinstance(value, date):
                cell.number_format = "dd.mm.yyyy"
            cells.append(cell)
        page.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case float():
            return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
        case date():
            return cell.isoformat()
        case str():
            return safe_text(cell)
    return str(cell)
