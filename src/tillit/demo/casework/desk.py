"""Where a team's cases go by its table, then and now, and who works with them there."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tillit.care.decisions.rules.parcels import group_of
from tillit.demo.casework.book import Book
from tillit.demo.casework.days import back_to_work
from tillit.demo.people.citizens import Person
from tillit.foundation.access.roles import Role
from tillit.foundation.responsibility.catalogue import BY_CODE
from tillit.foundation.responsibility.queries import Routed, holders_for
from tillit.foundation.responsibility.rules.routing import Arrival, Rows, rows_for

_WORKERS = (Role.CASE_WORKER, Role.NURSE, Role.THERAPIST, Role.TEAM_LEADER)


@dataclass(slots=True)
class Desk:
    """Answers for one team: the product's own routing, asked once for today and once for before the model changed."""

    book: Book
    unit_id: int
    office_id: int
    changed: date | None = None
    beside: tuple[int, ...] = ()
    _now: dict[str, Routed] = field(default_factory=dict)
    _then: dict[str, Routed] = field(default_factory=dict)

    def ask(self) -> None:
        """Put the questions. Everything that they depend on has been written."""
        anchor = self.book.anchor
        self._now = holders_for(codes=BY_CODE, unit_id=self.unit_id, on=anchor, beside=self.beside)
        if self.changed is not None:
            former = date(2019, 6, 1)
            self._then = holders_for(codes=BY_CODE, unit_id=self.unit_id, on=former, beside=self.beside)

    def ago(self, days: int) -> date:
        """Return a day at work so many days before the demo's day."""
        return back_to_work(self.book.anchor - timedelta(days=days))

    def routed(self, code: str, on: date) -> Routed:
        """Return who held a row on a day."""
        return self._then[code] if self._then and self.changed is not None and on < self.changed else self._now[code]

    def rows(self, service: str, *, is_new: bool, urgent: bool = False) -> Rows:
        """Return the rows of the table behind an application for a service."""
        group = group_of(self.book.powers.services[service].responsibility_code)
        return rows_for(Arrival.URGENT_START if urgent else Arrival.APPLICATION, is_new=is_new, service_group=group)

    def unit(self, code: str, on: date) -> int:
        """Return the unit that holds a row; the team itself when the table leads to nobody."""
        return self.routed(code, on).unit_id or self.unit_id

    def version(self, code: str, on: date) -> int | None:
        """Return the version of the model that says so."""
        return self.routed(code, on).why.version_id

    def worker(self, unit_id: int, person: Person | None, on: date, turn: int = 0) -> int:
        """Return who works with a case in a unit: its case workers in turn, else who answers for the citizen."""
        powers = self.book.powers
        found = powers.holders(unit_id, Role.CASE_WORKER, on=on)
        if found:
            return found[turn % len(found)]
        if unit_id == self.unit_id and person is not None and person.service_id:
            return person.service_id
        for role in _WORKERS:
            if found := powers.holders(unit_id, role, on=on):
                return found[turn % len(found)]
        return 0
