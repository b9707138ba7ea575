"""Travel, the way home from hospital, tasks and meetings, benefits: what is left out, and nobody named."""

from __future__ import annotations

import polars as pl
import pytest

from measures import InvalidInput
from measures.operations.benefits import benefits_by_kind, break_even
from measures.operations.discharge import discharge_wait
from measures.operations.meetings import meetings_held, stand_in, tasks_unheld
from measures.operations.travel import travel


def visits(*rows: tuple[str, str, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["visit", "team", "carer", "start", "end"], orient="row")


class TestTravel:
    TWO = (
        ("1", "T", "Astrid", "2026-03-02T08:00", "2026-03-02T08:30"),
        ("2", "T", "Astrid", "2026-03-02T08:40", "2026-03-02T09:00"),
        ("3", "T", "Berit", "2026-03-02T08:00", "2026-03-02T08:30"),
    )

    def test_names_no_employee_and_leaves_a_team_of_one_out(self) -> None:
        alone = ("4", "Solo", "Cecilie", "2026-03-02T08:00", "2026-03-02T09:00")
        told = travel(visits(*self.TWO, alone)).as_json()

        assert not any(name in str(told) for name in ("Astrid", "Berit", "Cecilie", "Solo"))
        assert told["excluded"] == {"one_employee": 1}

    def test_the_way_home_and_back_over_night_is_no_travel(self) -> None:
        late = ("4", "T", "Berit", "2026-03-02T23:30", "2026-03-02T23:50")
        early = ("5", "T", "Berit", "2026-03-03T00:05", "2026-03-03T00:30")

        assert travel(visits(*self.TWO, late, early))["minutes"] == 10

    def test_visits_on_top_of_each_other_have_none_between(self) -> None:
        onto = ("4", "T", "Berit", "2026-03-02T08:20", "2026-03-02T08:50")
        found = travel(visits(*self.TWO, onto))

        assert (found["minutes"], found.excluded) == (10, {"overlapping": 1})

    def test_the_hour_that_goes_in_march_is_no_travel(self) -> None:
        spring = (
            ("4", "T", "Berit", "2026-03-29T01:30", "2026-03-29T01:50"),
            ("5", "T", "Berit", "2026-03-29T03:05", "2026-03-29T03:30"),
        )

        assert travel(visits(*self.TWO, *spring))["minutes"] == 25

    def test_order_and_what_is_said_twice_play_no_part(self) -> None:
        table = visits(*self.TWO)
        again = pl.concat([table.reverse(), table])

        assert travel(again).values == travel(table).values


class TestDischarge:
    COLUMNS = ("case", "ready", "left", "first_visit", "other")

    def cases(self, *rows: tuple[str | None, ...]) -> pl.DataFrame:
        return pl.DataFrame(rows, schema=dict.fromkeys(self.COLUMNS, pl.String), orient="row")

    def test_a_visit_after_the_day_is_not_known_on_it(self) -> None:
        found = discharge_wait(
            self.cases(("1", "2026-03-01T12:00", "2026-03-01", "2026-03-12T08:00", None)), asof="2026-03-10"
        )

        assert (found["n_waiting"], found["km_median"]) == (1, None)

    def test_those_who_died_are_counted_and_never_wait(self) -> None:
        rows = [("1", "2026-03-01T12:00", None, None, "died"), ("2", "2026-03-01T12:00", None, None, "declined")]
        found = discharge_wait(self.cases(*rows), asof="2026-03-10")

        assert (found["n"], found["instead"]) == (0, {"declined": 1, "died": 1})

    def test_a_ready_that_came_after_the_visit_is_left_out(self) -> None:
        found = discharge_wait(
            self.cases(("1", "2026-03-03T12:00", "2026-03-02", "2026-03-02T15:00", None)), asof="2026-03-10"
        )

        assert found.excluded == {"visited_first": 1}

    def test_the_night_the_clock_is_moved_is_an_hour_shorter(self) -> None:
        rows = [(str(each), "2026-03-28T12:00", "2026-03-28", "2026-03-29T12:00", None) for each in range(5)]

        assert discharge_wait(self.cases(*rows), asof="2026-04-01")["km_median"] == pytest.approx(23 / 24)

    def test_order_and_what_is_said_twice_play_no_part(self) -> None:
        rows = [(str(each), f"2026-03-0{each}T12:00", None, f"2026-03-0{each + 2}T10:00", None) for each in range(1, 7)]
        table = self.cases(*rows)

        again = discharge_wait(pl.concat([table.reverse(), table]), asof="2026-03-10")
        assert again.values == discharge_wait(table, asof="2026-03-10").values


class TestTeam:
    def test_a_task_two_have_had_is_held_when_one_holds_it(self) -> None:
        tasks = pl.DataFrame(
            {"task": ["keys"] * 2, "member": ["A", "B"], "from": ["2026-01-01", "2026-03-01"],
             "to": ["2026-02-28", None]}
        )  # fmt: skip

        assert tasks_unheld(tasks, asof="2026-03-10")["unheld"] == 0
        assert tasks_unheld(tasks, asof="2025-12-31")["tasks"] == ["keys"]

    def test_two_meetings_of_a_kind_on_a_day_are_one(self) -> None:
        meetings = pl.DataFrame(
            {
                "team": ["T"] * 3,
                "kind": ["team"] * 3,
                "day": ["2026-03-03", "2026-03-03", "2026-03-10"],
                "held": [1] * 3,
            }
        )

        assert meetings_held(meetings, weeks=2)["per_team"] == {"T": {"team": 1}}

    def test_agency_in_a_small_position_counts_once(self) -> None:
        labour = pl.DataFrame({"kind": ["byraa", "fast"], "percent": [20, 100], "hours": [10, 90]})

        assert stand_in(labour)["share"] == 0.1


class TestBenefits:
    def table(self, **columns: list[object]) -> pl.DataFrame:
        n = len(columns["benefit"])
        empty: dict[str, list[object]] = {
            each: [None] * n for each in ("value", "low", "high", "status", "hours_of", "used_for")
        }
        return pl.DataFrame({**empty, **columns}, strict=False)

    def test_kinds_are_never_summed_together(self) -> None:
        found = benefits_by_kind(
            self.table(benefit=["a", "b"], kind=["budget", "time"], value=[10, 5], used_for=["x", "x"])
        )

        assert "sum" not in found.values
        assert (found["budget"]["sum"], found["time"]["sum"]) == (10, 5)

    def test_hours_that_go_nowhere_are_not_counted_and_said(self) -> None:
        found = benefits_by_kind(self.table(benefit=["a"], kind=["time"], value=[5]))

        assert (found["time"]["count"], [each.code for each in found.warnings]) == (0, ["hours_unplaced"])

    def test_refuses_another_kind(self) -> None:
        with pytest.raises(InvalidInput, match="kind"):
            benefits_by_kind(self.table(benefit=["a"], kind=["joy"], value=[5]))

    def test_paid_back_and_lost_again_is_not_paid_back(self) -> None:
        found = break_even(cost=0, monthly_cost=10, low=0, base=0, high=20, months=12)

        assert (found["base"]["month"], found["high"]["month"]) == (None, 0)

    def test_a_discounted_gain_is_worth_less(self) -> None:
        plain = break_even(cost=100, low=10, base=10, high=10, months=24)
        later = break_even(cost=100, low=10, base=10, high=10, months=24, yearly_rate=0.04)

        assert later["base"]["net"] < plain["base"]["net"]
        assert later["base"]["month"] == 11
