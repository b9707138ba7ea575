"""The server as its rules alone: those the product asks (`delivery/rules/order.py`), and lists for a database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.delivery.histories import VISITS, Effect, Kept, Receipt, Sent, Written
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
    pressed: dict[tuple[int, str], Outcome] = field(default_factory=dict)
    seals: int = 0

    def enrol(self, author: int, clock_minutes: int) -> int:
        self.phones.append(_Phone(author))
        return len(self.phones) - 1

    def edition(self, visit: int) -> str:
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
        said = self.reports[written.visit]
        if any(key == written.key for _number, _author, key, _note in said):
            outcome = Outcome.ALREADY
        elif news([(number, who) for number, who, *_rest in said], seen_in(written.edition), speaker_id=author):
            self.letters.append(Kept(written.key, written.note, True, said[-1][3]))
            outcome = Outcome.CONFLICT
        else:
            self.press(author, written.visit, written.key, written.note)
            outcome = Outcome.APPLIED
        self.pressed[author, written.key] = outcome
        return outcome

    def press(self, author: int, visit: int, key: str, note: str) -> None:
        if any(one == key for _number, _author, one, _note in self.reports[visit]):
            return
        number = 1 + sum(len(said) for said in self.reports.values())
        self.reports[visit].append((number, author, key, note))
        self.done.append(Effect(key, author, note))

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
