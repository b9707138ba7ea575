"""An instance as the peers' models want it: whole numbers, read straight from the file, knowing no solver.

Times of the unified family are whole already; the others are read to the thousandth of the files' unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from planengine.families.uhhc_cost import LUNCH, leaves_at_shift_start

TICKS = 1_000
NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Carer:
    """A caregiver at work from starts to ends (NO_LIMIT: no end), from and to places of the distance table."""

    id: str
    starts: int
    ends: int
    departs: int
    arrives: int
    lunch: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One service for one patient. windows: (opens, last start in time), in order. carers: who may; liked: wished for
    (None: no matter)."""

    patient: str
    service: str
    place: int
    duration: int
    windows: tuple[tuple[int, int], ...]
    carers: tuple[int, ...]
    liked: frozenset[int] | None
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two services of one patient by different caregivers. most = None: any order and interval."""

    first: int
    second: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Prices:
    """Cost per unit of time or piece; late and overtime are None where they are forbidden."""

    travel: int = 0
    late: int | None = 0
    largest_late: int = 0
    waiting: int = 0
    overtime: int | None = 0
    idle: int = 0
    disliked: int = 0
    skipped: int = 0
    lunch: int = 0
    uneven: int = 0


@dataclass(frozen=True, slots=True)
class Lunch:
    """When a lunch may start, and how long it is."""

    opens: int
    latest: int
    length: int


@dataclass(frozen=True, slots=True)
class Day:
    """A whole instance. from_shift: caregivers leave when their shift starts; waiting before the first visit counts."""

    carers: tuple[Carer, ...]
    calls: tuple[Call, ...]
    pairs: tuple[Pair, ...]
    way: tuple[tuple[int, ...], ...]
    prices: Prices
    lunch: Lunch | None
    from_shift: bool
    ticks: int

    @property
    def has_double_visits(self) -> bool:
        """Whether any patient needs two caregivers, together, one after the other, or just two."""
        return bool(self.pairs)


@dataclass(frozen=True, slots=True)
class Planned:
    """One stop of an answer: a call's number, or None for lunch, and its start."""

    call: int | None
    start: int


def read(data: dict[str, Any]) -> Day:
    """Read an instance of any family."""
    return _read_unified(data) if "terminal_points" in data else _read_plain(data)


def _read_plain(data: dict[str, Any]) -> Day:
    carers = tuple(Carer(str(each["id"]), 0, NO_LIMIT, 0, 0, False) for each in data["caregivers"])
    able = [set(each["abilities"]) for each in data["caregivers"]]
    calls: list[Call] = []
    pairs: list[Pair] = []
    for place, patient in enumerate(data["patients"], start=1):
        opens, closes = patient["time_window"]
        window = (math.ceil(opens * TICKS - 1e-6), round(closes * TICKS))
        first = len(calls)
        for need in patient["required_caregivers"]:
            who = tuple(number for number, each in enumerate(able) if need["service"] in each)
            calls.append(
                Call(
                    str(patient["id"]), need["service"], place, round(need["duration"] * TICKS), (window,), who, None,
                    False,
                )
            )  # fmt: skip
        if len(calls) == first + 2:
            rule = patient["synchronization"]
            least, most = (0, 0) if rule["type"] == "simultaneous" else rule["distance"]
            pairs.append(Pair(first, first + 1, round(least * TICKS), round(most * TICKS)))
    way = tuple(tuple(round(each * TICKS) for each in row) for row in data["distances"])
    prices = Prices(travel=1, late=1, largest_late=1)
    return Day(carers, tuple(calls), tuple(pairs), way, prices, None, False, TICKS)


def _read_unified(data: dict[str, Any]) -> Day:
    spots = {point["id"]: point["distance_matrix_index"] for point in data["terminal_points"]}
    carers = tuple(
        Carer(
            str(each["id"]), each["working_shift"]["start"], each["working_shift"]["end"],
            spots[each["departing_point"]], spots[each["arrival_point"]], bool(each.get("lunch_break")),
        )
        for each in data["caregivers"]
    )  # fmt: skip
    number_of = {carer.id: number for number, carer in enumerate(carers)}
    at_end = data["metadata"]["time_window_met"] == "at_service_end"
    calls: list[Call] = []
    pairs: list[Pair] = []
    for patient in data["patients"]:
        apart = {number_of[each] for each in patient.get("incompatible_caregivers") or ()}
        liked = patient.get("preferred_caregivers")
        first = len(calls)
        for need in patient["required_services"]:
            who = tuple(
                number
                for number, each in enumerate(data["caregivers"])
                if need["service"] in each["abilities"] and number not in apart
            )
            windows = tuple(
                (each["start"], each["end"] - (need["duration"] if at_end else 0)) for each in patient["time_windows"]
            )
            calls.append(
                Call(
                    str(patient["id"]), need["service"], patient["distance_matrix_index"], need["duration"], windows,
                    who, None if liked is None else frozenset(number_of[each] for each in liked),
                    bool(patient.get("optional")),
                )
            )  # fmt: skip
        if len(calls) == first + 2:
            rule = patient["synchronization"]
            if rule["type"] == "independent":
                pairs.append(Pair(first, first + 1, 0, None))
            else:
                simultaneous = rule["type"] == "simultaneous"
                least, most = (0, 0) if simultaneous else (rule["distance"]["min"], rule["distance"]["max"])
                pairs.append(Pair(first, first + 1, least, most))
    weights = data["metadata"]["cost_components"]
    lunch = None
    if rule := data.get("lunch_breaks"):
        latest = rule["end"] - (rule["min_duration"] if at_end else 0)
        lunch = Lunch(rule["start"], latest, rule["min_duration"])
    way = tuple(tuple(each for each in row) for row in data["distances"])
    return Day(carers, tuple(calls), tuple(pairs), way, _prices(weights), lunch, leaves_at_shift_start(data), 1)


