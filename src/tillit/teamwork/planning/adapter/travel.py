"""How long it takes between places: by road where a routing server is set, else by the engine's estimate.

What the server says is remembered (`RoadTimes`), so that it is asked once for a team's homes: proposals, the screen
and the rules read what is there, and only places nobody has asked about go to the server. Pages never wait for it.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from time import monotonic

import numpy as np
from django.conf import settings
from django.utils.crypto import salted_hmac

from planengine.errors import TravelUnavailable
from planengine.problem import IntMatrix
from planengine.problem import Place as EnginePlace
from planengine.travel.estimate import Estimate
from planengine.travel.osrm import Durations, Osrm
from planengine.travel.source import TravelSource
from tillit.teamwork.planning.models import RoadTimes
from tillit.teamwork.planning.rules.day import Place

MODES: dict[str, str] = {"CAR": "car", "BIKE": "bike", "FOOT": "foot"}
"""Our codes and the engine's names."""
REMEMBERED = timedelta(days=30)
"""How long a time by road is used before the server is asked again: roads and maps change slowly."""
SILENCE_SECONDS = 60.0
"""So long a process leaves a server alone that did not answer, so that a night's plans do not all wait for it."""

logger = logging.getLogger(__name__)
_silent_until: dict[str, float] = {}
Flags = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


class TravelFault(StrEnum):
    """Why some times are estimates though a routing server is set. Stored with the proposal, told on the page."""

    NO_ANSWER = "NO_ANSWER"
    """The server did not answer: all times of a mode are estimates."""
    PARTLY_NO_ANSWER = "PARTLY_NO_ANSWER"
    """The server did not answer: times to and from places that are new to us are estimates."""
    NO_ROAD = "NO_ROAD"
    """The server found no way between some places."""
    NOT_ASKED = "NOT_ASKED"
    """Nobody has asked the server about these places yet, and a page does not: all times of a mode are estimates."""
    PARTLY_NOT_ASKED = "PARTLY_NOT_ASKED"
    """The same about some of the places."""
    ESTIMATE = "ESTIMATE"
    """No server is set: every time is an estimate. No fault, but what a page that gives prices says."""


class RoadTravel:
    """Times by road between places, asked for once and remembered. The estimate steps in, and `faults` says so."""

    def __init__(self, server: Osrm, *, at: datetime | None) -> None:
        """at: now. None reads only what is remembered and asks nobody, as pages do."""
        self._server = server
        self._at = at
        self._faults: set[TravelFault] = set()

    @property
    def faults(self) -> tuple[str, ...]:
        """What went wrong so far, as codes."""
        return tuple(sorted(self._faults))

    def seconds(self, places: tuple[EnginePlace, ...], mode: str) -> IntMatrix:
        """Return whole seconds from row to column. A mode without a server is estimated, and that is no fault."""
        estimate = Estimate()
        guess = estimate.seconds(places, mode)
        if mode not in self._server.bases or len(places) < 2:
            return guess
        names = [name_of(place) for place in places]
        source = source_name(self._server.bases[mode], self._server.profiles[mode])
        found, known = _read(source, names, since=None if self._at is None else self._at - REMEMBERED)
        if self._at is not None and not known.all():
            found, known = self._asked(places, mode, source, names, found, known, self._at)
        elsewhere = np.array([[one != other for other in names] for one in names])
        if self._at is None and not known.all():
            some = bool((known & elsewhere).any())
            self._faults.add(TravelFault.PARTLY_NOT_ASKED if some else TravelFault.NOT_ASKED)
        if (known & np.isnan(found) & elsewhere).any():
            self._faults.add(TravelFault.NO_ROAD)
        by_road = known & ~np.isnan(found)
        fixed = estimate.speeds[mode].fixed_seconds  # the server knows the way, not the parking
        whole = np.where(by_road, found + fixed, guess)
        return np.asarray(np.where(elsewhere, whole, 0), dtype=np.int64)

    def _asked(
        self,
        places: Sequence[EnginePlace],
        mode: str,
        source: str,
        names: list[str],
        found: Durations,
        known: Flags,
        at: datetime,
    ) -> tuple[Durations, Flags]:
        """Ask for what is not known, and remember it: the ways from and to a few places that are in all of it."""
        base = self._server.bases[mode]
        new = _new_places(known)
        old = [each for each in range(len(places)) if each not in set(new)]
        every = list(range(len(places)))
        filled, all_known = found.copy(), np.ones_like(known)
        try:
            if _silent_until.get(base, 0.0) > monotonic():
                raise TravelUnavailable("It did not answer a moment ago.")
            filled[np.ix_(new, every)] = self._server.table(places, mode, new, every)
            if old:
                filled[np.ix_(old, new)] = self._server.table(places, mode, old, new)
        except TravelUnavailable as fault:
            if _silent_until.get(base, 0.0) <= monotonic():
                _silent_until[base] = monotonic() + SILENCE_SECONDS
                logger.warning("The road service did not answer usefully: %s", fault)
            some = any(known[one, other] and names[one] != names[other] for one in every for other in every)
            self._faults.add(TravelFault.PARTLY_NO_ANSWER if some else TravelFault.NO_ANSWER)
            return found, known
        _keep(source, names, filled, new, at=at)
        return filled, all_known


