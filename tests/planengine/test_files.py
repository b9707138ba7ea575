"""Planning a file: what can be read, and what is refused with what words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planengine import UnreadableFile, UnsupportedFile, check_result
from planengine.example import small_day
from planengine.files import plan_file
from planengine.jsonio import day_from_json, problem_to_json, result_from_json


def write(folder: Path, content: object) -> Path:
    path = folder / "day.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


class TestPlanFile:
    def test_plans_our_own_format(self, tmp_path: Path) -> None:
        path = write(tmp_path, problem_to_json(small_day()))
        out = tmp_path / "answer.json"

        summary = plan_file(path, seconds=60, iterations=500, seed=4, out=out)

        day, _ = day_from_json(json.loads(path.read_text(encoding="utf-8")))
        result = result_from_json(json.loads(out.read_text(encoding="utf-8")))
        assert check_result(day, result) == ()
        assert (summary.family, summary.covered, result.seed) == ("tillit", 5, 4)
        assert summary.cost == result.evaluation.cost

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("{", "is not JSON"),
            ('{"a": NaN}', "is not JSON"),
            ("[]", "neither Tillit's own format"),
            ({"patients": 3, "caregivers": [], "central_offices": [], "distances": []}, "not a home health care"),
            ({"patients": [{}], "caregivers": [], "central_offices": [], "services": [], "distances": [[0, 1], [1, 0]]},
             "not a home health care"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_with_a_file(self, tmp_path: Path, content: object, words: str) -> None:
        with pytest.raises(UnreadableFile, match=words):
            plan_file(write(tmp_path, content), seconds=1, seed=1, out=tmp_path / "answer.json")

        assert not (tmp_path / "answer.json").exists()

    def test_refuses_a_missing_file_and_an_unwritable_answer(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="no such file"):
            plan_file(tmp_path / "none.json", seconds=1, seed=1, out=tmp_path / "answer.json")
        with pytest.raises(UnreadableFile, match="cannot be written"):
            plan_file(
                write(tmp_path, problem_to_json(small_day())),
                seconds=9, iterations=1, seed=1, out=tmp_path / "missing" / "answer.json",
            )  # fmt: skip

    def test_refuses_what_a_unified_file_asks_for_and_the_model_lacks(self, tmp_path: Path) -> None:
        data = {
            "metadata": {"cost_components": {"working_time": 1, "travel_time": "HARD"}},
            "distances": [], "services": [], "terminal_points": [], "caregivers": [],
            "patients": [{
                "id": "p1", "aspects": ["dog"], "required_services": [], "time_windows": [{"start": 3}, {"start": 2}],
            }],
        }  # fmt: skip

        wanted = r"components working_time; travel_time as a hard rule; .*aspects of patients; windows out of order"
        with pytest.raises(UnsupportedFile, match=wanted):
            plan_file(write(tmp_path, data), seconds=1, seed=1, out=tmp_path / "answer.json")

    def test_refuses_a_unified_file_that_is_not_one(self, tmp_path: Path) -> None:
        data = {"metadata": 1, "terminal_points": [], "caregivers": [], "patients": [1]}

        with pytest.raises(UnreadableFile, match="not a unified home care instance"):
            plan_file(write(tmp_path, data), seconds=1, seed=1, out=tmp_path / "answer.json")
