"""Scales, by hand-reckoned vectors."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tillit.care.evaluations.forms import SppbForm
from tillit.care.evaluations.rules import copm, gas, psfs, sppb
from tillit.care.evaluations.rules.outcome import Days, rarer


def _copm(performance: tuple[int | None, ...], satisfaction: tuple[int | None, ...]) -> list[copm.Activity]:
    names = ("Lage middag", "Dusje", "Gå til butikken", "Lese avisa", "Stelle i hagen")
    scores = zip(names, performance, satisfaction, strict=False)
    return [copm.Activity(name, performance=p, satisfaction=s) for name, p, s in scores]


class TestCopm:
    def test_means_and_a_change_that_matters_R14(self) -> None:
        before, after = _copm((3, 4, 2), (2, 3, 3)), _copm((6, 5, 5), (6, 6, 5))
        found = copm.change(before, after)

        assert copm.means(before) == copm.Means(Decimal("3.00"), Decimal("2.67"))
        assert copm.means(after) == copm.Means(Decimal("5.33"), Decimal("5.67"))
        assert found.performance == copm.Part(Decimal("3.00"), Decimal("5.33"), Decimal("2.33"), True, 3)
        assert found.satisfaction == copm.Part(Decimal("2.67"), Decimal("5.67"), Decimal("3.00"), True, 3)
        assert found.left_out == ()

    def test_a_change_below_two_does_not_matter_R14(self) -> None:
        found = copm.change(_copm((3, 4, 2), (2, 3, 3)), _copm((5, 5, 4), (2, 3, 3)))

        assert found.performance == copm.Part(Decimal("3.00"), Decimal("4.67"), Decimal("1.67"), False, 3)
        assert found.satisfaction is not None and not found.satisfaction.matters

    def test_five_activities(self) -> None:
        assert copm.means(_copm((1, 2, 3, 4, 5), (5, 5, 5, 5, 5))).performance == Decimal("3.00")

    def test_what_is_missing_is_never_nought(self) -> None:
        assert copm.means(_copm((4, None, 2), (None, None, None))) == copm.Means(Decimal("3.00"), None)

    def test_only_activities_scored_both_times_are_compared_and_the_rest_is_said_R14(self) -> None:
        before = _copm((3, 4, 2), (2, 3, 3))
        after = [copm.Activity("lage  middag", performance=6, satisfaction=6), copm.Activity("Sykle", performance=9)]
        found = copm.change(before, after)

        assert found.performance == copm.Part(Decimal("3.00"), Decimal("6.00"), Decimal("3.00"), True, 1)
        assert found.left_out == ("Dusje", "Gå til butikken", "Sykle")

    def test_exactly_two_matters_and_is_not_lost_in_rounding(self) -> None:
        found = copm.change(_copm((1, 1, 2), (1, 1, 1)), _copm((3, 3, 4), (3, 3, 2)))

        assert found.performance is not None and found.performance.matters  # 4/3 to 10/3
        assert found.satisfaction is not None and not found.satisfaction.matters  # 1 to 8/3


class TestPsfs:
    def test_two_on_the_mean_and_three_on_one_R14(self) -> None:
        before = [psfs.Activity("A", 2), psfs.Activity("B", 3), psfs.Activity("C", 4)]
        after = [psfs.Activity("A", 5), psfs.Activity("B", 5), psfs.Activity("C", 5)]
        found = psfs.change(before, after)

        assert found == psfs.Change(Decimal("3.00"), Decimal("5.00"), Decimal("2.00"), True, ("A",), 3, ())

    def test_nothing_in_common_is_no_number(self) -> None:
        assert psfs.change([psfs.Activity("A", 2)], [psfs.Activity("B", 9)]) is None
        assert psfs.change([psfs.Activity("A", None)], [psfs.Activity("A", 9)]) is None


def _seconds(text: str) -> Decimal | None:
    return Decimal(text) if text else None


class TestSppb:
    def test_the_parts_are_added_R14(self) -> None:
        found = sppb.points(
            sppb.Tested(Decimal(10), Decimal(10), Decimal(7), gait=Decimal("5.0"), chair=Decimal("12.0"))
        )

        assert (found.balance, found.gait, found.chair, found.total) == (3, 3, 3, 9)

    @pytest.mark.parametrize(("gait", "points"), [("4.81", 4), ("4.82", 3), ("6.20", 3), ("6.21", 2), ("8.70", 2),
                                                  ("8.71", 1)])  # fmt: skip
    def test_limits_of_walking(self, gait: str, points: int) -> None:
        assert sppb.points(sppb.Tested(gait=Decimal(gait))).gait == points

    @pytest.mark.parametrize(("chair", "points"), [("11.19", 4), ("11.20", 3), ("13.69", 3), ("13.70", 2), ("16.69", 2),
                                                   ("16.70", 1), ("60.0", 1), ("60.1", 0)])  # fmt: skip
    def test_limits_of_rising(self, chair: str, points: int) -> None:
        assert sppb.points(sppb.Tested(chair=Decimal(chair))).chair == points

    @pytest.mark.parametrize(
        ("side", "semi", "tandem", "points"),
        [("9.99", "", "", 0), ("10", "9", "", 1), ("10", "10", "2.99", 2), ("10", "10", "3", 3), ("10", "10", "10", 4),
         ("0", "10", "10", 0), ("10", "", "", None), ("10", "10", "", None), ("", "10", "10", None)],
    )  # fmt: skip
    def test_balance_stops_where_a_position_is_not_held(
        self, side: str, semi: str, tandem: str, points: int | None
    ) -> None:
        assert sppb.balance(_seconds(side), _seconds(semi), _seconds(tandem)) == points

    def test_unable_is_nought_and_not_tested_is_missing(self) -> None:
        unable = sppb.points(sppb.Tested(side_by_side=Decimal(0), gait_unable=True, chair_unable=True))
        best = sppb.points(sppb.Tested(Decimal(10), Decimal(10), Decimal(10), Decimal("4.0"), Decimal("10.0")))
        half = sppb.points(sppb.Tested(gait=Decimal("4.0")))

        assert (unable.total, best.total, half.total) == (0, 12, None)
        assert sppb.change(unable, half) == sppb.Change(0, 4, 4, True, False, ("BALANCE", "CHAIR"))
        assert sppb.change(best, best) == sppb.Change(12, 12, 0, False, True, ())


class TestGas:
    def test_by_hand_R14(self) -> None:
        # Two goals, −1 and +2: 50 + 10 × 1 / √(0.7 × 2 + 0.3 × 4) = 50 + 10 / √2.6
        assert gas.t_score([gas.Attained(-1), gas.Attained(2)]) == Decimal("56.2")
        # Weights 3 and 1, levels +1 and −1: 50 + 10 × 2 / √(0.7 × 10 + 0.3 × 16) = 50 + 20 / √11.8
        assert gas.t_score([gas.Attained(1, 3), gas.Attained(-1, 1)]) == Decimal("55.8")

    def test_as_expected_is_fifty_and_one_goal_is_ten_a_level(self) -> None:
        assert gas.t_score([gas.Attained(0)] * 3) == Decimal("50.0")
        assert [gas.t_score([gas.Attained(level)]) for level in gas.LEVELS] == [
            Decimal(30),
            Decimal(40),
            Decimal(50),
            Decimal(60),
            Decimal(70),
        ]
        assert gas.t_score([]) is None

    @given(st.lists(st.tuples(st.sampled_from(gas.LEVELS), st.integers(1, 9)), min_size=1, max_size=6))
    def test_mirrored_levels_mirror_the_score(self, goals: list[tuple[int, int]]) -> None:
        score = gas.t_score([gas.Attained(level, weight) for level, weight in goals])
        mirrored = gas.t_score([gas.Attained(-level, weight) for level, weight in goals])

        assert score is not None and mirrored is not None
        assert abs(score + mirrored - 100) <= Decimal("0.1")  # each is rounded by itself

    def test_refuses_a_level_that_is_not_there(self) -> None:
        with pytest.raises(ValueError, match="Levels"):
            gas.t_score([gas.Attained(3)])


class TestRarer:
    @pytest.mark.parametrize(
        ("days", "then"),
        [(Days("1234567"), Days("1357")), (Days("15"), Days("1")), (Days("3"), Days("3", 2)),
         (Days("3", 6), Days("3", 12)), (Days("3", 8), None)],
    )  # fmt: skip
    def test_about_half_as_often_R14(self, days: Days, then: Days | None) -> None:
        assert rarer(days) == then


class TestSeconds:
    @pytest.mark.parametrize("typed", ["7,5", "7.5"])
    @pytest.mark.parametrize("language", ["nb", "en"])
    def test_comma_and_point_are_the_same(self, typed: str, language: str) -> None:
        with override(language):
            form = SppbForm({"tandem": typed, "measured_on": "23.11.2026"})
            assert form.is_valid()

        assert form.measured() == sppb.Tested(tandem=Decimal("7.5"))
