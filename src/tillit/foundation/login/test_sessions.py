"""Waiting, second step, sessions, lock and fresh proof, through the pages."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, Cast, Member
from tillit.foundation.access.actor import Scope, system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login.actions import attempts, second_step
from tillit.foundation.login.actions.second_step import new_recovery_codes, set_up_code_app
from tillit.foundation.login.models import CodeApp, Device, LoginPolicy, LoginSession, RecoveryCode, Throttle
from tillit.foundation.login.rules.attempts import Counted
from tillit.foundation.login.sealing import Unreadable, keyed_hash, seal, unseal
from tillit.kernel import clock

PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
SECRET = b"12345678901234567890"
JSON = {"accept": "application/json"}
Later = Callable[[timedelta], None]


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[Later]:
    """The clock stands at MONDAY; the returned function moves it on."""
    now = [MONDAY]

    def read() -> datetime:
        return now[0]

    def move(by: timedelta) -> None:
        now[0] += by

    monkeypatch.setattr(clock, "now", read)
    yield move


def log_in(client: Client, member: Member, password: str = builders.PASSWORD, **more: Any) -> Any:
    return client.post("/logg-inn/", {"username": member.user.username, "password": password}, **more)


def inside(client: Client) -> bool:
    return client.get("/meg/").status_code == 200


def code_at(at: datetime) -> str:
    return TOTP(SECRET, 6, SHA1(), 30).generate(int(at.timestamp())).decode()


def with_app(member: Member) -> None:
    set_up_code_app(user=member.user, actor=member.actor, secret=SECRET, code=code_at(MONDAY), at=MONDAY)


class TestWaiting:
    def test_after_five_in_vain_one_waits_and_the_right_password_waits_too(self, cast: Cast, later: Later) -> None:
        stranger = Client(REMOTE_ADDR="203.0.113.7")
        for _number in range(5):
            assert log_in(stranger, cast.ingrid, "feil").status_code == 422

        held = log_in(stranger, cast.ingrid)

        assert held.status_code == 429 and "Vent 5 sekunder" in held.content.decode()
        later(timedelta(seconds=5))
        assert log_in(stranger, cast.ingrid).status_code == 302

    def test_the_owner_comes_in_on_her_own_device_whatever_others_do(self, cast: Cast) -> None:
        hers = Client(REMOTE_ADDR="203.0.113.7")
        log_in(hers, cast.ingrid)
        hers.post("/logg-ut/")
        for number in range(60):  # from her own network, and from everywhere
            log_in(Client(REMOTE_ADDR="203.0.113.7" if number % 2 else f"198.51.100.{number}"), cast.ingrid, "feil")

        assert log_in(Client(REMOTE_ADDR="203.0.113.7"), cast.ingrid).status_code == 429
        assert log_in(hers, cast.ingrid).status_code == 302

    def test_a_device_known_for_one_is_not_known_for_another(self, cast: Cast) -> None:
        kari = Client(REMOTE_ADDR="203.0.113.7")
        log_in(kari, cast.kari)
        for _number in range(5):
            log_in(kari, cast.ingrid, "feil")

        assert log_in(kari, cast.ingrid).status_code == 429

    def test_unknown_names_wait_just_as_known_ones(self, cast: Cast) -> None:
        answers = []
        for name in (cast.ingrid.user.username, "ingen.slik"):
            client = Client(REMOTE_ADDR=f"203.0.113.{len(name)}")
            for _number in range(6):
                answer = client.post("/logg-inn/", {"username": name, "password": "feil"})
            answers.append((answer.status_code, answer.context["form"].errors.as_json()))

        assert answers[0] == answers[1] and answers[0][0] == 429

    def test_one_password_tried_on_many_names_is_slowed_by_address(self, cast: Cast) -> None:
        stranger = Client(REMOTE_ADDR="203.0.113.7")
        answers = [
            stranger.post("/logg-inn/", {"username": f"navn-{number}", "password": "Sommer2026!"}).status_code
            for number in range(51)
        ]

        assert answers == [422] * 50 + [429]
        assert log_in(Client(REMOTE_ADDR="203.0.113.8"), cast.ingrid).status_code == 302

    def test_what_is_counted_names_nobody_and_what_is_old_is_forgotten(self, cast: Cast, later: Later) -> None:
        log_in(Client(REMOTE_ADDR="203.0.113.7"), cast.ingrid, "feil")
        kept = str(list(Throttle.objects.values()))

        assert "ingrid" not in kept and "203.0.113.7" not in kept
        assert attempts.forget_old(at=clock.now()) == 0
        later(timedelta(hours=7))
        assert attempts.forget_old(at=clock.now()) == 3 and not Throttle.objects.exists()

    def test_tries_while_waiting_make_the_wait_no_longer(self, cast: Cast, later: Later) -> None:
        counted = attempts.counts((Counted.SECOND_STEP,), account="x", address="", device="")
        for _number in range(5):
            attempts.count_try(counted, at=MONDAY)
        for _number in range(20):
            with pytest.raises(attempts.TooManyTries) as held:
                attempts.count_try(counted, at=MONDAY)
            assert held.value.seconds == 10

    def test_failures_are_written_down_without_what_was_typed(self, cast: Cast) -> None:
        log_in(Client(), cast.ingrid, "feil-passord")
        Client().post("/logg-inn/", {"username": "ola.nordmann", "password": "feil-passord"})

        entries = AuditEntry.objects.order_by("pk")
        assert [entry.subject for entry in entries] == [f"user:{cast.ingrid.user.pk}", "login"]
        assert "feil-passord" not in str(list(entries.values())) and "ola.nordmann" not in str(list(entries.values()))

    def test_the_senders_word_on_his_address_counts_only_as_far_as_our_proxies_go(
        self, cast: Cast, settings: Any
    ) -> None:
        settings.PROXIES = 1
        for number in range(6):
            last = log_in(
                Client(REMOTE_ADDR="10.0.0.1"), cast.ingrid, "feil",
                headers={"x-forwarded-for": f"1.2.3.{number}, 203.0.113.7"},
            )  # fmt: skip

        assert last.status_code == 429


class TestSecondStep:
    def test_a_password_is_half_the_way_and_the_apps_code_the_other_half(self, cast: Cast, later: Later) -> None:
        with_app(cast.ingrid)
        later(timedelta(minutes=1))
        client = Client()

        first = log_in(client, cast.ingrid, QUERY_STRING="next=/meg/")
        assert first["Location"] == "/logg-inn/andre-steg/" and not inside(client)
        wrong = client.post("/logg-inn/andre-steg/", {"code": "000000"})
        right = client.post("/logg-inn/andre-steg/", {"code": code_at(clock.now())})

        assert wrong.status_code == 422 and "Koden passer ikke" in wrong.content.decode()
        assert (right.status_code, right["Location"]) == (302, "/meg/")
        assert inside(client)
        assert LoginSession.objects.get().second_step == "CODE_APP"

    def test_a_code_counts_once(self, cast: Cast, later: Later) -> None:
        with_app(cast.ingrid)
        later(timedelta(minutes=1))
        code = code_at(clock.now())
        for expected in (302, 422):
            client = Client()
            log_in(client, cast.ingrid)
            assert client.post("/logg-inn/andre-steg/", {"code": code}).status_code == expected

    def test_the_first_code_that_put_the_app_into_use_does_not_log_in(self, cast: Cast) -> None:
        with_app(cast.ingrid)
        client = Client()
        log_in(client, cast.ingrid)

        assert client.post("/logg-inn/andre-steg/", {"code": code_at(MONDAY)}).status_code == 422

    def test_guessing_codes_is_slowed_for_the_account_in_all_browsers(self, cast: Cast) -> None:
        with_app(cast.ingrid)
        answers = []
        for _number in range(6):
            client = Client()
            log_in(client, cast.ingrid)
            answers.append(client.post("/logg-inn/andre-steg/", {"code": "123123"}).status_code)

        assert answers == [422] * 5 + [429]

    def test_a_code_from_paper_works_once_and_she_is_told_next_time(self, cast: Cast, later: Later) -> None:
        with_app(cast.ingrid)
        paper = new_recovery_codes(user=cast.ingrid.user, actor=cast.ingrid.actor, at=MONDAY)
        assert not any(code in str(list(RecoveryCode.objects.values())) for code in paper)
        client, again = Client(), Client()
        log_in(client, cast.ingrid)
        assert client.post("/logg-inn/andre-steg/", {"code": paper[0].lower()}).status_code == 302
        later(timedelta(minutes=2))

        log_in(again, cast.ingrid)
        assert again.post("/logg-inn/andre-steg/", {"code": paper[0]}).status_code == 422
        again.post("/logg-inn/andre-steg/", {"code": code_at(clock.now())})

        assert "En reservekode ble brukt" in again.get("/meg/").content.decode()

    def test_between_the_steps_one_is_nobody_and_not_for_long(self, cast: Cast, later: Later) -> None:
        with_app(cast.ingrid)
        client = Client()
        log_in(client, cast.ingrid)
        assert client.get("/meg/innlogging/").status_code == 302
        later(timedelta(minutes=11))

        answer = client.post("/logg-inn/andre-steg/", {"code": code_at(clock.now())})

        assert answer["Location"] == "/logg-inn/" and not inside(client)

    def test_where_a_password_alone_is_not_enough_one_chooses_a_second_step_first(
        self, cast: Cast, settings: Any
    ) -> None:
        settings.PASSWORD_LOGIN = "with-second-step"
        client = Client()
        assert log_in(client, cast.ingrid)["Location"] == "/logg-inn/nytt-andre-steg/"
        shown = client.get("/logg-inn/nytt-andre-steg/")
        assert not inside(client) and "<svg" in shown.content.decode()
        secret = unseal(client.session["login_app"])
        code = TOTP(bytes.fromhex(secret), 6, SHA1(), 30).generate(int(MONDAY.timestamp())).decode()

        answer = client.post("/logg-inn/nytt-andre-steg/", {"code": code})

        assert answer["Location"] == "/meg/innlogging/reservekoder/"
        paper = client.get(answer["Location"]).content.decode()
        assert paper.count("<code>") == second_step.RECOVERY_CODES
        assert client.get(answer["Location"]).status_code == 302, "shown once"
        assert secret not in str(list(CodeApp.objects.values()))

    def test_no_password_at_all_where_it_is_off(self, cast: Cast, settings: Any) -> None:
        settings.PASSWORD_LOGIN = "no"
        client = Client()

        assert 'name="password"' not in client.get("/logg-inn/").content.decode()
        assert log_in(client, cast.ingrid).status_code == 422 and not inside(client)

    def test_the_leader_takes_it_away_for_one_who_lost_her_phone_and_she_is_told(
        self, cast: Cast, client_of: Callable[[Member], Client], later: Later
    ) -> None:
        log_in(Client(), cast.amir)
        with_app(cast.amir)
        later(timedelta(minutes=1))

        client_of(cast.marit).post(reverse("workforce:remove-second-step", args=[cast.amir.employee.pk]))
        later(timedelta(minutes=1))

        client = Client()
        assert log_in(client, cast.amir)["Location"] == "/"
        assert "Marit Aune fjernet det andre steget" in client.get("/meg/").content.decode()


class TestSession:
    def test_a_session_somebody_made_without_a_login_is_thrown_away(self, cast: Cast, settings: Any) -> None:
        settings.UNKNOWN_SESSIONS = False
        client = Client()
        client.force_login(cast.ingrid.user)

        assert not inside(client)
        log_in(client, cast.ingrid)
        assert inside(client)

    def test_ends_after_a_shift_however_much_it_is_used(self, cast: Cast, later: Later) -> None:
        client = Client()
        log_in(client, cast.ingrid)
        for _number in range(71):
            later(timedelta(minutes=10))
            assert inside(client)
        later(timedelta(minutes=10))

        assert not inside(client)
        assert AuditEntry.objects.order_by("-pk").first().change["why"] == "TOO_OLD"  # type: ignore[union-attr]

    def test_ends_the_day_the_last_role_ends(self, cast: Cast) -> None:
        client = Client()
        log_in(client, cast.ingrid)
        cast.ingrid.employee.roles.update(valid_to=MONDAY.date())

        answer = client.get("/meg/", follow=True)

        assert "ingen rolle" in answer.content.decode()
        cast.ingrid.employee.roles.update(valid_to=None)
        assert not inside(client), "it has ended for good"

    def test_ends_with_the_account_and_stays_dead_when_it_opens_again(self, cast: Cast) -> None:
        client, leader = Client(), Client()
        log_in(client, cast.amir)
        with_app(cast.amir)
        log_in(leader, cast.marit)

        leader.post(reverse("workforce:close-login", args=[cast.amir.employee.pk]))

        assert not inside(client)
        assert not CodeApp.objects.exists() and LoginSession.objects.get(user=cast.amir.user).ended_why == "CLOSED"

    def test_elsewhere_can_be_ended_from_here_one_by_one_and_all(self, cast: Cast) -> None:
        here, phone, pc, other = Client(), Client(), Client(), Client()
        for client in (here, phone, pc):
            log_in(client, cast.ingrid)
        log_in(other, cast.kari)
        page = here.get("/meg/innlogging/").content.decode()
        assert page.count("Logg ut der") == 2
        number = LoginSession.objects.filter(user=cast.ingrid.user).order_by("pk")[1].pk

        assert other.post(f"/meg/innlogging/okter/{number}/").status_code == 404
        here.post(f"/meg/innlogging/okter/{number}/")
        assert (inside(phone), inside(pc), inside(here)) == (False, True, True)
        here.post("/meg/innlogging/okter/andre/")
        assert (inside(pc), inside(here), inside(other)) == (False, True, True)

    def test_a_new_number_at_log_in_and_nothing_of_the_one_before(self, cast: Cast) -> None:
        client = Client()
        log_in(client, cast.ingrid)
        first = client.session.session_key
        session = client.session
        session["team"] = 7
        session.save()

        log_in(client, cast.kari)

        assert client.session.session_key != first and "team" not in client.session
        assert not Session.objects.filter(session_key=first).exists()
        assert LoginSession.objects.get(user=cast.ingrid.user).ended_why == "LOGGED_OUT"


class TestLock:
    def locked(self, member: Member, pin: str = "4711") -> Client:
        client = Client()
        log_in(client, member, HTTP_USER_AGENT=PHONE)
        client.post("/meg/innlogging/pin/", {"pin": pin})
        client.post("/laas/", headers=JSON)
        return client

    def test_a_shared_phone_asks_for_a_pin_first_and_goes_on_to_where_one_was_going(self, cast: Cast) -> None:
        client = Client()
        answer = log_in(client, cast.ingrid, HTTP_USER_AGENT=PHONE, QUERY_STRING="next=/meg/")

        assert answer["Location"] == "/meg/innlogging/pin/"
        assert 'href="/meg/"' in client.get(answer["Location"]).content.decode()
        assert client.post(answer["Location"], {"pin": "1234"}).status_code == 422
        assert client.post(answer["Location"], {"pin": "4711"})["Location"] == "/meg/"

    def test_locked_nothing_answers_but_the_lock(self, cast: Cast) -> None:
        client = self.locked(cast.ingrid)

        assert client.get("/brukere/")["Location"] == "/laast/?next=%2Fbrukere%2F"
        assert client.get("/brukere/", headers={"hx-request": "true"}).status_code == 423
        posted = client.post("/meg/", {"language": "nn", "colour_scheme": "dark"})
        assert posted.status_code == 423 and "ikke sendt" in posted.content.decode()
        cast.ingrid.user.refresh_from_db()
        assert cast.ingrid.user.language == "nb"
        assert "Ingrid Solheim er logget inn" in client.get("/laast/").content.decode()

    def test_the_pin_opens_it_and_what_was_to_be_sent_is_sent(self, cast: Cast) -> None:
        client = self.locked(cast.ingrid)

        opened = client.post("/laast/", {"pin": "4711"}, headers=JSON).json()

        assert opened["open"] and opened["csrf"]
        assert client.post("/meg/", {"language": "nn", "colour_scheme": "dark"}).status_code == 302

    def test_three_wrong_throw_the_pin_away_and_only_a_full_proof_opens(self, cast: Cast) -> None:
        client = self.locked(cast.ingrid)
        left = [client.post("/laast/", {"pin": "9999"}, headers=JSON).json()["left"] for _number in range(3)]

        assert left == [2, 1, 0]
        assert client.post("/laast/", {"pin": "4711"}, headers=JSON).status_code == 422
        assert client.get("/laast/", headers=JSON).json()["pin"] is False
        assert client.post("/laast/", {"password": "feil"}, headers=JSON).status_code == 422
        assert client.post("/laast/", {"password": builders.PASSWORD}, headers=JSON).json()["open"]
        assert inside(client)

    def test_the_pin_is_good_for_nothing_elsewhere(self, cast: Cast) -> None:
        self.locked(cast.ingrid)
        elsewhere = Client()
        log_in(elsewhere, cast.ingrid, HTTP_USER_AGENT=PHONE)
        elsewhere.post("/laas/", headers=JSON)

        assert elsewhere.get("/laast/", headers=JSON).json()["pin"] is False
        assert elsewhere.post("/laast/", {"pin": "4711"}, headers=JSON).status_code == 422
        assert "4711" not in str(list(LoginSession.objects.values()))

    def test_another_persons_password_does_not_open_it(self, cast: Cast) -> None:
        client = self.locked(cast.ingrid)
        cast.kari.user.set_password("karis-eget-passord")
        cast.kari.user.save()

        assert client.post("/laast/", {"password": "karis-eget-passord"}, headers=JSON).status_code == 422

    @pytest.mark.parametrize(("agent", "minutes"), [(PHONE, 3), ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0", 15)])
    def test_locks_by_itself_sooner_on_a_shared_phone(self, cast: Cast, later: Later, agent: str, minutes: int) -> None:
        client = Client()
        log_in(client, cast.ingrid, HTTP_USER_AGENT=agent)
        later(timedelta(minutes=minutes) - timedelta(seconds=1))
        assert inside(client)
        later(timedelta(minutes=minutes))

        assert client.get("/meg/")["Location"].startswith("/laast/")

    def test_writing_keeps_it_open_and_a_page_that_fetches_itself_does_not(self, cast: Cast, later: Later) -> None:
        writing, staring = Client(), Client()
        for client in (writing, staring):
            log_in(client, cast.ingrid, HTTP_USER_AGENT=PHONE)
        for _number in range(4):
            later(timedelta(minutes=1))
            assert writing.post("/i-bruk/").status_code == 204
            staring.get("/meg/", headers={"hx-request": "true"})

        assert inside(writing)
        assert staring.get("/meg/").status_code == 302

    def test_the_municipality_decides_how_soon_and_it_holds_at_once(self, cast: Cast, later: Later) -> None:
        client = Client()
        log_in(client, cast.ingrid, HTTP_USER_AGENT=PHONE)
        LoginPolicy.objects.create(pk=1, shared_phone_minutes=1)
        later(timedelta(minutes=1))

        assert client.get("/meg/").status_code == 302

    def test_she_says_that_the_phone_is_hers_alone(self, cast: Cast, later: Later) -> None:
        client = Client()
        log_in(client, cast.ingrid, HTTP_USER_AGENT=PHONE)
        client.post("/meg/innlogging/enhet/", {"kind": "OWN_PHONE"})
        later(timedelta(minutes=9))

        assert inside(client) and Device.objects.get().kind == "OWN_PHONE"
        assert client.post("/meg/innlogging/enhet/", {"kind": "SATELLITE"}).status_code == 404

    def test_the_next_person_sees_nothing_of_the_first(self, cast: Cast) -> None:
        client = self.locked(cast.ingrid)

        gone = client.post("/logg-ut/")
        log_in(client, cast.kari, HTTP_USER_AGENT=PHONE)

        assert gone["Clear-Site-Data"] == '"cache"' and gone.cookies["tillit_mark"].value == ""
        assert client.get("/laast/", headers=JSON).json()["pin"] is False
        assert "Ingrid" not in client.get("/meg/innlogging/").content.decode()

    def test_two_requests_at_once_do_not_undo_the_lock(self, cast: Cast) -> None:
        client = Client()
        log_in(client, cast.ingrid)
        slow = client.session  # a request that began before the lock…
        client.post("/laas/", headers=JSON)
        slow["team"] = 7
        slow.save()  # …and saves its session after it

        assert client.get("/meg/").status_code == 302


class TestFreshProof:
    def give(self, client: Client, cast: Cast, **more: str) -> Any:
        values = {"role": "NURSE", "unit": str(cast.bekkedal.pk), "valid_from": "23.11.2026", **more}
        return client.post(reverse("workforce:give-role", args=[cast.amir.employee.pk]), values)

    def roles(self, cast: Cast) -> set[str]:
        return set(cast.amir.employee.roles.values_list("role", flat=True))

    def test_a_role_is_given_at_once_by_one_who_has_just_logged_in(self, cast: Cast) -> None:
        client = Client()
        log_in(client, cast.marit)

        assert self.give(client, cast).status_code == 302
        assert "NURSE" in self.roles(cast)

    def test_later_the_form_waits_for_a_proof_and_nothing_typed_is_lost(self, cast: Cast, later: Later) -> None:
        client = Client()
        log_in(client, cast.marit)
        later(timedelta(minutes=6))

        asked = self.give(client, cast)
        assert asked.status_code == 403 and "NURSE" not in self.roles(cast)
        text = asked.content.decode()
        assert 'name="role" value="NURSE"' in text and 'name="valid_from" value="23.11.2026"' in text
        wrong = self.give(client, cast, proof_asked="1", proof_password="feil")
        assert wrong.status_code == 422 and "NURSE" not in self.roles(cast)
        assert self.give(client, cast, proof_asked="1", proof_password=builders.PASSWORD).status_code == 302
        assert "NURSE" in self.roles(cast)

    def test_a_pin_is_no_proof(self, cast: Cast, later: Later) -> None:
        client = Client()
        log_in(client, cast.marit, HTTP_USER_AGENT=PHONE)
        client.post("/meg/innlogging/pin/", {"pin": "4711"})
        later(timedelta(minutes=6))
        client.post("/laast/", {"pin": "4711"}, headers=JSON)

        assert self.give(client, cast).status_code == 403

    def test_what_is_typed_as_proof_reaches_no_view_and_no_log(self, cast: Cast, later: Later) -> None:
        client = Client()
        log_in(client, cast.marit)
        later(timedelta(minutes=6))

        self.give(client, cast, proof_asked="1", proof_password=builders.PASSWORD)

        assert builders.PASSWORD not in str(list(AuditEntry.objects.values()))
        assert AuditEntry.objects.filter(change__act="PROVED").count() == 1


class TestRules:
    def values(self, **changed: object) -> dict[str, object]:
        return {
            "edition": 1, "shared_phone_minutes": 2, "own_phone_minutes": 10, "office_minutes": 15, "idle_hours": 4,
            "roles": ["ADMINISTRATOR", "TEAM_LEADER"], **changed,
        }  # fmt: skip

    def test_the_administrator_decides_and_others_do_not(
        self, cast: Cast, client_of: Callable[[Member], Client]
    ) -> None:
        assert client_of(cast.marit).post("/regler-for-innlogging/", self.values()).status_code == 403
        assert client_of(cast.admin).post("/regler-for-innlogging/", self.values()).status_code == 302

        policy = LoginPolicy.objects.get()
        assert (policy.shared_phone_minutes, policy.second_step_roles) == (2, ["ADMINISTRATOR", "TEAM_LEADER"])
        assert log_in(Client(), cast.marit)["Location"] == "/logg-inn/nytt-andre-steg/"
        assert log_in(Client(), cast.amir)["Location"] == "/"

    def test_two_who_change_them_at_once_and_numbers_out_of_bounds(
        self, cast: Cast, client_of: Callable[[Member], Client]
    ) -> None:
        admin = client_of(cast.admin)
        admin.post("/regler-for-innlogging/", self.values())

        second = admin.post("/regler-for-innlogging/", self.values(office_minutes=20))
        assert second.status_code == 409 and 'value="20"' in second.content.decode()
        assert admin.post("/regler-for-innlogging/", self.values(shared_phone_minutes=60)).status_code == 422


class TestKeysAtRest:
    def test_what_is_sealed_opens_with_an_old_key_and_not_without(self, settings: Any) -> None:
        sealed = seal("hemmelig")
        old, settings.SECRET_KEY = settings.SECRET_KEY, "n" * 60
        settings.SECRET_KEY_FALLBACKS = [old]
        assert unseal(sealed) == "hemmelig"
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(Unreadable):
            unseal(sealed)

    def test_hashes_for_one_purpose_say_nothing_for_another(self) -> None:
        assert keyed_hash("a", "x", "y") != keyed_hash("b", "x", "y") != keyed_hash("a", "x\x1fy", "")


class TestPasskeyDoors:
    def test_rubbish_opens_nothing_and_breaks_nothing(self, cast: Cast) -> None:
        client = Client()
        for body in (b"", b"[]", b"{", b'{"id": "x"}', b'{"id":"eA","rawId":"eA","type":"public-key","response":{}}'):
            client.post("/logg-inn/passnokkel/sporsmal/")
            answer = client.post("/logg-inn/passnokkel/", body, content_type="application/json")
            assert answer.status_code == 422 and not inside(client)

    def test_nobody_makes_a_passkey_for_an_account_she_is_not_in(self, cast: Cast) -> None:
        assert Client().post("/meg/innlogging/passnokkel/sporsmal/").status_code == 403
        body = json.dumps({"name": "x"})
        assert Client().post("/meg/innlogging/passnokkel/ny/", body, content_type="application/json").status_code == 403

    def test_others_passkeys_do_not_exist(self, cast: Cast, client_of: Callable[[Member], Client]) -> None:
        from tillit.foundation.login.models import Passkey

        hers = Passkey.objects.create(
            user=cast.ingrid.user, credential_id="x", credential=b"x", name="Telefonen", made_at=MONDAY
        )
        other = client_of(cast.kari)

        assert other.get(f"/meg/innlogging/passnokkel/{hers.pk}/").status_code == 404
        assert other.post(f"/meg/innlogging/passnokkel/{hers.pk}/fjern/").status_code == 404
        assert Passkey.objects.count() == 1


def test_the_page_asks_as_much_whatever_there_is(
    cast: Cast, client_of: Callable[[Member], Client], django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = Client()
    log_in(client, cast.ingrid)
    client.get("/meg/innlogging/")
    with CaptureQueriesContext(connection) as few:
        client.get("/meg/innlogging/")
    for _number in range(5):
        log_in(Client(), cast.ingrid)
    new_recovery_codes(user=cast.ingrid.user, actor=system("test"), at=MONDAY)
    with CaptureQueriesContext(connection) as many:
        client.get("/meg/innlogging/")

    assert len(few) == len(many)


def test_scope_of_removing_a_second_step_is_written(cast: Cast) -> None:
    with_app(cast.ingrid)
    second_step.remove_second_step(
        actor=cast.marit.actor,
        permission=SIGNED_IN,
        scope=Scope((cast.bekkedal.path,)),
        user=cast.ingrid.user,
        at=MONDAY,
    )

    assert AuditEntry.objects.order_by("-pk").first().unit_path == cast.bekkedal.path  # type: ignore[union-attr]
