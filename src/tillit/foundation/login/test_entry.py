from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils.html import escape

from tests import builders
from tests.cast import Cast, Member
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.login import demo_door
from tillit.foundation.login.demo_door import DemoAccount

HOME = django_settings.LOGIN_REDIRECT_URL
SignIn = Callable[[Member], Client]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def password_of(member: Member) -> dict[str, str]:
    return {"username": member.user.username, "password": builders.PASSWORD}


class TestLogIn:
    def test_the_page_stands_alone_and_names_no_dead_way_in(self, client: Client, db: None) -> None:
        page = client.get("/logg-inn/")

        text = page.content.decode()
        assert page.status_code == 200
        assert "Logg inn" in text and "HelseID" not in text and "ID-porten" not in text

    def test_right_password_opens_a_new_session_and_is_written_down(self, cast: Cast, client: Client) -> None:
        client.get("/logg-inn/")
        session = client.session
        session["seen_before"] = True
        session.save()
        before = session.session_key

        answer = client.post("/logg-inn/", password_of(cast.ingrid))

        assert (answer.status_code, answer["Location"]) == (302, HOME)
        assert signed_in(client)
        assert client.session.session_key != before
        entry = AuditEntry.objects.get()
        assert (entry.subject, entry.change) == (
            f"user:{cast.ingrid.user.pk}",
            {"act": "LOG_IN", "door": "password"},
        )

    def test_wrong_password_says_what_to_do_and_keeps_the_username(self, cast: Cast, client: Client) -> None:
        answer = client.post("/logg-inn/", {**password_of(cast.ingrid), "password": "feil-passord"})

        text = answer.content.decode()
        assert answer.status_code == 422
        assert "passer ikke sammen" in text
        assert f'value="{cast.ingrid.user.username}"' in text and "feil-passord" not in text
        assert not signed_in(client)

    def test_unknown_name_and_wrong_password_read_the_same(self, cast: Cast, client: Client) -> None:
        known = client.post("/logg-inn/", {**password_of(cast.ingrid), "password": "feil-passord"})
        unknown = client.post("/logg-inn/", {"username": "ingen.slik", "password": "feil-passord"})

        errors = [answer.context["form"].errors.as_json() for answer in (known, unknown)]
        assert errors[0] == errors[1]

    def test_empty_fields_are_named(self, client: Client, db: None) -> None:
        text = client.post("/logg-inn/", {"username": "", "password": ""}).content.decode()

        assert "Fyll ut «Brukernavn»" in text and "Fyll ut «Passord»" in text

    def test_one_who_has_stopped_working_here_is_told_so(self, cast: Cast, client: Client) -> None:
        cast.ingrid.employee.roles.update(valid_to=date(2021, 1, 1))

        answer = client.post("/logg-inn/", password_of(cast.ingrid))

        assert answer.status_code == 422
        assert "ikke registrert som medarbeider" in answer.content.decode()
        assert not signed_in(client)
        assert AuditEntry.objects.get().change == {"act": "LOGIN_REFUSED", "door": "password", "why": "no_role"}

    def test_a_closed_account_does_not_open(self, cast: Cast, client: Client) -> None:
        cast.ingrid.user.is_active = False
        cast.ingrid.user.save()

        assert client.post("/logg-inn/", password_of(cast.ingrid)).status_code == 422

    def test_goes_on_to_where_one_was_going(self, cast: Cast, client: Client) -> None:
        shown = client.get("/logg-inn/?next=/meg/").content.decode()
        answer = client.post("/logg-inn/", {**password_of(cast.ingrid), "next": "/meg/"})

        assert '<input type="hidden" name="next" value="/meg/">' in shown
        assert answer["Location"] == "/meg/"

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\e.x"]
    )
    def test_never_sends_anyone_to_another_host(self, cast: Cast, client: Client, elsewhere: str) -> None:
        shown = client.get("/logg-inn/", {"next": elsewhere}).content.decode()
        answer = client.post("/logg-inn/", {**password_of(cast.ingrid), "next": elsewhere})

        assert answer["Location"] == HOME
        assert 'name="next" value=""' in shown

    def test_needs_the_form_s_own_token(self, cast: Cast) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert strict.post("/logg-inn/", password_of(cast.ingrid)).status_code == 403

    def test_who_is_in_already_is_sent_on(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.ingrid).get("/logg-inn/")["Location"] == HOME


@pytest.fixture
def demo_people(cast: Cast) -> Iterator[None]:
    before = demo_door._source
    demo_door.register_demo_accounts(
        lambda: [
            DemoAccount("kari.nilsen", "Kari Nilsen", "helsefagarbeider og fordeler i Team Bekkedal", "I teamet"),
            DemoAccount("marit.aune", "Marit Aune", "leder for to team", "Rundt teamet"),
            DemoAccount("ingrid.solheim", "Ingrid Solheim", "sykepleier i Team Bekkedal", "I teamet"),
        ]
    )
    yield
    demo_door.register_demo_accounts(before)


@pytest.mark.usefixtures("demo_people")
class TestDemoDoor:
    def test_shows_people_by_group_with_what_they_are(self, client: Client, settings: object) -> None:
        settings.DEMO = True  # type: ignore[attr-defined]

        page = client.get("/logg-inn/")

        groups = [(group.title, [a.name for a in group.accounts]) for group in page.context["page"].demo_groups]
        assert groups == [("I teamet", ["Kari Nilsen", "Ingrid Solheim"]), ("Rundt teamet", ["Marit Aune"])]
        assert escape("helsefagarbeider og fordeler i Team Bekkedal") in page.content.decode()

    def test_one_press_is_enough(self, cast: Cast, client: Client, settings: object) -> None:
        settings.DEMO = True  # type: ignore[attr-defined]

        answer = client.post("/logg-inn/demo/", {"username": "kari.nilsen"})

        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(cast.kari.user.pk)
        assert AuditEntry.objects.get().change == {"act": "LOG_IN", "door": "demo"}

    def test_only_the_people_of_the_demo(self, cast: Cast, client: Client, settings: object) -> None:
        settings.DEMO = True  # type: ignore[attr-defined]

        assert client.post("/logg-inn/demo/", {"username": "nils.berg"}).status_code == 404
        assert not signed_in(client)

    def test_does_not_exist_outside_the_demo(self, cast: Cast, client: Client, settings: object) -> None:
        settings.DEMO = False  # type: ignore[attr-defined]

        assert "Kari Nilsen" not in client.get("/logg-inn/").content.decode()
        assert client.post("/logg-inn/demo/", {"username": "kari.nilsen"}).status_code == 404
        assert not signed_in(client)

    def test_changing_person_leaves_nothing_of_the_one_before(
        self, cast: Cast, client: Client, settings: object
    ) -> None:
        settings.DEMO = True  # type: ignore[attr-defined]
        client.post("/logg-inn/demo/", {"username": "kari.nilsen"})
        session = client.session
        session["team"] = cast.bekkedal.pk
        session.save()

        client.post("/logg-inn/demo/", {"username": "marit.aune"})

        assert client.session["_auth_user_id"] == str(cast.marit.user.pk)
        assert "team" not in client.session


class TestLogOut:
    def test_ends_the_session_by_post_only(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        assert client.get("/logg-ut/").status_code == 405
        assert signed_in(client)

        said = client.post("/logg-ut/", follow=True).content.decode()

        assert not signed_in(client)
        assert "Du er logget ut." in said
