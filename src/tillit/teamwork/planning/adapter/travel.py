"""How long it takes between places, by the engine's estimate, for the screen and the rules."""

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings

from planengine.problem import IntMatrix
from planengine.problem import Place as EnginePlace
from planengine.travel.estimate import Estimate
from planengine.travel.osrm import Osrm
from planengine.travel.source import TravelSource
from tillit.teamwork.planning.rules.day import Place

MODES: dict[str, str] = {"CAR": "car", "BIKE": "bike", "FOOT": "foot"}
"""Our codes and the engine's names."""


def chosen_source() -> TravelSource:
    """Return where the planner's travel times come from: a routing server when TILLIT_OSRM_URL names one.

    When the server does not answer, the estimate steps in, so that a morning's lists never wait for a road server.
    """
    if not settings.ENV.osrm_url:
        return Estimate()
    return Osrm(base=settings.ENV.osrm_url, fallback=Estimate())


class EstimatedWays:
    """Travel times between the places of one day, reckoned when first asked for."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = tuple(dict.fromkeys(places))
        self._matrices: dict[str, IntMatrix] = {}

    @cached_property
    def _index(self) -> dict[Place, int]:
        return {place: number for number, place in enumerate(self._places)}

    def _matrix(self, travel: str) -> IntMatrix:
        if travel not in self._matrices:
            places = tuple(
                EnginePlace(id=number, latitude=latitude, longitude=longitude)
                for number, (latitude, longitude) in enumerate(self._places)
            )
            self._matrices[travel] = Estimate().seconds(places, MODES[travel])
        return self._matrices[travel]

    def minutes(self, travel: str, start: Place | None, end: Place | None) -> int:
        """Return whole minutes, rounded up; 0 when either place is unknown or they are the same."""
        if start is None or end is None or start == end:
            return 0
        if start not in self._index or end not in self._index:
            return 0
        return -(-int(self._matrix(travel)[self._index[start], self._index[end]]) // 60)
