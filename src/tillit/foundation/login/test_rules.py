from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.login.rules import pins
from tillit.foundation.login.rules.attempts import LIMITS, Counted, Tried, counted_for, wait_until
from tillit.foundation.login.rules.second_step import Next, PasswordRule, after_first_step
from tillit.foundation.login.rules.sessions import LONGEST, PAGE_AHEAD, Standing, Times, standing

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ACCOUNT = LIMITS[Counted.ACCOUNT_AT_ADDRESS]


def seconds(failures: int, *, ago: float = 0) -> float:
    last = NOW - timedelta(seconds=ago)
    until = wait_until(Tried(failures, last), ACCOUNT, at=NOW)
    return 0 if until is None else (until - last).total_seconds()


class TestWaiting:
    def test_five_are_free_then_each_doubles_the_wait_up_to_a_quarter_of_an_hour(self) -> None:
        assert [seconds(failures) for failures in (0, 4, 5, 6, 7, 8)] == [0, 0, 5, 10, 20, 40]
        assert [seconds(failures) for failures in (12, 13, 500)] == [640, 900, 900]

    def test_is_over_when_the_time_has_passed(self) -> None:
        assert seconds(6, ago=9) == 10
        assert seconds(6, ago=10) == 0

    def test_an_hour_without_tries_begins_anew(self) -> None:
        assert seconds(500, ago=3600) == 0

    @given(st.sampled_from(list(Counted)), st.integers(0, 10_000), st.integers(0, 10_000))
    def test_never_grows_shorter_with_more_tries_and_never_beyond_the_ceiling(
        self, what: Counted, fewer: int, more: int
    ) -> None:
        fewer, more = sorted((fewer, more))
        short, long = (wait_until(Tried(count, NOW), LIMITS[what], at=NOW) or NOW for count in (fewer, more))

        assert short <= long <= NOW + LIMITS[what].longest_wait

    def test_on_her_own_device_only_what_is_typed_there_counts(self) -> None:
        assert counted_for(known_device=True) == (Counted.KNOWN_DEVICE,)
        assert Counted.KNOWN_DEVICE not in counted_for(known_device=False)

    def test_a_guesser_gets_few_tries_a_day_at_one_account(self) -> None:
        at, tried, count = NOW, Tried(0, NOW), 0
        while at < NOW + timedelta(days=1):
            until = wait_until(tried, ACCOUNT, at=at)
            if until is not None:
                at = until
                continue
            count += 1
            tried = Tried(tried.failures + 1, at)
        assert count < 120


class TestStanding:
    def stands(self, *, used: timedelta, began: timedelta = timedelta(hours=5), locked: bool = False) -> Standing:
        times = Times(NOW - max(began, used), NOW - used, NOW if locked else None, None)
        return standing(times, lock_after=timedelta(minutes=3), end_after=timedelta(hours=4), at=NOW)

    def test_locks_by_itself_at_the_minute(self) -> None:
        assert self.stands(used=timedelta(minutes=3) - timedelta(seconds=1)) is Standing.OPEN
        assert self.stands(used=timedelta(minutes=3)) is Standing.LOCKED

    def test_a_press_locks_at_once(self) -> None:
        assert self.stands(used=timedelta(0), locked=True) is Standing.LOCKED

    def test_hours_without_use_end_it_and_so_does_a_whole_shift_of_use(self) -> None:
        assert self.stands(used=timedelta(hours=4)) is Standing.UNUSED
        assert self.stands(used=timedelta(0), began=LONGEST) is Standing.TOO_OLD
        assert self.stands(used=timedelta(0), began=LONGEST - timedelta(seconds=1)) is Standing.OPEN

    def test_what_has_ended_never_opens(self) -> None:
        times = Times(NOW, NOW, None, NOW)
        assert standing(times, lock_after=LONGEST, end_after=LONGEST, at=NOW) is Standing.ENDED

    def test_the_page_is_ahead_of_the_server_also_at_the_shortest_setting(self) -> None:
        assert timedelta(0) < PAGE_AHEAD < timedelta(minutes=1)


class TestAfterFirstStep:
    def after(self, **changed: object) -> Next:
        asked: dict[str, object] = {
            "strong": False, "by_password": True, "has_second_step": False, "roles": ["NURSE"],
            "roles_that_must": [], "password_rule": PasswordRule.WITH_SECOND_STEP,
        }  # fmt: skip
        return after_first_step(**{**asked, **changed})  # type: ignore[arg-type]

    def test_a_password_alone_is_never_enough_where_it_may_not_be(self) -> None:
        assert self.after() is Next.SET_UP
        assert self.after(has_second_step=True) is Next.ASK

    def test_who_has_chosen_a_second_step_is_asked_for_it_everywhere(self) -> None:
        assert self.after(has_second_step=True, password_rule=PasswordRule.ALONE) is Next.ASK

    def test_a_passkey_or_a_strong_service_is_both_steps(self) -> None:
        assert self.after(strong=True, roles_that_must=["NURSE"], has_second_step=True) is Next.IN

    def test_the_municipality_decides_which_roles_must(self) -> None:
        alone = PasswordRule.ALONE
        assert self.after(password_rule=alone) is Next.IN
        assert self.after(password_rule=alone, roles_that_must=["NURSE"]) is Next.SET_UP
        assert self.after(password_rule=alone, roles_that_must=["ADMINISTRATOR"]) is Next.IN

    def test_a_service_that_is_one_step_is_enough_for_roles_that_need_not(self) -> None:
        assert self.after(by_password=False) is Next.IN
        assert self.after(by_password=False, roles_that_must=["NURSE"]) is Next.SET_UP


@pytest.mark.parametrize(
    "pin", ["1234", "4321", "7890", "0000", "55555", "123", "123456789", "12a4", "", "2580", "٤٧١١"]
)
def test_a_pin_that_is_tried_first_is_refused(pin: str) -> None:
    assert not pins.is_good(pin)


@pytest.mark.parametrize("pin", ["4711", "0937", "82736455"])
def test_a_pin_that_is_not_is_taken(pin: str) -> None:
    assert pins.is_good(pin)
