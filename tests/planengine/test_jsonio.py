"""The JSON that other parts of the product and other programs meet."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from planengine import InvalidProblem, Params, Stop, Weights, check_result, explain_assignment, solve_day
from planengine.example import small_day
from planengine.jsonio import (
    day_from_json,
    explanation_to_json,
    problem_from_json,
    problem_to_json,
    result_from_json,
    result_to_json,
)
from tests.planengine.builders import LINE, helper, problem, random_day, visit

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "planengine-format.md"


def example() -> dict[str, Any]:
    text = re.search(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    data: dict[str, Any] = json.loads(text.group(1))
    return data


class TestTheDocumentedExample:
    def test_is_read_and_can_be_covered_whole(self) -> None:
        day, params = day_from_json(example())

        result = solve_day(day, stop=Stop(iterations=2_000), seed=1, params=params)

        assert check_result(day, result) == ()
        assert result.uncovered == ()

    def test_every_component_and_code_is_documented(self) -> None:
        from planengine.result import WayOutKind, Why

        text = DOCUMENT.read_text(encoding="utf-8")
        assert [each for each in (*Why, *WayOutKind) if f"`{each}`" not in text] == []


class TestRoundTrips:
    @pytest.mark.parametrize("seed", range(8))
    def test_a_problem_comes_back_the_same(self, seed: int) -> None:
        params = Params(weights=Weights(travel=2.5), allow_overtime=True)
        written = problem_to_json(random_day(seed), params)

        day, again = day_from_json(json.loads(json.dumps(written)))

        assert problem_to_json(day, again) == written
        assert again == params

    def test_a_result_comes_back_the_same(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1), visit(1, 2, competences=frozenset({9}))])
        result = solve_day(day, stop=Stop(iterations=100), seed=1)

        assert result_from_json(json.loads(json.dumps(result_to_json(result)))) == result

    def test_an_explanation_can_be_written(self) -> None:
        day = small_day()
        result = solve_day(day, stop=Stop(iterations=500), seed=1)

        written = json.loads(json.dumps(explanation_to_json(explain_assignment(day, result, 4))))

        assert written["alternatives"][0]["helper"] == 0


def put(path: str, value: object) -> Any:
    """A change to the example: the value at a dotted path."""

    def change(data: dict[str, Any]) -> None:
        *way, last = [int(each) if each.isdigit() else each for each in path.split(".")]
        here: Any = data
        for step in way:
            here = here[step]
        if value is REMOVE:
            del here[last]
        else:
            here[last] = value

    return change


REMOVE = object()


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "value", "field"),
        [
            ("format", "something", "format"),
            ("version", 2, "version"),
            ("visits", REMOVE, "visits"),
            ("visits.0.duration", "900", "visits[0].duration"),
            ("visits.0.duration", 1.5, "visits[0].duration"),
            ("visits.0.duration", True, "visits[0].duration"),
            ("visits.0.duration", -1, "visits[0].duration"),
            ("visits.0.latest", 5, "visits[0].latest"),
            ("visits.0.colour", "red", "visits[0].colour"),
            ("visits.1.id", 7, "visits[1].id"),
            ("visits.0.citizen", 9, "visits[0].citizen"),
            ("visits.0.start", 30_000, "visits[0].start"),
            ("visits.0.importance", 100_000, "visits[0].importance"),
            ("helpers.0.periods.0.end", 5, "helpers[0].periods[0].end"),
            ("helpers.0.periods.0.breaks.0.duration", 20_000, "helpers[0].periods[0].breaks[0]"),
            ("helpers.1.periods.0.meetings.0.place", 8, "helpers[1].periods[0].meetings[0].place"),
            ("helpers.0.mode", 2, "helpers[0].mode"),
            ("citizens.0.known.0.share", 1.2, "citizens[0].known"),
            ("citizens.1.rather_not", [1], "citizens[1].rather"),
            ("links.0.most", 5, "links[0].most"),
            ("links.1.second", 2, "links[1]"),
            ("travel.car", [[0, 1], [1, 0]], "travel.car"),
            ("travel.car.0.1", -1, "travel.car"),
            ("travel.car.0.0", 5, "travel.car"),
            ("travel.car.0", [0, 1], "travel.car"),
            ("travel", REMOVE, "places[0].latitude"),
            ("params.weights.travel", -1, "weights.travel"),
            ("params.weights.kindness", 1, "params.weights.kindness"),
            ("places", {}, "places"),
        ],
    )
    def test_name_the_field(self, path: str, value: object, field: str) -> None:
        data = copy.deepcopy(example())
        put(path, value)(data)

        with pytest.raises(InvalidProblem) as refused:
            problem_from_json(data)

        assert refused.value.field == field
        assert refused.value.remedy.endswith(".")

    def test_links_that_contradict_each_other_are_refused(self) -> None:
        data = example()
        data["links"].append({"first": 1, "second": 0, "least": 0})

        with pytest.raises(InvalidProblem, match="contradict"):
            problem_from_json(data)

    @pytest.mark.parametrize("data", [None, [], 3, "text"])
    def test_something_else_altogether(self, data: object) -> None:
        with pytest.raises(InvalidProblem, match="not an object"):
            problem_from_json(data)
