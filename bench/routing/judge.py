"""The one judge of all answers: rules and cost counted from the instance's file and a solution file's content.

It shares nothing with the engine nor with any peer's model. Mankowska, Kummer and the Italian instances are judged
here: cost = (D + T + M) / 3 with D the travel over all routes in use, T the sum and M the largest of the lateness, as
Mankowska, Meisel, Bierwirth, Health Care Manag Sci 17 (2014) 15-30. The unified family is judged by
``planengine.families.uhhc_cost``, which is written from its paper and knows no planner either.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from planengine.families import uhhc_cost

TOLERANCE = 0.002
"""By how much a time may break a rule in the files' unit: published values are rounded, too."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer costs and which rules it breaks, in words. cost is None when it cannot be counted."""

    cost: float | None
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every rule is kept."""
        return self.cost is not None and not self.faults


def judge(data: dict[str, Any], solution: dict[str, Any]) -> Judged:
    """Judge a solution of any of the families by its instance's content."""
    try:
        if "terminal_points" in data:
            found = uhhc_cost.faults(data, solution)
            return Judged(cost=uhhc_cost.cost(data, solution), faults=tuple(found))
        return _judge(data, solution)
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        return Judged(cost=None, faults=(f"not a solution of this instance: {type(fault).__name__} {fault}",))


def _judge(data: dict[str, Any], solution: dict[str, Any]) -> Judged:
    way = data["distances"]
    spots = {patient["id"]: number for number, patient in enumerate(data["patients"], start=1)}
    patients = {patient["id"]: patient for patient in data["patients"]}
    abilities = {caregiver["id"]: set(caregiver["abilities"]) for caregiver in data["caregivers"]}
    faults: list[str] = []
    travel, late, largest = 0.0, 0.0, 0.0
    when: dict[tuple[str, str], float] = {}
    who: dict[tuple[str, str], str] = {}
    seen: set[str] = set()
    for route in solution["routes"]:
        name = route["caregiver_id"]
        stops = route.get("locations") or []
        if name in seen:
            faults.append(f"{name} has two routes")
        seen.add(name)
        places = [0, *(spots[_patient(stop)] for stop in stops), 0]
        travel += sum(way[one][other] for one, other in pairwise(places)) if stops else 0.0
        here, free = 0, 0.0
        for stop in stops:
            patient, service = _patient(stop), stop.get("service", stop.get("service_id"))
            start = float(stop["arrival_time"])
            opens, closes = patients[patient]["time_window"]
            if (patient, service) in when:
                faults.append(f"{patient} gets {service} twice")
            when[patient, service], who[patient, service] = start, name
            if service not in abilities[name]:
                faults.append(f"{name} cannot do {service}")
            if start < opens - TOLERANCE:
                faults.append(f"{patient} is visited before the window opens")
            if start < free + way[here][spots[patient]] - TOLERANCE:
                faults.append(f"{name} is at {patient} before she can be")
            late += max(0.0, start - closes)
            largest = max(largest, start - closes)
            here, free = spots[patient], start + _duration(patients[patient], service)
    for patient in data["patients"]:
        faults += _double_faults(patient, when, who)
    wanted = {(each["id"], need["service"]) for each in data["patients"] for need in each["required_caregivers"]}
    faults += [f"{patient} does not get {service}" for patient, service in sorted(wanted - when.keys())]
    faults += [f"{patient} did not ask for {service}" for patient, service in sorted(when.keys() - wanted)]
    return Judged(cost=(travel + late + largest) / 3, faults=tuple(faults))


def _double_faults(
    patient: dict[str, Any], when: dict[tuple[str, str], float], who: dict[tuple[str, str], str]
) -> list[str]:
    keys = [(patient["id"], need["service"]) for need in patient["required_caregivers"]]
    if len(keys) != 2 or any(key not in when for key in keys):
        return []
    rule = patient["synchronization"]
    least, most = (0.0, 0.0) if rule["type"] == "simultaneous" else rule["distance"]
    lag = when[keys[1]] - when[keys[0]]
    found = []
    if not least - TOLERANCE <= lag <= most + TOLERANCE:
        found.append(f"{patient['id']} is not synchronised: {lag:g} outside {least:g}..{most:g}")
    if who[keys[0]] == who[keys[1]]:
        found.append(f"{patient['id']} gets both services from {who[keys[0]]}")
    return found


def _patient(stop: dict[str, Any]) -> str:
    return str(stop.get("patient", stop.get("patient_id")))


def _duration(patient: dict[str, Any], service: str) -> float:
    """How long a service takes; one that was not asked for is a fault of its own."""
    return float(next((need["duration"] for need in patient["required_caregivers"] if need["service"] == service), 0))
