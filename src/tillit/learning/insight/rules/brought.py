"""Figures that Tillit does not count, as somebody pastes them from a sheet: read line by line, and what is wrong.

They are from before Tillit, or of what lies in the accounts and the wage system (`Indicator.brought`).

docs/how-we-count/brought-in.md says which columns there are, and what is asked of each.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from measures.answer import ratio
from tillit.learning.insight.rules import periods
from tillit.learning.insight.rules.indicators import Indicator, Step, Unit

#: What a column may be called, in lower case.
COLUMNS: Final = {
    "indikator": "code", "tall": "code", "kode": "code", "team": "unit", "enhet": "unit", "eining": "unit",
    "periode": "period", "måned": "period", "månad": "period", "uke": "period", "veke": "period", "verdi": "value",
    "antall": "n", "antal": "n", "n": "n", "teller": "numerator", "teljar": "numerator", "nevner": "denominator",
    "nemnar": "denominator",
}  # fmt: skip
NEEDED: Final = {"code": "indikator", "period": "periode", "value": "verdi", "n": "antall"}
#: A sheet with both of these needs no value: that is the one through the other.
PARTS: Final = ("numerator", "denominator")
#: Lines in one go, and how far back they may lie.
MOST_LINES: Final = 2000
OLDEST: Final = date(2000, 1, 1)
#: How far a share may lie from numerator / denominator: it may be rounded to a whole per cent.
ROUNDED: Final = 0.0051
MONTHS: Final = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
#: Written for a value that was wrong and is taken back.
TAKEN_BACK: Final = ("-", "–", "−")
#: How many a value may rest on.
MOST_BEHIND: Final = 10_000_000
#: «1.234.567» is a number in a sheet and 1.234 in another: it is asked about instead of guessed.
_DOTTED: Final = re.compile(r"-?\d{1,3}(\.\d{3})+")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


class Wrong(StrEnum):
    """What may be wrong with a line, or with all of it (EMPTY, COLUMN, MANY)."""

    EMPTY = "EMPTY"
    COLUMN = "COLUMN"
    MANY = "MANY"
    INDICATOR = "INDICATOR"
    UNIT = "UNIT"
    MONTH = "MONTH"
    WEEK = "WEEK"
    NOT_OVER = "NOT_OVER"
    TOO_OLD = "TOO_OLD"
    VALUE = "VALUE"
    SHARE = "SHARE"
    MOST = "MOST"
    COUNT = "COUNT"
    PARTS = "PARTS"
    PARTS_DIFFER = "PARTS_DIFFER"
    PARTS_LACK = "PARTS_LACK"
    DOTS = "DOTS"
    TWICE = "TWICE"
    COUNTED = "COUNTED"
    SUMMED = "SUMMED"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and what stands there. line: as the sheet counts them, from 1; 0: all of it."""

    line: int
    kind: Wrong
    word: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """One figure as it was pasted. Shares are 0–1. value: None when it is taken back."""

    line: int
    code: str
    unit_id: int
    starts_on: date
    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None

    @property
    def key(self) -> tuple[str, int, date]:
        """What it is a figure of."""
        return self.code, self.unit_id, self.starts_on


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read. rows are of use only when there are no faults: all or nothing.

    empty: lines of the ready-made sheet that nobody has written anything in.
    """

    rows: tuple[Brought, ...]
    faults: tuple[Fault, ...] = field(default=())
    empty: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may name. units: number by name in lower case; own: the unit of a line that names none."""

    indicators: Sequence[Indicator]
    units: Mapping[str, int]
    own: int
    today: date


def read(text: str, known: Known) -> Sheet:
    """Return the figures of a pasted sheet, and everything that is wrong with it, in the order of the lines.

    The first line names the columns; tab, semicolon or comma between them. Decimal comma or point.
    """
    lines = list(_cells(text))
    if len(lines) < 2:
        return Sheet((), (Fault(0, Wrong.EMPTY),))
    if len(lines) > MOST_LINES + 1:
        return Sheet((), (Fault(0, Wrong.MANY, str(MOST_LINES)),))
    names = [COLUMNS.get(cell.strip().casefold(), "") for cell in lines[0][1]]
    needed = {name: word for name, word in NEEDED.items() if name != "value" or not {*PARTS} <= {*names}}
    lacking = [word for name, word in needed.items() if name not in names]
    if lacking:
        return Sheet((), tuple(Fault(0, Wrong.COLUMN, word) for word in lacking))
    rows: list[Brought] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, int, date], int] = {}
    empty = 0
    for number, cells in lines[1:]:
        found = _line(number, dict(zip(names, (cell.strip() for cell in cells), strict=False)), known)
        if found is None:
            empty += 1
        elif isinstance(found, Fault):
            faults.append(found)
        elif found.key in seen:
            faults.append(Fault(number, Wrong.TWICE, str(seen[found.key])))
        else:
            seen[found.key] = number
            rows.append(found)
    if empty and not rows and not faults:
        faults.append(Fault(0, Wrong.EMPTY))
    return Sheet(tuple(rows), tuple(faults), empty)


def _cells(text: str) -> Iterable[tuple[int, list[str]]]:
    lines = text.lstrip("\ufeff").splitlines()
    head = next((line for line in lines if line.strip()), "")
    between = next((sign for sign in ("\t", ";", ",") if sign in head), ";")
    for number, line in enumerate(lines, start=1):
        if line.strip(" \t;,"):
            yield number, next(csv.reader([line], delimiter=between))


