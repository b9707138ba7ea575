"""Questions that models ask the floors above: what is in flight when a team's model changes.

The answer is registered at start-up (`config.wiring`). Without one the page says nothing of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class Fate(StrEnum):
    """What becomes of it when the model changes."""

    MOVES = "MOVES"
    STAYS = "STAYS"


@dataclass(frozen=True, slots=True)
class InFlight:
    """Some things of one sort that are under way: «saker under arbeid», «overføringer som venter på svar»."""

    kind: Fate
    code: str = field(metadata={"help": "The responsibility whose holder changes; empty when it is about several"})
    count: int
    text: str = field(metadata={"help": "In plain words after the number: «saker får ny ansvarlig»"})


class InFlightSource(Protocol):
    """Knows what is under way in teams."""

    def in_flight(self, *, unit_ids: Collection[int], codes: Collection[str], on: date) -> Sequence[InFlight]:
        """Return what moves and what stays when the holders of `codes` change for the units from `on`. Counts only.

        Callers have checked that the actor may decide the units' model; no citizen is named, so no reading is noted.
        """


_sources: list[InFlightSource] = []


def register_in_flight_source(source: InFlightSource) -> None:
    """Let `source` answer, beside those registered before, for the rest of the process."""
    if source not in _sources:
        _sources.append(source)


def forget_in_flight_sources() -> None:
    """Answer nothing again. For tests."""
    _sources.clear()


def knows_in_flight() -> bool:
    """Whether anybody can answer."""
    return bool(_sources)


def in_flight(*, unit_ids: Collection[int], codes: Collection[str], on: date) -> list[InFlight]:
    """Return what everybody who knows says: what moves first, the largest first. Nothing of what there is none of."""
    found = [one for source in _sources for one in source.in_flight(unit_ids=unit_ids, codes=codes, on=on) if one.count]
    return sorted(found, key=lambda one: (one.kind is Fate.STAYS, -one.count))
