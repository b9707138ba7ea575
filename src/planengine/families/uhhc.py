"""The unified home care model (uhhc): its files read into the common Problem, results written in its own format.

Ceschia, Da Ros, Di Gaspero, Mancini, Maniezzo, Montemanni, Rosati, Schaerf, ITOR 2026, doi 10.1111/itor.70140.
``uhhc_cost`` says what each of its components means; here each becomes a component of the common objective:

travel_time = travel; total_tardiness = late, highest_tardiness = largest_late; total_waiting_time = waiting (and
before_leaving, where caregivers leave when the shift starts); total_extra_time = overtime; max_idle_time =
longest_unused; caregiver_preferences = not_preferred; optional_patients = skipped; missed_lunch_break = missed_break;
workload_balance = uneven. A lunch is held where the next patient is. Both services of a patient are by different
caregivers, whatever the synchronisation, as in all published solutions. One tick is one unit of the file.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from planengine.errors import UnreadableFile, UnsupportedFile
from planengine.families.uhhc_cost import COMPONENTS, LUNCH, leaves_at_shift_start
from planengine.parameters import Params
from planengine.problem import NO_LEAST, Break, Citizen, Helper, Link, Place, Problem, Visit, Window, WorkPeriod
from planengine.result import Plan, StopKind, TourStop
from planengine.weights import Weights

LONGEST_OVERTIME = 100_000
"""Where extra time has a price, no more than this; days are below 1000 units long."""

RUIN_SHARE = 0.003
"""Fewer large moves than usual: with hundreds of visits and priced breaks each takes about a thousandth of a second."""

_MAY_BE_HARD = {"total_tardiness", "highest_tardiness", "total_extra_time"}
_FIELDS = {
    "": {"metadata", "distances", "terminal_points", "caregivers", "patients", "services", "lunch_breaks"},
    "caregivers": {
        "id", "abilities", "departing_point", "arrival_point", "working_shift", "lunch_break", "location",
    },
    "patients": {
        "id", "required_services", "distance_matrix_index", "time_windows", "location", "synchronization", "optional",
        "preferred_caregivers", "incompatible_caregivers",
    },
}  # fmt: skip


def looks_like(data: Any) -> bool:
    """Whether a file's content is of the unified family."""
    return isinstance(data, dict) and {"patients", "caregivers", "terminal_points", "metadata"} <= data.keys()


def what_is_missing(data: Any) -> list[str]:
    """Return what the file asks for that the planner does not do, in words for whoever reads the refusal."""
    missing = []
    weights = data["metadata"].get("cost_components") or {}
    if unknown := sorted(str(name) for name in weights if name not in COMPONENTS):
        missing.append("the cost components " + ", ".join(unknown))
    missing += [
        f"{name} as a hard rule"
        for name, weight in weights.items()
        if name in COMPONENTS and weight == "HARD" and name not in _MAY_BE_HARD
    ]
    for part, known in _FIELDS.items():
        rows = [data] if not part else data[part]
        found = sorted({str(name) for row in rows for name in row if name not in known and row[name] is not None})
        if found:
            missing.append(f"the fields {', '.join(found)} of {part or 'the file'}")
    lunches = any(each.get("lunch_break") for each in data["caregivers"])
    shifts = {(each["working_shift"]["start"], each["working_shift"]["end"]) for each in data["caregivers"]}
    if "workload_balance" in weights and (len(shifts) > 1 or lunches):
        missing.append("workload_balance between shifts of different length")
    if leaves_at_shift_start(data) and lunches:
        missing.append("lunch together with waiting from the start of the shift")
    if data["metadata"].get("time_window_met", "at_service_start") not in ("at_service_start", "at_service_end"):
        missing.append(f"time_window_met = {data['metadata']['time_window_met']}")
    for patient in data["patients"]:
        opens = [each["start"] for each in patient["time_windows"]]
        if any(one >= other for one, other in pairwise(opens)):
            missing.append(f"windows out of order (patient {patient['id']})")
        wanted = patient.get("preferred_caregivers")
        if wanted is not None and not set(wanted) - set(patient.get("incompatible_caregivers") or ()):
            missing.append(f"preferred caregivers none of whom may come (patient {patient['id']})")
        if len(patient["required_services"]) > 2:
            missing.append(f"more than two services (patient {patient['id']})")
    return missing