def chosen_source(*, at: datetime | None = None) -> TravelSource:
    """Return where the planner's travel times come from: routing servers when TILLIT_OSRM_URL names any.

    at: now. None never asks a server, only reads what is remembered: whoever answers a page asks so. When a server
    does not answer, the estimate steps in, so that a morning's lists never wait for it; `faults_of` then says so.
    """
    if not settings.ENV.road_services:
        return Estimate()
    return RoadTravel(Osrm(bases=settings.ENV.road_services), at=at)


def faults_of(source: TravelSource) -> tuple[str, ...]:
    """Return the codes of what went wrong when the source was asked."""
    return source.faults if isinstance(source, RoadTravel) else ()


def said_of(source: TravelSource) -> tuple[str, ...]:
    """Return the codes of why times are estimates, also where no server is set: for answers with prices in them."""
    return source.faults if isinstance(source, RoadTravel) else (TravelFault.ESTIMATE,)


def forget_old(*, at: datetime) -> int:
    """Delete what was remembered too long ago to be used. Returns how many rows."""
    return RoadTimes.objects.filter(asked_at__lte=at - REMEMBERED).delete()[0]


def name_of(place: EnginePlace) -> str:
    """Return a place's name in the store: a keyed hash to the metre, from which nobody without the key gets a home."""
    spot = f"{place.longitude:.5f},{place.latitude:.5f}"
    return salted_hmac("tillit.planning.road_times", spot, algorithm="sha256").hexdigest()[:16]


def source_name(base: str, profile: str) -> str:
    """Return the name of what was asked: another address or profile, other times."""
    return hashlib.sha256(f"table/v1 {base.rstrip('/')} {profile}".encode()).hexdigest()[:16]


def _read(source: str, names: list[str], *, since: datetime | None) -> tuple[Durations, Flags]:
    """Return what is remembered, NaN where there is no road, and which pairs are; in one query."""
    size = len(names)
    found, known = np.full((size, size), np.nan), np.zeros((size, size), dtype=np.bool_)
    kept = RoadTimes.objects.filter(source=source, origin__in=set(names))
    if since is not None:
        kept = kept.filter(asked_at__gt=since)
    rows: dict[str, dict[str, int | None]] = dict(kept.values_list("origin", "seconds"))
    for one, origin in enumerate(names):
        row = rows.get(origin, {})
        for other, destination in enumerate(names):
            if origin == destination:
                found[one, other], known[one, other] = 0.0, True
            elif destination in row:
                value = row[destination]
                found[one, other], known[one, other] = np.nan if value is None else value, True
    return found, known


def _new_places(known: Flags) -> list[int]:
    """Return places whose ways, from and to, cover every unknown pair: few, or all when it is most of them."""
    left = ~known
    new: list[int] = []
    while left.any():
        place = int(np.argmax(left.sum(axis=0) + left.sum(axis=1)))
        new.append(place)
        left[place, :] = False
        left[:, place] = False
    return sorted(new) if len(new) * 2 < len(known) else list(range(len(known)))


def _keep(source: str, names: list[str], found: Durations, new: list[int], *, at: datetime) -> None:
    """Remember the new ways. A row that is there keeps its age, so that nothing is used longer than REMEMBERED."""
    rows = {row.origin: row for row in RoadTimes.objects.filter(source=source, origin__in=set(names))}
    fresh = set(new)
    for one, origin in enumerate(names):
        row = rows.get(origin)
        if row is None or row.asked_at <= at - REMEMBERED:
            row = rows[origin] = RoadTimes(source=source, origin=origin, seconds={}, asked_at=at)
        for other, destination in enumerate(names):
            if origin != destination and (one in fresh or other in fresh):
                value = found[one, other]
                row.seconds[destination] = None if np.isnan(value) else int(value)
    RoadTimes.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["source", "origin"],
        update_fields=["seconds", "asked_at"],
    )


class DayWays:
    """Travel times between the places of one day, reckoned when first asked for. Never asks a server."""

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
            self._matrices[travel] = chosen_source(at=None).seconds(places, MODES[travel])
        return self._matrices[travel]

    def minutes(self, travel: str, start: Place | None, end: Place | None) -> int:
        """Return whole minutes, rounded up; 0 when either place is unknown or they are the same."""
        if start is None or end is None or start == end:
            return 0
        if start not in self._index or end not in self._index:
            return 0
        return -(-int(self._matrix(travel)[self._index[start], self._index[end]]) // 60)
