"""What holds for every table: the order of rows, what is said twice, and how a time is written play no part."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.continuity.indices import continuity_double, continuity_user
from measures.everything import ALL
from tests.measures.worked_examples import differences, examples, tables_of

FEW = settings(max_examples=60, deadline=None)
OSLO = ZoneInfo("Europe/Oslo")
BY_ORDER = {"differencing"}
"""Groups are released in the order they are asked for: there the order is the question."""
SAID_AGAIN = {
    "continuity_user", "continuity_double", "continuity_window", "planned_actual", "time_window", "sick_leave",
    "turnover", "lead_time_km", "gas", "copm", "plan_quality", "reporting_burden", "competence", "suppression",
    "nonresponse",
}  # fmt: skip
"""Measures whose rows name what they are about: the same row twice is the same thing told twice."""
ROW_NUMBERS = {"pairs", "seed"}
MEASURED = [each for each in examples() if each["inputs"] and each["kind"] in ALL]


def told(kind: str, tables: dict[str, pl.DataFrame], params: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = ALL[kind].answer(tables, params).as_json()["values"]
    return {key: value for key, value in values.items() if key not in ROW_NUMBERS}


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in found]


class TestOrder:
    CASES = [each for each in MEASURED if each["kind"] not in BY_ORDER]

    @pytest.mark.parametrize("example", CASES, ids=ids(CASES))
    def test_of_rows_plays_no_part(self, example: dict[str, Any]) -> None:
        tables = tables_of(example)
        before = told(example["kind"], tables, example["params"])
        for seed in (1, 2):
            mixed = {name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in tables.items()}

            assert differences(before, told(example["kind"], mixed, example["params"]), 1e-9) == []


class TestSaidAgain:
    CASES = [each for each in MEASURED if each["kind"] in SAID_AGAIN]

    @pytest.mark.parametrize("example", CASES, ids=ids(CASES))
    def test_counts_once_and_is_counted(self, example: dict[str, Any]) -> None:
        tables = tables_of(example)
        twice = {name: pl.concat([table, table]) for name, table in tables.items()}
        before = told(example["kind"], tables, example["params"])

        assert differences(before, told(example["kind"], twice, example["params"]), 1e-9) == []


def written_elsewhere(start: str, rng: random.Random) -> str:
    """Return the same moment with another offset."""
    moment = datetime.fromisoformat(start).replace(tzinfo=OSLO)
    return moment.astimezone(timezone(timedelta(minutes=rng.choice([-600, -210, 0, 60, 120, 345, 720])))).isoformat()


class TestTimeZone:
    CASES = [each for each in MEASURED if each["kind"].startswith("continuity")]

    @pytest.mark.parametrize("example", CASES, ids=ids(CASES))
    def test_in_which_a_start_is_written_plays_no_part(self, example: dict[str, Any]) -> None:
        tables, rng = tables_of(example), random.Random(7)
        visits = tables["visits"]
        moved = visits.with_columns(pl.Series("start", [written_elsewhere(each, rng) for each in visits["start"]]))
        before = told(example["kind"], tables, example["params"])

        assert differences(before, told(example["kind"], {**tables, "visits": moved}, example["params"]), 1e-12) == []

    def test_the_hour_that_comes_twice_in_october_is_told_apart_by_its_offset(self) -> None:
        starts = ["2026-10-25T02:30+01:00", "2026-10-25T02:30+02:00", "2026-10-25T04:00+01:00"]
        visits = pl.DataFrame({"user": ["U"] * 3, "carer": ["A", "B", "A"], "start": starts})

        assert continuity_user(visits)["U"]["secon"] == 0.5  # B, A, A: the summer hour was first

    def test_a_visit_just_before_midnight_belongs_to_the_day_in_oslo(self) -> None:
        visits = pl.DataFrame(
            {"user": ["U"] * 2, "carer": ["A", "B"], "start": ["2026-03-29T21:59:00Z", "2026-03-29T22:01:00Z"],
             "type": ["pleie"] * 2, "status": ["utfort"] * 2}
        )  # fmt: skip
        users = pl.DataFrame({"user": ["U"], "active_from": ["2026-01-01"], "active_to": [None], "primary": ["A"]})
        window = {"window_start": "2026-03-29", "days": 1}

        found = ALL["continuity_window"].answer({"visits": visits, "users": users}, window)["per_user"]["U"]

        assert found == {"n": 1, "distinct": 1, "primary_share": 1.0}


carers = st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=25)


def in_turn(who: list[str]) -> pl.DataFrame:
    began = datetime(2026, 3, 2, 8, tzinfo=OSLO)
    starts = [(began + timedelta(hours=5 * number)).isoformat() for number in range(len(who))]
    return pl.DataFrame({"user": ["U"] * len(who), "carer": who, "start": starts, "visit": starts})


class TestContinuity:
    @FEW
    @given(carers)
    def test_is_what_the_definitions_say_counted_one_by_one(self, who: list[str]) -> None:
        n = len(who)
        pairs = [(a, b) for a in range(n) for b in range(a)]
        found = continuity_user(in_turn(who))["U"]

        assert found["distinct"] == len(set(who))
        assert found["upc"] == pytest.approx(max(who.count(each) for each in set(who)) / n)
        assert found["coc"] == pytest.approx(sum(who[a] == who[b] for a, b in pairs) / len(pairs))
        assert found["secon"] == pytest.approx(sum(who[a] == who[a + 1] for a in range(n - 1)) / (n - 1))

    @FEW
    @given(carers)
    def test_with_one_at_each_visit_is_the_same_by_the_rule_for_two(self, who: list[str]) -> None:
        alone, shared = continuity_user(in_turn(who))["U"], continuity_double(in_turn(who))["U"]

        assert shared["upc_visit"] == pytest.approx(alone["upc"])
        assert shared["coc_pairs"] == pytest.approx(alone["coc"])
        assert shared["secon_any"] == pytest.approx(alone["secon"])

    @FEW
    @given(carers, carers)
    def test_different_employees_never_fall_when_visits_are_added(self, some: list[str], more: list[str]) -> None:
        assert continuity_user(in_turn(some))["U"]["distinct"] <= continuity_user(in_turn(some + more))["U"]["distinct"]
