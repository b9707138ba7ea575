"""One history of some phones without coverage: written, sent, lost, repeated, reordered, answered late.

A history is played against a `Server`: the pure model (`pure.py`), or the product with its database (`real.py`). The
same program gives the same history on both. When it is over, everything left on the phones is sent until it has
arrived, and `verify` holds what became of it against what must always be true.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any, Protocol

AUTHORS = 2
VISITS = 2
#: What can be written: of two that report one chooses, a photo adds, a move is over when another has moved it, what is
#: done is not called off.
REPORT, PHOTO, MOVE, CANCEL = ACTS = ("visit.report", "photo.add", "visit.move", "visit.cancel")
#: When the visits are: late enough to be moved, whatever the clock of a phone says.
EVENING = time(20)
#: Numbers that a program is made of: what is done, and with which phone, visit, post …
Step = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Sent:
    """One envelope on its way: which phone, which number, and whatever the server wants of it."""

    phone: int
    number: int
    envelope: Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server answered about one envelope."""

    phone: int
    number: int
    outcome: str
    digest: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that was carried out: by which press, in whose name; those of one act in the order they happened."""

    key: str
    author: int
    note: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that a human must choose about."""

    key: str
    note: str
    is_clash: bool
    stood: str


class Server(Protocol):
    """The other side."""

    def enrol(self, author: int, clock_minutes: int) -> int: ...
    def edition(self, visit: int, act: str) -> str: ...
    def seal(self, phone: int, number: int, written: "Written") -> Any: ...
    def digest(self, envelope: Any) -> str: ...
    def post(self, carrier: int, sent: Sequence[Sent], *, dies: bool) -> list[Receipt] | None: ...
    def press(self, author: int, said: "Said") -> None: ...
    def set_clock(self, phone: int, minutes: int) -> None: ...
    def go_on(self, *, days: int) -> None: ...
    def next_of(self, phone: int) -> int: ...
    def effects(self) -> list[Effect]: ...
    def kept(self) -> list[Kept]: ...
    def waiting(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a visit, with coverage or not. count: each has its own, a move its own minute."""

    visit: int
    act: str
    key: str
    count: int

    @property
    def note(self) -> str:
        """The words."""
        return f"ord {self.count}"


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote on a phone. edition: what she had seen."""

    phone: int
    author: int
    number: int
    said: Said
    edition: str

    @property
    def key(self) -> str:
        """Of the press."""
        return self.said.key

    @property
    def note(self) -> str:
        """The words."""
        return self.said.note


@dataclass(slots=True)
class Phone:
    """A log in on a phone: what it has written and has no receipt for."""

    author: int
    number: int = 0
    unsent: dict[int, Any] = field(default_factory=dict)
    lies: dict[int, str] = field(default_factory=dict)  # the press behind each number
    seen: dict[tuple[int, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class History:
    """Plays a program. Everything that was written is remembered, so that nothing can be lost unseen."""

    server: Server
    phones: list[Phone] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    on_the_way: list[tuple[int, list[Sent]]] = field(default_factory=list)
    answers: list[list[Receipt]] = field(default_factory=list)
    told: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    online: set[str] = field(default_factory=set)
    given_up: bool = False
    misnumbered: bool = False
    count: int = 0

    def play(self, program: Sequence[Step]) -> None:
        """Do each step; what cannot be done now is passed over."""
        self._log_in(0, 0)
        for what, one, other in program:
            _STEPS[what % len(_STEPS)](self, one, other)
        self._drain()

    def _log_in(self, one: int, other: int) -> None:
        """Somebody logs in, perhaps on the same phone as another; what lies there unsent stays there."""
        if len(self.phones) < 4:
            author = one % AUTHORS
            self.server.enrol(author, (other % 7 - 3) * 45)
            seen = {(visit, act): self.server.edition(visit, act) for visit in range(VISITS) for act in ACTS}
            self.phones.append(Phone(author, seen=seen))

    def _write(self, one: int, other: int) -> None:
        place = one % len(self.phones)
        self.phones[place].number += 1
        self._write_as(place, self.phones[place].number, other)

    def _write_as(self, place: int, number: int, other: int) -> None:
        phone = self.phones[place]
        said = self._said("press", other)
        seen = phone.seen[said.visit, said.act]
        written = Written(place, phone.author, number, said, seen)
        if said.act == MOVE:  # the phone knows what was moved on it
            phone.seen[said.visit, said.act] = f"{seen.partition('>')[0]}>{clock_of(said)}"
        self.written.append(written)
        self._put(written)

    def _said(self, how: str, other: int) -> Said:
        """Something new. Half of it is how a visit went; the rest is the other things in turn."""
        self.count += 1
        turn = other // VISITS
        act = REPORT if turn % 2 else ACTS[turn // 2 % len(ACTS)]
        return Said(other % VISITS, act, f"{how}-{self.count}", self.count)

    def _put(self, written: Written) -> None:
        phone = self.phones[written.phone]
        phone.unsent[written.number] = self.server.seal(written.phone, written.number, written)
        phone.lies[written.number] = written.key

    def _seal_again(self, one: int, other: int) -> None:
        """The tab is killed before it knew that it had kept the envelope: the same press is sealed anew."""
        mine = [
            it for it in self.written if (phone := self.phones[it.phone]).lies.get(it.number) == it.key
            and it.number in phone.unsent
        ]  # fmt: skip
        if mine:
            again = mine[one % len(mine)]
            phone = self.phones[again.phone]
            if other % 2:  # … with another number
                phone.number += 1
                again = replace(again, number=phone.number)
            self._put(again)

    def _number_again(self, one: int, other: int) -> None:
        """The phone errs, and gives another thing a number that it has had a receipt for."""
        place = one % len(self.phones)
        phone = self.phones[place]
        free = [number for number in range(1, phone.number + 1) if number not in phone.unsent]
        if free:
            self.misnumbered = True
            self._write_as(place, free[other % len(free)], other)

    def _look(self, one: int, other: int) -> None:
        """The phone has coverage for a moment and sees what stands."""
        phone = self.phones[one % len(self.phones)]
        for act in ACTS:
            phone.seen[other % VISITS, act] = self.server.edition(other % VISITS, act)

    def _send(self, one: int, other: int) -> None:
        """Some of what lies on a phone is sent, in whatever order, by whoever is logged in."""
        place = one % len(self.phones)
        unsent = self.phones[place].unsent
        numbers = sorted(unsent, key=lambda number: (number * (other + 1)) % 11)
        chosen = numbers[: 1 + other % 5] if other % 3 else numbers
        if chosen:
            self.on_the_way.append((other % AUTHORS, [Sent(place, number, unsent[number]) for number in chosen]))

    def _arrive(self, one: int, other: int) -> None:
        """A post arrives, not always the first one sent; it may arrive again, and its answer may be lost or late."""
        if self.on_the_way:
            place = one % len(self.on_the_way)
            carrier, sent = self.on_the_way[place] if other % 4 == 0 else self.on_the_way.pop(place)
            receipts = self.server.post(carrier, sent, dies=other % 9 == 8)
            if receipts is not None and other % 5 != 4:
                self.answers.append(receipts)

    def _hear(self, one: int, _other: int) -> None:
        if self.answers:
            self._heard(self.answers.pop(one % len(self.answers)))

    def _heard(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            unsent = self.phones[receipt.phone].unsent
            if receipt.number in unsent and self.server.digest(unsent[receipt.number]) == receipt.digest:
                del unsent[receipt.number]  # the receipt is for this one, not for another with its number
            self.told.setdefault((receipt.phone, receipt.number), set()).add(receipt.outcome)

    def _lose(self, one: int, _other: int) -> None:
        """Coverage goes, or the tab is killed: what was on its way either way is gone."""
        for gone in (self.on_the_way, self.answers):
            if gone:
                gone.pop(one % len(gone))

    def _press(self, one: int, other: int) -> None:
        """Somebody with coverage says something of the same visit; or the press that lies on a phone gets through."""
        if other % 3 == 0 and self.written:
            same = self.written[one % len(self.written)]
            self.online.add(same.key)
            self.server.press(same.author, same.said)
            return
        self.server.press(one % AUTHORS, self._said("online", other))

    def _clock(self, one: int, other: int) -> None:
        self.server.set_clock(one % len(self.phones), (other % 9 - 4) * 600)

    def _go_on(self, one: int, _other: int) -> None:
        """The minute's work, perhaps days later: what is waited for too long is given up."""
        days = 3 if one % 4 == 0 else 0
        self.given_up |= days > 0
        self.server.go_on(days=days)

    def _drain(self) -> None:
        """Coverage is back for good: each phone sends from what the server asks for until nothing is left."""
        while self.answers:
            self._heard(self.answers.pop())
        for _round in range(3):
            for place, phone in enumerate(self.phones):
                unsent = [Sent(place, number, phone.unsent[number]) for number in sorted(phone.unsent)]
                if unsent and (receipts := self.server.post(phone.author, unsent, dies=False)) is not None:
                    self._heard(receipts)
        self.server.go_on(days=0)


_STEPS = (
    History._write, History._send, History._arrive, History._hear, History._write, History._arrive, History._press,
    History._send, History._look, History._lose, History._log_in, History._clock, History._seal_again,
    History._go_on, History._number_again,
)  # fmt: skip
STEPS = len(_STEPS)


def clock_of(said: Said) -> str:
    """Return the clock time a move goes to: between 21.00 and 22.59, each its own."""
    return f"{21 + said.count // 60 % 2}:{said.count % 60:02}"


def verify(history: History) -> dict[str, int]:
    """Hold what became of everything against what must always be true. Returns counts, for the bench."""
    effects, kept = history.server.effects(), history.server.kept()
    by_key: dict[str, list[Effect]] = {}
    for effect in effects:
        by_key.setdefault(effect.key, []).append(effect)
    letters: dict[str, list[Kept]] = {}
    for one in kept:
        letters.setdefault(one.key, []).append(one)
    assert all(not phone.unsent for phone in history.phones), "something never got its receipt"
    assert history.server.waiting() == 0, "something is left waiting though every number has arrived"
    for written in history.written:
        done, letter = by_key.get(written.key, []), letters.get(written.key, [])
        assert len(done) <= 1, f"{written.key} was carried out {len(done)} times"
        assert len(letter) <= 1, f"{written.key} was kept {len(letter)} times"
        assert done or letter, f"{written.key} is lost"
        assert not (done and letter) or written.key in history.online, f"{written.key} was both done and kept"
        for effect in done:
            assert effect.author == written.author, f"{written.key} was carried out in another's name"
            assert effect.note == written.note, f"the words of {written.key} are others"
        for one in letter:
            assert one.note == written.note, f"the words of {written.key} that were kept are others"
            assert not one.is_clash or one.stood, f"{written.key} met something, and what it met is not kept"
    for places in history.told.values():
        assert places <= {"APPLIED", "ALREADY", "CONFLICT", "REFUSED", "WAITING"}
    if not history.given_up and not history.misnumbered:
        for numbers in _order(history, effects):
            assert numbers == sorted(numbers), f"not in the phone's order: {numbers}"
    return {
        "written": len(history.written),
        "applied": len(effects),
        "kept": len(kept),
        "clashes": sum(one.is_clash for one in kept),
    }


def _order(history: History, effects: Sequence[Effect]) -> Iterator[list[int]]:
    """For each phone, visit and act: the numbers of what was carried out, in order; not what was pressed online."""
    first: dict[str, Written] = {}
    for written in history.written:
        first.setdefault(written.key, written)
    places: dict[tuple[int, int, str], list[int]] = {}
    for effect in effects:
        found = first.get(effect.key)
        if found is not None and effect.key not in history.online:
            places.setdefault((found.phone, found.said.visit, found.said.act), []).append(found.number)
    yield from places.values()
