"""Order, moments and the shape of envelopes: the rules alone (R14)."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery import pure
from tests.delivery.histories import REPORT, STEPS, History, verify
from tillit.foundation.delivery.rules import order
from tillit.foundation.delivery.rules.envelopes import NotAnEnvelope, read, read_content
from tillit.foundation.delivery.rules.moments import Told, said_at, until
from tillit.foundation.delivery.rules.order import Known, Outcome, Place, given_up, is_too_far, next_up, place_of

LOGIN = datetime(2026, 11, 23, 6, tzinfo=UTC)
UNTIL = LOGIN + timedelta(hours=9)
NOW = LOGIN + timedelta(hours=5)


def known(number: int, outcome: Outcome = Outcome.WAITING, *, twin: int = 0, digest: str = "d") -> Known:
    return Known(number, twin, digest, outcome)


def test_a_gap_makes_those_after_it_wait() -> None:
    assert next_up([known(2), known(3)], next_number=1) is None
    assert next_up([known(3), known(1), known(2)], next_number=1) == known(1)


def test_what_came_late_goes_before_what_follows_in_turn() -> None:
    late, turn = known(2, twin=1), known(5)
    assert next_up([turn, late], next_number=5) == late


def test_the_same_is_known_again_and_a_number_used_twice_is_two_things() -> None:
    rows = [known(1, Outcome.APPLIED, digest="a"), known(2, Outcome.MISSING, digest="")]
    assert place_of(rows, number=1, digest="a") == Place(0, again=True)
    assert place_of(rows, number=1, digest="b") == Place(1)
    assert place_of(rows, number=2, digest="c") == Place(0, fills=True)
    assert place_of(rows, number=3, digest="c") == Place(0)


def test_given_up_and_too_far() -> None:
    assert given_up([known(4), known(6)], next_number=2) == range(2, 4)
    assert not given_up([known(1, Outcome.APPLIED)], next_number=2)
    assert is_too_far(1001, next_number=1)
    assert not is_too_far(1000, next_number=1)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("next_up", lambda rows, *, next_number: next((r for r in rows if r.outcome == Outcome.WAITING), None)),
        ("place_of", lambda rows, *, number, digest: Place(0)),
        ("after", lambda row, *, next_number: next_number),
        ("news", lambda *_all, **_more: False),
    ],
)
def test_a_rule_that_is_broken_is_found_by_the_histories(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Any
) -> None:
    """The property can fail: without its rules a history soon does not hold."""
    monkeypatch.setattr(pure, name, broken)
    if name == "news":
        letters = 0
    found = False
    for number in range(600):
        chance = random.Random(number)
        history = History(pure.PureServer())
        try:
            history.play([(chance.randrange(STEPS), chance.randrange(12), chance.randrange(90)) for _ in range(30)])
            verify(history)
        except (AssertionError, RuntimeError, StopIteration):
            found = True
            break
        if name == "news":
            reports = {one.key for one in history.written if one.said.act == REPORT}
            letters += sum(one.is_clash and one.key in reports for one in history.server.kept())
    assert found or (name == "news" and letters == 0)


def test_when_it_was_said_is_never_outside_what_can_be() -> None:
    def said(made: datetime, offset: timedelta = timedelta(0), contact: datetime = LOGIN) -> datetime:
        return said_at(Told(made, offset, contact), logged_in_at=LOGIN, until=UNTIL, now=NOW)

    an_hour = timedelta(hours=1)
    assert said(LOGIN + an_hour) == LOGIN + an_hour
    assert said(LOGIN + 4 * an_hour, offset=-3 * an_hour) == LOGIN + an_hour  # its clock is three hours ahead
    assert said(datetime(1970, 1, 1, tzinfo=UTC), contact=LOGIN + an_hour) == LOGIN + an_hour
    assert said(datetime(2099, 1, 1, tzinfo=UTC)) == NOW
    assert said(LOGIN + an_hour, offset=timedelta(days=999999998)) == NOW
    assert said_at(Told(NOW, timedelta(0), LOGIN), logged_in_at=LOGIN, until=UNTIL, now=UNTIL + an_hour) == NOW
    assert said_at(None, logged_in_at=LOGIN, until=UNTIL, now=UNTIL + an_hour) == UNTIL


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(),
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)),
)
def test_whatever_the_device_says_the_moment_lies_between_log_in_and_arrival(
    made: datetime, offset: timedelta, contact: datetime, later: timedelta
) -> None:
    now = LOGIN + later
    found = said_at(Told(made, offset, contact), logged_in_at=LOGIN, until=UNTIL, now=now)
    assert LOGIN <= found <= now
    assert found <= UNTIL


def test_until() -> None:
    assert until(logged_in_at=LOGIN, shift_ends_at=NOW) == NOW + timedelta(hours=1)
    assert until(logged_in_at=LOGIN, shift_ends_at=None) == LOGIN + timedelta(hours=12)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["v", "phone", "number", "seal_key_id", "epk", "iv", "sealed", "signature", "x"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_what_is_no_envelope_is_no_envelope_and_nothing_breaks(found: object) -> None:
    with pytest.raises(NotAnEnvelope):
        read(found)


@pytest.mark.parametrize(
    "opened",
    [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"act": "x", "fields": {}}', b'{"act": "a.b", "fields": 3}',
     b'{"act": "a.b", "fields": {}}', b'{"act": "a.b", "fields": {}, "press_key": "a\\u0000"}'],
)  # fmt: skip
def test_what_is_no_act_is_told_apart(opened: bytes) -> None:
    with pytest.raises(NotAnEnvelope):
        read_content(opened)


def test_moments_that_cannot_be_understood_do_not_cost_the_words() -> None:
    content = read_content(b'{"act": "a.b", "fields": {"note": "\\ud83d x"}, "press_key": "k", "offset_ms": NaN}')
    assert content.told is None
    assert content.fields["note"] == "? x"
    assert order.LONGEST_JUMP
