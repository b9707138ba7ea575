"""The list and the results ask as many queries with many surveys, teams and answers as with few (R40)."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders_surveys import alike, answered, closed, launched, people
from tests.cast import Cast
from tillit.foundation.workforce.models import Employee
from tillit.kernel import clock
from tillit.learning.surveys.models import Campaign

pytestmark = pytest.mark.django_db


def _queries(client: Client, address: str) -> int:
    client.get(address)  # what is remembered for the session is looked up once
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


def _wave(cast: Cast, those: Sequence[Employee], weeks_ago: int) -> Campaign:
    at = clock.now() - timedelta(weeks=weeks_ago)
    campaign = launched(cast, cast.bekkedal, cast.solvik, at=at)
    answered(campaign, those, [alike("team", 2 + number % 4) for number in range(len(those))], at)
    return closed(campaign, at=at + timedelta(hours=1))


def test_the_list_asks_the_same_with_one_survey_and_with_five(cast: Cast, client: Client) -> None:
    those = people(cast.bekkedal, 6, family="Berg")
    client.force_login(those[0].user)  # type: ignore[arg-type]
    _wave(cast, those, 20)
    launched(cast, instrument="pulse", at=clock.now())
    few = _queries(client, "/undersokelser/")

    for weeks in (16, 12, 8, 4):
        _wave(cast, those, weeks)
    launched(cast, cast.bekkedal, instrument="load", at=clock.now())

    assert _queries(client, "/undersokelser/") == few


def test_the_results_ask_the_same_with_few_answers_and_with_many(cast: Cast, client: Client) -> None:
    those = people(cast.bekkedal, 12, family="Berg")
    client.force_login(those[0].user)  # type: ignore[arg-type]
    _wave(cast, those[:6], 20)
    second = _wave(cast, those[:6], 10)
    few = _queries(client, f"/undersokelser/{second.pk}/")
    meeting = _queries(client, f"/undersokelser/{second.pk}/mote/")

    more = people(cast.solvik, 8, family="Sol")
    third = _wave(cast, [*those, *more], 5)

    assert _queries(client, f"/undersokelser/{third.pk}/") == few
    assert _queries(client, f"/undersokelser/{third.pk}/mote/") == meeting
