"""In which order what a phone has written is settled, and how a thing sent again is known. The heart of the protocol.

A phone numbers what it writes 1, 2, 3 … An envelope is known by its number and the digest of what was signed: the same
again is the same row. Settled is what has an outcome; a number that is missing makes those after it wait. What a phone
by mistake has given a number twice is two things, and both are kept (`twin`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of an envelope. Stable codes, in the receipt the phone gets."""

    WAITING = "WAITING"
    APPLIED = "APPLIED"
    ALREADY = "ALREADY"
    CONFLICT = "CONFLICT"
    REFUSED = "REFUSED"
    MISSING = "MISSING"


#: A phone that jumps further ahead than this does not count as ours do: its envelope is left with it.
LONGEST_JUMP = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """An envelope that is stored, as far as order goes. MISSING is a number that was given up and never came."""

    number: int
    twin: int
    digest: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope that arrives belongs. again: it is stored already, with this twin. fills: it was given up."""

    twin: int
    again: bool = False
    fills: bool = False


def place_of(known: Iterable[Known], *, number: int, digest: str) -> Place:
    """Return where what arrives belongs among the rows stored with the same number; others are passed over."""
    same = sorted((row for row in known if row.number == number), key=lambda row: row.twin)
    for row in same:
        if row.outcome == Outcome.MISSING:
            return Place(row.twin, fills=True)
        if row.digest == digest:
            return Place(row.twin, again=True)
    return Place(same[-1].twin + 1 if same else 0)


def is_too_far(number: int, *, next_number: int) -> bool:
    """Whether a number lies so far ahead that no phone of ours has given it."""
    return number >= next_number + LONGEST_JUMP


def next_up(known: Iterable[Known], *, next_number: int) -> Known | None:
    """Return which of the waiting envelopes is settled now, or None when all of them wait for a number.

    What came late, or had a number twice, goes before what follows in turn.
    """
    ready = [row for row in known if row.outcome == Outcome.WAITING and row.number <= next_number]
    return min(ready, key=lambda row: (row.number, row.twin), default=None)


def after(settled: Known, *, next_number: int) -> int:
    """Return the number whose turn it is when an envelope has been settled."""
    return next_number + 1 if settled.number == next_number else next_number


def first_unseen(numbers: Iterable[int], *, next_number: int) -> int:
    """Return the first number nothing is stored with: what the phone is asked to begin from."""
    seen = set(numbers)
    while next_number in seen:
        next_number += 1
    return next_number


def given_up(known: Sequence[Known], *, next_number: int) -> range:
    """Return the numbers that are waited for in vain, up to the first that is there. Empty when nothing waits."""
    waiting = [row.number for row in known if row.outcome == Outcome.WAITING]
    return range(next_number, min(waiting, default=next_number))
