"""Tests of whose a notice is, and by when."""

from datetime import UTC, datetime, timedelta

import pytest

from tillit.care.notices.rules.due import Answer, due_at
from tillit.care.notices.rules.whose import By, Whose, may_take, waited, whose

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


class TestWhose:
    @pytest.mark.parametrize(
        ("owner", "has_duty", "holder", "away", "expected"),
        [
            (7, False, None, (), Whose(7, By.OWNER)),
            (7, True, 9, (), Whose(7, By.OWNER)),
            (7, True, 9, (7,), Whose(None, By.OWNER_AWAY)),
            (None, True, 9, (), Whose(9, By.DUTY)),
            (None, True, 9, (9,), Whose(None, By.DUTY_EMPTY)),
            (None, True, None, (), Whose(None, By.DUTY_EMPTY)),
            (None, False, None, (), Whose(None, By.NOBODY)),
        ],
    )
    def test_is_hers_who_has_it_and_is_here_else_nobodys_R31(
        self, owner: int | None, has_duty: bool, holder: int | None, away: tuple[int, ...], expected: Whose
    ) -> None:
        found = whose(owner_id=owner, has_duty=has_duty, duty_holder_id=holder, away=away)

        assert found == expected
        assert found.is_unowned == (expected.employee_id is None)
        assert may_take(found) == (expected.by is not By.OWNER)

    def test_has_never_waited_less_than_nothing(self) -> None:
        assert waited(NOON, until=NOON - timedelta(minutes=1)) == timedelta()
        assert waited(NOON, until=NOON + timedelta(hours=3)) == timedelta(hours=3)


class TestDue:
    @pytest.mark.parametrize(
        ("by", "at", "expected"),
        [
            (Answer.HOUR, NOON, NOON + timedelta(hours=1)),
            (Answer.TODAY, NOON, datetime(2026, 11, 23, 23, tzinfo=UTC)),
            (Answer.TODAY, datetime(2026, 11, 23, 22, 50, tzinfo=UTC), datetime(2026, 11, 23, 23, 50, tzinfo=UTC)),
            (Answer.TOMORROW, NOON, datetime(2026, 11, 24, 23, tzinfo=UTC)),
            (Answer.WEEK, NOON, datetime(2026, 11, 30, 23, tzinfo=UTC)),
            (Answer.TODAY, datetime(2026, 10, 25, 8, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        ],
    )
    def test_is_before_the_day_in_oslo_ends_though_never_within_the_hour(
        self, by: Answer, at: datetime, expected: datetime
    ) -> None:
        assert due_at(by, at=at) == expected
