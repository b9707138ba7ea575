"""Log in with a login service, against a certified OpenID provider that runs on this machine."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, Member
from tests.oidc import service
from tests.oidc.conftest import Start, signing_key
from tillit.foundation.access import actions as access
from tillit.foundation.access.actor import Scope, system
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login.actions import identities
from tillit.foundation.login.models import Identity, LoginSession
from tillit.kernel import clock

GO, BACK = "/logg-inn/med/tjeneste/", "/logg-inn/med/tjeneste/svar/"


def linked(member: Member, issuer: str, subject: str = "ingrid-there") -> None:
    identities.link(user=member.user, issuer=issuer, subject=subject, how="INVITATION", at=clock.now())


def come_back(client: Client, issuer: str, subject: str = "ingrid-there", **posted: str) -> str:
    """Go to the service, log in there, and return the address one is sent back to, without host."""
    there = client.post(GO, posted)
    assert there.status_code == 302, there.content.decode()[:3000]
    address = service.Visitor(issuer).log_in(there["Location"], subject=subject)
    assert address.startswith("http://testserver/"), address
    return address.removeprefix("http://testserver")


def invitation(user: User) -> str:
    made = access.make_invitation(
        actor=system("test"), permission=SIGNED_IN, scope=Scope(()), user=user, at=clock.now()
    )
    return made.code


def signed_in(client: Client) -> bool:
    return client.get("/meg/").status_code == 200


def refused(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 422
    assert not signed_in(client)
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("profile", ["plain", "helseid"])
class TestBothProfiles:
    def test_somebody_who_is_linked_comes_in_and_it_is_written_down(
        self, cast: Cast, client: Client, start: Start, profile: str
    ) -> None:
        started = start(profile)
        linked(cast.ingrid, started.issuer)

        answer = client.get(come_back(client, started.issuer, next="/meg/"))

        assert (answer.status_code, answer["Location"]) == (302, "/meg/")
        assert client.session["_auth_user_id"] == str(cast.ingrid.user.pk)
        change = AuditEntry.objects.filter(change__act="LOG_IN").get().change
        assert change["door"] == "tjeneste"
        assert change.get("second_step") == ("SERVICE" if profile == "helseid" else None)

    def test_somebody_nobody_knows_is_told_so_and_gets_no_account(
        self, cast: Cast, client: Client, start: Start, profile: str
    ) -> None:
        started, users = start(profile), User.objects.count()

        text = refused(client, come_back(client, started.issuer))

        assert "ikke knyttet til noen konto" in text
        assert User.objects.count() == users and not Identity.objects.exists()

    def test_a_code_is_used_once(self, cast: Cast, client: Client, start: Start, profile: str) -> None:
        started = start(profile)
        linked(cast.ingrid, started.issuer)
        address = come_back(client, started.issuer)
        kept = dict(client.session["login_service"])
        client.get(address)
        client.post("/logg-ut/")

        assert "kunne ikke brukes" in refused(client, address), "nothing is remembered any more"
        remembering = Client()
        session = remembering.session
        session["login_service"] = kept  # as if it were remembered: then the service itself says no
        session.save()
        assert "logget deg ikke inn" in refused(remembering, address)

    def test_an_answer_to_somebody_elses_question_is_not_taken(
        self, cast: Cast, client: Client, start: Start, profile: str
    ) -> None:
        started = start(profile)
        linked(cast.ingrid, started.issuer)
        address = come_back(Client(), started.issuer)  # another browser's

        assert "kunne ikke brukes" in refused(client, address)
        client.post(GO)
        assert "kunne ikke brukes" in refused(client, address)

    def test_new_keys_at_the_service_are_found_by_themselves(
        self, cast: Cast, client: Client, start: Start, profile: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started = start(profile)
        linked(cast.ingrid, started.issuer)
        client.get(come_back(client, started.issuer))
        client.post("/logg-ut/")
        started.change_keys([signing_key("second")])
        monkeypatch.setattr("tillit.foundation.login.oidc.client.ASK_AGAIN_SECONDS", 0.0)

        client.get(come_back(client, started.issuer))

        assert signed_in(client)

    def test_logging_out_goes_by_the_service(self, cast: Cast, client: Client, start: Start, profile: str) -> None:
        started = start(profile)
        linked(cast.ingrid, started.issuer)
        client.get(come_back(client, started.issuer))

        answer = client.post("/logg-ut/")

        asked = service.query_of(answer["Location"])
        assert answer["Location"].startswith(f"{started.issuer}/session/end?")
        assert asked["post_logout_redirect_uri"] == "http://testserver/logg-inn/" and asked["id_token_hint"]
        assert not signed_in(client)
        assert LoginSession.objects.get().sealed_id_token == ""


class TestWhoSheIs:
    def test_an_invitation_links_the_service_to_her_account(self, cast: Cast, client: Client, start: Start) -> None:
        started = start("helseid")
        code = invitation(cast.amir.user)
        client.post("/ny-innlogging/", {"code": code})

        client.get(come_back(client, started.issuer, invited="1"))

        assert client.session["_auth_user_id"] == str(cast.amir.user.pk)
        assert Identity.objects.get().user == cast.amir.user
        client.post("/logg-ut/")
        client.get(come_back(client, started.issuer))
        assert signed_in(client), "from then on without the invitation"

    def test_an_invitation_left_lying_links_nobody_who_just_logs_in(
        self, cast: Cast, client: Client, start: Start
    ) -> None:
        started = start("helseid")
        client.post("/ny-innlogging/", {"code": invitation(cast.amir.user)})

        assert "ikke knyttet til noen konto" in refused(client, come_back(client, started.issuer))

    def test_a_number_registered_beforehand_recognises_her_the_first_time_and_is_kept_as_a_hash(
        self, cast: Cast, client: Client, start: Start
    ) -> None:
        started = start("helseid")
        identities.register_key(
            actor=system("test"), user=cast.ingrid.user, provider="tjeneste", key="130972 48022", at=clock.now()
        )

        client.get(come_back(client, started.issuer))

        assert client.session["_auth_user_id"] == str(cast.ingrid.user.pk)
        everything = " ".join(str(row) for row in (*AuditEntry.objects.values(), *Identity.objects.values()))
        assert "13097248022" not in everything

    def test_by_employee_number_where_the_service_gives_that(self, cast: Cast, client: Client, start: Start) -> None:
        started = start("plain", key_claim='"employee_number"')
        identities.register_key(
            actor=system("test"), user=cast.kari.user, provider="tjeneste", key="4711", at=clock.now()
        )

        client.get(come_back(client, started.issuer))

        assert client.session["_auth_user_id"] == str(cast.kari.user.pk)

    def test_a_weaker_login_than_the_profile_asks_for_is_not_taken(
        self, cast: Cast, client: Client, start: Start
    ) -> None:
        started = start("helseid")
        linked(cast.ingrid, started.issuer, "weak-there")

        assert "kunne ikke brukes" in refused(client, come_back(client, started.issuer, "weak-there"))

    def test_a_closed_account_stays_closed(self, cast: Cast, client: Client, start: Start) -> None:
        started = start("helseid")
        linked(cast.ingrid, started.issuer)
        User.objects.filter(pk=cast.ingrid.user.pk).update(is_active=False)

        assert "ikke knyttet til noen konto" in refused(client, come_back(client, started.issuer))

    def test_a_role_that_must_have_a_second_step_gets_one_when_the_service_is_only_one(
        self, cast: Cast, client: Client, start: Start
    ) -> None:
        from tillit.foundation.login.models import LoginPolicy

        started = start("plain")
        linked(cast.ingrid, started.issuer)
        LoginPolicy.objects.create(pk=1, second_step_roles=["NURSE"])

        answer = client.get(come_back(client, started.issuer))

        assert answer["Location"] == "/logg-inn/nytt-andre-steg/"
        assert not signed_in(client)


class TestShowingAgain:
    def test_she_shows_herself_anew_in_a_tab_of_its_own_and_the_lock_opens(
        self, cast: Cast, client: Client, start: Start
    ) -> None:
        started = start("helseid")
        linked(cast.ingrid, started.issuer)
        client.get(come_back(client, started.issuer))
        client.post("/laas/", headers={"accept": "application/json"})
        assert client.get("/meg/").status_code == 302

        there = client.post(GO, {"purpose": "prove"})
        back = service.Visitor(started.issuer).log_in(there["Location"], subject="ingrid-there")
        said = client.get(back.removeprefix("http://testserver"))

        assert "det er bekreftet" in said.content.decode()
        assert client.get("/meg/").status_code == 200

    def test_another_person_there_opens_nothing(self, cast: Cast, client: Client, start: Start) -> None:
        started = start("helseid")
        linked(cast.ingrid, started.issuer)
        client.get(come_back(client, started.issuer))
        client.post("/laas/", headers={"accept": "application/json"})

        answer: Any = client.get(come_back(client, started.issuer, "someone-else", purpose="prove"))

        assert answer.status_code == 422
        assert client.get("/meg/").status_code == 302
