"""Rows kept and gone on with, what they say together, and the aims."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench.routing import participants, program, summary
from bench.routing.instances import find
from bench.routing.picture import curve, draw
from bench.routing.results import Row, Status, Store, key_of
from tests.bench.instances import line_answer, line_day

ROW = Row(
    date="2026-11-22T05:00:00+00:00", family="mankowska", group="A", label="A1", instance="one", patients=10, who="ours",
    version="v1", limit=60.0, seed=1, cores=2, status=Status.OK, cost=100.0, best=100.0, best_decimals=0,
    published_mean=None, seconds=60.0, processor_seconds=110.0, megabytes=200.0, load=0.5, note="",
    trace="[[1, 120], [30, 100]]",
)  # fmt: skip


def row(**more: Any) -> Row:
    return replace(ROW, **more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two days laid out as the public ones."""
    for family, name in (("mankowska", "InstanzCPLEX_HCSRP_10_1"), ("kummer", "HHCRSP_2_2_1_1.0_R_C")):
        (tmp_path / family / "instances").mkdir(parents=True)
        (tmp_path / family / "instances" / f"{name}.json").write_text(json.dumps(line_day()), encoding="utf-8")
    with (tmp_path / "bks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["family", "instance", "group", "patients", "bks", "sa_mean"])
        writer.writeheader()
        writer.writerow({"family": "mankowska", "instance": "InstanzCPLEX_HCSRP_10_1", "group": "A1", "patients": 10,
                         "bks": "26.667", "sa_mean": ""})  # fmt: skip
    return tmp_path


class TestInstances:
    def test_days_are_found_with_and_without_a_row_in_the_table(self, folder: Path) -> None:
        found = find(folder)

        assert [(each.label, each.group, each.patients, each.best) for each in found] == [
            ("A1", "A", 10, 26.667),
            ("2_2_1_1.0_R_C", "K2", 2, None),
        ]

    @pytest.mark.parametrize(
        ("choice", "labels"),
        [
            ({"groups": ["A"]}, ["A1"]),
            ({"sizes": [2]}, ["2_2_1_1.0_R_C"]),
            ({"families": ["kummer"]}, ["2_2_1_1.0_R_C"]),
            ({"names": ["A1"]}, ["A1"]),
            ({"groups": ["G"]}, []),
        ],
    )
    def test_choices(self, folder: Path, choice: dict[str, Any], labels: list[str]) -> None:
        assert [each.label for each in find(folder, **choice)] == labels


class TestStore:
    def test_rows_come_back_as_they_were(self, tmp_path: Path) -> None:
        given = [row(), row(who="cpsat", status=Status.NO_ANSWER, cost=None, seconds=None, note="a, «b»\nc")]
        store = Store(tmp_path / "runs.csv")
        for each in given:
            store.add(each)

        again = Store(tmp_path / "runs.csv")

        assert again.chosen([key_of(each) for each in given]) == given

    def test_a_run_is_done_by_its_version_unless_it_was_a_fault(self, tmp_path: Path) -> None:
        store = Store(tmp_path / "runs.csv")
        store.add(row())
        store.add(row(seed=2, status=Status.FAULT, cost=None))

        assert store.done(key_of(row()), "v1") == row()
        assert store.done(key_of(row()), "v2") is None
        assert store.done(key_of(row(seed=2)), "v1") is None


class TestTheProgram:
    def test_every_answer_is_judged_and_a_second_start_asks_nobody_again(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked: list[str] = []
        wrong = line_answer()
        wrong["routes"].pop()

        def answer(who: str, *_: object, **__: object) -> dict[str, Any]:
            asked.append(who)
            found = {"trace": [[0.5, 30.0]], "lacks": "", "seconds": 1.0, "processor_seconds": 2.0, "megabytes": 3.0}
            answers: dict[str, dict[str, Any]] = {
                "ours": {**found, "solution": line_answer()},
                "routing": {**found, "solution": wrong},
                "cpsat": {**found, "solution": None},
                "vroom": {"cannot": "double visits"},
                "pyvrp": {"fault": "died"},
            }
            return answers[who]

        monkeypatch.setattr(participants, "ask", answer)
        monkeypatch.setattr(
            sys, "argv",
            ["bench routing", "--data", str(folder), "--out", str(tmp_path / "out"), "--groups", "A", "--seconds", "10",
             "--seeds", "7"],
        )  # fmt: skip

        assert program.main() == 0
        first = capsys.readouterr().out
        assert program.main() == 0
        second = capsys.readouterr().out

        line = next(line for line in first.splitlines() if line.startswith("mankowska       A1"))
        assert line.endswith("INFEASIBLE           no answer               fault      cannot express")
        assert "26.67 +0.00%" in line
        assert line in second
        assert asked == ["ours", "routing", "cpsat", "pyvrp", "vroom", "pyvrp"], "only the fault is tried again"
        assert "p2 does not get b" in first
        assert ElementTree.fromstring((tmp_path / "out" / "gap.svg").read_text(encoding="utf-8")).tag.endswith("svg")

    def test_who_does_not_end_has_no_answer(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(participants, "ask", lambda *_, **__: {"late": "ended after 80 s without an answer"})

        found = program.run("routing", find(folder)[0], limit=10, seed=1, cores=[0], version="v1")

        assert (found.status, found.cost, found.note) == (
            Status.NO_ANSWER, None, "ended after 80 s without an answer",
        )  # fmt: skip


class TestSummary:
    def test_gaps_are_medians_over_seeds_and_a_seed_without_answer_is_infinitely_dear(self) -> None:
        costs = [101.0, 103.0, None]
        runs = [
            row(seed=seed, cost=cost, status=Status.OK if cost else Status.NO_ANSWER) for seed, cost in enumerate(costs)
        ]

        (day,) = summary.days(runs)

        assert day.gap == pytest.approx(3.0)

    def test_won_equal_lost_and_the_peers_gap(self) -> None:
        rows = [row(instance=name) for name in "abcd"]
        rows += [row(instance="a", who="cpsat", cost=110.0), row(instance="b", who="cpsat")]
        rows += [row(instance="c", who="cpsat", cost=90.0)]
        rows += [row(instance="d", who="cpsat", cost=None, status=Status.NO_ANSWER)]

        assert "2-1-1 +0.0%" in summary.group_lines(rows)[1]

    @pytest.mark.parametrize(
        ("cost", "decimals", "matches", "is_better"),
        [(100.0, 0, True, False), (100.004, 2, True, False), (100.006, 2, False, False), (99.99, 2, True, True)],
    )
    def test_equal_as_far_as_the_published_decimals_tell(
        self, cost: float, decimals: int, matches: bool, is_better: bool
    ) -> None:
        found = row(cost=cost, best_decimals=decimals)

        assert (found.matches, found.is_better) == (matches, is_better)

    def test_aims_are_met_or_not_by_their_numbers(self) -> None:
        rows = [row(), row(group="C", instance="c", cost=100.4), row(group="D", instance="d", cost=100.4)]
        rows += [row(who="routing"), row(who="cpsat", cost=105.0), row(who="vroom", cost=None, status=Status.CANNOT)]

        verdicts = {aim.text: aim.holds for aim in summary.aims(rows)}

        assert verdicts["Mankowska A: every day at or below the best published value"] is True
        assert verdicts["Mankowska B: every day at or below the best published value"] is None
        assert verdicts["Mankowska C: mean gap at most 0.3 %"] is False
        assert verdicts["Mankowska D: mean gap at most 0.5 %"] is True
        assert verdicts["OR-Tools routing beaten on every family in 60 s"] is False, "equal is not beaten"
        assert verdicts["OR-Tools CP-SAT beaten on every family in 60 s"] is True
        assert verdicts["VROOM beaten on every family in 60 s"] is None

    def test_an_answer_of_ours_that_is_missing_is_a_lost_family(self) -> None:
        rows = [row(status=Status.INFEASIBLE, cost=None), row(who="cpsat", cost=None, status=Status.NO_ANSWER)]

        verdicts = {aim.text: aim.holds for aim in summary.aims(rows)}

        assert verdicts["OR-Tools CP-SAT beaten on every family in 60 s"] is False

    def test_fewer_seeds_than_the_protocol_are_told(self) -> None:
        assert "a sign and no proof" in "\n".join(summary.aim_lines([row()]))
        assert "a sign and no proof" not in "\n".join(summary.aim_lines([row(seed=seed) for seed in range(5)]))


class TestThePicture:
    def test_the_curve_starts_when_every_run_has_a_plan_and_is_their_mean(self) -> None:
        rows = [row(), row(instance="two", trace="[[10, 110]]", cost=104.0)]

        found = curve(rows, [5, 10, 40, 70])

        assert [moment for moment, _ in found] == [10, 40, 70]
        assert [gap for _, gap in found] == pytest.approx([15.0, 5.0, 2.0])

    def test_it_is_drawn_from_whatever_there_is(self) -> None:
        for rows in ([], [row()], [row(cost=None, status=Status.NO_ANSWER)], [row(best=None)]):
            assert ElementTree.fromstring(draw(rows, "<A> & b")).tag.endswith("svg")
