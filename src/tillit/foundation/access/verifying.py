"""Walk the chain of seals and every row of the logs, and say what is wrong and where. Memory is bounded by one seal.

docs/adr/0004 says what is found: altered, removed, inserted and exchanged rows; altered and removed seals; a tail that
was cut off, against an anchor kept elsewhere.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tillit.foundation.access import keys
from tillit.foundation.access.models import LogSeal
from tillit.foundation.access.rules.signing import FIRST, Digest, is_signed
from tillit.foundation.access.sealing import OLD_ROWS, REMOVED, facts_of, rows_between
from tillit.foundation.access.signed import LOGS, Log

UNSEALED_TOO_LONG = timedelta(hours=25)
"""Rows older than this without a seal: the keeper does not run, or seals were taken away. Nights are a day apart."""
_SEALS_AT_ONCE = 200
_NAMED_AT_MOST = 20
_BY_NAME = {log.name: log for log in LOGS}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written. Where: a seal's number, a log and a row, as far as they are known."""

    what: str
    log: str = ""
    row_id: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        where = [f"seal {self.seal}"] if self.seal is not None else []
        where += [f"{self.log} row {self.row_id}" if self.row_id is not None else self.log] if self.log else []
        return f"{', '.join(where)}: {self.what}" if where else self.what


