"""Tests of shifts as they follow each other."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tillit.kernel import oslo
from tillit.teamwork.changeover.rules.board import Item, Weight, by_citizen
from tillit.teamwork.changeover.rules.shifts import ShiftOf, shift_at, since_last_here, told_since

MONDAY = date(2026, 11, 23)


class TestShifts:
    @pytest.mark.parametrize(
        ("utc", "expected"),
        [
            (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), ShiftOf(date(2026, 11, 22), "NIGHT")),
            (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), ShiftOf(MONDAY, "DAY")),
            (datetime(2026, 11, 23, 13, 30, tzinfo=UTC), ShiftOf(MONDAY, "EVENING")),
            (datetime(2026, 11, 23, 21, 0, tzinfo=UTC), ShiftOf(MONDAY, "NIGHT")),
            (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), ShiftOf(MONDAY, "NIGHT")),
        ],
    )
    def test_one_is_always_going_on(self, utc: datetime, expected: ShiftOf) -> None:
        assert shift_at(utc) == expected
        assert expected.starts_at <= utc < expected.ends_at

    def test_follow_each_other_without_a_gap_also_when_the_clock_changes(self) -> None:
        shift = ShiftOf(date(2026, 10, 24), "DAY")
        for _number in range(9):
            assert shift.ends_at == shift.next.starts_at and shift.next.before == shift
            shift = shift.next
        assert ShiftOf(date(2026, 10, 24), "NIGHT").ends_at - ShiftOf(date(2026, 10, 24), "NIGHT").starts_at == (
            timedelta(hours=10)
        )

    def test_the_day_is_told_of_evening_and_night_and_the_others_of_the_one_before(self) -> None:
        assert told_since(ShiftOf(MONDAY, "DAY")) == oslo.moment(date(2026, 11, 22), time(14, 30))
        assert told_since(ShiftOf(MONDAY, "EVENING")) == ShiftOf(MONDAY, "DAY").starts_at
        assert told_since(ShiftOf(MONDAY, "NIGHT")) == ShiftOf(MONDAY, "EVENING").starts_at

    def test_one_who_has_been_away_is_told_since_then_at_most_a_week(self) -> None:
        day = ShiftOf(MONDAY, "DAY")
        friday = day.starts_at - timedelta(days=2, hours=16)

        assert since_last_here(day, friday) == friday
        assert since_last_here(day, day.starts_at - timedelta(days=60)) == day.starts_at - timedelta(days=7)
        assert since_last_here(day, None) == day.starts_at - timedelta(days=7)
        assert since_last_here(day, day.starts_at - timedelta(hours=1)) == told_since(day)


class TestTheBoard:
    def test_puts_those_who_must_be_looked_at_now_first_and_the_rest_by_name(self) -> None:
        at = day_start = ShiftOf(MONDAY, "DAY").starts_at
        items = [
            Item(1, Weight.NEWS, at, "a"),
            Item(2, Weight.OPEN, at, "b"),
            Item(3, Weight.NOW, at, "c"),
            Item(1, Weight.OPEN, at + timedelta(hours=1), "d"),
            Item(4, Weight.NEWS, day_start, "e"),
        ]

        found = by_citizen(items, names={1: "Åse", 2: "Berit", 3: "Zeta", 4: "Anna"})

        assert [citizen_id for citizen_id, _items in found] == [3, 2, 1, 4]
        assert [item.text for item in dict(found)[1]] == ["d", "a"]