def read(data: Any, name: str = "") -> tuple[Problem, Params]:
    """Read an instance. Raises UnsupportedFile naming what is not modelled, UnreadableFile naming what is wrong."""
    try:
        if missing := what_is_missing(data):
            raise UnsupportedFile(f"the unified home care file asks for what is not modelled: {'; '.join(missing)}.")
        return _problem(data, name), _params(data)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as fault:
        raise UnreadableFile(f"not a unified home care instance: {type(fault).__name__} {fault}") from fault


def _params(data: Any) -> Params:
    prices = {
        name: 0.0 if weight == "HARD" else float(weight) for name, weight in data["metadata"]["cost_components"].items()
    }
    waiting = prices.get("total_waiting_time", 0.0)
    from_shift = leaves_at_shift_start(data)
    weights = Weights(
        **{
            **dict.fromkeys(Weights().as_dict(), 0.0),
            "travel": prices.get("travel_time", 0.0),
            "waiting": waiting,
            "before_leaving": waiting if from_shift else 0.0,
            "late": prices.get("total_tardiness", 0.0),
            "largest_late": prices.get("highest_tardiness", 0.0),
            "overtime": prices.get("total_extra_time", 0.0),
            "longest_unused": prices.get("max_idle_time", 0.0),
            "not_preferred": prices.get("caregiver_preferences", 0.0),
            "skipped": prices.get("optional_patients", 0.0),
            "missed_break": prices.get("missed_lunch_break", 0.0),
            "uneven": prices.get("workload_balance", 0.0),
        }
    )
    hard = data["metadata"]["cost_components"].get("total_extra_time") == "HARD"
    return Params(weights=weights, allow_overtime=not hard, leave_late=not from_shift, ruin_share=RUIN_SHARE)


def _problem(data: Any, name: str) -> Problem:
    matrix = np.array(data["distances"])
    if not np.issubdtype(matrix.dtype, np.integer):
        raise ValueError("a distance is not a whole number")
    matrix = matrix.astype(np.int64)
    np.fill_diagonal(matrix, 0)
    services = {service["id"]: number for number, service in enumerate(data["services"])}
    spots = {point["id"]: point["distance_matrix_index"] for point in data["terminal_points"]}
    points = {number: name for name, number in spots.items()}
    helper_of = {caregiver["id"]: number for number, caregiver in enumerate(data["caregivers"])}
    visits: list[Visit] = []
    links: list[Link] = []
    for number, patient in enumerate(data["patients"]):
        first = len(visits)
        for part, need in enumerate(patient["required_services"]):
            visit = Visit(
                id=len(visits),
                citizen=number,
                place=patient["distance_matrix_index"],
                duration=need["duration"],
                competences=frozenset({services[need["service"]]}),
                importance=0 if patient.get("optional") else 1,
                skip_cost=0.0 if part or not patient.get("optional") else 1.0,
                ref=f"{patient['id']}\t{need['service']}",
            )
            visits.append(_with_windows(visit, data, patient))
        if len(patient["required_services"]) == 2:
            least, most = _lag(patient["synchronization"])
            links.append(
                Link(first=first, second=first + 1, least=least, most=most, together=True, different_helpers=True)
            )
    return Problem(
        name=name,
        places=tuple(Place(id=number, ref=points.get(number, "")) for number in range(matrix.shape[0])),
        modes=("as given",),
        travel=(matrix,),
        helpers=tuple(_helper(data, number, each, services, spots) for number, each in enumerate(data["caregivers"])),
        citizens=tuple(
            Citizen(
                id=number,
                ref=str(each["id"]),
                must_not=frozenset(helper_of[who] for who in each.get("incompatible_caregivers") or ()),
                rather=frozenset(
                    helper_of[who]
                    for who in each.get("preferred_caregivers") or ()
                    if who not in (each.get("incompatible_caregivers") or ())
                ),
            )
            for number, each in enumerate(data["patients"])
        ),
        visits=tuple(visits),
        links=tuple(links),
        ticks_per_minute=1,
    )


