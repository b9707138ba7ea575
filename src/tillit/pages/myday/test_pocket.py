"""What a phone carries without coverage (R12)."""

import json
from datetime import datetime, time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import builders, builders_visits
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Alert, AlertKind
from tillit.care.visits.models import Visit
from tillit.foundation.access.models import AccessEntry
from tillit.kernel import oslo
from tillit.pages.myday.conftest import SetClock
from tillit.pages.myday.pocket import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast: Cast) -> Visit:
    builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)
    cast.olga.homes.update(way_in="Ring på først", door_code="4711#")
    Alert.objects.create(citizen=cast.olga, kind=AlertKind.ALLERGY, text="penicillin", valid_from=builders.LONG_AGO)
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, tasks=("Frokost",))


@pytest.fixture
def amir(cast: Cast, client: Client) -> Client:
    client.force_login(cast.amir.user)
    return client


class TestThePacket:
    def test_holds_what_is_needed_at_the_door_and_never_the_code_R12(self, amir: Client, visit: Visit) -> None:
        answer = amir.get("/min-dag/pakke/")

        found = json.loads(answer.content)
        page = found["visits"][str(visit.pk)]
        assert "Olga Hansen" in page["top"]
        assert "penicillin" in page["main"] and "Ring på først" in page["main"] and "Frokost" in page["main"]
        assert "Ferdig som planlagt" in page["bar"]
        assert "Si fra" in found["changes"][str(visit.pk)]["bar"]
        assert "4711" not in answer.content.decode()
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert [line["visit"] for line in found["lines"] if line["visit"]] == [visit.pk]

    def test_is_the_same_until_something_changes_and_is_noted_only_when_it_is_handed_out_R12(
        self, amir: Client, cast: Cast, visit: Visit
    ) -> None:
        tag = amir.get("/min-dag/pakke/").headers["ETag"]
        noted = AccessEntry.objects.filter(door="myday:packet", citizen_id=cast.olga.pk)
        assert noted.count() == 1

        again = amir.get("/min-dag/pakke/", headers={"If-None-Match": tag})

        assert (again.status_code, again.content) == (304, b"")
        assert noted.count() == 1
        cast.olga.homes.update(way_in="Nøkkel under potta")
        assert amir.get("/min-dag/pakke/", headers={"If-None-Match": tag}).status_code == 200
        assert noted.count() == 2

    def test_one_out_of_reach_is_a_line_without_a_page_R12(self, amir: Client, cast: Cast, visit: Visit) -> None:
        nils = cast.nils.employee
        elsewhere = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, nils, at=time(12, 0))

        found = amir.get("/min-dag/pakke/").json()

        assert str(elsewhere.pk) not in found["visits"]

    def test_asks_as_much_for_one_visit_as_for_four_R12(
        self, amir: Client, cast: Cast, visit: Visit, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        amir.get("/min-dag/pakke/")
        with django_assert_max_num_queries(200) as one:
            amir.get("/min-dag/pakke/")
        builders_visits.visit(
            cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(9, 30), tasks=("Stell",)
        )
        for hour in (11, 13):
            builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(hour, 0))
        with django_assert_max_num_queries(200) as four:
            amir.get("/min-dag/pakke/")

        assert len(four) <= len(one) + 2

    def test_is_for_those_who_go_on_visits(self, client: Client, cast: Cast) -> None:
        assert client.get("/min-dag/pakke/").status_code == 302
        client.force_login(cast.marit.user)  # the leader has no visits: an empty day

        assert client.get("/min-dag/pakke/").json()["visits"] == {}


class TestTheShell:
    def test_says_nothing_of_anybody_and_is_the_same_for_everybody_R12(self, amir: Client, visit: Visit) -> None:
        mine = amir.get("/min-dag/uten-dekning/").content
        nobodys = Client().get("/min-dag/uten-dekning/").content

        assert mine == nobodys
        assert b"Amir" not in mine and b"Olga" not in mine

    def test_every_file_it_needs_is_kept_R12(self) -> None:
        told = worker.settings_of()

        for address in told["files"]:  # type: ignore[attr-defined]
            assert finders.find(address.removeprefix("/static/")), address
        loaded = {line for name in worker._LOADED for line in _imports(name)} | set(_imports("myday/pocket/shell.js"))
        assert loaded <= {address.rsplit("/", 1)[1] for address in told["files"]}  # type: ignore[attr-defined]

    def test_the_worker_comes_from_the_root_and_the_manifest_opens_the_day(self, client: Client) -> None:
        script = client.get("/sw.js")
        assert script.headers["Content-Type"].startswith("text/javascript")
        assert worker.version() in script.content.decode()

        manifest = client.get("/tillit.webmanifest").json()
        assert (manifest["start_url"], manifest["display"]) == ("/min-dag/", "standalone")


def _imports(name: str) -> list[str]:
    found = finders.find(name)
    assert isinstance(found, str)
    lines = Path(found).read_text(encoding="utf-8").splitlines()
    return [line.rsplit("/", 1)[1].rstrip("';") for line in lines if " from '" in line]


class TestTheClock:
    def test_a_visit_later_today_has_its_card_too_R12(self, amir: Client, visit: Visit, at: SetClock) -> None:
        moment: datetime = oslo.moment(MONDAY_DATE, time(6, 0))
        at(moment)
        assert moment < MONDAY

        line = next(line for line in amir.get("/min-dag/pakke/").json()["lines"] if line["visit"])

        assert "data-finish" in line["card"] and "Lagret på telefonen" in line["kept"]
