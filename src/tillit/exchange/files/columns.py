"""What one cell may hold, and how it is read. Every refusal says in plain Norwegian what is wrong and what to write."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tillit.kernel import national_id

Cell = str | int | float | bool | date | datetime | time | Decimal | None
Text = str | Promise


class CellKind(StrEnum):
    """How a cell is read."""

    TEXT = "TEXT"
    CODE = "CODE"
    DATE = "DATE"
    TIME = "TIME"
    WHOLE = "WHOLE"
    DECIMAL = "DECIMAL"
    CHOICE = "CHOICE"
    LIST = "LIST"
    WEEKDAYS = "WEEKDAYS"
    YES_NO = "YES_NO"
    NATIONAL_ID = "NATIONAL_ID"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    code: our name for it. header: what the template calls it. aliases: other names people use.
    choices: what may be written (lower case) → the stored code.
    """

    code: str
    header: Text
    explanation: Text
    kind: CellKind = CellKind.TEXT
    required: bool = False
    example: Cell = ""
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    lowest: float | None = None
    highest: float | None = None
    longest: int = 200


class Unreadable(ValueError):
    """A cell that cannot be read. `text` says what is wrong and what to write."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def plain(header: object) -> str:
    """Return a header in lower case without signs, so that «Født dato:» and «født_dato» are the same."""
    text = unicodedata.normalize("NFC", str(header or "")).casefold()
    return re.sub(r"[^0-9a-zæøåäö]+", " ", text).strip()


def is_empty(cell: Cell) -> bool:
    """Whether nothing was written."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """Return a cell as the text a person sees: 6770 rather than 6770.0."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    return unicodedata.normalize("NFC", str(cell)).strip()


def read(cell: Cell, column: Column) -> object:
    """Return the value of a filled cell, of the type its column asks for.

    Returns None for an empty cell that may be empty. Raises Unreadable with a sentence for the reader.
    """
    if is_empty(cell):
        if column.required:
            raise Unreadable(_("Mangler. Fyll ut denne kolonnen."))
        return None
    return _READERS[column.kind](cell, column)


def _text(cell: Cell, column: Column) -> str:
    text = as_text(cell)
    if len(text) > column.longest:
        raise Unreadable(
            _("Teksten er på %(found)s tegn. Det er plass til %(room)s.") % {"found": len(text), "room": column.longest}
        )
    return text


def _code(cell: Cell, column: Column) -> str:
    return _text(cell, column)


def _date(cell: Cell, column: Column) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = as_text(cell)
    for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
    raise Unreadable(_("«%(text)s» er ikke en dato. Skriv den som 24.11.2026.") % {"text": text})


def _time(cell: Cell, column: Column) -> time:
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:  # a spreadsheet's share of a day
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    text = as_text(cell)
    found = re.fullmatch(r"(\d{1,2})[.:]?(\d{2})(?:[.:]\d{2})?", text)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise Unreadable(_("«%(text)s» er ikke et klokkeslett. Skriv det som 08.15.") % {"text": text})


def _number(cell: Cell) -> Decimal:
    if isinstance(cell, bool | date | time):
        raise InvalidOperation
    text = as_text(cell).replace("\u00a0", "").replace(" ", "").replace("%", "").replace(",", ".")
    found = Decimal(text)
    if not found.is_finite():
        raise InvalidOperation
    return found


def _within(number: Decimal, column: Column) -> Decimal:
    if (column.lowest is not None and number < Decimal(str(column.lowest))) or (
        column.highest is not None and number > Decimal(str(column.highest))
    ):
        raise Unreadable(
            _("%(number)s er utenfor det som går. Skriv et tall fra %(lowest)s til %(highest)s.")
            % {"number": str(number).replace(".", ","), "lowest": column.lowest, "highest": column.highest}
        )
    return number


def _whole(cell: Cell, column: Column) -> int:
    try:
        number = _number(cell)
    except InvalidOperation:
        raise Unreadable(_("«%(text)s» er ikke et tall. Skriv bare sifre.") % {"text": as_text(cell)}) from None
    if number != number.to_integral_value():
        raise Unreadable(_("«%(text)s» er ikke et helt tall.") % {"text": as_text(cell)})
    return int(_within(number, column))


