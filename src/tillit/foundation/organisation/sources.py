"""Questions that the organisation asks the floors above. They register an answer at start-up (`config.wiring`)."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class CitizenCounter(Protocol):
    """Knows how many citizens a unit follows."""

    def __call__(self, unit_ids: Sequence[int], *, on: date) -> dict[int, int]:
        """Return unit id → number of citizens followed on the day, in a constant number of queries."""


_citizen_counter: CitizenCounter | None = None


def register_citizen_counter(counter: CitizenCounter | None) -> None:
    """Let `counter` answer for the rest of the process; None says that nobody can."""
    global _citizen_counter
    _citizen_counter = counter


def count_citizens(unit_ids: Sequence[int], *, on: date) -> dict[int, int] | None:
    """Return the numbers, or None when nobody has registered an answer: the page then leaves the column out."""
    return None if _citizen_counter is None else _citizen_counter(unit_ids, on=on)
