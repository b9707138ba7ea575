"""What a receiver must know of a citizen, which floors above know: what matters, the plan, what is open.

Registered at start-up (`config.wiring`). Without anybody, a hand-over begins with what this floor knows itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Known:
    """One thing to pass on: a heading and its lines, in plain words."""

    heading: str
    lines: tuple[str, ...]


class KnownSource(Protocol):
    """Knows things about a citizen."""

    def known(self, *, citizen_id: int, at: datetime) -> Sequence[Known]:
        """Return what there is at `at` (aware UTC), the weightiest first. Callers have checked reach."""


_sources: list[KnownSource] = []


def register_known_source(source: KnownSource) -> None:
    """Let `source` answer, after those registered before, for the rest of the process. The same kind answers once."""
    if not any(type(one) is type(source) for one in _sources):
        _sources.append(source)


def known(*, citizen_id: int, at: datetime) -> list[Known]:
    """Return what everybody knows, without what is empty. Callers have checked reach."""
    return [one for source in _sources for one in source.known(citizen_id=citizen_id, at=at) if one.lines]
