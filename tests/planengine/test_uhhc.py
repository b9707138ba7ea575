"""The unified family: its objective understood, its files read, planned, written and judged again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from planengine import Plan, Problem, Stop, StopKind, Tour, UnsupportedFile, check_plan, check_result, solve_day
from planengine.check import cost_of
from planengine.evaluate import evaluate
from planengine.families import uhhc, uhhc_cost
from planengine.files import plan_file
from planengine.result import TourStop
from tests.planengine.builders import BENCHMARKS

pytestmark = pytest.mark.skipif(
    not BENCHMARKS.is_dir(), reason=f"the public routing instances are not here ({BENCHMARKS})"
)

FAMILIES = ("uhhc_validation", "uhhc_converted")


def names(family: str) -> list[str]:
    return sorted(path.stem for path in (BENCHMARKS / family / "instances").glob("*.json"))


ALL = [(family, name) for family in FAMILIES for name in names(family)]
SOLVED = [
    ("uhhc_validation", "i-116", 60_000, 4.0),
    ("uhhc_validation", "i-235", 100_000, 60.0),
    ("uhhc_validation", "i-083", 40_000, 25.0),
    ("uhhc_converted", "D1", 20_000, 0.5),
    ("uhhc_converted", "F1", 200_000, 12.0),
    ("uhhc_converted", "M3", 60_000, 60.0),
    ("uhhc_converted", "M7", 60_000, 10.0),
]
"""Family, instance, iterations, and by how many per cent the answer may be dearer than the best published one."""


def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def instance(family: str, name: str) -> dict[str, Any]:
    return load(BENCHMARKS / family / "instances" / f"{name}.json")


def published(family: str, name: str) -> dict[str, Any]:
    return load(next((BENCHMARKS / family / "solutions").glob(f"sol-{name}-*.json")))


def table() -> dict[tuple[str, str], dict[str, str]]:
    with (BENCHMARKS / "bks.csv").open(encoding="utf-8") as rows:
        return {(row["family"], row["instance"]): row for row in csv.DictReader(rows)}


class TestTheObjective:
    @pytest.mark.parametrize(("family", "name"), ALL)
    def test_published_solutions_cost_what_the_table_and_the_files_say(self, family: str, name: str) -> None:
        data, solution = instance(family, name), published(family, name)
        weights = data["metadata"]["cost_components"]
        theirs = {"preferences": "caregiver_preferences", "unscheduled": "optional_patients"}

        counted = uhhc_cost.amounts(data, solution)

        assert uhhc_cost.faults(data, solution) == []
        assert uhhc_cost.cost(data, solution) == float(table()[family, name]["file_cost"])
        for component, value in solution["cost_components"].items():
            ours = theirs.get(component, component)
            assert value == (0 if weights[ours] == "HARD" else weights[ours]) * counted[ours]

    @pytest.mark.parametrize(("family", "name"), ALL)
    def test_published_solutions_are_plans_of_our_model_at_the_same_cost(self, family: str, name: str) -> None:
        problem, params = uhhc.read(instance(family, name), name)

        plan = plan_from(problem, published(family, name))

        assert check_plan(problem, plan, allow_overtime=params.allow_overtime) == ()
        result = evaluate(problem, plan, params.weights)
        assert result.uncovered_importance == 0
        assert result.cost == float(table()[family, name]["file_cost"])
        assert cost_of(problem, plan, params.weights.as_dict()) == result.cost


class TestSolving:
    @pytest.mark.parametrize(("family", "name", "iterations", "gap"), SOLVED)
    def test_answers_cost_what_we_say_and_are_near_the_best_known(
        self, family: str, name: str, iterations: int, gap: float
    ) -> None:
        data = instance(family, name)
        problem, params = uhhc.read(data, name)

        result = solve_day(problem, stop=Stop(iterations=iterations), seed=1, params=params)

        assert check_result(problem, result) == ()
        written = uhhc.write(problem, result.plan)
        assert uhhc_cost.faults(data, written) == []
        assert uhhc_cost.cost(data, written) == pytest.approx(result.evaluation.cost, abs=1e-6)
        assert result.evaluation.cost <= float(table()[family, name]["bks"]) * (1 + gap / 100)

    def test_a_file_is_planned_and_written_in_the_familys_own_format(self, tmp_path: Path) -> None:
        path = BENCHMARKS / "uhhc_validation" / "instances" / "i-116.json"

        summary = plan_file(path, seconds=60, iterations=5_000, seed=1, out=tmp_path / "answer.json")

        assert (summary.family, summary.visits, summary.helpers) == ("uhhc", 13, 4)
        assert uhhc_cost.cost(load(path), load(tmp_path / "answer.json")) == pytest.approx(summary.cost)


class TestRefusing:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda data: data["metadata"]["cost_components"].update(qualification=1), "qualification"),
            (lambda data: data["metadata"]["cost_components"].update(workload_balance=1), "workload_balance between"),
            (lambda data: data["metadata"].update(time_window_met="at_noon"), "time_window_met"),
            (lambda data: data["metadata"].update(origin="bazirha"), "lunch together with waiting"),
            (lambda data: data["caregivers"][0].update(transportation_mode="car"), "transportation_mode of caregivers"),
            (lambda data: data["patients"][0].update(preferred_caregivers=[]), "none of whom may come"),
            (lambda data: data["patients"][0]["required_services"].append({}), "more than two services"),
            (lambda data: data["patients"][0].update(time_windows=[{"start": 0, "end": 5}]), "ends before the service"),
        ],
    )
    def test_says_what_is_not_modelled(self, change: Any, words: str) -> None:
        data = instance("uhhc_validation", "i-116")
        change(data)

        with pytest.raises(UnsupportedFile, match=words):
            uhhc.read(data)


def plan_from(problem: Problem, solution: dict[str, Any]) -> Plan:
    """Return a published solution as a plan, its starts as published, all else as our model has it."""
    visits = {each.ref: each for each in problem.visits}
    routes = {each["caregiver_id"]: uhhc_cost.stops_of(each) for each in solution["routes"]}
    tours = []
    for helper in problem.helpers:
        period = helper.periods[0]
        here, free = period.start_place, period.start
        stops: list[TourStop] = []
        places: list[int | None] = []
        route = routes.get(helper.ref, [])
        for stop in route:
            lunch = stop["service"] == uhhc_cost.LUNCH
            places.append(None if lunch else visits[f"{stop['patient']}\t{stop['service']}"].place)
        for number, stop in enumerate(route):
            place = next((each for each in places[number:] if each is not None), here)
            way = int(problem.travel[0][here, place])
            start, end = uhhc_cost.begins(stop), uhhc_cost.ends(stop)
            visit = visits.get(f"{stop['patient']}\t{stop['service']}")
            stops.append(
                TourStop(
                    kind=StopKind.BREAK if visit is None else StopKind.VISIT, id=0 if visit is None else visit.id,
                    start=start, end=end, travel=way, waiting=start - free - way if stops else 0, place=place,
                )
            )  # fmt: skip
            here, free = place, end
        home = int(problem.travel[0][here, period.end_place]) if any(each is not None for each in places) else 0
        tours.append(
            Tour(
                helper=helper.id, period=0, leave=stops[0].start - stops[0].travel if stops else period.start,
                back=free + home, last_travel=home, stops=tuple(stops),
            )
        )  # fmt: skip
    return Plan(tuple(tours))
