"""The socket that every source of travel times fits."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from planengine.errors import InvalidProblem
from planengine.problem import IntMatrix, Place


class TravelSource(Protocol):
    """Anything that can say how many whole seconds it takes between places."""

    def seconds(self, places: tuple[Place, ...], mode: str) -> IntMatrix:
        """Return a square matrix, row = from, column = to, diagonal 0. Raises TravelUnavailable."""
        ...


def travel_matrices(
    places: tuple[Place, ...],
    modes: tuple[str, ...],
    source: TravelSource | None = None,
    ticks_per_minute: int = 60,
) -> tuple[IntMatrix, ...]:
    """Ask source (default: the estimate) for one matrix per mode, in ticks.

    Raises InvalidProblem when a place has no coordinates, TravelUnavailable when the source fails.
    """
    from planengine.travel.estimate import Estimate

    for place in places:
        for name, bound in (("latitude", 90.0), ("longitude", 180.0)):
            value = getattr(place, name)
            if value is None:
                raise InvalidProblem(
                    f"places[{place.id}].{name}",
                    "it is missing and no travel times are given",
                    "Give either of them.",
                )
            if not -bound <= value <= bound:
                raise InvalidProblem(f"places[{place.id}].{name}", f"{value} is not on Earth", f"Stay within {bound}.")
    asked = source if source is not None else Estimate()
    return tuple(_in_ticks(asked.seconds(places, mode), ticks_per_minute) for mode in modes)


def _in_ticks(seconds: IntMatrix, ticks_per_minute: int) -> IntMatrix:
    """Turn seconds into ticks, rounded up so that nobody is promised to be early."""
    return np.asarray(-(-seconds * ticks_per_minute // 60), dtype=np.int64)
