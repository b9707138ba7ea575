"""What an address names must belong together: another's number under somebody's address is not found.

The floors above know what lies where. They register a source at start-up (`config.wiring`); the guard asks it before
the view runs, once for each thing that lies in another thing of the same address.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from tillit.foundation.access.naming import thing_of


class BelongingSource(Protocol):
    """Knows where things lie. One query for a thing it knows, none for others."""

    def __call__(self, *, code: str, number: int, names: frozenset[str]) -> Mapping[str, Any] | None:
        """Return what the other names of the address must be; empty when it says nothing, None for no such thing."""


_sources: list[BelongingSource] = []


def register_belonging_source(source: BelongingSource) -> None:
    """Let `source` answer for the rest of the process. Registering again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def belongs_together(door: str, named: Mapping[str, Any]) -> bool:
    """Whether everything an address names lies where the address says. A thing that is not there does not."""
    if len(named) < 2:
        return True
    for name, number in named.items():
        thing = thing_of(door, name)
        if thing is None or not isinstance(number, int):
            continue
        for source in _sources:
            place = source(code=thing.code, number=number, names=frozenset(named) - {name})
            if place is None or any(named[other] != value for other, value in place.items()):
                return False
    return True
