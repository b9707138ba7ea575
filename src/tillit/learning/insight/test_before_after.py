"""Before and after on an indicator's own page: by hand, what is told when it cannot be said, what stays hidden."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders_insight import definition
from tillit.kernel.periods import Days
from tillit.learning.insight.contexts.before_after import n_range, panel
from tillit.learning.insight.rules.before_after import BeforeAfter, FrozenBaseline, Unsaid, before_after
from tillit.learning.insight.rules.indicators import Indicator, Unit
from tillit.learning.insight.rules.months import Month, add_months
from tillit.learning.insight.rules.series import Point

MAY, AUGUST, MONDAY = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 23)
PLANS = replace(definition("P-1"), unit=Unit.PERSONS, decimals=1, counts="brukere")


def months(*values: float | None, n: int = 60) -> tuple[Point, ...]:
    """Months from May; None: hidden."""
    return tuple(
        Point(add_months(MAY, at), add_months(MAY, at + 1), value, n if value else 0, hidden=value is None)
        for at, value in enumerate(values)
    )


THEN = FrozenBaseline(Days(MAY, AUGUST), 1, months(13, 14, 15), AUGUST, None)


def told(points: tuple[Point, ...], frozen: FrozenBaseline = THEN, indicator: Indicator = PLANS) -> BeforeAfter:
    return before_after(indicator, frozen, points, today=MONDAY)


class TestWhatIsTold:
    def test_is_after_less_before_with_its_interval_by_hand_R41(self) -> None:
        # As in docs/how-we-count/comparison.md: 13, 14, 15 and 10, 11, 12 are −3, from −5.27 to −0.73.
        found = told(months(13, 14, 15, 10, 11, 12))
        shown = panel(PLANS, found, frozen_version=1)

        assert found.unsaid is None and found.change is not None
        assert [found.change.difference, found.change.low, found.change.high] == pytest.approx([-3, -5.267, -0.733], abs=1e-3)  # fmt: skip
        assert shown.finding == "11,0 etterpå, mot 14,0 før. Forskjellen er −3,0 (95 % KI −5,3 til −0,7)."
        assert shown.means.startswith("Hele usikkerheten ligger under null.")
        assert shown.table is not None
        assert [row.cells[:3] for row in shown.table.rows] == [
            ("Før: mai–juli 2026", "3", "60 brukere"), ("Etter: august–oktober 2026", "3", "60 brukere"),
        ]  # fmt: skip

    def test_across_none_it_may_be_chance_and_up_is_over(self) -> None:
        assert "kan være tilfeldig" in panel(PLANS, told(months(13, 14, 15, 13, 15, 16)), frozen_version=1).means
        assert "over null" in panel(PLANS, told(months(13, 14, 15, 20, 21, 22)), frozen_version=1).means

    def test_the_frozen_value_stands_when_it_was_counted_again(self) -> None:
        counted_again = told(months(1, 1, 1, 10, 11, 12)).change
        assert counted_again is not None and counted_again.before.mean == 14

    def test_what_is_hidden_now_is_in_no_mean_and_told_of(self) -> None:
        # June may not be shown: with it in the mean of three, who sees May and July could reckon it.
        found = told(months(13, None, 15, 10, None, 12))

        assert found.change is not None and (found.change.before.mean, found.change.after.mean) == (14, 11)
        assert (found.change.before.months, found.change.after.months, found.hidden) == (2, 2, 2)
        uneven = told(months(13, 14, None, 10, 11, 12)).change
        assert uneven is not None and uneven.before.mean == 13.5
        assert "2 punkter vises ikke" in panel(PLANS, found, frozen_version=1).doubts[0]

    def test_n_under_ten_is_a_range(self) -> None:
        def rests_on(*counts: int) -> str:
            return n_range(PLANS, [Month(MAY, 1.0, n) for n in counts])

        assert [rests_on(61, 68), rests_on(7, 9), rests_on(7, 12)] == [
            "61–68 brukere", "5–9 brukere", "fra 5–9 til 12 brukere",
        ]  # fmt: skip


class TestWhatCannotBeSaid:
    @pytest.mark.parametrize(
        ("points", "frozen", "indicator", "unsaid", "words"),
        [
            (months(13), replace(THEN, began_on=None), PLANS, Unsaid.NOT_BEGUN, "har ikke begynt"),
            (months(13), THEN, replace(PLANS, version=2), Unsaid.COUNTED_ANEW, "versjon 1 av definisjonen"),
            (months(13), replace(THEN, began_on=date(2026, 11, 2)), PLANS, Unsaid.NO_MONTH_SINCE, "ingen hel måned"),
            (months(13, 14, 15, 10, None, None), THEN, PLANS, Unsaid.FEW_MONTHS, "det er 3 og 1"),
            (months(None, None, None, 10, 11, 12), THEN, PLANS, Unsaid.FEW_MONTHS, "det er 0 og 3"),
        ],
    )
    def test_is_told_with_the_reason_and_no_difference_R41(
        self, points: tuple[Point, ...], frozen: FrozenBaseline, indicator: Indicator, unsaid: Unsaid, words: str
    ) -> None:
        found = told(points, frozen, indicator)
        shown = panel(indicator, found, frozen_version=frozen.version)

        assert found.unsaid is unsaid and words in shown.finding
        assert not shown.is_told and shown.means == "" and "Forskjellen" not in shown.finding

    def test_the_last_month_is_one_that_ended_a_fortnight_ago(self) -> None:
        found = before_after(PLANS, THEN, months(13, 14, 15, 10, 11, 12), today=date(2026, 11, 14))
        assert found.days_after == Days(AUGUST, date(2026, 10, 1)) and len(found.after) == 2
