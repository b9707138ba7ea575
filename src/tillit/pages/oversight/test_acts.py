"""Who may do what, and why: as a page (R18)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, Cast, Member
from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.explaining import AREAS, May, every_act, why
from tillit.foundation.access.permissions import SIGNED_IN, all_permissions
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Profession
from tillit.foundation.workforce.permissions import GIVE_LOGIN
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def page(client: Client, **asked: str) -> str:
    answer = client.get(reverse("oversight:acts"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def line(html: str, act: str) -> str:
    """The row of one act, as it stands on the page."""
    return html.split(f"<b>{act}</b>", 1)[1].split("</li>", 1)[0]


class TestEveryAct:
    def test_has_words_for_its_area(self) -> None:
        acts = every_act()

        assert {act.permission for act in acts} | {SIGNED_IN} <= set(all_permissions())
        assert len(acts) == len(all_permissions()) - 3  # to be logged in, to come and go, and what is public
        assert {act.area for act in acts} == set(AREAS)

    def test_why_names_the_roles_that_hold_it(self) -> None:
        leader, rests = Grant(Role.TEAM_LEADER, "1.2."), Grant(Role.TEAM_LEADER, "1.3.")
        somebody = Actor(1, "A", grants=(leader, Grant(Role.NURSE, "1.4.")), resting=(rests,))

        assert why(somebody, GIVE_LOGIN).by == (leader,)
        assert why(Actor(1, "A", resting=(rests,)), GIVE_LOGIN).may is May.RESTING
        assert why(Actor(1, "A", grants=(Grant(Role.NURSE, "1.4."),)), GIVE_LOGIN).may is May.NO


@pytest.mark.django_db
class TestThePage:
    def test_says_why_she_can_and_who_can_what_she_cannot_R18(self, cast: Cast, client_of: SignIn) -> None:
        html = page(client_of(cast.ingrid))

        assert "Du er sykepleier i Team Bekkedal. Det gjelder der, og i enhetene under." in html
        assert "Kan" in line(html, "Se brukere")
        assert "enheten hennes følger brukeren" in line(html, "Se brukere")
        assert "Kan ikke" in line(html, "Gi medarbeidere innlogging, og stenge den")
        assert "Har den: Teamleder, Leder i distriktet og Systemansvarlig." in line(
            html, "Gi medarbeidere innlogging, og stenge den"
        )
        assert "krever også myndighet" in line(html, "Fatte vedtak når du har fått myndighet til det")

    def test_shows_others_roles_only_to_those_who_may_see_them(self, cast: Cast, client_of: SignIn) -> None:
        hers = page(client_of(cast.ingrid), rolle="ADMINISTRATOR")
        leaders = page(client_of(cast.marit), rolle="RESEARCHER")

        assert 'name="rolle"' not in hers
        assert "Du er sykepleier" in hers
        assert "Slik er rollen forsker." in leaders
        assert "Kan ikke" in line(leaders, "Se brukere")
        assert client_of(cast.ingrid).get(reverse("oversight:acts_table")).status_code == 403
        assert client_of(cast.marit).get(reverse("oversight:acts_table")).status_code == 200

    def test_with_several_roles_each_act_says_by_which(self, cast: Cast, client_of: SignIn) -> None:
        html = page(client_of(cast.marit))

        assert "Fordi du er teamleder i Team Bekkedal og teamleder i Team Solvik." in line(html, "Se brukere")

    def test_one_area_at_a_time_stands_open(self, cast: Cast, client_of: SignIn) -> None:
        html = page(client_of(cast.ingrid), om="visits")

        assert html.count('<details class="ds-details"') == 1
        assert "Si hvordan et besøk gikk" in html
        assert "Se brukere" not in html.split('class="acts-areas"')[1]

    def test_the_table_has_every_act(self, cast: Cast, client_of: SignIn) -> None:
        html = client_of(cast.admin).get(reverse("oversight:acts_table")).content.decode()

        assert [act.permission.code for act in every_act() if str(act.permission.text) not in html] == []

    def test_without_a_role_it_says_so(self, cast: Cast) -> None:
        employee = builders.employee("Ny", "Person", Profession.NURSE, cast.bekkedal)
        assert employee.user is not None
        client = Client()
        client.force_login(employee.user)

        assert "Du har ingen rolle ennå." in page(client)
