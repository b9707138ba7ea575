"""Giving logins and roles, from the leader's page to the new colleague's password."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.foundation.access import codes
from tillit.foundation.access.models import AuditEntry, Invitation
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce import actions
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee, Profession, RoleHolding
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed, NotFound

SignIn = Callable[[Member], Client]
NEW = "fjorden-er-blank-i-dag"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[timedelta], None]]:
    """The clock stands on Monday at eight; call it to let time pass."""
    at = [MONDAY]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    yield lambda length: at.__setitem__(0, MONDAY + length)


@pytest.fixture(autouse=True)
def _clock(now: Any) -> None:
    """Every test here has its own clock."""


@pytest.fixture
def vera(cast: Cast) -> Employee:
    """New in Bekkedal: imported, with a username and a role, without a password."""
    found = builders.employee("Vera", "Vik", Profession.NURSE, cast.bekkedal)
    builders.role(found, Role.NURSE, cast.bekkedal)
    assert found.user is not None
    found.user.set_unusable_password()
    found.user.save()
    return found


def code_from(client: Client, employee: Employee, **typed: str) -> str:
    page = client.post(reverse("workforce:invite", args=[employee.pk]), typed).content.decode()
    found = re.search(r"/ny-innlogging/#([0-9A-Z-]{24})", page)
    assert found is not None, page[:500]
    return found[1]


def choose(client: Client, code: str, password: str = NEW, again: str = "") -> Any:
    return client.post("/ny-innlogging/", {"code": code, "password": password, "again": again or password})


def signed_in(client: Client) -> bool:
    return client.get("/meg/").status_code == 200


class TestTheWayIn:
    def test_from_the_leaders_press_to_the_new_colleague_being_inside(
        self, cast: Cast, client_of: SignIn, vera: Employee
    ) -> None:
        code = code_from(client_of(cast.marit), vera)
        client = Client()

        first = client.post("/ny-innlogging/", {"code": code.lower().replace("-", " ")}).content.decode()
        assert "Hei, Vera Vik." in first and "vera.vik" in first
        answer = choose(client, code)

        assert (answer.status_code, signed_in(client)) == (302, True)
        assert Client().login(username="vera.vik", password=NEW)
        acts = list(AuditEntry.objects.order_by("pk").values_list("subject", "change__act"))
        mine = f"user:{vera.user_id}"
        assert acts == [(mine, "INVITE"), (mine, "CHOOSE_PASSWORD"), (mine, "LOG_IN")]

    def test_the_code_is_kept_nowhere_and_stands_in_no_address(
        self, cast: Cast, client_of: SignIn, vera: Employee, caplog: pytest.LogCaptureFixture
    ) -> None:
        leader = client_of(cast.marit)
        code = code_from(leader, vera)
        choose(Client(), "feil-kode")
        choose(Client(), code, "kort")

        kept = " ".join(str(row) for row in (*Invitation.objects.values(), *AuditEntry.objects.values()))
        assert code not in kept and code not in caplog.text
        assert code not in leader.get(reverse("workforce:login", args=[vera.pk])).content.decode()
        assert code not in str(dict(leader.session))

    def test_is_used_once(self, cast: Cast, client_of: SignIn, vera: Employee) -> None:
        code = code_from(client_of(cast.marit), vera)
        choose(Client(), code)

        again = choose(Client(), code, "et-helt-annet-passord")

        assert again.status_code == 422
        assert "Lenka er brukt." in again.content.decode()
        assert Client().login(username="vera.vik", password=NEW)

    @pytest.mark.parametrize(("hours", "status"), [(71, 302), (72, 422)])
    def test_lasts_three_days_and_nights(
        self, cast: Cast, client_of: SignIn, vera: Employee, now: Callable[[timedelta], None], hours: int, status: int
    ) -> None:
        code = code_from(client_of(cast.marit), vera)
        now(timedelta(hours=hours))

        answer = choose(Client(), code)

        assert answer.status_code == status
        assert ("gjelder ikke lenger" in answer.content.decode()) is (status == 422)

    def test_a_newer_one_replaces_it(self, cast: Cast, client_of: SignIn, vera: Employee) -> None:
        leader = client_of(cast.marit)
        old, new = code_from(leader, vera), code_from(leader, vera)

        assert "nyere lenke" in choose(Client(), old).content.decode()
        assert choose(Client(), new).status_code == 302

    def test_an_unknown_code_says_nothing_of_anybody(self, cast: Cast) -> None:
        answer = choose(Client(), codes.new_code())

        assert answer.status_code == 422
        assert "Vi kjenner ikke igjen koden." in answer.content.decode()

    @pytest.mark.parametrize(
        ("password", "again", "says"),
        [
            ("kort", "", "Passordet er for kort. Bruk minst 12 tegn."),
            ("password1234", "", "Mange bruker dette passordet."),
            ("vera.vik.vera", "", "ligner for mye"),
            (NEW, "noe-annet-enn-det", "De to passordene er ulike."),
            ("", "", "Fyll ut"),
        ],
    )
    def test_a_weak_password_is_told_in_plain_words_and_the_code_still_works(
        self, cast: Cast, client_of: SignIn, vera: Employee, password: str, again: str, says: str
    ) -> None:
        code = code_from(client_of(cast.marit), vera)
        client = Client()

        refused = choose(client, code, password, again)

        assert refused.status_code == 422
        assert says in refused.content.decode()
        assert not signed_in(client)
        assert choose(client, code).status_code == 302

    def test_without_a_role_nobody_comes_in_and_the_code_waits(
        self, cast: Cast, client_of: SignIn, vera: Employee
    ) -> None:
        code = code_from(client_of(cast.marit), vera)
        RoleHolding.objects.filter(employee=vera).delete()

        assert "ikke registrert som medarbeider" in choose(Client(), code).content.decode()
        builders.role(vera, Role.NURSE, cast.bekkedal)
        assert choose(Client(), code).status_code == 302

    def test_a_forgotten_password_ends_the_sessions_of_the_old_one(self, cast: Cast, client_of: SignIn) -> None:
        at_work = client_of(cast.amir)
        code = code_from(client_of(cast.marit), cast.amir.employee)
        assert signed_in(at_work), "making a link changes nothing for her"

        choose(Client(), code)

        assert not signed_in(at_work)

    def test_somebody_without_an_account_gets_one(self, cast: Cast, client_of: SignIn, vera: Employee) -> None:
        Employee.objects.filter(pk=vera.pk).update(user=None)
        leader = client_of(cast.marit)
        page = leader.get(reverse("workforce:login", args=[vera.pk])).content.decode()
        assert 'value="vera.vik"' in page

        taken = leader.post(reverse("workforce:invite", args=[vera.pk]), {"username": "amir.rahimi"})
        wrong = leader.post(reverse("workforce:invite", args=[vera.pk]), {"username": "æ"})
        choose(Client(), code_from(leader, vera, username="Vera.V"))

        assert (taken.status_code, wrong.status_code) == (422, 422)
        assert "Brukernavnet er i bruk." in taken.content.decode()
        assert Client().login(username="vera.v", password=NEW)


class TestClosing:
    def test_ends_sessions_at_once_and_for_good(self, cast: Cast, client_of: SignIn) -> None:
        at_work, leader = client_of(cast.amir), client_of(cast.marit)
        assert signed_in(at_work)

        leader.post(reverse("workforce:close-login", args=[cast.amir.employee.pk]))

        assert not signed_in(at_work)
        assert not Client().login(username="amir.rahimi", password=builders.PASSWORD)
        code = code_from(leader, cast.amir.employee)
        assert not signed_in(at_work), "opened again, the old session stays dead"
        assert choose(Client(), code).status_code == 302

    def test_a_link_from_before_opens_nothing(self, cast: Cast, client_of: SignIn, vera: Employee) -> None:
        leader = client_of(cast.marit)
        code = code_from(leader, vera)
        leader.post(reverse("workforce:close-login", args=[vera.pk]))

        answer = choose(Client(), code)

        assert answer.status_code == 422
        assert "Tilgangen din er stengt." in answer.content.decode()
        assert "Stengt" in leader.get(reverse("workforce:logins", args=[cast.bekkedal.pk])).content.decode()


class TestReach:
    def test_other_teams_are_not_there(self, cast: Cast, client_of: SignIn) -> None:
        leader = client_of(cast.marit)
        frida = cast.frida.employee

        found = [
            leader.get(reverse("workforce:logins", args=[cast.fjelldal.pk])).status_code,
            leader.get(reverse("workforce:login", args=[frida.pk])).status_code,
            leader.post(reverse("workforce:invite", args=[frida.pk])).status_code,
            leader.post(reverse("workforce:close-login", args=[frida.pk])).status_code,
            leader.get(reverse("workforce:give-role", args=[frida.pk])).status_code,
            leader.post(reverse("workforce:end-role", args=[frida.roles.get().pk])).status_code,
        ]

        assert found == [404] * 6
        assert not Invitation.objects.exists()

    def test_is_for_leaders_and_administrators(self, cast: Cast, client_of: SignIn) -> None:
        for name, args in (("login-units", []), ("logins", [cast.bekkedal.pk]), ("login", [cast.amir.employee.pk])):
            address = reverse(f"workforce:{name}", args=args)
            assert client_of(cast.ingrid).get(address).status_code == 403
            assert client_of(cast.marit).get(address).status_code == 200
            assert client_of(cast.admin).get(address).status_code == 200

    def test_nobody_opens_more_than_she_could_have_given(self, cast: Cast, client_of: SignIn, vera: Employee) -> None:
        builders.role(vera, Role.NURSE, cast.fjelldal)
        marit = cast.marit.actor

        with pytest.raises(NotAllowed, match="mer enn du selv kan gi"):
            actions.invite_employee(actor=marit, employee_id=vera.pk, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.close_login(actor=marit, employee_id=vera.pk, at=MONDAY)

        assert actions.invite_employee(actor=cast.admin.actor, employee_id=vera.pk, at=MONDAY).code
        page = client_of(cast.marit).get(reverse("workforce:login", args=[vera.pk])).content.decode()
        assert "Lederen i distriktet eller systemansvarlig lager lenka." in page

    def test_a_leader_does_not_make_a_link_to_an_administrator_or_to_herself(self, cast: Cast, vera: Employee) -> None:
        builders.role(vera, Role.ADMINISTRATOR, cast.municipality)

        for employee in (vera, cast.marit.employee):
            with pytest.raises(NotAllowed):
                actions.invite_employee(actor=cast.marit.actor, employee_id=employee.pk, at=MONDAY)


class TestRoles:
    def test_are_given_and_ended_by_the_leader_with_periods(
        self, cast: Cast, client_of: SignIn, vera: Employee
    ) -> None:
        leader = client_of(cast.marit)
        typed = {"role": "CARE_WORKER", "unit": str(cast.solvik.pk), "valid_from": "24.11.2026", "last": "30.11.2026"}

        assert leader.post(reverse("workforce:give-role", args=[vera.pk]), typed).status_code == 302

        held = RoleHolding.objects.get(employee=vera, unit=cast.solvik)
        assert (held.valid_from, held.valid_to) == (TUESDAY_DATE, TUESDAY_DATE + timedelta(days=7))
        page = leader.get(reverse("workforce:login", args=[vera.pk])).content.decode()
        assert "fra 24.11.2026 til og med 30.11.2026" in page
        leader.post(reverse("workforce:end-role", args=[held.pk]))
        held.refresh_from_db()
        assert held.valid_to == held.valid_from, "it had not begun, and never will"
        acts = AuditEntry.objects.filter(subject=f"employee:{vera.pk}").order_by("pk")
        assert [entry.change["act"] for entry in acts] == ["GIVE_ROLE", "END_ROLE"]
        assert leader.post(reverse("workforce:give-role", args=[vera.pk]), typed).status_code == 302

    def test_ended_today_she_reaches_nobody_from_this_moment(self, cast: Cast, vera: Employee) -> None:
        assert vera.user is not None
        assert actor_of(user_id=vera.user.pk, name="", at=MONDAY).grants

        actions.end_role(actor=cast.marit.actor, holding_id=vera.roles.get().pk, valid_to=MONDAY_DATE, at=MONDAY)

        assert not actor_of(user_id=vera.user.pk, name="", at=MONDAY).grants

    @pytest.mark.parametrize(
        ("role", "unit", "refused"),
        [
            (Role.NURSE, "bekkedal", None),
            (Role.TEAM_LEADER, "bekkedal", NotAllowed),
            (Role.ADMINISTRATOR, "bekkedal", NotAllowed),
            (Role.NURSE, "fjelldal", NotFound),
            (Role.NURSE, "municipality", NotFound),
        ],
    )
    def test_a_team_leader_gives_the_roles_of_her_team(
        self, cast: Cast, role: Role, unit: str, refused: type[Exception] | None
    ) -> None:
        def give() -> RoleHolding:
            return actions.give_role(
                actor=cast.marit.actor, employee_id=cast.amir.employee.pk, role=role,
                unit_id=getattr(cast, unit).pk, valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip

        if refused is None:
            assert give().role == role
            return
        with pytest.raises(refused):
            give()
        assert not RoleHolding.objects.filter(employee=cast.amir.employee, role=role).exists()

    def test_an_administrator_gives_leaders_their_roles_but_herself_none_and_sees_no_citizen(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        admin = cast.admin
        given = actions.give_role(
            actor=admin.actor, employee_id=cast.ingrid.employee.pk, role=Role.TEAM_LEADER, unit_id=cast.bekkedal.pk,
            valid_from=MONDAY_DATE, at=MONDAY,
        )  # fmt: skip

        with pytest.raises(NotAllowed, match="sine egne roller"):
            actions.give_role(
                actor=admin.actor, employee_id=admin.employee.pk, role=Role.NURSE, unit_id=cast.bekkedal.pk,
                valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip

        assert given.role == Role.TEAM_LEADER
        assert client_of(admin).get(reverse("citizens:page", args=[cast.olga.pk])).status_code in {403, 404}

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"role": "NURSE"}, "har rollen der i disse dagene fra før"),
            ({"valid_from": "22.11.2026"}, "i dag eller senere"),
            ({"last": "20.11.2026"}, "minst én dag"),
            ({"role": "KEISER"}, "Rolle"),
        ],
    )
    def test_what_cannot_be_is_told_and_kept(
        self, cast: Cast, client_of: SignIn, vera: Employee, typed: dict[str, str], says: str
    ) -> None:
        form = {"role": "CARE_WORKER", "unit": str(cast.bekkedal.pk), "valid_from": "23.11.2026", "last": "", **typed}

        answer = client_of(cast.marit).post(reverse("workforce:give-role", args=[vera.pk]), form)

        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert RoleHolding.objects.filter(employee=vera).count() == 1


class TestThePages:
    def test_say_who_can_log_in_and_what_to_do(self, cast: Cast, client_of: SignIn, vera: Employee) -> None:
        client = client_of(cast.admin)

        team = client.get(reverse("workforce:logins", args=[cast.bekkedal.pk])).content.decode()
        units = client.get(reverse("workforce:login-units")).content.decode()

        assert "4 av 5 kan logge inn." in team
        assert "Ingen innlogging" in team and "Gi tilgang" in team and "Ny lenke" in team
        assert "1 medarbeider kan ikke logge inn ennå." in units
        assert reverse("workforce:logins", args=[cast.bekkedal.pk]) in units

    def test_ask_the_same_few_questions_for_few_and_many(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)

        def count() -> list[int]:
            found = []
            for address in (
                reverse("workforce:logins", args=[cast.bekkedal.pk]),
                reverse("workforce:login-units"),
                reverse("workforce:login", args=[cast.amir.employee.pk]),
            ):
                client.get(address)
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(address).status_code == 200
                found.append(len(asked))
            return found

        few = count()
        for number in range(20):
            worker = builders.employee("Vera", f"V{number}", Profession.NURSE, cast.bekkedal)
            builders.role(worker, Role.NURSE, cast.bekkedal)
            builders.unit(f"Team {number}", parent=cast.south)

        assert count() == few


class TestCodes:
    def test_are_read_as_people_write_them(self) -> None:
        assert codes.hash_of("7K2M-01AB") == codes.hash_of(" 7k2m o1ab ") == codes.hash_of("7K2MOLAB")
        assert codes.hash_of("7K2M-01AB") != codes.hash_of("7K2M-01AC")

    def test_are_twenty_letters_of_chance_without_look_alikes(self) -> None:
        found = {codes.new_code() for _number in range(50)}

        assert len(found) == 50
        assert all(re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code) for code in found)
