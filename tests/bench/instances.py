"""Two small days, checked by hand, in the files' own formats."""

from __future__ import annotations

from typing import Any


def line_day() -> dict[str, Any]:
    """Base, p1, p2 on a line ten apart. p1 wants a; p2 wants a and b at once. Only c2 can b.

    Both caregivers must go to p2 (20 out, 20 home) and p1 is on the way: D = 80, nobody is late, cost 80/3.
    """
    return {
        "services": [{"id": "a", "default_duration": 5}, {"id": "b", "default_duration": 5}],
        "caregivers": [{"id": "c1", "abilities": ["a"]}, {"id": "c2", "abilities": ["a", "b"]}],
        "central_offices": [{"id": "d", "location": [0, 0]}],
        "patients": [
            {
                "id": "p1", "location": [10, 0], "time_window": [0, 100],
                "required_caregivers": [{"service": "a", "duration": 5}],
            },
            {
                "id": "p2", "location": [20, 0], "time_window": [20, 30],
                "required_caregivers": [{"service": "a", "duration": 10}, {"service": "b", "duration": 10}],
                "synchronization": {"type": "simultaneous"},
            },
        ],
        "distances": [[0, 10, 20], [10, 0, 10], [20, 10, 0]],
    }  # fmt: skip


def line_answer() -> dict[str, Any]:
    """The best plan of the line day."""
    return {
        "routes": [
            {
                "caregiver_id": "c1",
                "locations": [
                    {"patient": "p1", "service": "a", "arrival_time": 10, "departure_time": 15},
                    {"patient": "p2", "service": "a", "arrival_time": 25, "departure_time": 35},
                ],
            },
            {
                "caregiver_id": "c2",
                "locations": [{"patient": "p2", "service": "b", "arrival_time": 25, "departure_time": 35}],
            },
        ]
    }


def unified_day() -> dict[str, Any]:
    """Five patients and three caregivers with a price on every component that one file can have at once."""
    spots = [0, 0, 8, 15, 23, 30, 12]

    def patient(number: int, place: int, windows: list[tuple[int, int]], **more: Any) -> dict[str, Any]:
        return {
            "id": f"p{number}",
            "distance_matrix_index": place,
            "time_windows": [{"start": opens, "end": closes} for opens, closes in windows],
            "required_services": [{"service": "s0", "duration": 20}],
            "optional": False,
            **more,
        }

    return {
        "metadata": {
            "time_window_met": "at_service_end",
            "origin": "generated",
            "horizon": 400,
            "cost_components": {
                "travel_time": 2, "total_tardiness": 3, "highest_tardiness": 4, "total_waiting_time": 2,
                "total_extra_time": 5, "max_idle_time": 3, "caregiver_preferences": 6, "optional_patients": 90,
                "missed_lunch_break": 50,
            },
        },
        "terminal_points": [{"id": "d0", "distance_matrix_index": 0}, {"id": "d1", "distance_matrix_index": 1}],
        "services": [{"id": "s0", "default_duration": 20}, {"id": "s1", "default_duration": 20}],
        "caregivers": [
            {
                "id": f"c{number}", "abilities": abilities, "departing_point": "d0", "arrival_point": "d1",
                "working_shift": {"start": 0, "end": 200}, "lunch_break": number != 2,
            }
            for number, abilities in enumerate((["s0"], ["s0", "s1"], ["s0", "s1"]))
        ],
        "patients": [
            patient(0, 2, [(10, 40), (120, 160)]),
            patient(1, 3, [(30, 60)], preferred_caregivers=["c1"]),
            patient(2, 4, [(40, 80)], optional=True),
            patient(
                3, 5, [(60, 90)], synchronization={"type": "sequential", "distance": {"min": 10, "max": 40}},
                required_services=[{"service": "s0", "duration": 20}, {"service": "s1", "duration": 15}],
            ),
            patient(
                4, 6, [(100, 130)], synchronization={"type": "simultaneous"}, incompatible_caregivers=["c2"],
                required_services=[{"service": "s0", "duration": 20}, {"service": "s1", "duration": 20}],
            ),
        ],
        "lunch_breaks": {"start": 50, "end": 120, "min_duration": 15},
        "distances": [[abs(one - other) for other in spots] for one in spots],
    }  # fmt: skip


def shifts_day() -> dict[str, Any]:
    """Four patients, hard windows (one of them two), two caregivers who leave at eight: waiting and balance count."""
    spots = [0, 8, 15, 23, 30]
    day = unified_day()
    day["metadata"] |= {
        "origin": "bazirha-caie",
        "cost_components": {
            "total_tardiness": "HARD", "total_waiting_time": 1, "total_extra_time": "HARD", "workload_balance": 1,
        },
    }  # fmt: skip
    day["terminal_points"] = [{"id": "d0", "distance_matrix_index": 0}]
    day["distances"] = [[abs(one - other) for other in spots] for one in spots]
    day["lunch_breaks"] = None
    day["caregivers"] = [
        {
            "id": f"c{number}", "abilities": abilities, "departing_point": "d0", "arrival_point": "d0",
            "working_shift": {"start": 0, "end": 300},
        }
        for number, abilities in enumerate((["s0"], ["s0", "s1"]))
    ]  # fmt: skip
    wanted = [("s0", [(10, 40), (120, 160)]), ("s0", [(30, 90)]), ("s1", [(60, 110)]), ("s0", [(90, 150)])]
    day["patients"] = [
        {
            "id": f"p{number}", "distance_matrix_index": number + 1,
            "time_windows": [{"start": opens, "end": closes} for opens, closes in windows],
            "required_services": [{"service": service, "duration": 20}],
        }
        for number, (service, windows) in enumerate(wanted)
    ]  # fmt: skip
    return day
