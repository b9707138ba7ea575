from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.kernel import oslo
from tillit.pages.myday import rules
from tillit.pages.myday.rules import ShiftLine, WhenChanged

TUESDAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Visit:
    visit_id: int
    on: date
    earliest_at: datetime
    starts_at: datetime | None = None
    wished_at: datetime | None = None
    state: str = "PLANNED"


def visit(visit_id: int, on: date, clock: time, *, day: date | None = None, state: str = "PLANNED") -> Visit:
    at = oslo.moment(day or on, clock)
    return Visit(visit_id, on, at, at, state=state)


def shift(on: date, starts: time, ends: time, kind: str = "DAY") -> ShiftLine:
    end_day = on if ends > starts else on + timedelta(days=1)
    return ShiftLine(1, 1, "Team Bekkedal", on, kind, oslo.moment(on, starts), oslo.moment(end_day, ends), False)


def night(on: date) -> ShiftLine:
    return shift(on, time(22), time(7, 30), "NIGHT")


class TestWorkingDay:
    def test_is_the_calendar_day_for_one_who_is_off(self) -> None:
        assert rules.working_day([], oslo.moment(TUESDAY, time(3))) == TUESDAY

    def test_a_night_shift_keeps_its_day_after_midnight(self) -> None:
        assert rules.working_day([night(TUESDAY)], oslo.moment(date(2026, 11, 25), time(4))) == TUESDAY

    @pytest.mark.parametrize(("clock", "day"), [(time(9, 29), 24), (time(9, 30), 25)])
    def test_and_for_two_hours_after_its_end(self, clock: time, day: int) -> None:
        assert rules.working_day([night(TUESDAY)], oslo.moment(date(2026, 11, 25), clock)) == date(2026, 11, day)

    def test_a_new_shift_wins_over_the_one_before(self) -> None:
        shifts = [night(TUESDAY), shift(date(2026, 11, 25), time(7, 30), time(15))]

        assert rules.working_day(shifts, oslo.moment(date(2026, 11, 25), time(7, 30))) == date(2026, 11, 25)

    def test_before_a_night_shift_begins_it_is_today(self) -> None:
        assert rules.working_day([night(TUESDAY)], oslo.moment(TUESDAY, time(12))) == TUESDAY


class TestOfWorkingDay:
    def test_a_night_holds_its_visits_on_both_sides_of_midnight_in_order(self) -> None:
        late = visit(1, TUESDAY, time(23))
        stored_on_its_own_day = visit(2, date(2026, 11, 25), time(2))
        stored_on_the_shifts_day = visit(3, TUESDAY, time(5), day=date(2026, 11, 25))
        morning_after = visit(4, date(2026, 11, 25), time(8))
        shifts = [night(TUESDAY)]
        rows = [morning_after, stored_on_the_shifts_day, stored_on_its_own_day, late]

        assert [v.visit_id for v in rules.of_working_day(rows, shifts, TUESDAY)] == [1, 2, 3]
        assert [v.visit_id for v in rules.of_working_day(rows, shifts, date(2026, 11, 25))] == [4]

    @pytest.mark.parametrize(
        ("on", "hours"), [(date(2026, 3, 28), 8.5), (date(2026, 10, 24), 10.5)], ids=["spring", "autumn"]
    )
    def test_the_nights_when_clocks_change(self, on: date, hours: float) -> None:
        shifts = [night(on)]
        around = [
            Visit(number, oslo.day_of(at), at, at)
            for number in range(12)
            if (at := shifts[0].starts_at + timedelta(hours=number))
        ]

        found = rules.of_working_day(around, shifts, on)

        assert shifts[0].period.length == timedelta(hours=hours)
        assert [v.visit_id for v in found] == list(range(int(hours) + 1))  # 8.5 hours hold 0…8, 10.5 hold 0…10

    def test_without_a_shift_the_visits_own_day_counts(self) -> None:
        rows = [visit(1, TUESDAY, time(9)), visit(2, date(2026, 11, 25), time(9))]

        assert [v.visit_id for v in rules.of_working_day(rows, [], TUESDAY)] == [1]

    @given(
        st.lists(st.integers(min_value=-30, max_value=60), max_size=8),
        st.lists(st.sampled_from(["day", "evening", "night"]), max_size=3, unique=True),
    )
    def test_every_visit_belongs_to_exactly_one_day(self, hours: list[int], kinds: list[str]) -> None:
        made = {
            "day": shift(TUESDAY, time(7, 30), time(15)),
            "evening": shift(TUESDAY, time(15), time(22)),
            "night": night(TUESDAY),
        }
        shifts = [made[kind] for kind in kinds]
        start = oslo.moment(TUESDAY, time(0))
        rows = [
            Visit(number, oslo.day_of(start + timedelta(hours=hour)), start + timedelta(hours=hour))
            for number, hour in enumerate(hours)
        ]
        days = [TUESDAY + timedelta(days=number) for number in range(-3, 5)]

        found = [v.visit_id for day in days for v in rules.of_working_day(rows, shifts, day)]

        assert sorted(found) == [row.visit_id for row in rows]


class TestNextOf:
    def test_is_the_first_nobody_has_said_anything_about(self) -> None:
        rows = [
            visit(1, TUESDAY, time(8), state="DONE"),
            visit(2, TUESDAY, time(9), state="CANCELLED"),
            visit(3, TUESDAY, time(10)),
            visit(4, TUESDAY, time(11)),
        ]

        following = rules.next_of(rows)

        assert following is not None and following.visit_id == 3
        assert rules.next_of(rows[:2]) is None


class TestWhenChanged:
    @pytest.mark.parametrize(
        ("changed_at", "told"),
        [
            (datetime(2026, 11, 24, 6, 10, tzinfo=UTC), WhenChanged.THIS_MORNING),
            (datetime(2026, 11, 24, 10, 59, tzinfo=UTC), WhenChanged.THIS_MORNING),
            (datetime(2026, 11, 24, 11, 0, tzinfo=UTC), WhenChanged.TODAY),
            (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), WhenChanged.EARLIER),
            (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), WhenChanged.THIS_MORNING),
        ],
    )
    def test_is_told_on_the_clock_in_oslo(self, changed_at: datetime, told: WhenChanged) -> None:
        assert rules.when_changed(changed_at, on=TUESDAY) == told


class TestTimeSteps:
    def test_a_short_visit_cannot_be_much_shorter_R29(self) -> None:
        assert rules.time_steps(10) == (-5, 5, 15, 30)
        assert rules.time_steps(9) == (5, 15, 30)
        assert rules.time_steps(30) == (-15, -5, 5, 15, 30)
