"""A whole team's day."""

from __future__ import annotations

from planengine import Params, Stop, Weights, check_result, evaluate, solve_day
from tests.planengine.team_day import WITHOUT_CONTINUITY, team_day


class TestATeamsDay:
    def test_clearly_fewer_unknown_faces_than_without_looking_R25(self) -> None:
        day = team_day(110, 12, seed=1)

        faces = {}
        for weights in (Weights(), WITHOUT_CONTINUITY):
            result = solve_day(day, stop=Stop(iterations=40_000), seed=1, params=Params(weights=weights))
            assert check_result(day, result) == ()
            judged = evaluate(day, result.plan, Weights())
            assert len(result.uncovered) <= 5
            faces[weights] = sum(each.unknown_faces for each in judged.helpers)

        assert faces[Weights()] <= 0.75 * faces[WITHOUT_CONTINUITY]

    def test_the_first_plan_of_the_largest_day_keeps_the_rules_and_covers_most(self) -> None:
        day = team_day(200, 14, seed=1, durations=(300, 600, 900))

        first = solve_day(day, stop=Stop(iterations=0), seed=1)

        assert check_result(day, first) == ()
        assert len(first.assignments) >= 0.9 * len(day.visits)