@dataclass(slots=True)
class Walk:
    """What a verification has seen when it is over."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    removed: int = 0
    newest: str = ""
    faults: int = 0


class BadAnchor(ValueError):
    """An anchor that is not number:hash."""


def read_anchor(text: str) -> tuple[int, str]:
    """Return number and hash of an anchor. Raises BadAnchor."""
    number, _, digits = text.strip().partition(":")
    if not number.isdecimal() or len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise BadAnchor(text)
    return int(number), digits


def verify(
    walk: Walk, *, at: datetime, since: datetime | None = None, anchors: Collection[tuple[int, str]] = ()
) -> Iterator[Fault]:
    """Yield what is wrong, as it is found; `walk` counts along.

    since: look into the rows of seals made from then on only; the chain of seals is always walked whole.
    anchors: number and hash of seals that were kept elsewhere.
    """
    for fault in _faults(walk, at, since, anchors):
        walk.faults += 1
        yield fault


def _faults(walk: Walk, at: datetime, since: datetime | None, anchors: Collection[tuple[int, str]]) -> Iterator[Fault]:
    reached = {log.name: 0 for log in LOGS}
    has_signed = {log.name: False for log in LOGS}
    previous = FIRST
    for stored, is_removed in _seals():
        walk.seals += 1
        if stored.number != walk.seals:
            yield Fault(
                f"the chain goes from seal {walk.seals - 1} to {stored.number}: seals are missing", seal=stored.number
            )
            walk.seals = stored.number
        yield from _of_the_seal(stored, previous)
        previous = stored.hash
        if any(number == stored.number and kept != stored.hash for number, kept in anchors):
            yield Fault("is another than the one whose hash was kept elsewhere", seal=stored.number)
        if stored.kind == REMOVED:
            walk.removed += stored.count
            yield from _of_the_removal(stored)
            continue
        log = _BY_NAME[stored.log]
        if stored.after_id != reached[log.name]:
            yield Fault(
                f"begins after row {stored.after_id}, the one before ended with {reached[log.name]}",
                log.name,
                seal=stored.number,
            )
        reached[log.name] = stored.to_id
        if stored.kind == OLD_ROWS and has_signed[log.name]:
            yield Fault("says that rows are unsigned, after signed ones", log.name, seal=stored.number)
        has_signed[log.name] |= stored.kind != OLD_ROWS
        if since is None or stored.sealed_at >= since:
            yield from _of_the_rows(log, stored, is_removed, walk)
    walk.newest = f"{walk.seals}:{previous}" if walk.seals else ""
    for number in sorted({number for number, _kept in anchors if number > walk.seals or number < 1}):
        yield Fault(
            f"is gone: the chain ends with seal {walk.seals}, but the hash of this one was kept elsewhere", seal=number
        )
    for log in LOGS:
        yield from _unsealed(log, reached[log.name], has_signed[log.name], walk, at)


def faults_in(log: Log, stored: LogSeal) -> Iterator[Fault]:
    """Return what is wrong with one seal and the rows under it, whose rows have not left."""
    yield from _of_the_seal(stored, stored.previous)
    yield from _of_the_rows(log, stored, False, Walk())


def _seals() -> Iterator[tuple[LogSeal, bool]]:
    """Return every seal by number, and whether a later one says that its rows have left."""
    after = 0
    while found := list(LogSeal.objects.filter(number__gt=after).order_by("number")[:_SEALS_AT_ONCE]):
        numbers = [stored.number for stored in found]
        removed = set(LogSeal.objects.filter(of__in=numbers).values_list("of", flat=True))
        yield from ((stored, stored.number in removed) for stored in found)
        after = numbers[-1]


def _of_the_seal(stored: LogSeal, previous: str) -> Iterator[Fault]:
    facts = facts_of(stored)
    if stored.previous != previous:
        yield Fault("does not follow the seal before it", seal=stored.number)
    if facts.hash() != stored.hash or not is_signed(
        keys.log_keys().by_id.get(stored.key_id), facts.content(), stored.mac
    ):
        yield Fault(_unsigned(stored.key_id, "has been altered"), seal=stored.number)


def _of_the_removal(stored: LogSeal) -> Iterator[Fault]:
    of = LogSeal.objects.filter(number=stored.of or 0).first()
    same = of is not None and (of.log, of.after_id, of.to_id, of.count, of.digest) == (
        stored.log, stored.after_id, stored.to_id, stored.count, stored.digest,
    )  # fmt: skip
    if not same or of is None or of.number >= stored.number:
        yield Fault("says that other rows left than those that were sealed", stored.log, seal=stored.number)


def _of_the_rows(log: Log, stored: LogSeal, is_removed: bool, walk: Walk) -> Iterator[Fault]:
    digest, count, there = Digest(), 0, set[int]()
    for row in rows_between(log, stored.after_id, stored.to_id):
        count += 1
        there.add(row[0])
        digest.add(log.content(row[:-1]), row[-1])
        if is_removed:
            continue
        if stored.kind == OLD_ROWS:
            if row[-1]:
                yield Fault("is signed among rows from before rows were signed", log.name, row[0], stored.number)
        else:
            yield from _of_the_row(log, row, stored.number)
    walk.rows += count
    if is_removed:
        if count:
            yield Fault(f"{count} rows are there that were said to have left", log.name, seal=stored.number)
        return
    in_gaps = {row_id for row_id in there if any(first <= row_id <= last for first, last in stored.gaps)}
    yield from _named("was not there when the stretch was sealed", log, in_gaps, stored)
    expected = set(range(stored.after_id + 1, stored.to_id + 1)) if _is_near(stored) else set()
    for first, last in stored.gaps:
        expected.difference_update(range(max(first, stored.after_id), min(last, stored.to_id) + 1))
    gone = expected - there
    yield from _named("is gone", log, gone, stored)
    if count != stored.count and not in_gaps and not gone:
        yield Fault(f"{stored.count} rows were sealed, {count} are there", log.name, seal=stored.number)
    elif digest.hex() != stored.digest and not in_gaps and not gone:
        yield Fault("the rows are not as they were sealed", log.name, seal=stored.number)


def _is_near(stored: LogSeal) -> bool:
    """Whether the stretch is about as long as its rows: a forged one must not fill the memory."""
    holes = sum(last - first + 1 for first, last in stored.gaps)
    rows = stored.to_id - stored.after_id - holes
    return bool(rows <= 4 * max(stored.count, 1_000) and holes <= 1_000_000)


def _named(what: str, log: Log, ids: set[int], stored: LogSeal) -> Iterator[Fault]:
    for row_id in sorted(ids)[:_NAMED_AT_MOST]:
        yield Fault(what, log.name, row_id, stored.number)
    if len(ids) > _NAMED_AT_MOST:
        yield Fault(f"so with {len(ids) - _NAMED_AT_MOST} more rows: {what}", log.name, seal=stored.number)


def _of_the_row(log: Log, row: tuple[Any, ...], seal: int | None) -> Iterator[Fault]:
    key_id = row[-2]
    if not is_signed(keys.log_keys().by_id.get(key_id), log.content(row[:-1]), row[-1]):
        yield Fault(_unsigned(key_id, "has been altered, or was not written by Tillit"), log.name, row[0], seal)


def _unsigned(key_id: str, otherwise: str) -> str:
    if key_id and key_id not in keys.log_keys().by_id:
        return f"is signed with the key {key_id}, which is not in the key file"
    return otherwise


def _unsealed(log: Log, reached: int, has_signed: bool, walk: Walk, at: datetime) -> Iterator[Fault]:
    """Look at the rows after the last seal: signed they must be, and not left without a seal for long."""
    if outside := log.model._default_manager.filter(pk__lte=0).count():
        yield Fault(f"{outside} rows outside every seal, numbered below the first", log.name)
    oldest: datetime | None = None
    for row in rows_between(log, reached, 2**62):
        walk.unsealed += 1
        if row[-1] or has_signed:
            yield from _of_the_row(log, row, None)
            has_signed = True
        oldest = min(oldest, row[1]) if oldest else row[1]
    if oldest is not None and oldest < at - UNSEALED_TOO_LONG:
        yield Fault("rows have waited more than a day for a seal: does the keeper run? (tillit keeper)", log.name)
