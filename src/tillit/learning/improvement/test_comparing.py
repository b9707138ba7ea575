"""Months that do not overlap, changes with intervals, and what may be said when teams are few: by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders_pilots import HELPERS
from tillit.kernel.periods import Days
from tillit.learning.improvement.rules import comparing
from tillit.learning.improvement.rules.comparing import Contrast, Design, Member, Setup
from tillit.learning.insight.rules.changing import change
from tillit.learning.insight.rules.claims import Rung
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.months import Month, add_months, by_month, whole
from tillit.learning.insight.rules.series import Point

MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
ALL_IN_ORDER = Setup(prespecified=True, frozen_ahead=True, all_listed=True, order_drawn=False)


def weeks(values: list[float | None], *, first: date = date(2026, 4, 27), of: int = 100) -> list[Point]:
    """Weeks from the Monday `first`; each value a share of `of`."""
    return [
        Point(
            start := first + timedelta(days=7 * place), start + timedelta(days=7), value, of if value else 0,
            numerator=None if value is None else value * of, denominator=of,
        )
        for place, value in enumerate(values)
    ]  # fmt: skip


def months(*values: float, first: date = MAY) -> tuple[Month, ...]:
    return tuple(Month(add_months(first, place), value, 60) for place, value in enumerate(values))


class TestMonths:
    SPAN = Days(MAY, JULY)

    def test_weeks_on_their_own_are_put_together_by_what_they_count(self) -> None:
        share = replace(HELPERS, step=Step.WEEK)
        busy = replace(weeks([0.9])[0], numerator=270.0, denominator=300.0, n=300)
        quiet = weeks([0.5], first=date(2026, 5, 4))[0]

        found = by_month(share, [busy, quiet], self.SPAN, backwards=True)

        assert found == (Month(MAY, 320 / 400, 400),)

    def test_of_weeks_that_look_back_only_the_last_of_the_month_counts(self) -> None:
        helpers = replace(HELPERS, step=Step.WEEK, looks_back=4)
        found = by_month(helpers, weeks([1, 2, 3, 4, 5, 6, 7, 8, 9]), self.SPAN, backwards=True)

        assert [(one.starts_on, one.value) for one in found] == [(MAY, 5), (date(2026, 6, 1), 9)]
        windows = [one.ends_on for one in weeks([1] * 9)]
        assert windows[8] - windows[4] == timedelta(days=28)  # so the four weeks behind each do not meet

    def test_a_month_whose_last_week_is_missing_has_no_number(self) -> None:
        helpers = replace(HELPERS, step=Step.WEEK, looks_back=4)

        assert by_month(helpers, weeks([1, 2, 3, 4, None]), self.SPAN, backwards=True) == ()

    def test_of_months_that_look_three_back_every_third_counts(self) -> None:
        waiting = replace(HELPERS, code="T-6", looks_back=3)
        points = [
            Point(one, add_months(one, 1), float(one.month), 60) for one in (add_months(MAY, at) for at in range(6))
        ]
        span = Days(MAY, add_months(MAY, 6))

        assert [one.value for one in by_month(waiting, points, span, backwards=True)] == [7, 10]
        assert [one.value for one in by_month(waiting, points, span, backwards=False)] == [7, 10]
        assert [one.value for one in by_month(waiting, points[:5], Days(MAY, add_months(MAY, 5)), backwards=True)] == [
            6,
            9,
        ]

    def test_only_whole_months_are_taken(self) -> None:
        assert whole(date(2026, 5, 2), date(2026, 7, 31)) == Days(date(2026, 6, 1), JULY)
        assert whole(date(2026, 5, 2), date(2026, 6, 30)) is None


class TestOneTeam:
    def test_is_after_less_before_with_welchs_interval_by_hand(self) -> None:
        # Means 14 and 11, variances 1 and 1, three months each: se = √(1/3 + 1/3) = 0.8165, df 4, t = 2.7764.
        found = change(months(13, 14, 15), months(10, 11, 12))

        assert found.difference == pytest.approx(-3)
        assert [found.low, found.high] == pytest.approx([-5.2669, -0.7331], abs=1e-3)
        assert (found.before.mean, found.before.months) == (14, 3)
        assert found.before.low == pytest.approx(14 - 4.3027 / 3**0.5, abs=1e-3)

    def test_with_one_month_has_no_interval(self) -> None:
        found = change(months(13, 14), months(10))

        assert (found.difference, found.low, found.high) == (-3.5, None, None)

    def test_with_nothing_after_has_no_difference(self) -> None:
        assert change(months(13), ()).difference is None


def members(tried: list[float], ordinary: list[float]) -> list[Member]:
    """Teams with a change each: two months of 10 before, two months of 10 + change after."""
    return [
        Member(place, variant, months(10, 10), months(10 + by, 10 + by, first=date(2026, 9, 1)))
        for place, (variant, by) in enumerate(
            [("MODEL_1", one) for one in tried] + [("ORDINARY", one) for one in ordinary]
        )
    ]


class TestBetweenVariants:
    def test_four_against_four_is_reckoned_on_teams_and_p_says_its_floor(self) -> None:
        found = comparing.contrast(members([-4, -3, -2, -3], [0, -1, 0, 1]), "MODEL_1", "ORDINARY")

        assert (found.teams, found.other_teams, found.ways) == (4, 4, 70)
        # Squares 2 + 2 on 6 df: se = √(4/6 · (1/4 + 1/4)) = 0.57735; t(0.975, 6) = 2.4469.
        assert [found.low, found.difference, found.high] == pytest.approx([-4.4127, -3, -1.5873], abs=1e-3)
        assert [found.p, found.least_p] == pytest.approx([2 / 70, 2 / 70])

    def test_so_few_never_say_that_a_model_is_better(self) -> None:
        found = comparing.contrast(members([-4, -3, -2, -3], [0, -1, 0, 1]), "MODEL_1", "ORDINARY")

        assert comparing.rung(found, replace(ALL_IN_ORDER, order_drawn=True)) is Rung.DESCRIPTION

    def test_two_against_two_can_never_be_more_than_chance(self) -> None:
        found = comparing.contrast(members([-9, -8], [0, 1]), "MODEL_1", "ORDINARY")

        assert found.least_p == pytest.approx(1 / 3)

    def test_one_against_one_gives_no_number(self) -> None:
        assert comparing.contrast(members([-9], [0]), "MODEL_1", "ORDINARY").difference is None

    def test_a_team_without_months_after_is_left_out_and_counted(self) -> None:
        some = members([-4, -3, -2], [0, -1])
        found = comparing.contrast([*some[1:], replace(some[0], after=())], "MODEL_1", "ORDINARY")

        assert (found.teams, found.left_out) == (2, 1)

    def test_does_not_hang_on_the_order_of_the_teams(self) -> None:
        some = members([-4, -3, -2], [0, -1, 2])

        assert comparing.contrast(some, "MODEL_1", "ORDINARY") == comparing.contrast(some[::-1], "MODEL_1", "ORDINARY")


class TestWhatMayBeSaid:
    ENOUGH = Contrast("MODEL_1", "ORDINARY", 8, 8, 0, difference=-2, low=-3, high=-1, p=0.001, least_p=0.0002)

    def test_needs_everything_before_more_than_the_comparison_teams(self) -> None:
        assert comparing.rung(self.ENOUGH, ALL_IN_ORDER) is Rung.BEYOND
        for lacking in ("prespecified", "frozen_ahead", "all_listed", "counted_alike"):
            assert comparing.rung(self.ENOUGH, replace(ALL_IN_ORDER, **{lacking: False})) is Rung.DESCRIPTION
        for weaker in ({"teams": 7}, {"high": 0.1}, {"p": 0.06}, {"adjusted_p": 0.06}, {"left_out": 1}, {"low": None}):
            assert comparing.rung(replace(self.ENOUGH, **weaker), ALL_IN_ORDER) is Rung.DESCRIPTION

    def test_needs_a_drawn_order_or_twelve_teams_before_the_model_gave(self) -> None:
        assert comparing.rung(self.ENOUGH, replace(ALL_IN_ORDER, order_drawn=True)) is Rung.EFFECT
        assert comparing.rung(replace(self.ENOUGH, teams=12, other_teams=12), ALL_IN_ORDER) is Rung.EFFECT

    def test_primary_indicators_are_judged_together(self) -> None:
        assert comparing.adjusted({"K-1-28": 0.01, "V-2": 0.04}) == {"K-1-28": 0.02, "V-2": 0.04}
        assert comparing.adjusted({}) == {}


def test_ordinary_teams_are_what_each_variant_is_set_against_first() -> None:
    assert comparing.pairs(["MODEL_1", "ORDINARY", "MODEL_2"], ordinary="ORDINARY") == (
        ("MODEL_1", "ORDINARY"), ("MODEL_2", "ORDINARY"), ("MODEL_1", "MODEL_2"),
    )  # fmt: skip
    assert comparing.design(["MODEL_1"], ordinary="ORDINARY") is Design.OWN_BASELINE
    assert comparing.design(["MODEL_1", "MODEL_2"], ordinary="ORDINARY") is Design.BETWEEN_VARIANTS
    assert comparing.design(["MODEL_1", "ORDINARY"], ordinary="ORDINARY") is Design.AGAINST_ORDINARY
