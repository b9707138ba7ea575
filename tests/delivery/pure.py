"""The server as its rules alone: those the product asks (`delivery/rules/order.py`), and lists for a database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.delivery.histories import CANCEL, MOVE, PHOTO, VISITS, Effect, Kept, Receipt, Said, Sent, Written, clock_of
from tillit.care.visits.rules.seen import news, seen_in
from tillit.foundation.delivery.rules.order import (
    Known,
    Outcome,
    after,
    first_unseen,
    given_up,
    next_up,
    place_of,
)


@dataclass(slots=True)
class _Row:
    known: Known
    written: Written | None


@dataclass(slots=True)
class _Phone:
    author: int
    rows: list[_Row] = field(default_factory=list)
    next_number: int = 1


@dataclass(slots=True)
class PureServer:
    """Keeps everything in lists. A post that dies has stored, and not settled."""

    phones: list[_Phone] = field(default_factory=list)
    reports: dict[int, list[tuple[int, int, str, str]]] = field(
        default_factory=lambda: {one: [] for one in range(VISITS)}
    )
    done: list[Effect] = field(default_factory=list)
    letters: list[Kept] = field(default_factory=list)
    photos: set[str] = field(default_factory=set)
    starts: dict[int, str] = field(default_factory=lambda: dict.fromkeys(range(VISITS), "0"))
    pressed: dict[tuple[int, str], Outcome] = field(default_factory=dict)
    seals: int = 0

    def enrol(self, author: int, clock_minutes: int) -> int:
        self.phones.append(_Phone(author))
        return len(self.phones) - 1

    def edition(self, visit: int, act: str) -> str:
        if act == MOVE:
            return self.starts[visit]
        return str(max((number for number, *_rest in self.reports[visit]), default=0))

    def seal(self, phone: int, number: int, written: Written) -> tuple[str, Written]:
        self.seals += 1  # every seal is another: the digest is of what was signed
        return hashlib.sha256(f"{phone}|{number}|{self.seals}".encode()).hexdigest(), written

    def digest(self, envelope: tuple[str, Written]) -> str:
        return envelope[0]

    def post(self, carrier: int, sent: Sequence[Sent], *, dies: bool) -> list[Receipt] | None:
        stored: list[tuple[int, int, str, bool]] = []
        for one in sent:
            digest, written = one.envelope
            phone = self.phones[one.phone]
            place = place_of([row.known for row in phone.rows], number=one.number, digest=digest)
            if not place.again:
                known = Known(one.number, place.twin, digest, Outcome.WAITING)
                phone.rows = [
                    row for row in phone.rows if (row.known.number, row.known.twin) != (one.number, place.twin)
                ]
                phone.rows.append(_Row(known, written))
            stored.append((one.phone, one.number, digest, place.again))
        if dies:
            return None
        for place_ in dict.fromkeys(one.phone for one in sent):
            self._settle(self.phones[place_])
        receipts = []
        for place_, number, digest, again in stored:
            outcome = next(row.known.outcome for row in self.phones[place_].rows if row.known.digest == digest)
            told = Outcome.ALREADY if again and outcome != Outcome.WAITING else outcome
            receipts.append(Receipt(place_, number, told, digest))
        return receipts

    def _settle(self, phone: _Phone) -> None:
        while (turn := next_up([row.known for row in phone.rows], next_number=phone.next_number)) is not None:
            row = next(row for row in phone.rows if row.known == turn)
            assert row.written is not None
            row.known = replace(row.known, outcome=self._apply(phone.author, row.written))
            phone.next_number = after(row.known, next_number=phone.next_number)

    def _apply(self, author: int, written: Written) -> Outcome:
        if (author, written.key) in self.pressed:
            return Outcome.ALREADY
        outcome = {PHOTO: self._photo, MOVE: self._move, CANCEL: self._cancel}.get(written.said.act, self._report)(
            author, written
        )
        self.pressed[author, written.key] = outcome
        return outcome

    def _report(self, author: int, written: Written) -> Outcome:
        said = self.reports[written.said.visit]
        if any(key == written.key for _number, _author, key, _note in said):
            return Outcome.ALREADY
        if news([(number, who) for number, who, *_rest in said], seen_in(written.edition), speaker_id=author):
            return self._let_lie(written, said[-1][3])
        self.press(author, written.said)
        return Outcome.APPLIED

    def _photo(self, author: int, written: Written) -> Outcome:
        if written.key in self.photos:
            return Outcome.ALREADY
        self.press(author, written.said)
        return Outcome.APPLIED

    def _move(self, author: int, written: Written) -> Outcome:
        start = self.starts[written.said.visit]
        if start == clock_of(written.said):
            return Outcome.ALREADY
        if self.reports[written.said.visit]:
            return self._let_lie(written)
        if start not in written.edition.split(">"):
            return self._let_lie(written, start)
        self.press(author, written.said)
        return Outcome.APPLIED

    def _cancel(self, author: int, written: Written) -> Outcome:
        said = self.reports[written.said.visit]
        if any(key == written.key for _number, _author, key, _note in said):
            return Outcome.ALREADY
        if said:
            return self._let_lie(written)
        self.press(author, written.said)
        return Outcome.APPLIED

    def _let_lie(self, written: Written, stood: str = "") -> Outcome:
        self.letters.append(Kept(written.key, written.note, bool(stood), stood))
        return Outcome.CONFLICT if stood else Outcome.REFUSED

    def press(self, author: int, said: Said) -> None:
        """Do it as the pages do: the same press once, and not what the visit has come past."""
        reports = self.reports[said.visit]
        if said.act == PHOTO:
            if said.key in self.photos:
                return
            self.photos.add(said.key)
        elif said.act == MOVE:
            if reports or self.starts[said.visit] == clock_of(said):
                return
            self.starts[said.visit] = clock_of(said)
        else:
            if any(key == said.key for _number, _author, key, _note in reports) or (said.act == CANCEL and reports):
                return
            number = 1 + sum(len(rows) for rows in self.reports.values())
            reports.append((number, author, said.key, said.note))
        self.done.append(Effect(said.key, author, said.note))

    def set_clock(self, phone: int, minutes: int) -> None:
        """Order is the phone's own numbers: no clock has a say in it."""

    def go_on(self, *, days: int) -> None:
        for phone in self.phones:
            if days > 1:
                missing = given_up(
                    [row.known for row in phone.rows if row.known.number >= phone.next_number],
                    next_number=phone.next_number,
                )
                phone.rows += [_Row(Known(number, 0, "", Outcome.MISSING), None) for number in missing]
                phone.next_number = missing.stop if missing else phone.next_number
            self._settle(phone)

    def next_of(self, phone: int) -> int:
        found = self.phones[phone]
        return first_unseen([row.known.number for row in found.rows], next_number=found.next_number)

    def effects(self) -> list[Effect]:
        return self.done

    def kept(self) -> list[Kept]:
        return self.letters

    def waiting(self) -> int:
        return sum(row.known.outcome == Outcome.WAITING for phone in self.phones for row in phone.rows)
