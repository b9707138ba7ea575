"""Has something changed? The same points give the same answer, and nothing moves the midline by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.runs import runchart
from tillit.learning.insight.rules.indicators import Better, Indicator, Step, Unit
from tillit.learning.insight.rules.series import Point, Series
from tillit.learning.insight.rules.verdict import LASTING, Said, verdict

MONDAY = date(2026, 3, 2)


def indicator(*, better: Better = Better.DOWN, chart: str = "run") -> Indicator:
    """Different helpers of each citizen, unless another is asked for."""
    return Indicator(
        code="K-1-14", version=1, name="Ulike hjelpere per bruker", question="Møter brukerne færre ulike hjelpere?",
        why="Trygghet", counted="Ulike ansatte hjemme hos hver bruker på 14 dager", counts="brukere",
        source="Arbeidslistene. Ingen fyller ut noe.", unit=Unit.PERSONS, better=better, step=Step.WEEK, chart=chart,
        least=5, page="continuity", owner="Kommunen",
    )  # fmt: skip


def point(at: int, value: float | None, **more: object) -> Point:
    """The week number `at` from 2 March 2026."""
    starts = MONDAY + timedelta(weeks=at)
    made = Point(starts, starts + timedelta(days=7), value, 0 if value is None else 60)
    return replace(made, **more)  # type: ignore[arg-type]


def series(
    values: Sequence[float | None], *, baseline: int = 0, better: Better = Better.DOWN, chart: str = "run"
) -> Series:
    """The values week by week; the first `baseline` weeks frozen."""
    return Series(
        indicator(better=better, chart=chart), 1, "Team Bekkedal",
        tuple(point(at, value) for at, value in enumerate(values)),
        baseline_ends_on=MONDAY + timedelta(weeks=baseline) if baseline else None,
    )  # fmt: skip


def shares(counts: Sequence[tuple[int, int]], *, baseline: int = 0) -> Series:
    """x of n, week by week."""
    made = series([x / n for x, n in counts], baseline=baseline, better=Better.UP, chart="p")
    return replace(
        made,
        points=tuple(replace(one, numerator=x, denominator=n) for one, (x, n) in zip(made.points, counts, strict=True)),
    )


BASELINE = [9, 10, 9, 10, 11, 9, 10, 11, 9, 10, 11, 10]
"""Twelve weeks with midline 10; five of them on it."""


class TestEarly:
    def test_no_figures_is_nothing(self) -> None:
        assert verdict(series([])).said == Said.NOTHING
        assert verdict(series([None, None])).said == Said.NOTHING

    def test_only_hidden_figures_are_hidden(self) -> None:
        hidden = replace(series([None]), points=(point(0, None, hidden=True), point(1, None)))

        assert verdict(hidden).said == Said.HIDDEN

    def test_says_how_many_points_it_has_and_needs(self) -> None:
        found = verdict(series([9, 10, 11, 9, 11]))

        assert (found.said, found.have, found.needed) == (Said.EARLY, 4, 12)

    def test_a_baseline_of_ten_weeks_is_too_short_to_judge_by(self) -> None:
        found = verdict(series([*BASELINE[:10], *[5] * 20], baseline=10))

        assert (found.said, found.have, found.needed) == (Said.SHORT_BASELINE, 10, 12)

    def test_a_baseline_without_figures_is_too_short_and_no_error(self) -> None:
        found = verdict(series([*[None] * 12, 5, 6, 7], baseline=12))

        assert (found.said, found.have) == (Said.SHORT_BASELINE, 0)

    def test_few_weeks_after_a_baseline_are_too_few(self) -> None:
        found = verdict(series([9, 11] * 6 + [8, 8, 8], baseline=12))

        assert (found.said, found.have, found.needed) == (Said.EARLY, 3, 8)

    def test_twelve_weeks_all_alike_are_as_before(self) -> None:
        assert verdict(series([100.0] * 12)).said == Said.SAME


class TestLasting:
    def test_a_long_stretch_below_that_still_holds_is_better_when_down_is_better(self) -> None:
        found = verdict(series([*BASELINE, *[8, 7] * 6], baseline=12))

        assert found.said == Said.BETTER
        assert found.stretch is not None
        assert (found.stretch.above, found.stretch.length, found.stretch.passed) == (False, 12, 0)
        assert (found.stretch.first, found.stretch.last) == (12, 23)
        assert (found.useful, found.longest_allowed) == (19, 7)
        assert found.signals == frozenset(range(12, 24))

    @pytest.mark.parametrize(("better", "said"), [(Better.UP, Said.WORSE), (Better.NEITHER, Said.OTHER)])
    def test_is_read_by_what_is_better(self, better: Better, said: Said) -> None:
        assert verdict(series([*BASELINE, *[8, 7] * 6], baseline=12, better=better)).said == said

    def test_the_midline_is_the_baselines_and_stays(self) -> None:
        found = verdict(series([*BASELINE, *[5] * 30], baseline=12))

        assert found.centre == 10
        assert found.said == Said.BETTER

    def test_a_stretch_that_is_over_is_not_lasting(self) -> None:
        found = verdict(series([9, 11] * 6 + [7] * 9 + [11, 9, 11, 9], baseline=12))

        assert found.said == Said.PASSED
        assert found.stretch is not None
        assert (found.stretch.first, found.stretch.last) == (12, 20)

    def test_a_stretch_within_the_baseline_says_nothing_about_afterwards(self) -> None:
        found = verdict(series([11] * 9 + [9] * 9 + [11, 9] * 10, baseline=18))

        assert found.said in (Said.SAME, Said.CHANGED)
        assert found.stretch is None

    def test_points_on_the_midline_and_empty_weeks_are_passed_over_and_told(self) -> None:
        found = verdict(series([*[9, 11] * 6, 8, 8, None, 8, 10, 8, 8, 8, 8, 8], baseline=12))

        assert found.said == Said.BETTER
        assert found.stretch is not None
        assert (found.stretch.length, found.stretch.passed) == (8, 2)

    def test_few_crossings_say_that_something_changed_and_not_what(self) -> None:
        found = verdict(series([10, 11, 10, 11, 10, 11, 20, 21, 20, 21, 20, 21]))

        assert found.said == Said.CHANGED
        assert (found.crossings, found.crossings_needed) == (1, 3)


class TestControlCharts:
    def test_shares_have_limits_that_follow_n(self) -> None:
        found = verdict(shares([(40, 100), (45, 100), (38, 100), (20, 50)] * 4 + [(95, 100)], baseline=16))

        assert found.chart == "p"
        assert found.high[0] is not None and found.high[3] is not None and found.high[0] < found.high[3]
        assert found.said == Said.POINT
        assert found.beyond == (16,)

    def test_very_many_have_the_wider_limits(self) -> None:
        assert verdict(shares([(4000, 10000), (4400, 10000), (3900, 10000)] * 5)).chart == "pprime"

    def test_rates_per_thousand_keep_their_unit(self) -> None:
        points = tuple(
            replace(point(at, 1000 * x / 2000), numerator=float(x), denominator=2000.0)
            for at, x in enumerate([4, 6, 5, 3, 7, 5] * 3)
        )
        found = verdict(replace(series([], chart="u"), points=points))

        assert found.chart == "u"
        assert found.centre == pytest.approx(2.5)

    def test_without_numerators_it_is_a_run_chart(self) -> None:
        assert verdict(series([0.4, 0.5] * 8, chart="p")).chart == "run"

    def test_single_values_have_limits_from_their_moving_range(self) -> None:
        found = verdict(series([8, 9] * 8 + [30], baseline=16, chart="xmr"))

        assert found.chart == "xmr"
        assert found.centre == 8.5
        assert found.said == Said.POINT


values = st.lists(st.one_of(st.none(), st.integers(0, 20).map(float)), min_size=0, max_size=40)
charts = st.sampled_from(["run", "xmr"])


class TestAlways:
    @given(values, charts, st.integers(0, 20), st.randoms())
    def test_order_and_repetition_play_no_part(
        self, given_values: list[float | None], chart: str, baseline: int, by: object
    ) -> None:
        made = series(given_values, chart=chart, baseline=baseline)
        twice = [*made.points, *made.points]
        by.shuffle(twice)  # type: ignore[attr-defined]

        assert verdict(replace(made, points=tuple(twice))) == verdict(made)

    @given(values, charts, st.integers(0, 20), st.sampled_from([0.25, 2.0, 64.0]))
    def test_another_unit_changes_nothing(
        self, given_values: list[float | None], chart: str, baseline: int, by: float
    ) -> None:
        made, other = (
            verdict(series([None if it is None else it * scale for it in given_values], chart=chart, baseline=baseline))
            for scale in (1.0, by)
        )

        assert (made.said, made.stretch, made.beyond) == (other.said, other.stretch, other.beyond)

    @given(values)
    def test_later_points_never_move_a_frozen_midline(self, given_values: list[float | None]) -> None:
        assert verdict(series([*BASELINE, *given_values], baseline=12)).centre == 10

    @given(values)
    def test_upside_down_is_the_opposite(self, given_values: list[float | None]) -> None:
        up = verdict(series(given_values, better=Better.UP))
        turned = verdict(series([None if it is None else -it for it in given_values], better=Better.DOWN))

        assert up.said == turned.said

    @given(st.lists(st.integers(0, 6).map(float), min_size=12, max_size=60))
    def test_a_lasting_change_is_one_the_measure_signals(self, given_values: list[float]) -> None:
        found = verdict(series(list(given_values)))
        measured = runchart(pl.DataFrame({"y": given_values}))

        if found.said in LASTING | {Said.PASSED}:
            assert measured["long_run"]
            assert found.stretch is not None and found.stretch.length <= measured["longest_run"]
        if found.said == Said.CHANGED:
            assert measured["few_crossings"]
        if found.said == Said.SAME and found.useful >= 12:
            assert not measured["signal"]


class TestABaselineThatBeginsLater:
    def test_what_lies_before_it_moves_no_midline(self) -> None:
        made = series([99.0] * 6 + [float(each) for each in BASELINE] + [8.0, 7.0] * 6, baseline=18)
        found = verdict(replace(made, baseline_starts_on=MONDAY + timedelta(weeks=6)))

        assert found.centre == 10
        assert found.said == Said.BETTER
        assert len(found.points) == 30
        assert min(found.judged) == 6
        assert found.baseline == 18


class TestPointsThatShareDays:
    """A number of the last four weeks told each week: only every fourth point is judged."""

    def looking_back(self, values: Sequence[float | None], *, steps: int = 4, baseline: int = 0) -> Series:
        made = series(values, baseline=baseline, chart="xmr")
        return replace(made, indicator=replace(made.indicator, looks_back=steps))

    def test_a_run_made_by_the_overlap_says_nothing(self) -> None:
        rolled = [10.0] * 8 + [9.0] * 8  # one week's change stays in four numbers: here two windows
        assert verdict(self.looking_back(rolled)).said == Said.EARLY
        assert verdict(series(rolled, chart="xmr")).said in LASTING

    def test_a_lasting_change_is_told_of_the_points_that_are_judged(self) -> None:
        values = [float(value) for value in BASELINE for _ in range(4)] + [8.0, 8.0, 8.0, 8.0, 7.0, 7.0, 7.0, 7.0] * 6
        found = verdict(self.looking_back(values))

        assert found.said == Said.BETTER
        assert found.judged_by == 24
        assert found.signals <= set(found.judged)
        assert len(found.points) == len(found.low) == len(found.high) == len(values)
        assert found.stretch is not None and found.stretch.last == max(found.judged)

    def test_a_limit_of_nought_is_a_limit(self) -> None:
        counts = [(40, 60), (45, 60)] * 6 + [(1, 2), (40, 60)] * 6  # of two, none at all is within the limits
        made = shares([(9, 10), *counts], baseline=13)
        found = verdict(replace(made, baseline_starts_on=MONDAY + timedelta(weeks=1)))
        plain = verdict(replace(made, points=made.points[1:]))

        assert plain.low[11] and plain.low[12] == 0.0
        assert found.low[1:] == plain.low

    def test_what_looks_back_into_the_baseline_is_not_judged_after_it(self) -> None:
        found = verdict(self.looking_back([10.0, 9.0] * 40, baseline=50))
        after = [at for at in found.judged if at >= 50]

        assert min(after) >= 53
        assert all(later - at == 4 for at, later in pairwise(found.judged[:-1]) if later < 50)

    @given(st.integers(1, 30))
    def test_showing_a_longer_time_judges_the_same_weeks(self, more: int) -> None:
        values = [float(value % 7) for value in range(60)]
        long, short = self.looking_back(values), self.looking_back(values)
        short = replace(short, points=short.points[more:])
        judged = {long.points[at].starts_on for at in verdict(long).judged}
        assert {short.points[at].starts_on for at in verdict(short).judged} <= judged
