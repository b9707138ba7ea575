"""How often: the rule on plain values, and doors that say wait (429) to one person without troubling another."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MONDAY, Cast, Member
from tillit.foundation.access import actor
from tillit.foundation.access.addresses import every_address
from tillit.foundation.login import limiting
from tillit.foundation.login.actions import attempts
from tillit.foundation.login.models import Throttle
from tillit.foundation.login.rules.limits import (
    BOUNDS,
    Bound,
    Door,
    UnreadableBounds,
    Used,
    bounds_in,
    come_back,
    one_more,
)
from tillit.kernel import clock
from tillit.kernel.errors import TooOften

SignIn = Callable[[Member], Client]
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
THREE = Bound(3, timedelta(minutes=1))

moments = st.lists(st.integers(0, 7200), max_size=60).map(sorted)


def taken(bound: Bound, seconds: list[int]) -> list[int]:
    """Return at which of the seconds one got through."""
    used, through = Used(0, AT), []
    for second in seconds:
        after = one_more(used, bound, at=AT + timedelta(seconds=second))
        if isinstance(after, Used):
            used = after
            through.append(second)
    return through


class TestTheRule:
    def test_three_at_once_then_one_a_minute(self) -> None:
        assert taken(THREE, [0, 0, 0, 0, 59, 60, 60, 119, 120, 300, 300, 300, 300]) == [
            0, 0, 0, 60, 120, 300, 300, 300,
        ]  # fmt: skip

    def test_says_the_moment_there_is_room_again(self) -> None:
        assert one_more(Used(3, AT), THREE, at=AT + timedelta(seconds=20)) == AT + timedelta(minutes=1)
        assert one_more(Used(5, AT), THREE, at=AT) == AT + timedelta(minutes=3)  # the bound was narrowed meanwhile

    def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing(self) -> None:
        assert come_back(Used(2, AT), THREE, at=AT - timedelta(hours=1)) == Used(2, AT)

    @given(moments, st.integers(1, 5), st.integers(1, 600))
    def test_never_more_than_the_bound_says_in_any_stretch(self, seconds: list[int], at_once: int, each: int) -> None:
        through = taken(Bound(at_once, timedelta(seconds=each)), seconds)
        for first in range(len(through)):
            for last in range(first, len(through)):
                assert last - first + 1 <= at_once + (through[last] - through[first]) // each + 1

    @given(moments, st.integers(1, 5), st.integers(1, 600))
    def test_whoever_keeps_below_the_pace_never_meets_it(self, seconds: list[int], at_once: int, each: int) -> None:
        slow = [number * each for number in range(len(seconds))]
        assert taken(Bound(at_once, timedelta(seconds=each)), slow) == slow

    @given(moments)
    def test_after_the_moment_it_names_there_is_room(self, seconds: list[int]) -> None:
        used = Used(0, AT)
        for second in seconds:
            after = one_more(used, THREE, at=AT + timedelta(seconds=second))
            if isinstance(after, Used):
                used = after
            else:
                assert after > AT + timedelta(seconds=second)
                assert isinstance(one_more(used, THREE, at=after), Used)
                assert not isinstance(one_more(used, THREE, at=after - timedelta(microseconds=1)), Used)

    def test_bounds_are_widened_by_a_setting_and_never_taken_away(self) -> None:
        changed = bounds_in("SEARCH=500/1, EXPORT=1/86400")
        assert changed[Door.SEARCH] == Bound(500, timedelta(seconds=1))
        assert changed[Door.EXPORT] == Bound(1, timedelta(days=1))
        assert changed[Door.PLAN] == BOUNDS[Door.PLAN]
        for wrong in ("SEARCH", "SEARCH=0/1", "SEARCH=1/0", "SEARCH=-1/2", "SEARCH=1", "OTHER=1/1", "SEARCH=٣/1"):
            with pytest.raises(UnreadableBounds):
                bounds_in(wrong)

    def test_every_door_has_a_bound_and_stands_somewhere(self) -> None:
        assert set(BOUNDS) == set(Door)
        assert set(limited_doors().values()) | {Door.EMERGENCY, Door.CARD} == set(Door)


def limited_doors() -> dict[str, Door]:
    """Return which addresses are limited, by the view's own declaration."""
    from django.urls import get_resolver

    found: dict[str, Door] = {}

    def walk(patterns: Any, space: str) -> None:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
            elif (said := getattr(one.callback, "limit", None)) is not None:
                found[f"{space}{one.name}"] = said[0]

    walk(get_resolver().url_patterns, "")
    return found


