"""Where the words of an entry stand, for kinds that live on floors above: each registers at start-up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tillit.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says. text: the words; facts: what else was said, one sentence each; pictures: addresses of them.

    All empty when removed."""

    title: str
    text: str
    facts: tuple[str, ...] = ()
    icon: str = "NotePencil"
    pictures: tuple[str, ...] = ()


class Keeper(Protocol):
    """Keeps the words of one kind of entry. Callers have checked reach and permission, and noted the reading."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what the rows say, in a number of queries that does not grow with them."""

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each row is about, in one query."""

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the row: its removal is written. What followed from it follows no more."""

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """Store a corrected copy and return its number; None when a note is to correct it."""


_keepers: dict[str, Keeper] = {}


def register_keeper(kind: str, keeper: Keeper) -> None:
    """Let `keeper` answer for a kind of entry. Registering again changes nothing."""
    _keepers[kind] = keeper


def keeper_of(kind: str) -> Keeper:
    """Return who keeps a kind. Raises KeyError for one that nobody keeps."""
    return _keepers[kind]