def _decimal(cell: Cell, column: Column) -> Decimal:
    try:
        return _within(_number(cell), column)
    except InvalidOperation:
        raise Unreadable(
            _("«%(text)s» er ikke et tall. Skriv for eksempel 61,9012.") % {"text": as_text(cell)}
        ) from None


def _choice(cell: Cell, column: Column) -> str:
    wanted = plain(as_text(cell))
    for name, code in column.choices.items():
        if wanted in {plain(name), plain(code)}:
            return code
    names = ", ".join({code: name for name, code in reversed(tuple(column.choices.items()))}.values())
    raise Unreadable(
        _("«%(text)s» kjenner vi ikke. Skriv ett av: %(names)s.") % {"text": as_text(cell), "names": names}
    )


def _list(cell: Cell, column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", as_text(cell)) if part.strip()))


_DAYS = (
    ("mandag", "måndag", "monday"),
    ("tirsdag", "tysdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "laurdag", "saturday"),
    ("søndag", "sundag", "sunday"),
)
_DAY_GROUPS = {
    "alle": "1234567", "hver dag": "1234567", "daglig": "1234567", "alle dager": "1234567", "kvar dag": "1234567",
    "dagleg": "1234567", "alle dagar": "1234567", "every day": "1234567", "hverdager": "12345", "hverdag": "12345",
    "kvardagar": "12345", "weekdays": "12345", "helg": "67", "helger": "67", "weekend": "67",
}  # fmt: skip


def _weekdays(cell: Cell, column: Column) -> str:
    text = plain(as_text(cell))
    if text in _DAY_GROUPS:
        return _DAY_GROUPS[text]
    found: set[int] = set()
    for word in re.split(r"[\s]+(?:og\s+)?", text.replace(" til ", "–")):
        if "–" in word:
            first, last = (_day_number(part, as_text(cell)) for part in word.split("–", 1))
            found |= {*range(first, last + 1)} if first <= last else {*range(first, 8), *range(1, last + 1)}
        elif word and word != "og":
            found.add(_day_number(word, as_text(cell)))
    return "".join(str(day) for day in sorted(found))


def _day_number(word: str, whole: str) -> int:
    stripped = re.sub(r"(dag)(er|ar|s)$", r"\1", word).rstrip(".")
    for number, names in enumerate(_DAYS, 1):
        if len(stripped) >= 2 and any(name.startswith(stripped) for name in names):
            return number
    raise Unreadable(
        _("«%(text)s» er ikke dager vi kjenner. Skriv «alle», «hverdager», «helg» eller «man, ons, fre».")
        % {"text": whole}
    )


def _yes_no(cell: Cell, column: Column) -> bool:
    if isinstance(cell, bool):
        return cell
    text = plain(as_text(cell))
    if text in {"ja", "j", "x", "1", "true", "yes"}:
        return True
    if text in {"nei", "n", "0", "false", "no"}:
        return False
    raise Unreadable(_("Skriv ja eller nei, ikke «%(text)s».") % {"text": as_text(cell)})


_ID_REASONS = {
    national_id.UnreadableNationalId.NOT_DIGITS: lambda: _("Fødselsnummeret kan bare ha sifre."),
    national_id.UnreadableNationalId.LENGTH: lambda: _("Fødselsnummeret skal ha 11 sifre. Mangler det en null først?"),
    national_id.UnreadableNationalId.DATE: lambda: _("De seks første sifrene er ingen dato."),
    national_id.UnreadableNationalId.CONTROL: lambda: _("Kontrollsifrene stemmer ikke. Ett av sifrene er feil."),
}


def _national_id(cell: Cell, column: Column) -> national_id.NationalId:
    text = as_text(cell)
    if text.isdigit() and len(text) == 10:  # a spreadsheet that thought it was a number dropped the first zero
        text = f"0{text}"
    try:
        return national_id.read(text)
    except national_id.UnreadableNationalId as wrong:
        raise Unreadable(_ID_REASONS[wrong.reason]()) from None


_READERS = {
    CellKind.TEXT: _text,
    CellKind.CODE: _code,
    CellKind.DATE: _date,
    CellKind.TIME: _time,
    CellKind.WHOLE: _whole,
    CellKind.DECIMAL: _decimal,
    CellKind.CHOICE: _choice,
    CellKind.LIST: _list,
    CellKind.WEEKDAYS: _weekdays,
    CellKind.YES_NO: _yes_no,
    CellKind.NATIONAL_ID: _national_id,
}