def _lag(rule: Any) -> tuple[int, int | None]:
    if rule["type"] == "independent":
        return NO_LEAST, None
    return (0, 0) if rule["type"] == "simultaneous" else (rule["distance"]["min"], rule["distance"]["max"])


def _with_windows(visit: Visit, data: Any, patient: Any) -> Visit:
    """Return the visit with its windows: ends become the last start in time, hard where lateness is not allowed."""
    at_end = data["metadata"]["time_window_met"] == "at_service_end"
    weights = data["metadata"]["cost_components"]
    hard = "HARD" in (weights.get("total_tardiness"), weights.get("highest_tardiness"))
    windows = []
    opens = [each["start"] for each in patient["time_windows"]]
    for each, following in zip(patient["time_windows"], [*opens[1:], None], strict=True):
        last = each["end"] - (visit.duration if at_end else 0)
        if hard and following is not None:
            last = min(last, following - 1)
        if not hard and last < 0:
            raise UnsupportedFile(
                f"patient {patient['id']}: a window that ends before the service can is not modelled."
            )
        if not hard or last >= each["start"]:
            windows.append(
                Window(earliest=each["start"], latest=last if hard else None, wish_to=None if hard else last)
            )
    if not windows:
        raise UnsupportedFile(f"patient {patient['id']}: no window is as long as the service; that is not modelled.")
    if len(windows) == 1:
        only = windows[0]
        return replace(visit, earliest=only.earliest, latest=only.latest, wish_to=only.wish_to)
    return replace(visit, earliest=windows[0].earliest, latest=windows[-1].latest, windows=tuple(windows))


def _helper(data: Any, number: int, caregiver: Any, services: dict[str, int], spots: dict[str, int]) -> Helper:
    shift = caregiver["working_shift"]
    breaks: tuple[Break, ...] = ()
    if caregiver.get("lunch_break"):
        rule = data["lunch_breaks"]
        length = rule["min_duration"]
        # Where windows bind the start of a service, they bind the start of a lunch too.
        ends = rule["end"] + (length if data["metadata"]["time_window_met"] == "at_service_start" else 0)
        breaks = (Break(duration=length, earliest=rule["start"], latest_end=ends, skip_cost=1.0, on_arrival=True),)
    period = WorkPeriod(
        start=shift["start"],
        end=shift["end"],
        start_place=spots[caregiver["departing_point"]],
        end_place=spots[caregiver["arrival_point"]],
        breaks=breaks,
    )
    return Helper(
        id=number,
        ref=str(caregiver["id"]),
        competences=frozenset(services[each] for each in caregiver["abilities"]),
        periods=(period,),
        max_overtime=LONGEST_OVERTIME,
    )


def write(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the family's solution: a route per caregiver in use; arrival_time = start of the service.

    A lunch is named by the patient where it is held, or by the departing point when there is no visit.
    """
    routes = []
    for tour in plan.tours:
        if not tour.stops:
            continue
        here = problem.places[problem.helpers[tour.helper].periods[tour.period].start_place].ref
        locations = []
        for position, stop in enumerate(tour.stops):
            if stop.kind is StopKind.VISIT:
                here, service = problem.visits[stop.id].ref.split("\t")
                locations.append(
                    {"patient": here, "service": service, "arrival_time": stop.start, "departure_time": stop.end}
                )
            else:
                where = _next_patient(problem, tour.stops[position:]) or here
                locations.append({"patient": where, "service": LUNCH, "start_time": stop.start, "end_time": stop.end})
        routes.append({"caregiver_id": problem.helpers[tour.helper].ref, "locations": locations})
    return {"routes": routes}


def _next_patient(problem: Problem, stops: tuple[TourStop, ...]) -> str | None:
    return next((problem.visits[each.id].ref.split("\t")[0] for each in stops if each.kind is StopKind.VISIT), None)