def _prices(weights: dict[str, Any]) -> Prices:
    def soft(name: str) -> int:
        value = weights.get(name, 0)
        return 0 if value == "HARD" else int(value)

    hard_late = "HARD" in (weights.get("total_tardiness"), weights.get("highest_tardiness"))
    return Prices(
        travel=soft("travel_time"),
        late=None if hard_late else soft("total_tardiness"),
        largest_late=soft("highest_tardiness"),
        waiting=soft("total_waiting_time"),
        overtime=None if weights.get("total_extra_time") == "HARD" else soft("total_extra_time"),
        idle=soft("max_idle_time"),
        disliked=soft("caregiver_preferences"),
        skipped=soft("optional_patients"),
        lunch=soft("missed_lunch_break"),
        uneven=soft("workload_balance"),
    )


def solution_of(day: Day, routes: dict[int, list[Planned]]) -> dict[str, Any]:
    """Return the family's solution format. routes: by caregiver's number, stops in order of time."""
    written = []
    for number, stops in sorted(routes.items()):
        if not stops:
            continue
        locations: list[dict[str, Any]] = []
        for position, stop in enumerate(stops):
            if stop.call is not None:
                call = day.calls[stop.call]
                locations.append(
                    {"patient": call.patient, "service": call.service, "arrival_time": _plain(stop.start, day.ticks),
                     "departure_time": _plain(stop.start + call.duration, day.ticks)}
                )  # fmt: skip
            else:
                assert day.lunch is not None
                ahead = [each.call for each in stops[position:] if each.call is not None]
                behind = [each.call for each in stops[:position] if each.call is not None]
                near = ahead[0] if ahead else behind[-1]
                locations.append(
                    {"patient": day.calls[near].patient, "service": LUNCH, "start_time": stop.start,
                     "end_time": stop.start + day.lunch.length}
                )  # fmt: skip
        written.append({"caregiver_id": day.carers[number].id, "locations": locations})
    return {"routes": written}


def _plain(ticks: int, unit: int) -> float | int:
    return ticks // unit if ticks % unit == 0 else ticks / unit


def earliest(day: Day, routes: dict[int, list[int]]) -> dict[int, int] | None:
    """Return each call's earliest start for given orders of calls, or None when the orders lock each other.

    All rules have the form start_j >= start_i + w, so the earliest times are also the cheapest where waiting costs
    nothing (Mankowska, Kummer, Italian). Found by repeated passes (Bellman-Ford); a cycle that grows is a lock.
    """
    arcs: list[tuple[int, int, int]] = []
    start = {
        number: call.windows[0][0] for stops in routes.values() for number in stops for call in [day.calls[number]]
    }
    for carer, stops in routes.items():
        if stops:
            who, first = day.carers[carer], day.calls[stops[0]]
            start[stops[0]] = max(start[stops[0]], who.starts + day.way[who.departs][first.place])
        for one, other in pairwise(stops):
            call = day.calls[one]
            arcs.append((one, other, call.duration + day.way[call.place][day.calls[other].place]))
    for pair in day.pairs:
        if pair.most is not None and pair.first in start and pair.second in start:
            arcs.append((pair.first, pair.second, pair.least))
            arcs.append((pair.second, pair.first, -pair.most))
    for _ in range(len(start) + 1):
        changed = False
        for one, other, least in arcs:
            if start[one] + least > start[other]:
                start[other] = start[one] + least
                changed = True
        if not changed:
            return start
    return None


def planned(routes: dict[int, list[int]], start: dict[int, int]) -> dict[int, list[Planned]]:
    """Return routes of calls with their starts."""
    return {carer: [Planned(call, start[call]) for call in stops] for carer, stops in routes.items()}
