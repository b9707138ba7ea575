"""The public instances: read, solved, written, and judged again from the written file alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from planengine import Stop, check_result, solve_day
from planengine.families import hhcrsp
from planengine.files import plan_file
from tests.planengine.builders import BENCHMARKS

pytestmark = pytest.mark.skipif(
    not BENCHMARKS.is_dir(), reason=f"the public routing instances are not here ({BENCHMARKS})"
)

SAMPLES = [
    ("mankowska", "InstanzCPLEX_HCSRP_10_1", 20_000, 0.1),
    ("mankowska", "InstanzCPLEX_HCSRP_25_3", 60_000, 2.0),
    ("mankowska", "InstanzCPLEX_HCSRP_50_5", 60_000, 5.0),
    ("mankowska", "InstanzCPLEX_HCSRP_75_7", 60_000, 8.0),
    ("kummer", "HHCRSP_25_5_26_0.8_C_C", 30_000, 5.0),
    ("italian", "instance_010-milan-r15-p76-s2-sim17.7-seq13.7", 200_000, 12.0),
]


def best_known() -> dict[tuple[str, str], float]:
    with (BENCHMARKS / "bks.csv").open(encoding="utf-8") as rows:
        return {(row["family"], row["instance"]): float(row["bks"]) for row in csv.DictReader(rows) if row["bks"]}


def cost_of_file(instance: dict[str, Any], solution: dict[str, Any]) -> float:
    """Judge a solution file by the family's published rules, knowing nothing of planengine; asserts feasibility."""
    places = {patient["id"]: number + 1 for number, patient in enumerate(instance["patients"])}
    patients = {patient["id"]: patient for patient in instance["patients"]}
    able = {caregiver["id"]: set(caregiver["abilities"]) for caregiver in instance["caregivers"]}
    way = instance["distances"]
    starts: dict[tuple[str, str], float] = {}
    who: dict[tuple[str, str], str] = {}
    travel = lateness = largest = 0.0
    for route in solution["routes"]:
        here, free = 0, 0.0
        for stop in route["locations"]:
            patient, service = patients[stop["patient"]], stop["service"]
            need = next(each for each in patient["required_caregivers"] if each["service"] == service)
            there = places[patient["id"]]
            assert service in able[route["caregiver_id"]]
            assert stop["arrival_time"] >= free + way[here][there] - 1e-6
            assert stop["arrival_time"] >= patient["time_window"][0] - 1e-6
            assert (patient["id"], service) not in starts
            starts[patient["id"], service] = stop["arrival_time"]
            who[patient["id"], service] = route["caregiver_id"]
            late = max(0.0, stop["arrival_time"] - patient["time_window"][1])
            lateness, largest = lateness + late, max(largest, late)
            travel += way[here][there]
            here, free = there, stop["arrival_time"] + need["duration"]
            assert abs(stop["departure_time"] - free) < 1e-6
        travel += way[here][0]
    for patient in instance["patients"]:
        keys = [(patient["id"], need["service"]) for need in patient["required_caregivers"]]
        assert all(key in starts for key in keys)
        if len(keys) == 2:
            assert who[keys[0]] != who[keys[1]]
            lag = starts[keys[1]] - starts[keys[0]]
            rule = patient["synchronization"]
            least, most = (0, 0) if rule["type"] == "simultaneous" else rule["distance"]
            assert least - 1e-6 <= lag <= most + 1e-6
    return (travel + lateness + largest) / 3


class TestFamilies:
    @pytest.mark.parametrize(("family", "name", "iterations", "gap"), SAMPLES, ids=[name for _, name, _, _ in SAMPLES])
    def test_solved_within_a_gap_of_the_best_known(self, family: str, name: str, iterations: int, gap: float) -> None:
        instance = json.loads((BENCHMARKS / family / "instances" / f"{name}.json").read_text(encoding="utf-8"))
        day, params = hhcrsp.read(instance, name)

        result = solve_day(day, stop=Stop(iterations=iterations), seed=1, params=params)

        assert check_result(day, result) == ()
        cost = cost_of_file(instance, hhcrsp.write(day, result.plan))
        assert cost == pytest.approx(result.evaluation.cost, abs=0.02)
        assert cost <= best_known()[family, name] * (1 + gap / 100)

    @pytest.mark.parametrize("family", ["mankowska", "kummer", "italian"])
    def test_every_instance_can_be_read(self, family: str) -> None:
        files = sorted((BENCHMARKS / family / "instances").glob("*.json"))

        sizes = [len(hhcrsp.read(json.loads(f.read_text(encoding="utf-8")), f.stem)[0].visits) for f in files[::4]]

        assert min(sizes) >= 10

    def test_the_published_solution_costs_what_the_table_says(self) -> None:
        # Our reading of the objective is theirs: their own routes, judged by the rules above.
        folder = BENCHMARKS / "mankowska"
        solution = next((folder / "solutions").glob("sol-InstanzCPLEX_HCSRP_10_1-*.json"))
        instance = json.loads((folder / "instances" / "InstanzCPLEX_HCSRP_10_1.json").read_text(encoding="utf-8"))

        cost = cost_of_file(instance, json.loads(solution.read_text(encoding="utf-8")))

        assert cost == pytest.approx(218.199, abs=0.002)


class TestPlanFile:
    def test_writes_the_familys_own_format(self, tmp_path: Path) -> None:
        path = BENCHMARKS / "mankowska" / "instances" / "InstanzCPLEX_HCSRP_10_3.json"

        summary = plan_file(path, seconds=60, iterations=5_000, seed=1, out=tmp_path / "answer.json")

        instance = json.loads(path.read_text(encoding="utf-8"))
        answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
        assert cost_of_file(instance, answer) == pytest.approx(summary.cost, abs=0.01)
        assert (summary.family, summary.visits, summary.covered, summary.uncovered_importance) == ("hhcrsp", 13, 13, 0)
