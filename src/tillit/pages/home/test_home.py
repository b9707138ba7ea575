from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.cast import Cast, Member
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import RoleHolding
from tillit.pages.home.teams import Around, around, around_of

SignIn = Callable[[Member], Client]


class TestFrontDoor:
    @pytest.mark.parametrize(
        ("who", "goes_to"),
        [("marit", "/tavle/"), ("amir", "/min-dag/"), ("ingrid", "/min-dag/"), ("admin", "/organisasjon/")],
    )
    def test_sends_each_to_where_her_work_is(self, cast: Cast, client_of: SignIn, who: str, goes_to: str) -> None:
        answer = client_of(getattr(cast, who)).get("/")

        assert answer.status_code == 302
        assert goes_to in answer["Location"]

    def test_asks_strangers_to_log_in(self, db: None, client: Client) -> None:
        assert "/logg-inn/" in client.get("/")["Location"]


class TestTeams:
    def test_are_those_one_reaches(self, cast: Cast) -> None:
        assert [team.name for team in around_of(cast.marit.actor).teams] == ["Team Bekkedal", "Team Solvik"]
        assert [team.name for team in around_of(cast.amir.actor).teams] == ["Team Bekkedal"]

    def test_are_read_once_for_page_and_frame(self, cast: Cast) -> None:
        request = RequestFactory().get("/brukere/")
        with CaptureQueriesContext(connection) as asked:
            found = [around(request, cast.marit.actor) for _both in range(2)]

        assert found[0] == around_of(cast.marit.actor)
        assert found[0].municipality == cast.municipality.name
        assert len(asked) == 1

    def test_one_who_reaches_none_still_knows_the_municipality(self, cast: Cast) -> None:
        nobody = Actor(user_id=1, name="Ny")

        assert around_of(nobody) == Around(cast.municipality.name, ())

    def test_choosing_one_keeps_the_page(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)

        answer = client.post("/velg-team/", {"team": str(cast.solvik.pk), "next": f"/team/{cast.bekkedal.pk}/vakter/"})

        assert answer["Location"] == f"/team/{cast.solvik.pk}/vakter/"

    def test_one_out_of_reach_is_not_found(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.marit).post("/velg-team/", {"team": str(cast.fjelldal.pk)}).status_code == 404

    def test_never_sends_anybody_elsewhere(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.marit).post(
            "/velg-team/", {"team": str(cast.solvik.pk), "next": "https://example.org/"}
        )

        assert answer["Location"] == "/"


class TestMenu:
    def test_marks_one_place_only(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        for address, name in ((f"/team/{cast.bekkedal.pk}/vakter/", "Vakter"), ("/modeller/", "Modeller")):
            page = client.get(address).content.decode()
            menu = page.split('class="ti-nav"')[1].split("</nav>")[0]

            assert menu.count('aria-current="page"') == 1
            assert name in menu.split('aria-current="page"')[1].split("</a>")[0]

    def test_a_district_leader_finds_the_teams_board_and_lists_and_has_no_day_of_her_own_R03(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        RoleHolding.objects.filter(employee=cast.marit.employee).delete()
        builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)

        menu = client_of(cast.marit).get(f"/team/{cast.solvik.pk}/tavle/").content.decode()

        assert all(name in menu for name in ("Teamtavla", "Brukere", "Planlegging", "Vakter", "Innlesing"))
        assert "Min dag" not in menu

    def test_a_district_leader_has_the_list_of_those_away_for_all_her_teams_R16(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        place = f'href="/team/{cast.south.pk}/ikke-hjemme/"'
        assert place not in client_of(cast.marit).get(f"/team/{cast.bekkedal.pk}/tavle/").content.decode()
        RoleHolding.objects.filter(employee=cast.marit.employee).delete()
        builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
        client = client_of(cast.marit)

        page = client.get(f"/team/{cast.south.pk}/ikke-hjemme/")
        menu = page.content.decode().split('class="ti-nav"')[1].split("</nav>")[0]

        assert page.status_code == 200
        assert place in menu
        assert menu.count('aria-current="page"') == 1
        assert "Ikke hjemme" in menu.split('aria-current="page"')[1].split("</a>")[0]

    def test_leaves_out_what_one_cannot_use(self, cast: Cast, client_of: SignIn) -> None:
        page = client_of(cast.admin).get("/organisasjon/").content.decode()

        assert "Min dag" not in page
        assert "Innlesing" in page
        assert "Innlesing" not in client_of(cast.amir).get("/organisasjon/").content.decode()
