"""Make workbooks: the templates to download, and the export in the same shape.

Texts that begin as a formula would are written as text: a name never becomes a formula in somebody's spreadsheet.
"""

import io
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from tillit.exchange.files.sheets import SHEETS, Sheet
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import Competence
from tillit.kernel.cells import safe

_HEAD = Font(bold=True)
_REQUIRED = PatternFill("solid", fgColor="D9E8EC")


def template(sheets: Sequence[Sheet] = SHEETS) -> bytes:
    """Return a workbook with one empty sheet each, an example row, and a page that explains every column."""
    return _build({sheet.code: ([_example(sheet)]) for sheet in sheets}, sheets, with_guide=True)


def export(rows: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """Return a workbook with the given sheets, columns in the template's order."""
    sheets = [sheet for sheet in SHEETS if sheet.code in rows]
    return _build(rows, sheets, with_guide=False)


def _example(sheet: Sheet) -> list[object]:
    return [column.example for column in sheet.columns]


def _build(rows: Mapping[str, Iterable[Sequence[object]]], sheets: Sequence[Sheet], *, with_guide: bool) -> bytes:
    book = Workbook(write_only=True)
    if with_guide:
        _guide(book, sheets)
    for sheet in sheets:
        page = book.create_sheet(str(sheet.name))
        page.freeze_panes = "A2"
        for number, column in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(number)].width = max(14, len(str(column.header)) + 4)
        head = []
        for column in sheet.columns:
            cell = WriteOnlyCell(page, value=str(column.header))
            cell.font = _HEAD
            if column.required:
                cell.fill = _REQUIRED
            if str(column.explanation):
                cell.comment = Comment(str(column.explanation), "Tillit")
            head.append(cell)
        page.append(head)
        for row in rows.get(sheet.code, ()):
            page.append([_cell(page, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(page: WriteOnlyWorksheet, value: object) -> object:
    if isinstance(value, str) and value:
        cell = WriteOnlyCell(page, value=str(safe(value)))
        cell.number_format = "@"
        return cell
    return value


def _guide(book: Workbook, sheets: Sequence[Sheet]) -> None:
    page = book.create_sheet(_("Les meg"))
    for letter, width in zip("ABCD", (16, 26, 14, 90), strict=True):
        page.column_dimensions[letter].width = width
    page.append([_("Slik fyller du ut")])
    page.append(
        [_("Kolonner med farge må fylles ut. Rekkefølgen er fri, og egne kolonner kan stå. Slett eksempelraden.")]
    )
    page.append([])
    for sheet in sheets:
        title = WriteOnlyCell(page, value=str(sheet.name))
        title.font = _HEAD
        page.append([title, None, None, str(sheet.purpose)])
        for column in sheet.columns:
            text = WriteOnlyCell(page, value=_explained(str(column.explanation), column.choices))
            text.alignment = Alignment(wrap_text=True)
            page.append([None, str(column.header), _("må fylles ut") if column.required else "", text])
        page.append([])
    page.append([_("Kompetanse"), _("Kode"), None, _("Navn")])
    shipped = {entry.code: entry.name for entry in COMPETENCES}
    for code, name in sorted((shipped | dict(Competence.objects.values_list("code", "name"))).items()):
        page.append([None, safe(code), None, safe(name)])


def _explained(text: str, choices: Mapping[str, str]) -> str:
    return text or ", ".join(choices)
