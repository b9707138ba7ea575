"""What must be counted, what may be shown, and that nobody can reckon what is hidden."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tillit.kernel.periods import Days
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.rules import due, hiding, periods
from tillit.learning.insight.rules.facts import Place, belongs, followed
from tillit.learning.insight.rules.hiding import Cell
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.series import Point
from tillit.learning.surveys.queries import TEAM_FIRST_DAYS

MONDAY = date(2026, 11, 23)
ABOVE = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 2, 3), 5: (1, 5)}
"""1 the municipality, 2 a district, 3 a team with work group 4, 5 a special team."""


class TestPeriods:
    def test_a_week_is_monday_to_sunday_and_a_month_is_the_calendars(self) -> None:
        assert periods.begin(Step.WEEK, date(2026, 1, 1)) == date(2025, 12, 29)
        assert periods.end(Step.MONTH, date(2026, 12, 1)) == date(2027, 1, 1)

    def test_what_is_cut_or_not_over_is_left_out(self) -> None:
        found = periods.within(Step.WEEK, Days(date(2026, 11, 3), date(2026, 11, 29)), ended_by=MONDAY)
        assert found == (date(2026, 11, 9), date(2026, 11, 16))
        assert periods.within(Step.MONTH, Days(date(2026, 10, 2)), ended_by=MONDAY) == ()

    def test_touched_has_the_first_and_the_last_day(self) -> None:
        days = date(2026, 11, 22), date(2026, 11, 24)
        assert periods.touched(Step.WEEK, *days) == (date(2026, 11, 16), MONDAY)


class TestDue:
    def wanted(self, step: Step, *stale: due.Stale, counted_to: date = MONDAY) -> due.Wanted:
        spans = {one.code: Days(date(2026, 6, 1), counted_to) for one in shipped()}
        return due.wanted(
            step, shipped(), counted=spans, stale=stale, above=ABOVE, kept_since=date(2026, 6, 1), today=MONDAY
        )

    def test_nothing_new_and_nothing_changed_is_nothing_to_count(self) -> None:
        assert self.wanted(Step.WEEK) == {}

    def test_a_week_that_is_over_is_counted_for_everybody(self) -> None:
        assert self.wanted(Step.WEEK, counted_to=date(2026, 11, 16)) == {date(2026, 11, 16): frozenset({1, 2, 3, 5})}

    def test_a_change_reaches_the_weeks_whose_windows_have_it_and_the_units_above(self) -> None:
        found = self.wanted(Step.WEEK, due.Stale(4, Days(date(2026, 10, 5), date(2026, 10, 13))))
        assert set(found.values()) == {frozenset({1, 2, 3})}
        assert (min(found), max(found)) == (date(2026, 10, 5), date(2026, 11, 9))

    def test_a_change_until_further_notice_reaches_until_now(self) -> None:
        found = self.wanted(Step.WEEK, due.Stale(5, Days(date(2026, 11, 4))))
        assert list(found) == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]

    def test_the_last_months_are_always_counted_again(self) -> None:
        assert list(self.wanted(Step.MONTH)) == [date(2026, month, 1) for month in (7, 8, 9, 10)]

    def test_a_changed_definition_is_counted_from_the_start(self) -> None:
        found = due.wanted(
            Step.WEEK, shipped(), counted={}, stale=(), above=ABOVE, kept_since=date(2026, 6, 3), today=MONDAY
        )
        assert min(found) == date(2026, 6, 8) and max(found) == date(2026, 11, 16)


class TestFollowed:
    def test_a_move_within_the_district_is_no_gap_for_the_district(self) -> None:
        import polars as pl

        where = belongs([Place(1, "1.", "MUNICIPALITY"), Place(2, "1.2.", "TEAM"), Place(3, "1.3.", "TEAM"),
                         Place(4, "1.3.4.", "WORK_GROUP")])  # fmt: skip
        spells = pl.DataFrame(
            [(7, 2, date(2026, 1, 1), date(2026, 5, 1)), (7, 4, date(2026, 5, 1), None)],
            schema={"citizen": pl.Int64, "unit": pl.Int64, "first": pl.Date, "after": pl.Date},
            orient="row",
        )
        found = {row[0]: row[2:] for row in followed(spells, where).iter_rows()}
        assert found[1] == (date(2026, 1, 1), date(9999, 1, 1))
        assert found[2] == (date(2026, 1, 1), date(2026, 5, 1))
        assert found[3] == (date(2026, 5, 1), date(9999, 1, 1)) and 4 not in found


def point(n: int) -> Point:
    return Point(MONDAY, MONDAY + timedelta(days=7), 0.5, n, numerator=2, denominator=n)


class TestHiding:
    def test_the_team_comes_first_as_long_with_surveys_as_with_figures(self) -> None:
        # surveys lies below insight and has its own number: people are told one.
        assert hiding.TEAM_FIRST.days == TEAM_FIRST_DAYS

    def test_few_are_hidden_with_all_that_would_tell_and_nobody_is_no_secret(self) -> None:
        hidden = hiding.shown(point(4), least=5)
        assert (hidden.value, hidden.n, hidden.numerator, hidden.denominator) == (None, 0, None, None)
        assert (
            hidden.hidden and not hiding.shown(point(5), least=5).hidden and not hiding.shown(point(0), least=5).hidden
        )

    def test_the_next_smallest_goes_with_the_only_small_one(self) -> None:
        cells = [Cell(1, None, 33), Cell(2, 1, 3), Cell(3, 1, 10), Cell(4, 1, 20)]
        assert hiding.withheld(cells, least=5) == {2, 3}

    def test_without_a_sibling_the_sum_goes(self) -> None:
        assert hiding.withheld([Cell(1, None, 3), Cell(2, 1, 3)], least=5) == {1, 2}

    def test_two_small_ones_that_are_few_together_take_a_third(self) -> None:
        cells = [Cell(1, None, 12), Cell(2, 1, 1), Cell(3, 1, 2), Cell(4, 1, 9)]
        assert hiding.withheld(cells, least=5) == {2, 3, 4}

    @given(
        st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=4),
        st.lists(st.integers(0, 12), max_size=2),
    )
    def test_no_small_one_can_be_reckoned_from_all_that_is_shown(
        self, districts: list[list[int]], straight: list[int]
    ) -> None:
        cells, number = [], 100
        for index, teams in enumerate(districts):
            cells.append(Cell(2 + index, 1, sum(teams)))
            for n in teams:
                cells.append(Cell(number, 2 + index, n))
                number += 1
        for n in straight:
            cells.append(Cell(number, 1, n))
            number += 1
        cells.append(Cell(1, None, sum(map(sum, districts)) + sum(straight)))

        hidden = hiding.withheld(cells, least=5)

        assert {cell.unit_id for cell in cells if 0 < cell.n < 5} <= hidden
        assert not reckoned(cells, hidden)


def reckoned(cells: list[Cell], hidden: frozenset[int]) -> set[int]:
    """The small ones that a reader can reckon: those in whose unit vector the shown sums and the tree span.

    Unknowns are the hidden cells; each sum of the tree is one equation between them.
    """
    unknown = sorted(hidden)
    place = {unit_id: index for index, unit_id in enumerate(unknown)}
    equations = []
    for total in cells:
        terms = [cell for cell in cells if cell.parent_id == total.unit_id]
        if terms:
            row = np.zeros(len(unknown))
            for cell, sign in [(total, 1.0), *((term, -1.0) for term in terms)]:
                if cell.unit_id in place:
                    row[place[cell.unit_id]] += sign
            equations.append(row)
    found = set()
    matrix = np.array(equations) if equations else np.zeros((1, len(unknown)))
    for cell in cells:
        if 0 < cell.n < 5:
            wanted = np.zeros(len(unknown))
            wanted[place[cell.unit_id]] = 1
            answer = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
            if np.abs(matrix.T @ answer - wanted).max() < 1e-9:
                found.add(cell.unit_id)
    return found
