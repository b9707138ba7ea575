"""Windows on the clock, and until when one says no, reckoned by hand."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tillit.care.careplans.models import Priority
from tillit.care.visits.rules.saying_no import MUST, Said, may_say_no, say_no_by
from tillit.kernel import oslo
from tillit.pages.minside.rules import LENGTH, window

MONDAY = date(2026, 11, 23)


def _at(hour: int, minute: int = 0) -> datetime:
    return oslo.moment(MONDAY, time(hour, minute))


class TestWindow:
    def test_twenty_to_nine_is_between_eight_and_nine(self) -> None:
        assert (window(_at(8, 40)).opens_at, window(_at(8, 40)).closes_at) == (_at(8), _at(9))
        assert window(_at(9)).opens_at == _at(8, 30)
        assert window(_at(8, 15)).opens_at == _at(8)

    @given(st.integers(min_value=0, max_value=366 * 24 * 60))
    def test_holds_a_quarter_early_and_a_quarter_late_R18(self, minutes: int) -> None:
        start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        found = window(start)

        quarter = timedelta(minutes=15)
        assert found.opens_at <= start - quarter
        assert start + quarter <= found.closes_at
        assert found.closes_at - found.opens_at == LENGTH
        assert (found.opens_at.minute % 30, found.opens_at.second, found.opens_at.microsecond) == (0, 0, 0)


class TestSayNoBy:
    def test_the_morning_is_said_by_eight_the_evening_before(self) -> None:
        assert say_no_by(_at(8)) == oslo.moment(MONDAY - timedelta(days=1), time(20))
        assert say_no_by(_at(11, 59)) == oslo.moment(MONDAY - timedelta(days=1), time(20))

    def test_later_is_said_two_hours_before(self) -> None:
        assert say_no_by(_at(12)) == _at(10)

    def test_the_last_moment_is_in_time_and_the_next_is_not(self) -> None:
        assert may_say_no(opens_at=_at(14), priority=2, at=_at(12)) is Said.YES
        assert may_say_no(opens_at=_at(14), priority=2, at=_at(12) + timedelta(seconds=1)) is Said.TOO_LATE

    def test_what_must_not_be_left_out_is_talked_about(self) -> None:
        assert Priority.MUST == MUST
        assert may_say_no(opens_at=_at(14), priority=MUST, at=_at(1)) is Said.MUST_CALL

    def test_the_evening_before_the_clocks_change_is_at_eight_on_the_wall(self) -> None:
        sunday = date(2026, 10, 25)

        assert say_no_by(oslo.moment(sunday, time(8))) == oslo.moment(date(2026, 10, 24), time(20))
