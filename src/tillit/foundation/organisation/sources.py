"""Questions that the organisation asks the floors above. They register an answer at start-up (`config.wiring`)."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.rules import Address


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


class AddressSource(Protocol):
    """Knows where the citizens live whom an actor reaches."""

    def __call__(self, *, actor: Actor, on: date) -> Sequence[Address] | None:
        """Return their addresses on the day, without names, never a secret one, in a constant number of queries.

        None when her roles let her see no citizens at all.
        """


_address_source: AddressSource | None = None


def register_address_source(source: AddressSource | None) -> None:
    """Let `source` answer for the rest of the process; None says that nobody can."""
    global _address_source
    _address_source = source


def addresses(*, actor: Actor, on: date) -> Sequence[Address] | None:
    """Return where the citizens live whom the actor reaches; None when she may see nobody, or nobody can say."""
    return None if _address_source is None else _address_source(actor=actor, on=on)


class ListSource(Protocol):
    """Knows which work lists somebody has begun."""

    def __call__(self, unit_ids: Sequence[int], *, first: date) -> Sequence[tuple[date, str]]:
        """Return day and part of the day of the units' begun lists from `first` on, in one query."""


_list_source: ListSource | None = None


def register_list_source(source: ListSource | None) -> None:
    """Let `source` answer for the rest of the process; None says that nobody can."""
    global _list_source
    _list_source = source


def begun_lists(unit_ids: Sequence[int], *, first: date) -> Sequence[tuple[date, str]]:
    """Return the begun lists; nothing when nobody has registered an answer."""
    return () if _list_source is None else _list_source(unit_ids, first=first)
