"""What this floor must know of a citizen, which floors above know: what a receiver needs, who visits her.

Registered at start-up (`config.wiring`). Without anybody, a hand-over begins with what this floor knows itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


class VisitSource(Protocol):
    """Knows who visits whom."""

    def __call__(self, *, employee_id: int, citizen_ids: Collection[int], on: date) -> frozenset[int]:
        """Return those of the citizens whom an employee has a visit to on a day, or in the night that began before."""


def _visits_nobody(*, employee_id: int, citizen_ids: Collection[int], on: date) -> frozenset[int]:
    return frozenset()


_visit_source: VisitSource = _visits_nobody


def register_visit_source(source: VisitSource) -> None:
    """Let `source` answer for the rest of the process."""
    global _visit_source
    _visit_source = source


def visited_on(*, employee_id: int, citizen_ids: Collection[int], on: date) -> frozenset[int]:
    """Return those of the citizens whom an employee visits on a day."""
    return _visit_source(employee_id=employee_id, citizen_ids=citizen_ids, on=on)
