from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.kernel import oslo, red_days
from tillit.kernel.periods import Days, Period, each_day


class TestWholeDay:
    @pytest.mark.parametrize(
        ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 24), 24)]
    )
    def test_has_the_hours_of_that_day(self, day: date, hours: int) -> None:
        assert oslo.whole_day(day).length == timedelta(hours=hours)

    @given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
    def test_meets_the_next_day_without_gap(self, day: date) -> None:
        assert oslo.whole_day(day).end == oslo.whole_day(day + timedelta(days=1)).start


class TestMoment:
    def test_reads_a_skipped_time_after_the_jump(self) -> None:
        assert oslo.moment(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)

    def test_reads_a_doubled_time_as_the_first(self) -> None:
        assert oslo.moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_a_window_over_midnight_ends_next_day(self) -> None:
        window = oslo.span(date(2026, 11, 24), time(23, 30), time(1, 0))

        assert window.length == timedelta(hours=1, minutes=30)

    @given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.times(timezones=st.none()))
    def test_day_of_turns_it_back(self, day: date, clock: time) -> None:
        assert oslo.day_of(oslo.moment(day, clock)) == day


class TestPeriods:
    def test_neighbours_do_not_overlap(self) -> None:
        monday, tuesday = oslo.whole_day(date(2026, 11, 23)), oslo.whole_day(date(2026, 11, 24))

        assert not monday.overlaps(tuesday)
        assert not monday.contains(tuesday.start)

    def test_refuses_naive_moments(self) -> None:
        with pytest.raises(ValueError, match="aware"):
            Period(datetime(2026, 1, 1), datetime(2026, 1, 2))  # noqa: DTZ001

    def test_days_until_further_notice_contain_all_later_days(self) -> None:
        assert Days(date(2026, 1, 1)).contains(date(2099, 1, 1))
        assert not Days(date(2026, 1, 1), date(2026, 1, 1)).contains(date(2026, 1, 1))

    def test_each_day_stops_before_the_end(self) -> None:
        assert list(each_day(date(2026, 2, 27), date(2026, 3, 2)))[-1] == date(2026, 3, 1)


class TestRedDays:
    @pytest.mark.parametrize(
        ("day", "red"),
        [
            (date(2026, 5, 17), True), (date(2026, 4, 2), True), (date(2026, 4, 4), False),
            (date(2026, 12, 24), False), (date(2026, 12, 25), True), (date(2026, 11, 22), True),
        ],
    )  # fmt: skip
    def test_follow_the_calendar(self, day: date, red: bool) -> None:
        assert red_days.is_red(day) is red

    def test_are_named_in_norwegian(self) -> None:
        assert "påskedag" in red_days.name_of(date(2026, 4, 6)).lower()
