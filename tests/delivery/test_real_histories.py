"""The same histories through the addresses and the database: sealed, signed, carried out (R14). More: `./run bench delivery`."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders_visits
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tests.delivery.histories import EVENING, History, verify
from tests.delivery.real import RealServer
from tests.delivery.test_pure_histories import STEP


@pytest.fixture
def play(cast: Cast, client_of: Callable[[Member], Client]) -> Callable[[list[tuple[int, int, int]]], dict[str, int]]:
    """Plays a program in the database, verifies it, and takes it back."""
    people = [cast.ingrid, cast.amir]
    clients = [client_of(one) for one in people]
    for client in clients:
        client.raise_request_exception = False
    visits = [
        builders_visits.visit(citizen, cast.bekkedal, MONDAY_DATE, cast.ingrid.employee, at=EVENING)
        for citizen in (cast.olga, cast.arne)
    ]

    def run(program: list[tuple[int, int, int]]) -> dict[str, int]:
        with transaction.atomic():
            history = History(RealServer([one.user for one in people], clients, visits, MONDAY + timedelta(hours=1)))
            history.play(program)
            counts = verify(history)
            transaction.set_rollback(True)
        return counts

    return run


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(program=st.lists(STEP, min_size=4, max_size=14))
def test_whatever_happens_each_thing_is_done_once_in_order_and_nothing_is_lost_R14(
    play: Callable[[list[tuple[int, int, int]]], dict[str, int]], program: list[tuple[int, int, int]]
) -> None:
    play(program)
