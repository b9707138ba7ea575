"""What the operations leave behind: the odd rows, and formulas against counting one by one."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import InvalidInput
from measures.continuity.known import known_carer, primary_share
from measures.operations.delivery import planned_actual, time_window
from measures.operations.leadtimes import competing_risks, km_simple, lead_time_km
from measures.operations.plans import benefit, gas
from measures.operations.sharing import all_covered, task_sharing
from measures.operations.staffing import fulltime, hours_mix, sick_leave, turnover

FEW = settings(max_examples=60, deadline=None)


class TestLeadTimes:
    @FEW
    @given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=25), st.integers(0, 12))
    def test_kaplan_meier_is_the_product_of_those_who_stay(self, cases: list[tuple[int, bool]], horizon: int) -> None:
        left = 1.0
        for time in sorted({time for time, ended in cases if ended and time <= horizon}):
            at_risk = sum(each >= time for each, _ in cases)
            left *= 1 - sum(each == time and ended for each, ended in cases) / at_risk
        table = pl.DataFrame({"time": [each for each, _ in cases], "event": [int(ended) for _, ended in cases]})

        assert km_simple(table, horizon=horizon)["s_horizon"] == pytest.approx(left)

    @FEW
    @given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["goal", "moved", None])), min_size=1, max_size=25))
    def test_reasons_and_those_who_stay_sum_to_one(self, cases: list[tuple[int, str | None]]) -> None:
        table = pl.DataFrame(cases, schema={"time": pl.Int64, "reason": pl.String}, orient="row")
        found = competing_risks(table, horizon=5)

        assert sum(found["shares"].values()) + found["still"] == pytest.approx(1)

    def test_open_cases_make_the_wait_longer_than_the_closed_ones_say(self) -> None:
        cases = pl.DataFrame(
            {"start": ["2026-06-01"] * 6, "end": ["2026-06-03", "2026-06-04", "2026-06-05", None, None, None]}
        )
        found = lead_time_km(cases, asof="2026-06-30")

        assert (found["naive_median_closed"], found["km_median"], found["n_open"]) == (3, 4, 3)

    def test_one_that_ended_after_the_day_was_open_on_it_and_one_that_began_after_is_not_in(self) -> None:
        cases = pl.DataFrame({"start": ["2026-06-01", "2026-07-02"], "end": ["2026-07-01", None]})
        found = lead_time_km(cases, asof="2026-06-30")

        assert (found["n"], found["n_open"], found.excluded) == (1, 1, {"not_started": 1})


class TestDelivery:
    def test_a_visit_without_an_end_is_left_out_and_counted(self) -> None:
        visits = pl.DataFrame({"planned_min": [30, 30], "actual_min": [33, None], "status": ["utfort"] * 2})
        found = planned_actual(visits)

        assert (found["n"], found["ratio"], found.excluded) == (1, 1.1, {"without_stamp": 1})

    def test_both_ends_of_a_window_are_inside(self) -> None:
        visits = pl.DataFrame(
            {"status": ["utfort"] * 3 + ["avlyst"], "window_from_min": [480] * 4, "window_to_min": [540] * 4,
             "actual_start_min": [480, 540, 541, None]}
        )  # fmt: skip

        assert (time_window(visits)["kept"], time_window(visits)["n"]) == (2, 3)
        assert time_window(visits, tolerance_min=1)["kept"] == 3


class TestStaffing:
    def test_absence_outside_the_position_and_at_weekends_is_not_lost(self) -> None:
        positions = pl.DataFrame(
            {"employee": ["A"], "fraction": [0.5], "from": ["2026-03-02"], "to": ["2026-03-13"]}
        )  # ten working days
        absence = pl.DataFrame(
            {"employee": ["A"], "from": ["2026-03-12"], "to": [None], "type": ["sykmelding"], "grade": ["0.4"]},
            schema_overrides={"to": pl.String},
        )
        found = sick_leave(positions, absence, from_="2026-03-01", to="2026-03-31")

        assert found["agreed"] == 5.0
        assert found["lost_doctor"] == pytest.approx(2 * 0.5 * 0.4)
        assert [each.code for each in found.warnings] == ["too_few"]

    def test_a_day_lost_twice_is_told_of(self) -> None:
        positions = pl.DataFrame({"employee": ["A"], "fraction": [1], "from": ["2026-03-02"], "to": [None]},
                                 schema_overrides={"to": pl.String})  # fmt: skip
        absence = pl.DataFrame(
            {"employee": ["A"] * 2, "from": ["2026-03-02"] * 2, "to": ["2026-03-02"] * 2,
             "type": ["egenmelding", "sykmelding"], "grade": [1.0, 0.5]}
        )  # fmt: skip
        found = sick_leave(positions, absence, from_="2026-03-02", to="2026-03-06")

        assert "overlapping" in [each.code for each in found.warnings]

    def test_refuses_a_grade_over_one(self) -> None:
        positions = pl.DataFrame({"employee": ["A"], "fraction": [1], "from": ["2026-03-02"], "to": ["2026-03-06"]})
        absence = positions.with_columns(type=pl.lit("sykmelding"), grade=pl.lit(50.0))

        with pytest.raises(InvalidInput, match=r"absence\.grade"):
            sick_leave(positions, absence, from_="2026-03-02", to="2026-03-06")

    def test_one_in_two_teams_who_leaves_one_has_left_that_team_only(self) -> None:
        t0 = pl.DataFrame({"employee": ["A", "A", "B"], "team": ["T1", "T2", "T1"]})
        t1 = pl.DataFrame({"employee": ["A"], "team": ["T2"]})
        found = turnover(t0, t1)

        assert (found["n0"], found["external"], found["team_exit"]) == (2, 0.5, pytest.approx(2 / 3))

    def test_two_half_positions_are_one_whole(self) -> None:
        positions = pl.DataFrame({"employee": ["A", "A", "B"], "percent": [50.0, 50.0, 99.9], "kind": ["fast"] * 3})

        assert fulltime(positions)["fulltime_share"] == 0.5

    def test_hours_of_an_unknown_source_are_told_of(self) -> None:
        hours = pl.DataFrame(
            {"source": ["egen", "utlånt"], "kind": ["ordinaer"] * 2, "hours": [90, 10], "cost": [1, 1]}
        )

        assert hours_mix(hours).warnings[0].code == "unknown_source"


class TestSharing:
    @FEW
    @given(
        st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=6),
        st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    )
    def test_all_covered_is_the_sum_over_every_way_to_be_away(self, holders: list[frozenset[str]], away: float) -> None:
        members = "abcdef"
        total = 0.0
        for present in product([True, False], repeat=len(members)):
            here = {member for member, is_here in zip(members, present, strict=True) if is_here}
            if all(mine & here for mine in holders):
                total += (1 - away) ** len(here) * away ** (len(members) - len(here))

        assert all_covered(holders, away) == pytest.approx(total, abs=1e-12)

    def test_one_does_all_is_nought_and_equal_is_one(self) -> None:
        members = pl.DataFrame({"member": ["A", "B", "C"], "fraction": [1, 1, 1]})
        tasks = pl.DataFrame({"task": ["x", "y", "y", "y"], "member": ["A", "A", "B", "C"], "count": [24, 8, 8, 8]})
        found = task_sharing(members, tasks)["per_task"]

        assert found["x"]["evenness"] == pytest.approx(0)
        assert found["y"]["evenness"] == pytest.approx(1)
        assert found["y"]["dissimilarity"] == pytest.approx(0)


class TestPlans:
    def test_three_equal_goals_as_expected_are_fifty(self) -> None:
        goals = pl.DataFrame(
            {"user": ["G"] * 3, "goal": list("abc"), "weight": [1] * 3, "baseline": [-1] * 3, "achieved": [0] * 3}
        )

        assert gas(goals)["G"]["t_achieved"] == 50

    def test_refuses_a_score_that_is_no_step(self) -> None:
        goals = pl.DataFrame({"user": ["G"], "goal": ["a"], "weight": [1], "baseline": [-1], "achieved": [3]})

        with pytest.raises(InvalidInput, match=r"goals\.achieved"):
            gas(goals)

    def test_a_benefit_is_what_fell_more_than_where_nothing_was_done(self) -> None:
        found = benefit(baseline=10, observed=7, comparison_change=1, volume=100, unit_value=50, se=0.5)

        assert (found["gain"], round(found["ci_low"]), round(found["ci_high"])) == (10_000, 5_100, 14_900)


class TestKnown:
    def test_the_fourth_visit_in_four_weeks_is_by_somebody_known(self) -> None:
        starts = ["2026-03-02T08:00", "2026-03-10T08:00", "2026-03-20T08:00", "2026-03-25T08:00", "2026-04-20T08:00"]
        visits = pl.DataFrame({"user": ["U"] * 5, "carer": ["A"] * 5, "start": starts})
        found = known_carer(visits, from_="2026-03-20", to="2026-04-30")

        assert (found["n"], found["known"]) == (3, 1)  # 20 March has two before it, 20 April two

    def test_primary_is_by_the_date(self) -> None:
        visits = pl.DataFrame(
            {"user": ["U"] * 3, "carer": ["A", "A", "B"],
             "start": ["2026-03-02T08:00", "2026-03-10T08:00", "2026-03-11T08:00"]}
        )  # fmt: skip
        primaries = pl.DataFrame(
            {"user": ["U"] * 2, "carer": ["A", "B"], "role": ["primary", "group"],
             "from": ["2026-01-01", "2026-03-01"], "to": ["2026-03-09", None]}
        )  # fmt: skip
        found = primary_share(visits, primaries)

        assert (found["primary_share"], found["group_share"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
