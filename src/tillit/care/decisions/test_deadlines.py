"""Deadlines: the law's own examples, and the year around."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.care.decisions.rules import deadlines
from tillit.kernel.red_days import is_red

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


class TestAppealPeriod:
    @pytest.mark.parametrize(
        ("known_on", "last_day"),
        [
            ("2026-03-02", "2026-03-30"),
            ("2026-03-05", "2026-04-07"),  # Maundy Thursday → the Tuesday after Easter
            ("2026-04-16", "2026-05-15"),  # Ascension Day
            ("2026-04-17", "2026-05-15"),
            ("2026-11-21", "2026-12-21"),  # a Saturday
            ("2026-11-27", "2026-12-28"),  # Christmas Day, a Friday
            ("2026-11-28", "2026-12-28"),
            ("2026-12-04", "2027-01-04"),  # New Year's Day
            ("2027-02-25", "2027-03-30"),  # Easter again
            ("2027-04-19", "2027-05-18"),  # 17 May on a Monday
        ],
    )
    def test_of_the_case_work_notes_R23(self, known_on: str, last_day: str) -> None:
        found = deadlines.appeal_last_day(date.fromisoformat(known_on), is_red=is_red)
        assert found == date.fromisoformat(last_day)

    @given(days)
    def test_is_never_shorter_than_four_weeks_and_never_ends_on_a_day_off(self, known_on: date) -> None:
        found = deadlines.appeal_last_day(known_on, is_red=is_red)
        assert found >= known_on + timedelta(weeks=4)
        assert found.isoweekday() < 6 and not is_red(found)

    @given(days)
    def test_moves_past_days_off_alone(self, known_on: date) -> None:
        plain = known_on + timedelta(weeks=4)
        found = deadlines.appeal_last_day(known_on, is_red=is_red)
        between = [plain + timedelta(days=number) for number in range((found - plain).days)]
        assert all(day.isoweekday() == 6 or is_red(day) for day in between)

    @given(days, days)
    def test_a_later_notice_never_gives_an_earlier_day(self, one: date, other: date) -> None:
        first, second = sorted((one, other))
        assert deadlines.appeal_last_day(first, is_red=is_red) <= deadlines.appeal_last_day(second, is_red=is_red)


class TestMonth:
    @pytest.mark.parametrize(
        ("received", "by"),
        [
            ("2026-11-09", "2026-12-09"),
            ("2026-01-31", "2026-02-28"),
            ("2028-01-31", "2028-02-29"),
            ("2026-12-15", "2027-01-15"),
        ],
    )
    def test_ends_on_the_same_number_or_the_months_last_day(self, received: str, by: str) -> None:
        assert deadlines.interim_reply_by(date.fromisoformat(received)) == date.fromisoformat(by)

    @given(days)
    def test_is_28_to_31_days(self, received: date) -> None:
        assert 28 <= (deadlines.interim_reply_by(received) - received).days <= 31


class TestTwoWeeks:
    def test_fourteen_days_are_not_longer_than_two_weeks(self) -> None:
        monday = date(2026, 11, 23)
        assert not deadlines.is_individual_decision(monday, monday + timedelta(days=13))
        assert deadlines.is_individual_decision(monday, monday + timedelta(days=14))

    def test_help_without_an_end_is(self) -> None:
        assert deadlines.is_individual_decision(date(2026, 11, 23), None)

    def test_a_stay_always_is(self) -> None:
        assert deadlines.is_individual_decision(date(2026, 11, 23), date(2026, 11, 25), always=True)


class TestLatestAppeal:
    def test_is_a_year_from_the_decision(self) -> None:
        assert deadlines.latest_appeal(date(2026, 11, 24)) == date(2027, 11, 24)
        assert deadlines.latest_appeal(date(2028, 2, 29)) == date(2029, 2, 28)
