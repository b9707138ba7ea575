"""Who needs something now, who is over the deadline, and how the waiting is counted."""

from datetime import date, timedelta

import pytest

from tillit.care.therapy.rules.waiting import (
    SHIPPED_DAYS,
    Candidate,
    Held,
    Needs,
    Waited,
    by_level,
    counted,
    due_on,
    has_time_to_practise,
    needs,
    order_of,
    to_join,
)

TODAY = date(2026, 11, 23)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def held(next_in: int | None = 3, *, priority: int = 3, near_in: int | None = None, asked: bool = False) -> Held:
    return Held(
        priority, day(-30), None if next_in is None else day(next_in), None if near_in is None else day(near_in), asked
    )


def waited(days: int, *, limit: int = 14, priority: int = 2) -> Waited:
    return Waited(day(-60), day(-60 + days), day(-60 + limit), priority)


def test_the_deadline_is_counted_from_the_referral_R43() -> None:
    assert [due_on(TODAY, level, SHIPPED_DAYS) for level in (1, 2, 3, 4)] == [day(7), day(14), day(30), day(90)]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (held(3, asked=True), Needs.ANSWER),
        (held(None), Needs.NO_STEP),
        (held(-1), Needs.LATE),
        (held(20, near_in=-1), Needs.LATE),
        (held(0), Needs.TODAY),
        (held(7), Needs.SOON),
        (held(8), Needs.LATER),
    ],
)
def test_what_a_case_asks_of_its_holder_R01(case: Held, expected: Needs) -> None:
    assert needs(case, today=TODAY) is expected


def test_what_needs_her_now_stands_first_then_the_day_then_the_priority_R01() -> None:
    cases = [held(8), held(2), held(2, priority=1), held(None), held(-1)]

    order = sorted(range(5), key=lambda number: order_of(cases[number], today=TODAY))

    assert order == [3, 4, 2, 1, 0]


class TestCounted:
    def test_the_worked_example_R43(self) -> None:
        found = counted([waited(days) for days in (2, 9, 14, 15, 30, 12)])

        assert found is not None
        assert (found.count, found.median, found.in_time) == (6, 13.0, 4)

    def test_fewer_than_five_tell_nothing_R43(self) -> None:
        assert counted([waited(1)] * 4) is None

    def test_a_small_level_cannot_be_found_by_subtraction_R43(self) -> None:
        rows = [waited(1, priority=1)] * 2 + [waited(1, priority=2)] * 6 + [waited(1, priority=3)] * 9

        found = by_level(rows)

        assert {level for level, part in found.items() if part is not None} == {3}


def test_a_visit_that_is_begun_or_has_a_therapist_is_not_joined() -> None:
    rows = [
        Candidate(1, TODAY, is_begun=True, has_joint=False),
        Candidate(2, TODAY, is_begun=False, has_joint=True),
        Candidate(3, TODAY, is_begun=False, has_joint=False),
    ]

    assert to_join(rows) == (3,)


def test_twenty_minutes_are_enough_to_practise() -> None:
    assert [has_time_to_practise(minutes) for minutes in (19, 20)] == [False, True]
