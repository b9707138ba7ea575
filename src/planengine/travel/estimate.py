"""Travel times guessed from coordinates, for a team without a road service.

seconds = fixed + detour * great-circle metres / (metres per second), rounded up; 0 from a place to itself.
Metres beyond ``far_metres`` go at ``far_kmh``: a long way is on faster roads.
The fixed part is what a leg costs before anybody moves: finding and scraping the car, unlocking the bicycle.
Speeds are rough means for town driving, town cycling and brisk walking; a team may give its own. The car's are
compared with road services' times by ``./run bench travel`` (docs/benchmarks/travel.md): below 8 km of straight line
they were guessed beforehand, beyond it the speed was fitted to some of the instances.
The detour factor of about 1.3 is the usual ratio of road to straight distance in towns
(Ballou, Rahardja, Sakai, Transportation Research A 36 (2002) 843-848).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from planengine.errors import InvalidProblem, TravelUnavailable
from planengine.problem import IntMatrix, Place

EARTH_METRES = 6_371_000.0
Metres = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeSpeed:
    """How one mode travels. kmh > 0; detour >= 1; fixed_seconds >= 0.

    far_metres >= 0: the part of the straight line beyond it goes at far_kmh >= kmh. Infinite: all at kmh.
    """

    kmh: float
    detour: float
    fixed_seconds: int
    far_metres: float = math.inf
    far_kmh: float = math.inf

    def __post_init__(self) -> None:
        numbers = (self.kmh, self.detour, float(self.fixed_seconds))
        fits = all(map(math.isfinite, numbers)) and self.kmh > 0 and self.detour >= 1 and self.fixed_seconds >= 0
        if not fits or not self.far_metres >= 0 or not self.far_kmh >= self.kmh:
            raise InvalidProblem(
                "travel.estimate",
                f"{self} is out of bounds",
                "Give kmh > 0, detour >= 1, fixed >= 0, far_metres >= 0, far_kmh >= kmh.",
            )

    def moving(self, metres: Metres) -> Metres:
        """Return seconds of moving along straight lines of so many metres, not rounded, without the fixed part."""
        near = np.minimum(metres, self.far_metres) / (self.kmh / 3.6)
        return (near + np.maximum(0.0, metres - self.far_metres) / (self.far_kmh / 3.6)) * self.detour


CAR = ModeSpeed(kmh=32.0, detour=1.35, fixed_seconds=120, far_metres=8_000.0, far_kmh=70.0)
BIKE = ModeSpeed(kmh=15.0, detour=1.25, fixed_seconds=60)
FOOT = ModeSpeed(kmh=4.8, detour=1.25, fixed_seconds=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The built-in source; knows car, bike and foot."""

    speeds: Mapping[str, ModeSpeed] = field(default_factory=lambda: {"car": CAR, "bike": BIKE, "foot": FOOT})

    def seconds(self, places: tuple[Place, ...], mode: str) -> IntMatrix:
        """Return whole seconds between places. Raises TravelUnavailable for a mode without a speed."""
        if mode not in self.speeds:
            raise TravelUnavailable(f"The estimate knows {', '.join(sorted(self.speeds))}, not {mode!r}.")
        speed = self.speeds[mode]
        metres = great_circle_metres(places)
        moving = np.ceil(speed.moving(metres) - 1e-9)
        result = np.where(metres > 0, moving + speed.fixed_seconds, 0.0)
        return np.asarray(result, dtype=np.int64)


def great_circle_metres(places: tuple[Place, ...]) -> Metres:
    """Return metres along the great circle between all pairs (haversine formula). Places need coordinates."""
    latitude = np.radians(np.array([place.latitude for place in places], dtype=np.float64))
    longitude = np.radians(np.array([place.longitude for place in places], dtype=np.float64))
    half = np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
    half = half + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * (
        np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    )
    metres: Metres = 2 * EARTH_METRES * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return metres
