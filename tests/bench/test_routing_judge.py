"""The judge of every answer: costs by hand, every rule found broken, the published solutions worth what is published."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from bench.routing.day import earliest, read
from bench.routing.judge import judge
from tests.bench.instances import line_answer, line_day
from tests.planengine.builders import BENCHMARKS


def stop(answer: dict[str, Any], route: int, position: int) -> dict[str, Any]:
    found: dict[str, Any] = answer["routes"][route]["locations"][position]
    return found


class TestByHand:
    def test_the_best_plan_costs_a_third_of_its_travel(self) -> None:
        found = judge(line_day(), line_answer())

        assert found.holds
        assert found.cost == pytest.approx(80 / 3)

    def test_lateness_counts_in_sum_and_once_more_as_the_largest(self) -> None:
        answer = line_answer()
        for route, position in ((0, 1), (1, 0)):
            stop(answer, route, position)["arrival_time"] = 37  # seven late, both of them

        assert judge(line_day(), answer).cost == pytest.approx((80 + 14 + 7) / 3)

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda answer: answer["routes"].pop(), "p2 does not get b"),
            (lambda answer: answer["routes"][0].update(caregiver_id="c2"), "c2 has two routes"),
            (lambda answer: answer["routes"][1].update(caregiver_id="c1"), "c1 cannot do b"),
            (lambda answer: stop(answer, 1, 0).update(arrival_time=26), "p2 is not synchronised"),
            (lambda answer: stop(answer, 0, 1).update(arrival_time=24), "c1 is at p2 before she can be"),
            (lambda answer: stop(answer, 0, 0).update(arrival_time=9), "c1 is at p1 before she can be"),
            (lambda answer: stop(answer, 1, 0).update(arrival_time=19.9), "p2 is visited before the window opens"),
            (lambda answer: stop(answer, 0, 0).update(service="b"), "p1 did not ask for b"),
            (lambda answer: stop(answer, 0, 0).update(patient="p9"), "not a solution of this instance"),
            (
                lambda answer: answer["routes"][1]["locations"].insert(
                    0, {"patient": "p1", "service": "a", "arrival_time": 10}
                ),
                "p1 gets a twice",
            ),
        ],
    )
    def test_each_broken_rule_is_named(self, change: Callable[[dict[str, Any]], Any], words: str) -> None:
        answer = line_answer()
        change(answer)

        found = judge(line_day(), answer)

        assert not found.holds
        assert any(words in fault for fault in found.faults), found.faults

    def test_one_caregiver_cannot_give_both_services_of_a_double_visit(self) -> None:
        day, answer = line_day(), line_answer()
        day["patients"][1]["synchronization"] = {"type": "sequential", "distance": [0, 100]}
        answer["routes"][0]["locations"].pop()
        answer["routes"][1]["locations"].append({"patient": "p2", "service": "a", "arrival_time": 40})

        assert "p2 gets both services from c2" in str(judge(day, answer).faults)


class TestEarliestTimes:
    def test_a_simultaneous_visit_waits_for_the_later_caregiver(self) -> None:
        day = read(line_day())

        assert earliest(day, {0: [0, 1], 1: [2]}) == {0: 10_000, 1: 25_000, 2: 25_000}

    def test_orders_that_lock_each_other_have_no_times(self) -> None:
        data = line_day()
        data["patients"][0] |= {
            "required_caregivers": data["patients"][1]["required_caregivers"],
            "synchronization": {"type": "simultaneous"},
        }

        assert earliest(read(data), {0: [0, 2], 1: [3, 1]}) is None


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason=f"the public routing instances are not here ({BENCHMARKS})")
class TestPublished:
    @pytest.mark.parametrize("group", ["A1", "B3", "C5", "D7", "E9", "F1", "G3", "K25", "K100", "K400", "I", "U", "L"])
    def test_a_published_solution_costs_what_the_table_says(self, group: str) -> None:
        with (BENCHMARKS / "bks.csv").open(encoding="utf-8") as rows:
            row = next(row for row in csv.DictReader(rows) if row["group"] == group and row["file_feasible"] != "False")
        folder = BENCHMARKS / row["family"]
        data = json.loads((folder / "instances" / f"{row['instance']}.json").read_text(encoding="utf-8"))
        file = next((folder / "solutions").glob(f"sol-{row['instance']}-*.json"))

        found = judge(data, json.loads(file.read_text(encoding="utf-8")))

        assert found.faults == ()
        assert found.cost == pytest.approx(float(row["file_cost"]), abs=0.002)