def test_what_costs_or_can_be_guessed_is_limited() -> None:
    assert (
        limited_doors().items()
        >= {
            "citizens:search": Door.SEARCH,
            "citizens:merge_search": Door.SEARCH,
            "citizens:register": Door.SEARCH,
            "citizens:facts": Door.SEARCH,
            "decisions:new": Door.SEARCH,
            "planning:ask": Door.PLAN,
            "planning:ask-strength": Door.PLAN,
            "planning:propose-sturdier": Door.PLAN,
            "planning:ask-what-if": Door.PLAN,
            "planning:weeks-ask": Door.LONG_PLAN,
            "files:start": Door.IMPORT,
            "files:export": Door.EXPORT,
            "letters:preview": Door.LETTER,
            "letters:sample_pdf": Door.LETTER,
            "decisions:letter_pdf": Door.LETTER,
            "insight:file": Door.EXPORT,
            "insight:picture": Door.EXPORT,
        }.items()
    )
    for address in every_address():  # whatever hands out files of many, or asks the engine, is in the list
        if address.door.endswith((":export", ":ask", "-ask")) and not address.door.startswith(
            ("login:", "questions:", "surveys:")  # these ask people, no engine
        ):
            assert address.door in limited_doors(), address.door


@pytest.fixture
def narrow(settings: Any) -> None:
    settings.LIMITS = {door: Bound(2, timedelta(minutes=2)) for door in Door}


@pytest.mark.django_db
class TestTheDoors:
    def search(self, client: Client, **more: Any) -> Any:
        return client.post("/brukere/sok/", {"q": "Olga <i>"}, **more)

    def test_the_third_is_told_to_wait_and_keeps_what_was_typed(
        self, cast: Cast, client_of: SignIn, narrow: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = client_of(cast.ingrid)
        assert [self.search(client).status_code for _ in range(2)] == [200, 200]
        with caplog.at_level(logging.WARNING):
            held = self.search(client)

        assert held.status_code == 429 and 0 < int(held["Retry-After"]) <= 120
        page = held.content.decode()
        assert "Vent litt" in page and "Vent 2 minutter" in page
        assert '<input type="hidden" name="q" value="Olga &lt;i&gt;">' in page and "Prøv igjen" in page
        assert 'action="/brukere/sok/"' in page and page.count("csrfmiddlewaretoken") == 1
        said = [record.getMessage() for record in caplog.records if "Too often" in record.getMessage()]
        assert said == [f"Too often through the door SEARCH: user {cast.ingrid.user.pk}"]

    def test_another_person_and_another_door_go_on(self, cast: Cast, client_of: SignIn, narrow: None) -> None:
        for _ in range(3):
            answer = self.search(client_of(cast.ingrid))
        assert answer.status_code == 429
        assert self.search(client_of(cast.amir)).status_code == 200
        limiting.take(Door.EXPORT, actor=cast.ingrid.actor, at=clock.now())

    def test_looking_at_the_search_page_counts_nothing(self, cast: Cast, client_of: SignIn, narrow: None) -> None:
        client = client_of(cast.ingrid)
        assert {client.get("/brukere/sok/").status_code for _ in range(5)} == {200}
        assert not Throttle.objects.exists()

    def test_ordinary_pages_never_ask_or_write_it(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/brukere/{cast.olga.pk}/")
            client.get("/min-dag/")
        assert not [query for query in asked if "login_throttle" in query["sql"]]

    def test_what_is_refused_makes_the_wait_no_longer_and_time_opens(self, cast: Cast, narrow: None) -> None:
        who = cast.ingrid.actor
        for _ in range(2):
            limiting.take(Door.PLAN, actor=who, at=MONDAY)
        for _ in range(9):
            with pytest.raises(TooOften) as held:
                limiting.take(Door.PLAN, actor=who, at=MONDAY + timedelta(seconds=30))
            assert held.value.seconds == 90
        limiting.take(Door.PLAN, actor=who, at=MONDAY + timedelta(seconds=120))

    def test_the_system_is_not_counted(self, db: None, narrow: None) -> None:
        for _ in range(9):
            limiting.take(Door.PLAN, actor=actor.system("nattjobben"), at=MONDAY)
        assert not Throttle.objects.exists()

    def test_what_is_counted_names_nobody_and_is_forgotten(self, cast: Cast) -> None:
        limiting.take(Door.SEARCH, actor=cast.ingrid.actor, at=MONDAY)
        (row,) = Throttle.objects.all()
        assert len(row.key_hash) == 64 and row.counted == 1
        assert attempts.forget_old(at=MONDAY + timedelta(hours=5)) == 0
        assert attempts.forget_old(at=MONDAY + timedelta(hours=7)) == 1
        assert limiting.longest() == timedelta(hours=4)  # emergency: 8 times half an hour

    def test_emergency_says_it_in_the_form_with_what_was_typed(
        self, cast: Cast, client_of: SignIn, narrow: None
    ) -> None:
        client = client_of(cast.amir)
        typed = {
            "name": "Finnes Ikke", "born_on": "17.05.1938", "number": "", "reason": "DANGER", "words": "Hun ligger ute.",
        }  # fmt: skip
        answers = [client.post("/nodtilgang/", typed) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [422, 422, 429]
        page = answers[-1].content.decode()
        assert "Ring lederen din" in page and 'value="Finnes Ikke"' in page and "Hun ligger ute." in page
        assert int(answers[-1]["Retry-After"]) > 0
