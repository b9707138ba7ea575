"""What the values reckon for their templates."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tillit.ui import samples
from tillit.ui.parts import Check, Checks, Gauge, Goal, HelperMark, LaneBar, Lanes, Span, Strip, StripCell, StripDay
from tillit.ui.shell import NavGroup, NavItem, Shell

SEVEN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
minutes = st.integers(min_value=-300, max_value=2000)


class TestPart:
    def test_is_named_as_its_class(self) -> None:
        assert HelperMark.variable() == "helper_mark"
        assert HelperMark.template() == "ui/helper_mark.html"


class TestSpan:
    def at(self, start: int, end: int) -> Span:
        return Span.of(SEVEN + timedelta(minutes=start), SEVEN + timedelta(minutes=end), board_starts_at=SEVEN)

    def test_counts_slots_of_five_minutes_from_one(self) -> None:
        assert self.at(0, 30) == Span(1, 6)
        assert self.at(135, 165) == Span(28, 6)

    def test_begun_slots_count(self) -> None:
        assert self.at(2, 31) == Span(1, 7)

    def test_is_cut_where_the_board_begins(self) -> None:
        assert self.at(-30, 30) == Span(1, 6)

    @given(minutes, minutes)
    def test_always_has_a_class(self, start: int, end: int) -> None:
        span = self.at(start, end)

        assert 1 <= span.start <= 288
        assert 1 <= span.width <= 288


class TestLanes:
    def test_mark_the_hours(self) -> None:
        assert [(mark.slot, mark.label) for mark in Lanes.hour_marks(22, 3)] == [
            (1, "22.00"),
            (13, "23.00"),
            (25, "00.00"),
        ]

    def test_draw_the_way_between_near_visits_only(self) -> None:
        bars = [LaneBar(1, 6, "a", "a"), LaneBar(9, 6, "b", "b"), LaneBar(30, 6, "c", "c")]

        assert Lanes.travel_between(bars) == (Span(7, 2),)

    def test_draw_no_way_to_a_break(self) -> None:
        bars = [LaneBar(1, 6, "a", "a"), LaneBar(9, 6, "Pause", "Pause", "other")]

        assert Lanes.travel_between(bars) == ()


class TestStrip:
    def days(self, count: int, last: date = samples.TODAY) -> tuple[StripDay, ...]:
        return tuple(StripDay(last - timedelta(days=count - 1 - index), ()) for index in range(count))

    def test_leaves_the_last_14_days_on_a_phone(self) -> None:
        columns = Strip("", self.days(28), samples.TODAY).columns

        assert [column.wide_only for column in columns] == [True] * 14 + [False] * 14
        assert columns[14].month_narrow

    def test_of_14_days_shows_them_all(self) -> None:
        assert not any(column.wide_only for column in Strip("", self.days(14), samples.TODAY).columns)

    def test_counts_carried_out_and_planned_visits_but_not_those_called_off(self) -> None:
        kari = samples.TEAM["KN"]
        day = StripDay(
            samples.TODAY, (StripCell(kari, ""), StripCell(kari, "", "planned"), StripCell(None, "", "gone"))
        )

        assert Strip("", (day,), samples.TODAY).count_by_helper() == ((kari, 2),)


class TestGauge:
    def test_beyond_what_we_have_is_drawn_by_itself(self) -> None:
        gauge = Gauge("Dag", 46.5, 44, "46,5 av 44 timer")

        assert (gauge.have_width, gauge.need_width, gauge.over_width) == ("87.6%", "87.6%", "5.0%")

    def test_that_fits_has_nothing_beyond(self) -> None:
        assert Gauge("Natt", 6, 8, "").over_width == ""

    def test_without_hours_is_drawn_empty(self) -> None:
        assert Gauge("Natt", 0, 0, "").need_width == "0.0%"


class TestGoal:
    def test_writes_numbers_for_html_in_every_language(self) -> None:
        assert Goal("", "", "", "", value=2.5, maximum=10).svg_value == "2.5"


class TestChecks:
    def test_put_what_is_missing_on_top_and_keep_the_order_otherwise(self) -> None:
        checks = Checks((Check("a", True), Check("b", False), Check("c", False), Check("d", True)))

        assert [check.text for check in checks.missing_first] == ["b", "c", "a", "d"]


class TestShell:
    def test_knows_when_the_page_is_reached_through_more(self) -> None:
        here, other = NavItem("Innsikt", "/i/", "LineGraph", current=True), NavItem("Min dag", "/m/", "Clock")
        groups = (NavGroup("", (here, other)),)

        assert Shell("", "/", groups=groups, bottom=(other,)).other_places
        assert not Shell("", "/", groups=groups, bottom=(here,)).other_places
