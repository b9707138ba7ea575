"""Where a course stands, and which measures belong to it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tillit.care.courses.rules.course import Stands, Terms, last_day, picked, stands, week_number, weeks_of
from tillit.care.courses.rules.services import Services

FIRST = date(2026, 11, 2)  # a Monday
LAST = date(2026, 12, 13)  # six weeks


@dataclass(frozen=True, slots=True)
class Measure:
    tool: str
    measured_on: date


class TestWeeks:
    def test_six_whole_weeks_R14(self) -> None:
        assert last_day(FIRST, 6) == LAST
        assert weeks_of(FIRST, LAST) == 6
        assert weeks_of(FIRST, LAST - timedelta(days=2)) == 6  # a begun week is a week
        assert weeks_of(FIRST, LAST + timedelta(days=1)) == 7

    @pytest.mark.parametrize(("day", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (41, 6), (60, 6)])
    def test_which_week_it_is(self, day: int, week: int) -> None:
        assert week_number(FIRST, LAST, today=FIRST + timedelta(days=day)) == week

    @pytest.mark.parametrize(("weeks", "usual"), [(3, False), (4, True), (10, True), (11, False)])
    def test_four_to_ten_is_usual(self, weeks: int, usual: bool) -> None:
        assert Terms().has(FIRST, last_day(FIRST, weeks)) is usual


class TestStands:
    @pytest.mark.parametrize(
        ("today", "where"),
        [(FIRST - timedelta(days=1), Stands.PLANNED), (FIRST, Stands.RUNNING), (LAST - timedelta(days=14), Stands.RUNNING),
         (LAST - timedelta(days=13), Stands.ENDS_SOON), (LAST, Stands.ENDS_SOON),
         (LAST + timedelta(days=1), Stands.OVER_TIME)],
    )  # fmt: skip
    def test_nothing_becomes_overdue_unseen_R22(self, today: date, where: Stands) -> None:
        assert stands(FIRST, LAST, ended=False, today=today) == where
        assert stands(FIRST, LAST, ended=True, today=today) == Stands.ENDED


class TestPicked:
    def test_the_first_before_half_way_and_the_last_after_R14(self) -> None:
        days = (-15, -14, 3, 20, 21, 40, 69, 70)
        found = picked([Measure("COPM", FIRST + timedelta(days=day)) for day in days], starts_on=FIRST, last_on=LAST)

        assert [one and (one.measured_on - FIRST).days for one in found["COPM"]] == [-14, 69]

    def test_each_scale_by_itself(self) -> None:
        measures = [Measure("COPM", FIRST), Measure("SPPB", LAST)]

        assert picked(measures, starts_on=FIRST, last_on=LAST) == {
            "COPM": (measures[0], None),
            "SPPB": (None, measures[1]),
        }


class TestServices:
    def test_change_is_now_less_before(self) -> None:
        assert Services(Decimal(310), None, Decimal(190)).change == Decimal(-120)

    def test_without_a_plan_there_is_no_change(self) -> None:
        assert Services(None, None, Decimal(190)).change is None
        assert Services(Decimal(310), Decimal(310), None).change is None
