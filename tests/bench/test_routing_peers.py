"""Each participant through its own process, as the program drives it, on days small enough to know the answer.

Peers that are not installed are skipped: `./run bench routing` installs them, tests need them not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.routing.day import read
from bench.routing.greedy import first_plan
from bench.routing.judge import judge
from bench.routing.participants import OURS, ask, cores_for, is_installed
from planengine import Stop, solve_day
from tests.bench.instances import line_day, shifts_day, unified_day

SECONDS = 2.0


def told(who: str, day: dict[str, Any], folder: Path, seconds: float = SECONDS) -> dict[str, Any]:
    if not is_installed(who):
        pytest.skip(f"{who} is not installed: it is needed by `./run bench routing` alone")
    file = folder / "day.json"
    file.write_text(json.dumps(day), encoding="utf-8")
    return ask(who, file, seconds=seconds, seed=1, cores=cores_for(2))


def cost_of(day: dict[str, Any], answer: dict[str, Any]) -> float:
    assert "solution" in answer, answer
    judged = judge(day, answer["solution"])
    assert judged.faults == ()
    assert judged.cost is not None
    return judged.cost


def ours_of(day: dict[str, Any]) -> float:
    """What our engine finds in many steps."""
    from bench.routing.peers import ours
    from planengine.families import hhcrsp, uhhc

    problem, params = ours.read(day, "day")
    result = solve_day(problem, stop=Stop(iterations=20_000), seed=1, params=params)
    written = (uhhc if "terminal_points" in day else hhcrsp).write(problem, result.plan)
    return cost_of(day, {"solution": written})


class TestTheLineDay:
    """Synchronised visits: ours and OR-Tools' two find the plan known by hand; the others have no form for it."""

    @pytest.mark.parametrize("who", [OURS, "routing", "cpsat"])
    def test_the_best_plan_is_found_and_judged(self, who: str, tmp_path: Path) -> None:
        answer = told(who, line_day(), tmp_path)

        assert cost_of(line_day(), answer) == pytest.approx(80 / 3)
        assert answer["trace"][-1][1] == pytest.approx(80 / 3)

    @pytest.mark.parametrize("who", ["pyvrp", "vroom"])
    def test_what_cannot_be_expressed_is_said(self, who: str, tmp_path: Path) -> None:
        answer = told(who, line_day(), tmp_path)

        assert "double visits" in answer["cannot"]
        assert "lateness at a price" in answer["cannot"]
        assert "solution" not in answer


class TestTheUnifiedDay:
    def test_cp_sat_proves_the_cost_that_we_find(self, tmp_path: Path) -> None:
        """CP-SAT stops by itself when it has proved the optimum; its own sum is the judge's, component by component."""
        answer = told("cpsat", unified_day(), tmp_path, seconds=120)

        cost = cost_of(unified_day(), answer)
        assert answer["trace"][-1][1] == cost
        assert answer["seconds"] < 120, "no proof: the comparison below would mean nothing"
        assert ours_of(unified_day()) == cost

    def test_routing_gives_a_plan_that_keeps_the_rules_and_says_what_it_leaves_out(self, tmp_path: Path) -> None:
        answer = told("routing", unified_day(), tmp_path)

        assert cost_of(unified_day(), answer) >= ours_of(unified_day())
        assert "longest idle time" in answer["lacks"]


class TestTheShiftsDay:
    """No double visits and hard windows: all can keep the rules, though not all know the objective."""

    def test_cp_sat_proves_the_cost_that_we_find(self, tmp_path: Path) -> None:
        answer = told("cpsat", shifts_day(), tmp_path, seconds=120)

        cost = cost_of(shifts_day(), answer)
        assert answer["trace"][-1][1] == cost
        assert answer["seconds"] < 120, "no proof: the comparison below would mean nothing"
        assert ours_of(shifts_day()) == cost

    @pytest.mark.parametrize(
        ("who", "lacks"),
        [
            ("routing", "workload balance"),
            ("pyvrp", "workload balance, waiting apart from travel"),
            ("vroom", "workload balance, waiting"),
        ],
    )
    def test_the_rules_are_kept_by_all(self, who: str, lacks: str, tmp_path: Path) -> None:
        answer = told(who, shifts_day(), tmp_path)

        assert cost_of(shifts_day(), answer) >= ours_of(shifts_day())
        assert answer["lacks"] == lacks


class TestTheSimplePlan:
    def test_every_call_is_in_it_once_with_different_caregivers_for_double_visits(self) -> None:
        day = read(line_day())

        routes, start = first_plan(day)

        assert sorted(call for stops in routes.values() for call in stops) == [0, 1, 2]
        assert start[1] == start[2]
        assert 2 in routes[1], "only the second caregiver can do it"
        assert 1 in routes[0]