def _line(number: int, said: Mapping[str, str], known: Known) -> Brought | Fault | None:
    """Return the figure of a line, or the first thing that is wrong with it; None: nothing is written in it yet."""
    asked = said.get("code", "").casefold()
    one = next((each for each in known.indicators if asked in (each.code.casefold(), each.name.casefold())), None)
    if one is None:
        return Fault(number, Wrong.INDICATOR, said.get("code", ""))
    if one.brought and not any(said.get(name) for name in ("value", "n", *PARTS)):
        return None
    unit = said.get("unit", "")
    unit_id = known.units.get(unit.casefold()) if unit else known.own
    if unit_id is None:
        return Fault(number, Wrong.UNIT, unit)
    period = said.get("period", "")
    starts_on = _week(period) if one.step is Step.WEEK else _month(period)
    if starts_on is None:
        return Fault(number, Wrong.WEEK if one.step is Step.WEEK else Wrong.MONTH, period)
    if periods.end(one.step, starts_on) > known.today:
        return Fault(number, Wrong.NOT_OVER, period)
    if starts_on < OLDEST:
        return Fault(number, Wrong.TOO_OLD, period)
    if said.get("value", "") in TAKEN_BACK or (one.brought and said.get("numerator", "") in TAKEN_BACK):
        return Brought(number, one.code, unit_id, starts_on, None, 0)
    return (
        _of_parts(number, said, one, unit_id, starts_on)
        if one.brought
        else _valued(number, said, one, unit_id, starts_on)
    )


def _valued(number: int, said: Mapping[str, str], one: Indicator, unit_id: int, starts_on: date) -> Brought | Fault:
    text = said.get("value", "")
    value = _number(text.removesuffix("%"))
    if value is None or (text.endswith("%") and one.unit is not Unit.SHARE):
        return Fault(number, Wrong.VALUE, text)
    if one.unit is Unit.SHARE:
        value /= 100
        if not 0 <= value <= one.most:
            return Fault(number, Wrong.SHARE if one.most == 1 else Wrong.MOST, text)
    count = _number(said.get("n", ""))
    if count is None or count < 1 or count != int(count) or count > MOST_BEHIND:
        return Fault(number, Wrong.COUNT, said.get("n", ""))
    parts = [said.get(name, "") for name in ("numerator", "denominator")]
    top, under = (_number(part) if part else None for part in parts)
    if any(parts) and (top is None or under is None or under <= 0):
        return Fault(number, Wrong.PARTS, " / ".join(parts))
    if top is not None and under is not None and one.unit is Unit.SHARE and abs(value - top / under) > ROUNDED:
        return Fault(number, Wrong.PARTS_DIFFER, " / ".join(parts))
    return Brought(number, one.code, unit_id, starts_on, value, int(count), top, under)


def _of_parts(number: int, said: Mapping[str, str], one: Indicator, unit_id: int, starts_on: date) -> Brought | Fault:
    """Return a figure that is always brought in: numerator and denominator are, and the value is the one through it."""
    parts = [said.get(name, "") for name in PARTS]
    dotted = next((part for part in parts if _DOTTED.fullmatch(_SPACES.sub("", part))), None)
    if dotted is not None:
        return Fault(number, Wrong.DOTS, dotted)
    top, under = (_number(part) if part else None for part in parts)
    if top is None or under is None or top < 0 or under <= 0:
        return Fault(number, Wrong.PARTS_LACK, " / ".join(part or "–" for part in parts))
    value = ratio(top, under)
    if value is None or value > one.most:
        return Fault(number, Wrong.MOST, " / ".join(parts))
    text = said.get("value", "")
    told = _number(text.removesuffix("%"))
    if text and told is None:
        return Fault(number, Wrong.VALUE, text)
    if told is not None and abs(told / 100 - value) > ROUNDED:
        return Fault(number, Wrong.PARTS_DIFFER, " / ".join(parts))
    count = _number(said.get("n", ""))
    if count is None or count < 1 or count != int(count) or count > MOST_BEHIND:
        return Fault(number, Wrong.COUNT, said.get("n", ""))
    return Brought(number, one.code, unit_id, starts_on, value, int(count), top, under)


def _number(text: str) -> float | None:
    """Return a number as people write it, with comma or point; None when it is none, or too large to be one."""
    plain = _SPACES.sub("", text).replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,10})?", plain):
        return None
    return float(plain)


def _month(text: str) -> date | None:
    """Return the first day of «2025-03», «03.2025», «01.03.2025», «2025-03-01» or «mars 2025»."""
    plain = _SPACES.sub(" ", text.strip().casefold())
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})", r"(?P<y>\d{4})-(?P<m>\d{1,2})-01", r"(?P<m>\d{1,2})[./](?P<y>\d{4})",
        r"0?1\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
    ):  # fmt: skip
        if found := re.fullmatch(pattern, plain):
            return _day(int(found["y"]), int(found["m"]))
    word, _space, year = plain.partition(" ")
    if word in MONTHS and re.fullmatch(r"\d{4}", year):
        return _day(int(year), MONTHS.index(word) + 1)
    return None


def _day(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and year >= 1 else None


def _week(text: str) -> date | None:
    """Return the Monday of «2025-W12», «2025-U12», «uke 12 2025» or «uke 12, 2025»."""
    plain = _SPACES.sub(" ", text.strip().casefold().replace(",", " ")).strip()
    found = re.fullmatch(r"(?P<y>\d{4})[ -]*(?:w|u|uke |veke )(?P<w>\d{1,2})", plain) or re.fullmatch(
        r"(?:uke|veke) (?P<w>\d{1,2}) (?P<y>\d{4})", plain
    )
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found["y"]), int(found["w"]), 1)
    except ValueError:
        return None
