"""Dates, times and numbers as Norwegians write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tillit.ui import formats

MORNING = datetime(2026, 11, 21, 7, 15, tzinfo=UTC)  # 08.15 in Norway
TUESDAY = date(2026, 11, 24)
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone itself
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


class TestMoments:
    def test_are_shown_on_a_norwegian_clock(self) -> None:
        assert formats.date_and_time(MORNING) == "21.11.2026 kl. 08.15"

    def test_in_another_zone_are_the_same_moment(self) -> None:
        assert formats.clock(MORNING.astimezone(ZoneInfo("Asia/Tokyo"))) == "08.15"

    def test_late_at_night_belong_to_the_norwegian_day(self) -> None:
        assert formats.short_date(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)) == "01.12.2026"

    def test_without_zone_are_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            formats.clock(datetime(2026, 11, 21, 8, 15))  # noqa: DTZ001

    def test_on_the_day_with_23_hours_skip_the_hour_from_two(self) -> None:
        assert formats.clock(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == "01.59"
        assert formats.clock(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "03.00"

    def test_on_the_day_with_25_hours_repeat_the_hour_from_two(self) -> None:
        assert formats.clock(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "02.30"
        assert formats.clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "02.30"

    def test_make_a_period_with_an_en_dash(self) -> None:
        assert formats.period(MORNING, MORNING + timedelta(minutes=30)) == "08.15–08.45"

    @given(moments)
    def test_always_have_five_signs_on_the_clock(self, moment: datetime) -> None:
        assert len(formats.clock(moment)) == 5


class TestDays:
    def test_are_written_in_full(self) -> None:
        assert formats.long_date(TUESDAY) == "tirsdag 24. november"
        assert formats.long_date(TUESDAY, year=True) == "tirsdag 24. november 2026"

    def test_are_written_in_nynorsk_and_english(self) -> None:
        assert formats.long_date(TUESDAY, "nn") == "tysdag 24. november"
        assert formats.long_date(TUESDAY, "en") == "Tuesday 24 November"

    def test_know_their_week(self) -> None:
        assert formats.week(TUESDAY) == "uke 48"
        assert formats.week(date(2027, 1, 1)) == "uke 53"

    @pytest.mark.parametrize(
        ("day", "text"),
        [
            (date(2026, 11, 23), "i går"),
            (TUESDAY, "i dag"),
            (date(2026, 11, 25), "i morgen"),
            (date(2026, 11, 26), "26.11.2026"),
        ],
    )
    def test_near_are_words(self, day: date, text: str) -> None:
        assert formats.near_date(day, today=TUESDAY) == text

    def test_in_the_coming_week_may_have_their_weekday(self) -> None:
        assert formats.near_date(date(2026, 11, 26), today=TUESDAY, weekdays=True) == "torsdag 26.11."

    def test_near_moments_have_the_clock(self) -> None:
        assert formats.near_moment(MORNING, today=date(2026, 11, 22)) == "i går kl. 08.15"


class TestDeadlines:
    @pytest.mark.parametrize(
        ("day", "text", "state"),
        [
            (date(2026, 11, 21), "3 dager over", "over"),
            (date(2026, 11, 23), "1 dag over", "over"),
            (TUESDAY, "I dag", "today"),
            (date(2026, 11, 25), "I morgen", "soon"),
            (date(2026, 12, 1), "Om 7 dager", "soon"),
            (date(2026, 12, 8), "Om 14 dager", "soon"),
            (date(2026, 12, 9), "09.12.2026", ""),
        ],
    )
    def test_get_heavier_as_time_runs_out(self, day: date, text: str, state: str) -> None:
        deadline = formats.deadline_of(day, today=TUESDAY)

        assert (deadline.text, deadline.state, deadline.iso) == (text, state, day.isoformat())

    def test_done_are_done_also_when_the_day_has_passed(self) -> None:
        assert formats.deadline_of(date(2026, 11, 18), today=TUESDAY, done=True).state == "done"

    @pytest.mark.parametrize(
        ("due", "text", "state"),
        [
            (datetime(2026, 11, 24, 12, tzinfo=formats.OSLO), "Fristen var kl. 12.00", "over"),  # three hours late
            (datetime(2026, 11, 24, 15, tzinfo=formats.OSLO), "Fristen var kl. 15.00", "over"),  # late this minute
            (datetime(2026, 11, 24, 16, tzinfo=formats.OSLO), "I dag", "today"),
            (datetime(2026, 11, 25, 0, tzinfo=formats.OSLO), "I dag", "today"),  # before the day ends
            (datetime(2026, 11, 24, 0, tzinfo=formats.OSLO), "1 dag over", "over"),  # yesterday, before it ended
            (datetime(2026, 11, 21, 14, tzinfo=formats.OSLO), "3 dager over", "over"),
            (datetime(2026, 11, 25, 9, tzinfo=formats.OSLO), "I morgen", "soon"),
        ],
    )
    def test_that_are_moments_are_late_from_the_minute(self, due: datetime, text: str, state: str) -> None:
        deadline = formats.deadline_at(due, now=datetime(2026, 11, 24, 15, tzinfo=formats.OSLO))

        assert (deadline.text, deadline.state) == (text, state)

    def test_within_the_hour_say_the_clock(self) -> None:
        now = datetime(2026, 11, 24, 15, tzinfo=formats.OSLO)
        due = datetime(2026, 11, 24, 15, 40, tzinfo=formats.OSLO)

        deadline = formats.deadline_at(due, now=now, by_the_clock=True)

        assert (deadline.text, deadline.state) == ("Innen kl. 15.40", "today")

    def test_keep_their_state_with_other_words(self) -> None:
        deadline = formats.deadline_of(TUESDAY, today=TUESDAY, text="svar i dag")

        assert (deadline.text, deadline.state) == ("Svar i dag", "today")


class TestDurations:
    @pytest.mark.parametrize(
        ("length", "text"),
        [
            (timedelta(hours=3, minutes=41), "3 t 41 min"),
            (timedelta(hours=2), "2 t"),
            (timedelta(minutes=45), "45 min"),
            (timedelta(0), "0 min"),
            (timedelta(seconds=29), "0 min"),
            (timedelta(seconds=30), "1 min"),
            (timedelta(days=1, minutes=5), "24 t 5 min"),
            (-timedelta(minutes=7), "−7 min"),
        ],
    )
    def test_are_hours_and_minutes(self, length: timedelta, text: str) -> None:
        assert formats.duration(length) == text


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "decimals", "text"),
        [
            (6.4, 1, "6,4"),
            (-0.4, 1, "−0,4"),
            (2610, 0, "2\u00a0610"),
            (1234567.85, 1, "1\u00a0234\u00a0567,9"),
            (0.5, 0, "1"),
            (Decimal("2.345"), 2, "2,35"),
            (-0.04, 1, "0,0"),
        ],
    )
    def test_have_a_comma_a_real_minus_and_hard_spaces(self, value: float | Decimal, decimals: int, text: str) -> None:
        assert formats.number(value, decimals) == text

    def test_are_written_in_english(self) -> None:
        assert formats.number(2610.5, 1, "en") == "2,610.5"

    @pytest.mark.parametrize(("value", "text"), [(0.4, "+0,4"), (-0.4, "−0,4"), (0, "0,0")])
    def test_signed_say_which_way(self, value: float, text: str) -> None:
        assert formats.signed(value, 1) == text

    def test_shares_are_percent_with_a_hard_space(self) -> None:
        assert formats.percent(0.84) == "84\u00a0%"
        assert formats.percent(0.845, 1, "en") == "84.5%"

    @given(st.integers(min_value=-(10**9), max_value=10**9))
    def test_whole_can_be_read_back(self, value: int) -> None:
        text = formats.number(value)

        assert int(text.replace("\u00a0", "").replace("−", "-")) == value


class TestTimeTag:
    def draw(self, source: str, language: str = "nb", **values: object) -> str:
        with translation.override(language):
            return Template("{% load formats %}" + source).render(Context(values))

    def test_carries_the_moment_for_machines(self) -> None:
        drawn = self.draw("{% time at %}", at=MORNING)

        assert drawn == '<time datetime="2026-11-21T08:15+01:00">21.11.2026 kl. 08.15</time>'

    def test_follows_the_readers_language(self) -> None:
        assert "Tuesday 24 November" in self.draw('{% time day "long" %}', "en", day=TUESDAY)

    def test_can_start_a_sentence(self) -> None:
        assert "Tirsdag 24. november" in self.draw('{% time day "long" capital=True %}', day=TUESDAY)

    def test_is_nothing_without_a_moment(self) -> None:
        assert self.draw("{% time at %}{{ at|clock }}{{ at|number }}", at=None) == ""
