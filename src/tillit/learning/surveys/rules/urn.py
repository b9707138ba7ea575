"""The urn: the answers of one group while it is open, as one lump without order, time or name.

It holds ballots, and the marks of the codes that are spent. Both are shuffled each time one is put in, each for itself,
so that nothing in the lump says which ballot came with which mark. It is written whole, filled up to a round size.
What is left to one who holds the key and two copies from just before and just after one ballot: docs/threat-model.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Any

from tillit.kernel.keyed import hash_of

SMALLEST = 16 * 1024
"""Bytes of the smallest lump; each next size is the double. An ordinary team's answers are within the first."""
Ballot = Mapping[str, Any]
_CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Urn:
    """What lies in it. spent: marks of codes that have been used."""

    ballots: tuple[Ballot, ...] = ()
    spent: tuple[str, ...] = ()


class AlreadyCast(ValueError):
    """The code has been used."""


def code_of(key: str, who: str) -> str:
    """Return the mark of one who may answer: made of the campaign's own key, kept nowhere until it is used.

    who: such as "employee:7". Without the key, which is deleted when the urns are opened, nobody makes it again.
    """
    return hash_of(key.encode(), "ballot", who)[:32]


def with_ballot(urn: Urn, ballot: Ballot, code: str) -> Urn:
    """Return the urn with one more, shuffled. Raises AlreadyCast."""
    if code in urn.spent:
        raise AlreadyCast
    return Urn(_shuffled((*urn.ballots, ballot)), _shuffled((*urn.spent, code)))


def packed(urn: Urn) -> bytes:
    """Return the urn as one lump of a round size: 16 KiB, 32 KiB, 64 KiB …"""
    return filled_up(json.dumps({"ballots": list(urn.ballots), "spent": list(urn.spent)}, ensure_ascii=False).encode())


def filled_up(plain: bytes) -> bytes:
    """Return JSON with spaces behind it, up to a round size that says little of how much there is."""
    size = SMALLEST
    while size < len(plain):
        size *= 2
    return plain + b" " * (size - len(plain))


def unpacked(content: bytes) -> Urn:
    """Return what a lump holds; nothing is an empty urn."""
    if not content:
        return Urn()
    read = json.loads(content)
    return Urn(tuple(read["ballots"]), tuple(read["spent"]))


def _shuffled(things: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_CHANCE.sample(things, len(things)))
