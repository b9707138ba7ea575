"""Measures from outside: over lines, and as a command over files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from measures.cli import measures
from measures.everything import ALL
from measures.protocol import answer_lines, compute
from measures.tables import read_csv
from tests.measures.worked_examples import WORKED

SMALL = WORKED / "data" / "continuity_small.csv"


def answered(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in answer_lines(lines)]


def asking(**changed: Any) -> str:
    return json.dumps({"id": "a", "kind": "continuity_user", "inputs": {"visits": str(SMALL)}, "params": {}} | changed)


class TestLines:
    def test_answer_with_result_method_version_and_warnings(self) -> None:
        (told,) = answered(asking())

        assert told["id"] == "a"
        assert told["result"]["U1"]["coc"] == 0.4
        assert (told["method"], told["version"], told["warnings"]) == ("continuity_user", 1, [])

    def test_a_bad_line_is_answered_and_stops_nothing(self) -> None:
        told = answered(
            "not json", "[1]", asking(kind="horoscope"), asking(params={"min_vists": 3}), asking(inputs={}),
            asking(inputs={"visits": "/no/such/file.csv"}), asking(params={"min_visits": "many"}), "", asking(),
        )  # fmt: skip

        assert [next(key for key in ("result", "error", "unsupported") if key in each) for each in told] == [
            "error", "error", "unsupported", "error", "error", "error", "error", "result",
        ]  # fmt: skip
        assert "min_visits" in told[3]["error"]

    def test_compute_is_the_same_in_process(self) -> None:
        assert compute("continuity_user", {"visits": SMALL}, {"min_visits": 2})["U1"]["coc"] == 0.4
        with pytest.raises(NotImplementedError):
            compute("horoscope", {}, {})


class TestCommand:
    def test_runs_any_measure_on_a_file(self) -> None:
        done = CliRunner().invoke(measures, ["continuity_user", str(SMALL), "--min-visits", "4", "--json"])

        assert done.exit_code == 0
        assert json.loads(done.output)["values"]["U5"]["upc"] is None

    def test_takes_lists_and_words(self) -> None:
        data = WORKED / "data"
        done = CliRunner().invoke(
            measures,
            ["continuity_window", str(data / "window14_visits.csv"), str(data / "window14_users.csv"),
             "--window-start", "2026-04-06", "--days", "14", "--hours", "7,22", "--min-per-day", "2", "--json"],
        )  # fmt: skip

        assert json.loads(done.output)["values"]["mean_distinct"] == 15.875

    def test_says_in_words_what_was_found_and_by_what(self) -> None:
        done = CliRunner().invoke(measures, ["run_limits", "--n", "10,12"])

        assert "longest_max: [6, 7]" in done.output
        assert "run_limits version 1" in done.output

    def test_says_which_column_is_missing(self, tmp_path: Path) -> None:
        (tmp_path / "v.csv").write_text("user,who\nU,A\n")
        done = CliRunner().invoke(measures, ["continuity_user", str(tmp_path / "v.csv")])

        assert done.exit_code == 1
        assert "visits.carer: the column is missing" in done.output

    def test_lists_all(self) -> None:
        assert {each["name"] for each in json.loads(CliRunner().invoke(measures, ["list", "--json"]).output)} == set(
            ALL
        )


class TestReading:
    def test_semicolons_decimal_commas_and_a_mark_first(self, tmp_path: Path) -> None:
        (tmp_path / "e.csv").write_bytes("\ufeffemployee;percent;kind\nA;50,5;fast\nB; ;fast\n".encode())
        table = read_csv(tmp_path / "e.csv")

        assert table.rows() == [("A", "50.5", "fast"), ("B", None, "fast")]
