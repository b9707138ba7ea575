"""Several windows, breaks that may be missed, leaving late and what is counted tour by tour; summed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planengine import (
    Break,
    InvalidProblem,
    Link,
    Meeting,
    Params,
    Problem,
    Stop,
    StopKind,
    Weights,
    Window,
    at_once,
    check_plan,
    check_result,
    explain_assignment,
    propose_changes,
    solve_day,
    try_way_out,
    with_changes,
)
from planengine.check import Broken, cost_of
from planengine.evaluate import evaluate
from planengine.explain import StartBecause
from planengine.jsonio import problem_from_json, problem_to_json
from planengine.problem import NO_LEAST
from planengine.race import search
from planengine.search.worth import total
from planengine.timing import plan_of
from planengine.whatif import compiled_for
from tests.planengine.builders import HOUR, LINE, MINUTE, enriched_day, helper, only, problem, solved, visit

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def at(hour: int, minute: int = 0) -> int:
    return hour * HOUR + minute * MINUTE


MORNING_OR_AFTERNOON = {
    "earliest": at(9),
    "latest": at(14),
    "windows": (Window(earliest=at(9), latest=at(9, 30)), Window(earliest=at(13), latest=at(14))),
}


class TestWindows:
    def test_a_visit_starts_in_one_of_its_windows(self) -> None:
        # A lasts from 08:10 to 10:10, so B can be reached at 10:20: too late for the morning, so 13:00.
        day = problem(
            LINE,
            [helper(0)],
            [visit(0, 1, duration=2 * HOUR, latest=at(8, 10)), visit(1, 2, **MORNING_OR_AFTERNOON)],
        )

        result = solved(day)

        assert result.assignments[1].start == at(13)
        assert explain_assignment(day, result, 1).start_because is StartBecause.WINDOW_OPENS

    def test_a_start_between_two_windows_breaks_a_rule(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 2, earliest=at(10), latest=at(10))])
        plan = solved(day).plan
        other = replace(day, visits=(visit(0, 2, **MORNING_OR_AFTERNOON),))

        assert [each.rule for each in check_plan(other, plan)] == [Broken.WINDOW]

    def test_two_at_once_find_a_window_that_suits_both(self) -> None:
        # One may start 09:00-09:30 or 13:00-14:00, the other 09:45-10:00 or 13:30-15:00: together at 13:30.
        other = (Window(earliest=at(9, 45), latest=at(10)), Window(earliest=at(13, 30), latest=at(15)))
        day = problem(
            LINE,
            [helper(0), helper(1)],
            [
                visit(0, 1, **MORNING_OR_AFTERNOON),
                visit(1, 1, earliest=at(9, 45), latest=at(15), windows=other),
            ],
            links=(at_once(0, 1),),
        )

        result = solved(day)

        assert {each.start for each in result.assignments.values()} == {at(13, 30)}

    def test_lateness_is_counted_in_the_window_a_start_belongs_to(self) -> None:
        # A holds her until 10:10 and is ten minutes away. Open until the next window: late after 09:30 at 10:20 is 50
        # minutes, waiting until 13:00 is 160 minutes.
        windows = (Window(earliest=at(9), wish_to=at(9, 30)), Window(earliest=at(13), wish_to=at(14)))
        day = problem(
            LINE,
            [helper(0)],
            [visit(0, 1, duration=2 * HOUR, latest=at(8, 10)), visit(1, 2, earliest=at(9), windows=windows)],
        )

        soon = solved(day, only(late=1.0, waiting=1.0))
        later = solved(day, only(late=4.0, waiting=1.0))

        assert (soon.assignments[1].start, soon.evaluation.cost) == (at(10, 20), 50)
        assert (later.assignments[1].start, later.evaluation.cost) == (at(13), 160)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"wish_to": at(9)}, "wish_to"),
            ({"earliest": at(8)}, "windows"),
            ({"latest": None}, "windows"),
            ({"helper": 0, "start": at(10)}, "start"),
            ({"windows": (*MORNING_OR_AFTERNOON["windows"][::-1],)}, r"windows\[1\].earliest"),  # type: ignore[index]
            ({"windows": (Window(earliest=at(9), latest=at(8)),)}, r"windows\[0\].latest"),
        ],
    )
    def test_windows_that_make_no_sense_are_refused(self, change: dict[str, object], field: str) -> None:
        with pytest.raises(InvalidProblem, match=field):
            problem(LINE, [helper(0)], [visit(0, 2, **{**MORNING_OR_AFTERNOON, **change})])


class TestBreaks:
    LUNCH = Break(duration=30 * MINUTE, earliest=at(11), latest_end=at(12), skip_cost=1.0)

    def test_a_break_may_be_missed_at_a_price(self) -> None:
        # The visit takes 10:00-13:00 whatever happens; moving it is impossible, so the break is missed.
        day = problem(
            LINE, [helper(0, breaks=(self.LUNCH,))], [visit(0, 1, duration=3 * HOUR, earliest=at(10), latest=at(10))]
        )

        result = solved(day, only(missed_break=7.0))

        assert result.evaluation.cost == 7
        assert [stop.kind for stop in result.plan.tours[0].stops] == [StopKind.VISIT]

    def test_a_break_is_missed_only_where_that_is_cheaper(self) -> None:
        # Wished at 11:10, an hour long. With lunch first: 11:30, 20 minutes late; lunch after is too late by 10 minutes.
        day = problem(
            LINE,
            [helper(0, breaks=(self.LUNCH,))],
            [visit(0, 1, duration=HOUR, earliest=at(11, 10), wish_to=at(11, 10))],
        )

        assert solved(day, only(late=1.0, missed_break=50.0)).evaluation.cost == 30  # 11:40: lunch, then ten minutes
        assert solved(day, only(late=1.0, missed_break=12.0)).evaluation.cost == 12

    def test_a_break_on_arrival_is_held_where_the_next_visit_is(self) -> None:
        # As above, but she drives before lunch: lunch 11:00-11:30 at the citizen's, so 20 minutes late.
        lunch = replace(self.LUNCH, on_arrival=True)
        day = problem(
            LINE,
            [helper(0, breaks=(lunch,))],
            [visit(0, 1, duration=HOUR, earliest=at(11, 10), wish_to=at(11, 10))],
        )

        result = solved(day, only(late=1.0, missed_break=50.0))

        assert result.evaluation.cost == 20
        assert [(stop.kind, stop.place) for stop in result.plan.tours[0].stops] == [
            (StopKind.BREAK, 1),
            (StopKind.VISIT, 1),
        ]

    def test_waiting_after_a_break_on_arrival_that_comes_first_is_free(self) -> None:
        lunch = replace(self.LUNCH, on_arrival=True)
        day = problem(LINE, [helper(0, breaks=(lunch,))], [visit(0, 1, earliest=at(13))])

        assert solved(day, only(waiting=1.0, missed_break=50.0)).evaluation.cost == 0

    def test_a_break_that_cannot_be_held_at_all_is_missed(self) -> None:
        day = problem(LINE, [helper(0, start=at(11, 45), breaks=(self.LUNCH,))], [visit(0, 1)])

        assert solved(day, only(missed_break=7.0)).evaluation.cost == 7

    def test_a_break_with_a_price_may_not_be_held_twice(self) -> None:
        day = problem(LINE, [helper(0, breaks=(self.LUNCH, self.LUNCH))], [])
        tour = solved(day, only(missed_break=1.0)).plan.tours[0]
        twice = replace(tour, stops=tuple(replace(stop, id=0) for stop in tour.stops))

        assert len(tour.stops) == 2
        assert Broken.BREAK in {each.rule for each in check_plan(day, type(solved(day).plan)((twice,)))}


class TestWholeTours:
    def test_leaving_late_saves_waiting_but_keeps_wished_times(self) -> None:
        # A from 08:10, at most 08:40 wished; B opens at 10:00, 10 minutes on. Early: A ends 08:40, 70 minutes of
        # waiting at B. Late: A at 08:40 ends 09:10, waiting 40.
        visits = [visit(0, 1, wish_to=at(8, 40)), visit(1, 2, earliest=at(10), latest=at(10))]
        day = problem(LINE, [helper(0)], visits)
        early = only(waiting=1.0, late=100.0)

        assert solved(day, early, iterations=0).evaluation.cost == 70
        late = solved(day, replace(early, leave_late=True), iterations=0)
        assert (late.evaluation.cost, late.assignments[0].start, late.plan.tours[0].leave) == (40, at(8, 40), at(8, 30))

    def test_unused_time_is_what_is_neither_work_nor_break(self) -> None:
        # 8 hours, of which 30 minutes at A, 20 of travel and 30 of break: 400 unused; the other helper's whole 2 hours
        # are fewer.
        rest = Break(duration=30 * MINUTE, earliest=at(11), latest_end=at(12))
        day = problem(LINE, [helper(0, breaks=(rest,)), helper(1, end=at(10))], [visit(0, 1, helper=0)])

        assert solved(day, only(longest_unused=1.0)).evaluation.cost == 400

    def test_unused_time_is_counted_until_she_is_back(self) -> None:
        # At work 08-09 only, the visit at 10:00-10:30 and ten minutes home: 160 minutes less 50 busy.
        day = problem(LINE, [helper(0, end=at(9), max_overtime=4 * HOUR)], [visit(0, 1, earliest=at(10))])

        result = solved(day, replace(only(longest_unused=1.0), allow_overtime=True))

        assert result.evaluation.cost == 110

    def test_time_before_leaving_counts_where_somebody_goes_out(self) -> None:
        # Ten minutes of travel to 10:00, so 110 minutes at the base; the other stays at home all day.
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1, earliest=at(10))])

        assert solved(day, only(before_leaving=1.0)).evaluation.cost == 110

    def test_unevenness_counts_both_sides_in_whole_minutes(self) -> None:
        # Busy 50 and 0 minutes; shares by working time 8 hours and 4: 33 1/3 and 16 2/3; off by 16 2/3 each, up to 17.
        day = problem(LINE, [helper(0), helper(1, end=at(12))], [visit(0, 1, helper=0)])

        assert solved(day, only(uneven=1.0)).evaluation.cost == 34

    def test_a_meeting_is_neither_unused_nor_before_leaving(self) -> None:
        meeting = Meeting(start=at(8), duration=HOUR, place=0)
        day = problem(LINE, [helper(0, meetings=(meeting,))], [])

        result = solved(day, only(longest_unused=1.0, before_leaving=1.0))

        assert result.evaluation.cost == 7 * 60


class TestLinks:
    def test_together_without_times_leaves_the_times_free(self) -> None:
        link = Link(first=0, second=1, least=NO_LEAST, together=True, different_helpers=True)
        visits = [visit(0, 1, latest=at(8, 10)), visit(1, 1, earliest=at(14))]
        both = problem(LINE, [helper(0), helper(1)], visits, links=(link,))
        alone = problem(LINE, [helper(0)], visits, links=(link,))

        assert {v: a.start for v, a in solved(both).assignments.items()} == {0: at(8, 10), 1: at(14)}
        assert solved(alone).assignments == {}


def a_day(seed: int) -> tuple[Problem, Params]:
    try:
        day, params = enriched_day(seed)
        solve_day(day, stop=Stop(iterations=0), seed=0, params=params)
    except InvalidProblem:
        assume(False)
    return day, params


class TestEveryRichDay:
    @FEW
    @given(st.integers(0, 10**6))
    def test_passes_the_checker_and_is_the_same_again(self, seed: int) -> None:
        day, params = a_day(seed)

        one, other = (solve_day(day, stop=Stop(iterations=1_500), seed=seed, params=params) for _ in range(2))

        assert check_result(day, one) == ()
        assert replace(one, seconds=0.0) == replace(other, seconds=0.0)

    @FEW
    @given(st.integers(0, 10**6))
    def test_costs_what_the_search_thinks_it_costs(self, seed: int) -> None:
        day, params = a_day(seed)
        compiled = compiled_for(day, params)

        found = search(day, compiled, Stop(iterations=1_500), seed, params, None, None)

        cost = evaluate(day, plan_of(day, compiled, found.state), params.weights).cost
        assert abs(float(total(compiled.model, found.state)) - cost) < 1e-6 * max(1.0, cost)

    @FEW
    @given(st.integers(0, 10**6))
    def test_prices_are_the_checkers(self, seed: int) -> None:
        day, params = a_day(seed)
        one, other = (solve_day(day, stop=Stop(iterations=n), seed=1, params=params) for n in (50, 1_000))
        weights = params.weights.as_dict()
        base = cost_of(day, one.plan, weights)
        for left in one.uncovered:
            for way in left.ways_out:
                plan = try_way_out(day, one, left.visit, way)
                assert plan is None or abs(cost_of(day, plan, weights) - base - (way.cost or 0.0)) < 1e-6
        changes = propose_changes(day, one.plan, other.plan, params, least_move=0)
        for change in changes:
            if change.possible:
                alone = with_changes(day, one.plan, other.plan, {v.visit for v in change.visits}, params)
                assert check_plan(day, alone, allow_overtime=params.allow_overtime) == ()
                assert abs(cost_of(day, alone, weights) - base - change.cost) < 1e-6

    @FEW
    @given(st.integers(0, 10**6))
    def test_is_read_back_as_it_was_written(self, seed: int) -> None:
        day, _ = enriched_day(seed)

        again = problem_from_json(problem_to_json(day))

        assert (again.visits, again.helpers, again.links) == (day.visits, day.helpers, day.links)


def test_weights_of_the_new_components_are_off_by_default() -> None:
    usual = Weights()

    assert (usual.longest_unused, usual.before_leaving, usual.uneven, usual.missed_break) == (0.0, 0.0, 0.0, 1.0)
