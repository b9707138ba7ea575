"""The gate, and the months of a baseline."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders_pilots import months
from tillit.kernel.periods import Days
from tillit.learning.improvement.rules.phases import Gap, GapKind, Phase, Standing, gaps, may_follow
from tillit.learning.improvement.rules.windows import Timing, level, timing, window, within
from tillit.learning.insight.rules.months import add_months
from tillit.learning.insight.rules.series import Point

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


class TestTheGate:
    def test_stays_shut_for_a_team_without_baseline_or_reason_R46(self) -> None:
        teams = [Standing("Bekkedal", TODAY, has_baseline=True), Standing("Solvik", TODAY, has_baseline=False)]

        assert gaps(teams, on=TODAY) == (Gap(GapKind.NO_BASELINE, "Solvik"),)

    def test_opens_for_a_written_reason_but_not_for_spaces_R46(self) -> None:
        assert gaps([Standing("Solvik", TODAY, False, "Begynte før Tillit.")], on=TODAY) == ()
        assert gaps([Standing("Solvik", TODAY, False, "   ")], on=TODAY) == (Gap(GapKind.NO_BASELINE, "Solvik"),)

    def test_asks_a_team_that_joins_later_on_its_own_day_R46(self) -> None:
        later = Standing("Solvik", TODAY + timedelta(days=30), has_baseline=False)
        ready = Standing("Bekkedal", TODAY, has_baseline=True)

        assert gaps([later, ready], on=TODAY) == ()
        assert gaps([later, ready], on=later.joined_on) == (Gap(GapKind.NO_BASELINE, "Solvik"),)

    def test_says_both_that_the_day_has_not_come_and_what_is_missing(self) -> None:
        joins = TODAY + timedelta(days=1)

        assert gaps([Standing("Solvik", joins, False)], on=TODAY) == (
            Gap(GapKind.NO_BASELINE, "Solvik"),
            Gap(GapKind.NOT_YET, "Solvik", joins),
        )
        assert gaps([], on=TODAY) == (Gap(GapKind.NO_TEAM),)

    def test_is_one_pilot_that_goes_on_and_nothing_begins_again_R46(self) -> None:
        assert may_follow(Phase.EVALUATING, Phase.RUNNING)
        assert not may_follow(Phase.RUNNING, Phase.PREPARING)
        assert not any(may_follow(Phase.ENDED, phase) for phase in Phase)


class TestTheWindow:
    def test_is_the_whole_months_before_the_team_began(self) -> None:
        # By hand: joins 1 October, frozen 20 September: April to September has an unfinished month, so March to August.
        assert window(months=6, joined_on=date(2026, 10, 1), frozen_on=date(2026, 9, 20)) == Days(
            date(2026, 3, 1), date(2026, 9, 1)
        )

    def test_takes_a_month_only_when_the_team_has_had_it_for_a_fortnight(self) -> None:
        joins = date(2026, 10, 15)

        early = window(months=3, joined_on=joins, frozen_on=date(2026, 10, 14))
        in_time = window(months=3, joined_on=joins, frozen_on=date(2026, 10, 15))

        assert early == Days(date(2026, 6, 1), date(2026, 9, 1))
        assert in_time == Days(date(2026, 7, 1), date(2026, 10, 1))

    def test_frozen_late_still_ends_before_the_team_began(self) -> None:
        assert window(months=3, joined_on=date(2026, 3, 10), frozen_on=TODAY) == Days(
            date(2025, 12, 1), date(2026, 3, 1)
        )

    @given(DAYS, DAYS, st.integers(3, 24))
    def test_never_reaches_into_the_pilot_nor_into_what_was_not_over(
        self, joined: date, frozen: date, number: int
    ) -> None:
        found = window(months=number, joined_on=joined, frozen_on=frozen)

        assert found.after is not None
        assert found.after <= joined and found.after + timedelta(days=14) <= frozen
        assert add_months(found.first, number) == found.after

    @pytest.mark.parametrize("number", [2, 25])
    def test_refuses_fewer_than_three_months_and_more_than_two_years(self, number: int) -> None:
        with pytest.raises(ValueError, match="covers"):
            window(months=number, joined_on=TODAY, frozen_on=TODAY)

    def test_frozen_on_the_first_day_is_in_time_the_day_after_is_retrospective(self) -> None:
        assert timing(joined_on=TODAY, frozen_on=TODAY) is Timing.AHEAD
        assert timing(joined_on=TODAY, frozen_on=TODAY + timedelta(days=1)) is Timing.RETROSPECTIVE

    def test_leaves_out_a_week_that_is_cut_by_its_edge(self) -> None:
        week = Point(date(2026, 8, 31), date(2026, 9, 7), 1.0, 60)
        whole = Point(date(2026, 9, 7), date(2026, 9, 14), 2.0, 60)

        assert within((whole, week), Days(date(2026, 9, 1), date(2026, 10, 1))) == (whole,)


class TestTheLevel:
    def test_is_the_mean_of_the_months_each_counted_once(self) -> None:
        points = (*months(date(2026, 1, 1), [14.0, 15.0], n=10), *months(date(2026, 3, 1), [None, 19.0], n=90))

        found = level(points)

        assert found is not None
        assert (found.mean, found.points, found.n_least, found.n_most) == (16.0, 3, 10, 90)

    def test_is_nothing_when_nothing_may_be_shown(self) -> None:
        assert level(months(date(2026, 1, 1), [None, None], hidden=True)) is None
