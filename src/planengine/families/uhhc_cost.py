"""What a solution of the unified home care model (uhhc) costs, counted from its file and the instance's alone.

Ceschia, Da Ros, Di Gaspero, Mancini, Maniezzo, Montemanni, Rosati, Schaerf, ITOR 2026, doi 10.1111/itor.70140. Shares
nothing with the planner, so that reading, planning and writing can be judged by it. Amounts, each times its weight:

- travel_time: over all routes in use, terminal to terminal.
- total_tardiness, highest_tardiness: a service belongs to the last window that opens at or before its start; late is
  what its start (or end, see ``time_window_met``) lies after that window's end.
- total_waiting_time: between arriving and starting. Before the first stop it counts from the start of the shift in
  Bazirha's instances, and not at all in the others (the caregiver leaves later). What follows a lunch that is the
  first stop does not count either.
- max_idle_time: the most that any caregiver is neither travelling, serving nor at lunch within her shift, counted to
  when she is back if that is later; a caregiver without route is idle all her shift.
- total_extra_time: from the end of the shift to being back.
- caregiver_preferences: services by another than the preferred caregivers, where there are some.
- optional_patients: patients not visited. missed_lunch_break: caregivers who should have one and have none.
- workload_balance: over all caregivers, service and travel time less the average, absolute, each rounded up.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

LUNCH = "lunch_break"
COMPONENTS = (
    "travel_time",
    "total_tardiness",
    "highest_tardiness",
    "total_waiting_time",
    "total_extra_time",
    "max_idle_time",
    "caregiver_preferences",
    "optional_patients",
    "missed_lunch_break",
    "workload_balance",
)
"""All components of the published instances."""


def amounts(instance: dict[str, Any], solution: dict[str, Any]) -> dict[str, int]:
    """Return the amount of every component, not weighted. Whether the rules are kept is not judged: see faults."""
    patients = {each["id"]: each for each in instance["patients"]}
    caregivers = {each["id"]: each for each in instance["caregivers"]}
    spots = {each["id"]: each["distance_matrix_index"] for each in instance["terminal_points"]}
    spots |= {each["id"]: each["distance_matrix_index"] for each in instance["patients"]}
    way = instance["distances"]
    from_shift = leaves_at_shift_start(instance)
    found = dict.fromkeys(COMPONENTS, 0)
    work = dict.fromkeys(caregivers, 0)
    idle = {name: _shift(each)[1] - _shift(each)[0] for name, each in caregivers.items()}
    visited: set[str] = set()
    lunched: set[str] = set()
    for route in solution["routes"]:
        name = route["caregiver_id"]
        caregiver = caregivers[name]
        stops = stops_of(route)
        if not stops:
            continue
        start, end = _shift(caregiver)
        places = [spots[caregiver["departing_point"]], *(spots[each["patient"]] for each in stops)]
        places.append(spots[caregiver["arrival_point"]])
        legs = [way[one][other] for one, other in pairwise(places)]
        leave = start if from_shift else begins(stops[0]) - legs[0]
        free, waits = leave, []
        for stop, leg in zip(stops, legs[:-1], strict=True):
            waits.append(begins(stop) - free - leg)
            free = ends(stop)
        back = free + legs[-1]
        held = [each for each in stops if each["service"] == LUNCH]
        served = [each for each in stops if each["service"] != LUNCH]
        lunched.update(name for _ in held)
        work[name] = sum(legs) + sum(ends(each) - begins(each) for each in served)
        found["travel_time"] += sum(legs)
        skipped = 1 if len(waits) > 1 and stops[0]["service"] == LUNCH else None
        found["total_waiting_time"] += sum(wait for number, wait in enumerate(waits) if number != skipped)
        found["total_extra_time"] += max(0, back - end)
        idle[name] = max(0, leave - start) + sum(waits) + max(0, end - back)
        for stop in served:
            patient = patients[stop["patient"]]
            visited.add(stop["patient"])
            late = tardiness(instance, patient, begins(stop), ends(stop))
            found["total_tardiness"] += late
            found["highest_tardiness"] = max(found["highest_tardiness"], late)
            wanted = patient.get("preferred_caregivers")
            found["caregiver_preferences"] += wanted is not None and name not in wanted
    found["max_idle_time"] = max(idle.values())
    found["optional_patients"] = sum(each not in visited for each in patients)
    found["missed_lunch_break"] = sum(
        bool(each.get("lunch_break")) and name not in lunched for name, each in caregivers.items()
    )
    mean = Fraction(sum(work.values()), len(work))
    found["workload_balance"] = sum(ceil(abs(each - mean)) for each in work.values())
    return found


def cost(instance: dict[str, Any], solution: dict[str, Any]) -> float:
    """Return the weighted sum; a component that is HARD is a rule and not priced."""
    weights = instance["metadata"]["cost_components"]
    counted = amounts(instance, solution)
    return float(sum(weight * counted[name] for name, weight in weights.items() if weight != "HARD"))


def faults(instance: dict[str, Any], solution: dict[str, Any]) -> list[str]:
    """Return every hard rule that the solution breaks, in words."""
    found: list[str] = []
    patients = {each["id"]: each for each in instance["patients"]}
    caregivers = {each["id"]: each for each in instance["caregivers"]}
    spots = {each["id"]: each["distance_matrix_index"] for each in instance["terminal_points"]}
    spots |= {each["id"]: each["distance_matrix_index"] for each in instance["patients"]}
    weights = instance["metadata"]["cost_components"]
    times: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for route in solution["routes"]:
        name = route["caregiver_id"]
        caregiver = caregivers[name]
        here, free = spots[caregiver["departing_point"]], _shift(caregiver)[0]
        for stop in stops_of(route):
            there = spots[stop["patient"]]
            if begins(stop) < free + instance["distances"][here][there]:
                found.append(f"{name} is at {stop['patient']} before she can be")
            here, free = there, ends(stop)
            if stop["service"] == LUNCH:
                found += _lunch_faults(instance, name, stop)
                continue
            patient = patients[stop["patient"]]
            needs = {each["service"]: each["duration"] for each in patient["required_services"]}
            if ends(stop) - begins(stop) != needs[stop["service"]] or stop["service"] not in caregiver["abilities"]:
                found.append(f"{name} at {stop['patient']}: wrong duration or ability")
            if begins(stop) < patient["time_windows"][0]["start"]:
                found.append(f"{stop['patient']} is served before the first window")
            if name in patient.get("incompatible_caregivers", ()):
                found.append(f"{stop['patient']} and {name} are incompatible")
            late = tardiness(instance, patient, begins(stop), ends(stop))
            if weights.get("total_tardiness") == "HARD" and late:
                found.append(f"{stop['patient']} is late by {late}")
            if stop["service"] in times[stop["patient"]]:
                found.append(f"{stop['patient']} gets {stop['service']} twice")
            times[stop["patient"]][stop["service"]] = (name, begins(stop))
        if weights.get("total_extra_time") == "HARD" and here != spots[caregiver["departing_point"]]:
            back = free + instance["distances"][here][spots[caregiver["arrival_point"]]]
            if back > _shift(caregiver)[1]:
                found.append(f"{name} is back after her shift")
    for each in instance["patients"]:
        found += _patient_faults(each, times.get(each["id"], {}))
    return found


def _lunch_faults(instance: dict[str, Any], name: str, stop: dict[str, Any]) -> list[str]:
    rule = instance["lunch_breaks"]
    bound = ends(stop) if instance["metadata"]["time_window_met"] == "at_service_end" else begins(stop)
    if begins(stop) < rule["start"] or bound > rule["end"] or ends(stop) - begins(stop) < rule["min_duration"]:
        return [f"{name}'s lunch is outside its window"]
    return []


def _patient_faults(patient: dict[str, Any], times: dict[str, tuple[str, int]]) -> list[str]:
    if not times:
        return [] if patient.get("optional") else [f"{patient['id']} is not visited"]
    wanted = [each["service"] for each in patient["required_services"]]
    if sorted(wanted) != sorted(times):
        return [f"{patient['id']} gets only some of its services"]
    rule = patient.get("synchronization") or {"type": "independent"}
    if len(wanted) < 2 or rule["type"] == "independent":
        return []
    (one, first), (other, second) = (times[each] for each in wanted)
    least, most = (0, 0)
    if rule["type"] == "sequential":
        least, most = rule["distance"]["min"], rule["distance"]["max"]
    if one == other or not least <= second - first <= most:
        return [f"{patient['id']} is not synchronised"]
    return []


def tardiness(instance: dict[str, Any], patient: dict[str, Any], start: int, end: int) -> int:
    """Return by how much a service is late after the window it belongs to."""
    windows = [each for each in patient["time_windows"] if each["start"] <= start] or patient["time_windows"][:1]
    bound = start if instance["metadata"]["time_window_met"] == "at_service_start" else end
    return max(0, bound - int(windows[-1]["end"]))


def leaves_at_shift_start(instance: dict[str, Any]) -> bool:
    """Whether caregivers leave when their shift starts, so that waiting before the first stop counts."""
    return str(instance["metadata"].get("origin", "")).startswith("bazirha")


def stops_of(route: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a route's stops in order of time (lunches are listed last in the published files)."""
    return sorted(route.get("locations") or (), key=begins)


def begins(stop: dict[str, Any]) -> int:
    """Return when a service or lunch starts; the files name it arrival_time or start_time."""
    return int(stop["arrival_time"] if "arrival_time" in stop else stop["start_time"])


def ends(stop: dict[str, Any]) -> int:
    """Return when a service or lunch ends."""
    return int(stop["departure_time"] if "departure_time" in stop else stop["end_time"])


def _shift(caregiver: dict[str, Any]) -> tuple[int, int]:
    return caregiver["working_shift"]["start"], caregiver["working_shift"]["end"]
