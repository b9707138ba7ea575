from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, Member
from tillit.pages.home.teams import teams_of

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
        assert [team.name for team in teams_of(cast.marit.actor)] == ["Team Bekkedal", "Team Solvik"]
        assert [team.name for team in teams_of(cast.amir.actor)] == ["Team Bekkedal"]

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

    def test_leaves_out_what_one_cannot_use(self, cast: Cast, client_of: SignIn) -> None:
        page = client_of(cast.admin).get("/organisasjon/").content.decode()

        assert "Min dag" not in page
        assert "Innlesing" in page
        assert "Innlesing" not in client_of(cast.amir).get("/organisasjon/").content.decode()
