"""When the search stops, and what it tells on the way."""

from __future__ import annotations

import pytest

from planengine import InvalidProblem, Params, Progress, Stop, Weights, check_result, solve_day
from planengine.result import Ended
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
