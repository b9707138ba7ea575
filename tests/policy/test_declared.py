"""What is declared is whole: no address without a decision, and a document that says what the code does (R18)."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from tillit.config import who_may
from tillit.foundation.access.addresses import every_address, every_address_is_decided
from tillit.foundation.access.guard import requires
from tillit.foundation.access.naming import Reach, reach_of, things_of
from tillit.foundation.access.permissions import SIGNED_IN, all_permissions


def _undecided(request: HttpRequest, /, **named: int) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("ny/<int:citizen_id>/", _undecided, name="undecided"),
    path("ny/<int:something_new_id>/", requires(SIGNED_IN)(_undecided), name="unnamed"),
    path("ny/", requires(SIGNED_IN)(_undecided)),
]


def test_every_address_is_decided_R18() -> None:
    assert every_address_is_decided() == []
    assert len(every_address()) > 280


@override_settings(ROOT_URLCONF="tests.policy.test_declared")
def test_an_address_nobody_decided_on_stops_the_start_R18() -> None:
    assert sorted(error.id or "" for error in every_address_is_decided()) == [
        "access.E001",
        "access.E002",
        "access.E003",
    ]


def test_a_name_means_what_its_address_says() -> None:
    assert reach_of("decisions:accept", ["case_id", "holding_id"]) is Reach.CASE
    assert reach_of("workforce:end-role", ["holding_id"]) is Reach.STAFF
    assert reach_of("organisation:unit", ["unit_id"]) is Reach.EVERYBODY
    assert reach_of("planning:visit", ["unit_id", "visit_id"]) is Reach.UNIT
    assert reach_of("myday:visit", ["visit_id"]) is Reach.CITIZEN
    assert reach_of("citizens:list", []) is None
    with pytest.raises(KeyError):
        things_of("citizens:page", ["nobody_said"])


def test_the_document_says_what_the_code_does_R18() -> None:
    assert who_may.DOCUMENT.read_text(encoding="utf-8") == who_may.document(), "python -m tillit.config.who_may"


def test_the_document_has_every_act() -> None:
    text = who_may.document()

    assert [one.code for one in all_permissions() if f"| {one.text} |" not in text] == []
