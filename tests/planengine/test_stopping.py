"""When the search stops, and what it tells on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from planengine import (
    InvalidProblem,
    Params,
    Progress,
    ReferenceAssignment,
    Stop,
    Weights,
    Why,
    check_result,
    solve_day,
    uncovered,
    why_uncovered,
)
from planengine.problem import Problem
from planengine.result import Assignment, Ended
from tests.planengine.builders import LINE, helper, problem, random_day, visit


class TestStop:
    def test_stops_at_the_number_of_iterations(self) -> None:
        result = solve_day(random_day(3), stop=Stop(iterations=2_345), seed=1)

        assert (result.iterations, result.ended) == (2_345, Ended.ITERATIONS)

    def test_stops_at_the_time_limit_with_a_plan_that_keeps_the_rules(self) -> None:
        day = random_day(3)

        result = solve_day(day, stop=Stop(seconds=0.2), seed=1)

        assert result.ended is Ended.SECONDS
        assert result.seconds >= 0.2
        assert check_result(day, result) == ()

    def test_stops_when_cancelled_with_the_best_so_far(self) -> None:
        day = problem(LINE, [helper(0)], [visit(n, 1 + n % 3) for n in range(6)])
        asked: list[int] = []

        def cancelled() -> bool:
            asked.append(1)
            return len(asked) >= 3

        result = solve_day(day, stop=Stop(seconds=600), seed=1, cancelled=cancelled)

        assert result.ended is Ended.CANCELLED
        assert len(asked) == 3
        assert result.uncovered == ()
        assert check_result(day, result) == ()

    def test_called_off_at_once_it_names_what_is_uncovered_without_looking_for_ways_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Hundreds of explanations would keep whoever called it off waiting."""
        monkeypatch.setattr(uncovered, "SOON", 0.0)
        day = problem(LINE, [helper(0)], [visit(n, 1 + n % 3) for n in range(40)])

        result = solve_day(day, stop=Stop(seconds=600), seed=1, cancelled=lambda: True)

        left = {each.id for each in day.visits} - set(result.assignments)
        assert {each.visit for each in result.uncovered} == left
        assert {reason.why for each in result.uncovered for reason in each.reasons} == {Why.SEARCH_STOPPED}
        asked = why_uncovered(day, result, min(left))
        assert asked.reasons[0].why is not Why.SEARCH_STOPPED or asked.reasons[0].cost is not None

    def test_tells_of_progress_that_never_gets_worse(self) -> None:
        told: list[Progress] = []

        result = solve_day(random_day(3), stop=Stop(seconds=0.35), seed=1, progress=told.append)

        ranks = [(each.uncovered_importance, round(each.cost, 6)) for each in told]
        assert len(told) >= 2
        assert ranks == sorted(ranks, reverse=True)
        assert told[-1].share == 1.0
        assert told[-1].iterations == result.iterations

    def test_more_iterations_never_end_worse_than_the_first_plan(self) -> None:
        day = random_day(8)

        first, later = (solve_day(day, stop=Stop(iterations=n), seed=1).evaluation for n in (0, 3_000))

        assert (later.uncovered_importance, later.cost) <= (first.uncovered_importance, first.cost + 1e-9)


class TestParameters:
    @pytest.mark.parametrize(
        ("make", "field"),
        [
            (lambda: Stop(), "stop"),
            (lambda: Stop(seconds=0), "stop.seconds"),
            (lambda: Stop(seconds=float("nan")), "stop.seconds"),
            (lambda: Stop(iterations=-1), "stop.iterations"),
            (lambda: Weights(travel=-1), "weights.travel"),
            (lambda: Weights(late=float("inf")), "weights.late"),
            (lambda: Params(hot=0.0), "params.hot"),
            (lambda: Params(hot=0.1, cold=0.2), "params.cold"),
            (lambda: Params(ruin_share=1.5), "params.ruin_share"),
        ],
    )
    def test_out_of_bounds_is_refused_by_name(self, make: object, field: str) -> None:
        with pytest.raises(InvalidProblem) as refused:
            make()  # type: ignore[operator]

        assert refused.value.field == field

    def test_nobody_at_work_and_nothing_to_do_are_days_too(self) -> None:
        nobody = problem(LINE, [], [visit(0, 1)])
        nothing = problem(LINE, [helper(0)], [])

        for day in (nobody, nothing):
            result = solve_day(day, stop=Stop(iterations=100), seed=1)
            assert check_result(day, result) == ()
        assert [each.visit for each in solve_day(nobody, stop=Stop(iterations=9), seed=1).uncovered] == [0]


