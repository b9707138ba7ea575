"""The archive that case numbers come from, and what a case asks for and is given."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tillit.care.decisions.models import CaseSeries
from tillit.care.decisions.rules.states import Outcome
from tillit.demo.casework.powers import Powers
from tillit.demo.store import Store

Row = dict[str, Any]
#: Cases a day of the year at scale 1: numbers rise through the year as they do in an archive.
A_DAY = 4.575


class Book:
    """Gives case numbers and holds what all files share. One for the whole town."""

    def __init__(self, store: Store, powers: Powers, anchor: date, copies: int) -> None:
        self.store = store
        self.powers = powers
        self.anchor = anchor
        self.legal: dict[str, list[str]] = {}
        self.charges: dict[str, str] = {}
        self._a_day = A_DAY * copies
        self._taken: dict[int, set[int]] = {}

    def number(self, on: date, *, wanted: int = 0) -> str:
        """Return a number nobody has, about where the day lies in its year. wanted: one that is kept for somebody."""
        taken = self._taken.setdefault(on.year, set())
        number = wanted or max(1, int(on.timetuple().tm_yday * self._a_day))
        while number in taken:
            number += 1
        taken.add(number)
        return f"{on.year}/{number}"

    def close(self) -> None:
        """Let the product number on after the highest of each year."""
        for year in sorted(self._taken):
            self.store.add(CaseSeries, year=year, last=max(self._taken[year]))


@dataclass(slots=True)
class Granted:
    """One service in a case: what is asked for and proposed, and what a decision then says."""

    code: str
    outcome: Outcome | None = None
    content: str = ""
    extent: Decimal | None = None
    span: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reasons: str = ""
    asked: str = ""
    found_later: bool = False
    was: "Granted | None" = None
    stopped_on: date | None = None
    decided: bool = False
    decision_line_id: int = 0
    authority_id: int = 0


@dataclass(slots=True)
class Made:
    """A decision in a file, with what each line says and how it was told."""

    values: Row
    lines: list[Granted]
    outcome: Outcome
    decided_on: date
    notices: list[Row] = field(default_factory=list)
    appeals: list[tuple[Row, list[Row]]] = field(default_factory=list)
    id: int = 0
