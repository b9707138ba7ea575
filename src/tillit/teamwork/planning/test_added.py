"""An urgent visit is added on the day, and the lists offer the fewest changes that cover it."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from tests import builders_planning as build
from tests.cast import Cast, Member
from tillit.care.visits.models import Origin, Visit
from tillit.kernel import clock, oslo
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.forms import AddVisitForm

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    """Lists that are made: Arne's visit is with Amir."""
    found = build.morning(cast)
    actions.allocate_visit(
        actor=cast.kari.actor, unit_id=found.unit.pk, on=found.on, shift_kind="DAY", visit_id=found.arne.pk,
        from_employee_id=None, to_employee_id=cast.amir.employee.pk, starts_at=build.at(time(8, 30)), edition=0, at=NOW,
    )  # fmt: skip
    return found


def lists(morning: build.Morning, more: str = "") -> str:
    return f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/{more}"


def typed(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "citizen": str(cast.olga.pk), "what": "Skifte bandasje", "earliest": "10.00", "latest": "11.00",
        "minutes": "20", "level": "2", "priority": "1", **more,
    }  # fmt: skip


class TestAddVisit:
    def test_stands_uncovered_and_what_to_do_is_offered_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        assert lists(morning, "nytt-besok/") in client.get(lists(morning)).content.decode()

        answer = client.post(lists(morning, "nytt-besok/"), typed(cast))

        assert answer["Location"] == lists(morning)
        visit = Visit.objects.get(origin=Origin.ADDED)
        assert (visit.citizen_id, visit.unit_id, visit.minutes, visit.level, visit.priority, visit.part_of_day) == (
            cast.olga.pk, morning.unit.pk, 20, 2, 1, "MORNING",
        )  # fmt: skip
        assert [oslo.clock_of(moment) for moment in (visit.earliest_at, visit.latest_at)] == [time(10), time(11)]
        day = queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY").day
        assert visit.pk in [call.visit_id for call in day.uncovered]
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(lists(morning)).content.decode()))
        assert "Lagt til på dagen: Hansen kl. 10.00." in page
        assert "Se forslag til endringer" in page

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"latest": "09.00"}, "Det siste klokkeslettet er før det første."),
            ({"earliest": "05.30", "latest": "06.00"}, "Tidspunktet har vært. Velg et som kommer."),
            ({"what": " "}, "Hva skal gjøres?"),
        ],
    )
    def test_refuses_with_what_was_typed_kept(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, wrong: dict[str, str], said: str
    ) -> None:
        answer = client_of(cast.kari).post(lists(morning, "nytt-besok/"), typed(cast, **wrong))

        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page and 'value="20"' in page
        assert not Visit.objects.filter(origin=Origin.ADDED).exists()

    def test_only_for_citizens_the_team_follows(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        own, other = client_of(cast.kari), client_of(cast.nils)

        assert own.post(lists(morning, "nytt-besok/"), typed(cast, citizen="999999")).status_code == 422
        assert other.get(lists(morning, "nytt-besok/")).status_code == 404
        assert other.post(lists(morning, "nytt-besok/"), typed(cast)).status_code == 404
        assert not Visit.objects.filter(origin=Origin.ADDED).exists()

    @pytest.mark.parametrize(
        ("clock_", "part"),
        [("02.00", "NIGHT"), ("05.00", "MORNING"), ("10.55", "MORNING"), ("11.00", "MIDDAY"), ("15.00", "AFTERNOON"),
         ("21.55", "EVENING"), ("22.00", "NIGHT")],
    )  # fmt: skip
    def test_the_part_of_the_day_follows_the_clock(self, clock_: str, part: str) -> None:
        data: dict[str, Any] = {
            "citizen": "1", "what": "Se innom", "earliest": clock_, "latest": clock_, "minutes": "10", "level": "0",
            "priority": "1",
        }  # fmt: skip
        form = AddVisitForm(data, people=[(1, "Olga")])

        assert form.is_valid(), form.errors
        assert form.part_of_day == part