def busy_day() -> Problem:
    """Three helpers with the same long day, and nine visits along a line."""
    return problem(LINE, [helper(0), helper(1), helper(2)], [visit(n, 1 + n % 3) for n in range(9)])


def with_reference(day: Problem, before: Mapping[int, Assignment], gone: int | None = None) -> Problem:
    """Return the day with a plan that should be changed little; gone: a helper who is no longer at work."""
    return replace(
        day,
        reference=tuple(
            ReferenceAssignment(visit=each.visit, helper=each.helper, start=each.start) for each in before.values()
        ),
        helpers=tuple(replace(one, periods=() if one.id == gone else one.periods) for one in day.helpers),
    )


class TestFromReference:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_begins_with_the_plan_that_should_change_little(self, seed: int) -> None:
        """Without a single step of searching everybody whose visit still fits keeps it (R27)."""
        day = busy_day()
        before = solve_day(
            day, stop=Stop(iterations=seed * 20), seed=seed, params=Params(hot=5.0, cold=5.0)
        ).assignments
        params = Params(weights=Weights(changed_helper=150.0, moved_start=8.0), from_reference=True)

        after = solve_day(with_reference(day, before), stop=Stop(iterations=0), seed=1, params=params).assignments

        assert len(before) == 9
        assert {visit: one.helper for visit, one in after.items()} == {v: one.helper for v, one in before.items()}

    def test_only_the_visits_of_somebody_away_go_to_others_before_any_searching(self) -> None:
        day = busy_day()
        before = solve_day(
            day, stop=Stop(iterations=3_000), seed=1, params=Params(weights=Weights(unfair=50))
        ).assignments
        gone = before[0].helper
        again = with_reference(day, before, gone)

        result = solve_day(again, stop=Stop(iterations=0), seed=1, params=Params(from_reference=True))

        assert check_result(again, result) == ()
        assert {visit for visit, one in result.assignments.items() if one.helper != before[visit].helper} == {
            visit for visit, one in before.items() if one.helper == gone
        }


class TestSearchers:
    def test_two_find_at_least_what_one_finds(self) -> None:
        day = random_day(8)

        one, two = (solve_day(day, stop=Stop(iterations=2_000), seed=1, workers=n) for n in (1, 2))

        assert (two.evaluation.uncovered_importance, two.evaluation.cost) <= (
            one.evaluation.uncovered_importance,
            one.evaluation.cost + 1e-9,
        )
        assert two.iterations == 4_000

    def test_two_answer_the_same_again(self) -> None:
        day = random_day(8)

        plans = [solve_day(day, stop=Stop(iterations=2_000), seed=7, workers=2).plan for _ in range(2)]

        assert plans[0] == plans[1]

    def test_no_searcher_is_refused_by_name(self) -> None:
        with pytest.raises(InvalidProblem) as refused:
            solve_day(random_day(3), stop=Stop(iterations=10), workers=0)

        assert refused.value.field == "workers"

    def test_a_callback_that_fails_stops_them_all(self) -> None:
        def tell(_progress: Progress) -> None:
            raise RuntimeError("gone")

        with pytest.raises(RuntimeError, match="gone"):
            solve_day(random_day(3), stop=Stop(seconds=60), seed=1, workers=2, progress=tell)
