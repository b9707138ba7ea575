"""What the privacy reviewer sees: traces, never content, and no citizen's name (R18)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import EmergencyAccess
from tillit.foundation.access import reading, sealing
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AccessEntry, LookupReview
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Profession
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    employee = builders.employee("Unni", "Kvamme", Profession.OTHER, cast.municipality)
    builders.role(employee, Role.PRIVACY_REVIEWER, cast.municipality)
    assert employee.user is not None
    client = Client()
    client.force_login(employee.user)
    return client


def look(actor: Actor, citizen_id: int, *, hours: float = -1) -> None:
    watch = reading.Watch({citizen_id: False})
    reading.write(watch, actor=actor, door="citizens:page", at=TUESDAY + timedelta(hours=hours))


def review(cast: Cast, about: Member, outcome: str = "EXPLAINED", words: str = "Olga Hansen ringte.") -> None:
    LookupReview.objects.create(
        finding="NIGHT:1", rule="NIGHT", about=about.user, unit_path=cast.bekkedal.path, on=TUESDAY_DATE,
        outcome=outcome, words=words, reviewer=cast.marit.user, reviewer_name="Marit Aune",
        at=TUESDAY - timedelta(days=1),
    )  # fmt: skip


def emergency(cast: Cast, **values: object) -> None:
    EmergencyAccess.objects.create(
        citizen=cast.per, employee=cast.nils.employee, unit=cast.solvik, reason="FOUND", words="Per Fjell lå i trappa.",
        opened_at=TUESDAY - timedelta(hours=9), ends_at=TUESDAY - timedelta(hours=5), **values,
    )  # fmt: skip


@pytest.mark.django_db
class TestOverview:
    def test_is_where_she_begins_and_says_what_waits(self, cast: Cast, reviewer: Client) -> None:
        emergency(cast)
        review(cast, cast.amir, "FOLLOW_UP")

        assert reviewer.get("/").headers["Location"] == reverse("oversight:privacy")
        html = reviewer.get(reverse("oversight:privacy")).content.decode()

        assert "1 nødtilgang er ikke gått gjennom. 1 oppslag følges opp." in html
        assert "Loggen er ikke forseglet ennå." in html
        assert "Si fra til systemansvarlig" in html
        for name in ("Olga", "Hansen", "Per Fjell", "lå i trappa"):
            assert name not in html

    def test_says_when_the_log_is_sealed(self, cast: Cast, reviewer: Client) -> None:
        look(cast.amir.actor, cast.olga.pk)
        sealing.seal(at=TUESDAY, wait=0)

        html = reviewer.get(reverse("oversight:privacy")).content.decode()

        assert "Loggen er forseglet til 24.11. kl. 08.00." in html
        assert "Si fra til systemansvarlig" not in html

    def test_as_many_questions_whatever_there_is(self, cast: Cast, reviewer: Client) -> None:
        with CaptureQueriesContext(connection) as few:
            reviewer.get(reverse("oversight:privacy"))
        for _number in range(4):
            emergency(cast)
            review(cast, cast.amir)
        builders.unit("Team Ny", parent=cast.south)
        with CaptureQueriesContext(connection) as many:
            reviewer.get(reverse("oversight:privacy"))

        assert len(many) == len(few)

    def test_is_for_her_alone(self, cast: Cast, client_of: SignIn) -> None:
        for member in (cast.ingrid, cast.marit, cast.admin):
            assert client_of(member).get(reverse("oversight:privacy")).status_code == 403


@pytest.mark.django_db
class TestUnit:
    def test_shows_what_stands_out_with_a_number_for_the_citizen_R18(self, cast: Cast, reviewer: Client) -> None:
        look(cast.amir.actor, cast.olga.pk, hours=-6)
        namesake = builders.citizen("Berit", cast.amir.employee.family_name, cast.bekkedal, serial=640)
        look(cast.amir.actor, namesake.pk)
        seen = AccessEntry.objects.count()

        html = reviewer.get(reverse("oversight:privacy_unit", args=[cast.bekkedal.pk])).content.decode()

        assert "Amir Rahimi" in html
        assert f"bruker nr. {cast.olga.pk}" in html
        assert "Mulig nær relasjon" in html
        assert "etternavn" not in html
        for name in ("Olga", "Hansen", "Berit"):
            assert name not in html
        assert AccessEntry.objects.count() == seen  # no citizen's data was shown

    def test_a_district_is_those_who_work_there_and_not_in_its_teams(self, cast: Cast, reviewer: Client) -> None:
        look(cast.amir.actor, cast.olga.pk, hours=-6)

        html = reviewer.get(reverse("oversight:privacy_unit", args=[cast.south.pk])).content.decode()

        assert "Ingen oppslag skiller seg ut denne uka." in html

    def test_content_stays_closed_R18(self, cast: Cast, reviewer: Client) -> None:
        for name, args in (
            ("citizens:page", [cast.olga.pk]),
            ("oversight:citizen", [cast.olga.pk]),
            ("oversight:review", []),
            ("citizens:list", []),
            ("decisions:queue", []),
            ("emergency:list", []),
            ("teamboard:board", [cast.bekkedal.pk]),
        ):
            assert reviewer.get(reverse(name, args=args)).status_code in (403, 404), name
