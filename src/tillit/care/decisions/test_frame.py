"""Frame decisions: within, swings, and when the need has left."""

from decimal import Decimal

import pytest

from tillit.care.decisions.rules.frame import Fit, Frame, PlanFacts, Trend, Unclear, fit, trend, unclear

FRAME = Frame(Decimal("9.5"), 20)


class TestFrame:
    def test_the_example_reckoned_by_hand_R20(self) -> None:
        """9.5 hours with a span of 20 per cent: from 7.6 to 11.4 hours, that is 456 to 684 minutes a week."""
        assert (FRAME.least, FRAME.most) == (Decimal("7.6"), Decimal("11.4"))
        assert [fit(FRAME, minutes) for minutes in (455, 456, 684, 685, None)] == [
            Fit.BELOW,
            Fit.WITHIN,
            Fit.WITHIN,
            Fit.ABOVE,
            Fit.NOTHING_KNOWN,
        ]

    @pytest.mark.parametrize(
        ("weeks", "told"),
        [
            ([], Trend.TOO_EARLY),
            ([570, 570, 570], Trend.TOO_EARLY),
            ([570, 570, None, 570, 570], Trend.WITHIN),
            ([570, 700, 700, 700, 570, 570], Trend.SWINGS),
            ([570, 700, 700, 570, 700, 700], Trend.LEFT_ABOVE),
            ([700, 700, 700, 700, 570, 570, 570, 570, 570, 570], Trend.WITHIN),
            ([300, 300, 300, 300], Trend.LEFT_BELOW),
            ([300, 300, 700, 700, 300, 700], Trend.SWINGS),
        ],
    )
    def test_asks_for_a_new_decision_when_the_need_has_left(self, weeks: list[int | None], told: Trend) -> None:
        assert trend(FRAME, weeks) is told


class TestUnclear:
    plan = PlanFacts(in_use=True, minutes_a_week=Decimal(550), goals=2)

    def test_nothing_when_decision_and_plan_together_tell(self) -> None:
        assert unclear(FRAME, self.plan) == ()
        assert unclear(None, None) == ()

    def test_a_frame_without_a_plan_tells_nobody_what_is_granted(self) -> None:
        assert unclear(FRAME, None) == (Unclear.NO_PLAN,)
        assert unclear(FRAME, PlanFacts(in_use=False)) == (Unclear.NO_PLAN,)

    def test_a_plan_outside_the_frame_and_goals_without_dates(self) -> None:
        plan = PlanFacts(in_use=True, minutes_a_week=Decimal(700), goals=2, goals_without_evaluation=1)
        assert unclear(FRAME, plan) == (Unclear.PLAN_OUTSIDE_FRAME, Unclear.GOAL_WITHOUT_EVALUATION)
