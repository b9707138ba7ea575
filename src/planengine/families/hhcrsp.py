"""The families mankowska, kummer and italian: home health care routing and scheduling (HHCRSP).

cost = (D + T + M) / 3 with D all travel, T the sum and M the largest of the lateness after the windows; windows
open hard and close softly. A visit is one service for one patient. Mankowska, Meisel, Bierwirth, Health Care Manag
Sci 17 (2014) 15-30; file format of Ceschia, Di Gaspero, Rosati, Schaerf, ITOR 2024, doi 10.1111/itor.13585.

Times are read exactly to the thousandth of the files' unit: one tick is 1/1000. Window openings with more decimals are
rounded up, so that nobody starts early; everything else to the nearest tick.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from planengine.errors import UnreadableFile
from planengine.parameters import Params
from planengine.problem import Citizen, Helper, Link, Place, Problem, Visit, WorkPeriod
from planengine.result import Plan, StopKind
from planengine.weights import Weights

TICKS = 1_000
HORIZON = 200_000 * TICKS
"""Nobody is ever out longer than this; the family itself knows no end of work."""

WEIGHTS = Weights(**{**dict.fromkeys(Weights().as_dict(), 0.0), "travel": 1 / 3, "late": 1 / 3, "largest_late": 1 / 3})


def looks_like(data: Any) -> bool:
    """Whether a file's content is of these families."""
    return isinstance(data, dict) and {"patients", "caregivers", "central_offices", "distances"} <= data.keys()


def read(data: Any, name: str = "") -> tuple[Problem, Params]:
    """Read an instance. Raises UnreadableFile naming what is wrong."""
    try:
        return _read(data, name)
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        raise UnreadableFile(f"not a home health care instance: {type(fault).__name__} {fault}") from fault


def _read(data: Any, name: str) -> tuple[Problem, Params]:
    distances = np.array(data["distances"], dtype=np.float64)
    if not np.isfinite(distances).all():
        raise ValueError("a distance is not a number")
    matrix = np.rint(distances * TICKS).astype(np.int64)
    np.fill_diagonal(matrix, 0)
    services = {service["id"]: number for number, service in enumerate(data["services"])}
    visits: list[Visit] = []
    links: list[Link] = []
    for number, patient in enumerate(data["patients"]):
        opens, closes = patient["time_window"]
        wanted = patient["required_caregivers"]
        first = len(visits)
        for need in wanted:
            visits.append(
                Visit(
                    id=len(visits),
                    citizen=number,
                    place=number + 1,
                    duration=_ticks(need["duration"]),
                    earliest=max(0, math.ceil(opens * TICKS - 1e-6)),
                    wish_to=_ticks(closes),
                    competences=frozenset({services[need["service"]]}),
                    ref=f"{patient['id']}\t{need['service']}",
                )
            )
        if len(wanted) > 2:
            raise ValueError(f"patient {patient['id']} needs {len(wanted)} caregivers")
        if len(wanted) == 2:
            rule = patient["synchronization"]
            least, most = (0, 0) if rule["type"] == "simultaneous" else rule["distance"]
            links.append(
                Link(
                    first=first, second=first + 1, least=_ticks(least), most=_ticks(most), together=True,
                    different_helpers=True,
                )
            )  # fmt: skip
    problem = Problem(
        name=name,
        places=tuple(Place(id=number) for number in range(matrix.shape[0])),
        modes=("as given",),
        travel=(matrix,),
        helpers=tuple(
            Helper(
                id=number,
                ref=str(caregiver["id"]),
                competences=frozenset(services[each] for each in caregiver["abilities"]),
                periods=(WorkPeriod(start=0, end=HORIZON, start_place=0, end_place=0),),
            )
            for number, caregiver in enumerate(data["caregivers"])
        ),
        citizens=tuple(Citizen(id=number, ref=str(each["id"])) for number, each in enumerate(data["patients"])),
        visits=tuple(visits),
        links=tuple(links),
        ticks_per_minute=TICKS,
    )
    return problem, Params(weights=WEIGHTS)


def _ticks(value: float) -> int:
    return round(value * TICKS)


def write(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the family's solution: a route per caregiver in use, arrival_time = start of the service."""
    routes = []
    for tour in plan.tours:
        stops = [stop for stop in tour.stops if stop.kind is StopKind.VISIT]
        if not stops:
            continue
        locations = []
        for stop in stops:
            patient, service = problem.visits[stop.id].ref.split("\t")
            locations.append(
                {"patient": patient, "service": service, "arrival_time": _plain(stop.start),
                 "departure_time": _plain(stop.end)}
            )  # fmt: skip
        routes.append({"caregiver_id": problem.helpers[tour.helper].ref, "locations": locations})
    return {"routes": routes}


def _plain(ticks: int) -> float | int:
    return ticks // TICKS if ticks % TICKS == 0 else ticks / TICKS
