"""Objections, hidden addresses and emergency access, through every floor: what is shown, planned, exported, logged."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import builders, builders_planning
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.actions import change_home, emergency, show_door_code
from tillit.care.citizens.actions.asking_in import ask_in
from tillit.care.citizens.actions.barring import bar_employee, lift_bar, tell_kinship
from tillit.care.citizens.actions.circle import AlreadyWritten, SomethingMissing
from tillit.care.citizens.actions.hiding import set_address_hidden, trust_with_address
from tillit.care.citizens.actions.opening import AddressHidden
from tillit.care.citizens.models import EmergencyAccess, Identifier, NetworkMember, Responsible
from tillit.care.citizens.rules import HomeText
from tillit.care.visits import actions as visits
from tillit.care.visits.models import VisitHelper
from tillit.foundation.access import sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.reader import reading_as
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Profession
from tillit.kernel import clock, events, oslo
from tillit.kernel.errors import NotAllowed, NotFound, TooOften

SignIn = Callable[[Member], Client]


def again(member: Member, at: Any = MONDAY) -> Actor:
    return sources.actor_for(user_id=member.user.pk, name=member.user.name, at=at)


def object_to(cast: Cast, member: Member, **more: Any) -> Any:
    facts = {"kind": "OBJECTION", "asked_by": "Olga selv"} | more
    return bar_employee(
        actor=again(cast.ingrid), citizen_id=cast.olga.pk, employee_id=member.employee.pk, at=MONDAY, **facts
    )


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def pages_of(cast: Cast) -> list[str]:
    team, olga = cast.bekkedal.pk, cast.olga.pk
    return [
        "/brukere/", f"/brukere/{olga}/", f"/brukere/{olga}/plan/", f"/brukere/{olga}/samtale/",
        f"/brukere/{olga}/innsyn/", f"/team/{team}/tavle/", f"/team/{team}/arbeidslister/2026-11-23/DAY/",
        f"/team/{team}/overleveringer/", f"/team/{team}/sporsmal/", f"/team/{team}/ikke-hjemme/", "/min-dag/",
        "/saker/",
    ]  # fmt: skip


class TestObjection:
    def test_she_stands_on_no_page_of_the_one_she_objected_to(self, cast: Cast, client_of: SignIn, now: None) -> None:
        builders_planning.morning(cast, on=MONDAY_DATE)
        build.words(cast.olga, "Jeg vil gå ned til postkassa selv.")

        def seen_by(client: Client) -> set[str]:
            return {
                address
                for address in pages_of(cast)
                if (page := client.get(address)).status_code == 200
                and any(word in page.content.decode() for word in ("Olga", "Hansen", "postkassa"))
            }

        before = seen_by(client_of(cast.amir))
        object_to(cast, cast.amir)

        assert {"/brukere/", f"/team/{cast.bekkedal.pk}/tavle/", f"/brukere/{cast.olga.pk}/"} <= before
        assert seen_by(client_of(cast.amir)) == set()
        assert f"/team/{cast.bekkedal.pk}/tavle/" in seen_by(client_of(cast.kari))
        found = client_of(cast.amir).post("/brukere/sok/", {"q": "Olga"}).content.decode()
        assert "Hansen" not in found

    def test_she_is_not_read_by_the_one_she_objected_to(self, cast: Cast, client_of: SignIn, now: None) -> None:
        builders_planning.morning(cast, on=MONDAY_DATE)
        object_to(cast, cast.amir)

        client_of(cast.amir).get(f"/team/{cast.bekkedal.pk}/tavle/")

        rows = AccessEntry.objects.filter(user=cast.amir.user, citizen_id=cast.olga.pk)
        assert not rows.exists()

    def test_he_is_taken_off_her_visits_and_put_on_no_more(self, cast: Cast) -> None:
        visit = build.visit(cast.olga, cast.bekkedal, on=TUESDAY_DATE)
        row = visits.AssignRow(visit.pk, (cast.amir.employee.pk,), oslo.moment(TUESDAY_DATE, time(9)))
        visits.assign_visits(actor=cast.kari.actor, unit_id=cast.bekkedal.pk, rows=[row], at=MONDAY)
        Responsible.objects.create(
            citizen=cast.olga, employee=cast.amir.employee, kind="PRIMARY_CONTACT", valid_from=date(2026, 1, 1)
        )

        object_to(cast, cast.amir)

        assert not VisitHelper.objects.filter(visit=visit).exists()
        assert Responsible.objects.get(citizen=cast.olga).valid_to == MONDAY_DATE
        with pytest.raises(visits.HelperNotWanted):
            visits.assign_visits(actor=cast.kari.actor, unit_id=cast.bekkedal.pk, rows=[row], at=MONDAY)

    def test_the_engine_never_proposes_him(self, cast: Cast) -> None:
        object_to(cast, cast.amir)

        (wish,) = citizens.wishes([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]

        assert (wish.kind, wish.employee_id) == ("MUST_NOT", cast.amir.employee.pk)

    def test_lifted_he_sees_her_again(self, cast: Cast) -> None:
        barrier = object_to(cast, cast.amir)
        lift_bar(actor=again(cast.ingrid), citizen_id=cast.olga.pk, barrier_id=barrier.pk, at=MONDAY)

        assert cast.olga in citizens.reachable(again(cast.amir), on=MONDAY_DATE)

    def test_must_say_who_objects_and_may_not_be_done_twice_or_by_everybody(self, cast: Cast) -> None:
        with pytest.raises(SomethingMissing):
            object_to(cast, cast.amir, asked_by="")
        object_to(cast, cast.amir)
        with pytest.raises(AlreadyWritten):
            object_to(cast, cast.amir)
        with pytest.raises(NotAllowed):
            bar_employee(
                actor=cast.kari.actor, citizen_id=cast.olga.pk, employee_id=cast.ingrid.employee.pk,
                kind="OBJECTION", asked_by="x", at=MONDAY,
            )  # fmt: skip

    def test_who_is_of_the_family_says_so_and_reaches_her_no_more(self, cast: Cast) -> None:
        tell_kinship(actor=again(cast.kari), citizen_id=cast.olga.pk, kind="RELATIVE", at=MONDAY)

        assert cast.olga not in citizens.reachable(again(cast.kari), on=MONDAY_DATE)
        with pytest.raises(NotFound):
            lift_bar(actor=again(cast.kari), citizen_id=cast.olga.pk, barrier_id=1, at=MONDAY)


class TestHiddenAddress:
    def test_is_shown_to_those_who_answer_or_go_there_and_to_no_others(
        self, cast: Cast, client_of: SignIn, now: None
    ) -> None:
        builders_planning.morning(cast, on=MONDAY_DATE)
        NetworkMember.objects.create(
            citizen=cast.olga, kind="FRIEND", name="Nabo Nilsen", relation="Nabo i samme oppgang",
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
        street = f"Strandveien {cast.olga.pk}"

        def sees(member: Member) -> set[str]:
            client = client_of(member)
            return {
                page
                for page in pages_of(cast)
                if any(w in client.get(page).content.decode() for w in (street, "900 00"))
            }

        VisitHelper.objects.filter(visit__citizen=cast.olga).delete()
        before = sees(cast.marit)
        set_address_hidden(actor=again(cast.ingrid), citizen_id=cast.olga.pk, hidden=True, at=MONDAY)

        page = client_of(cast.marit).get(f"/brukere/{cast.olga.pk}/").content.decode()
        assert f"/brukere/{cast.olga.pk}/" in before
        assert street not in page
        assert "Adressen er skjult" in page
        assert "Nabo Nilsen" not in page
        assert not any(street in client_of(cast.marit).get(one).content.decode() for one in pages_of(cast))
        trust_with_address(
            actor=again(cast.ingrid), citizen_id=cast.olga.pk, employee_id=cast.marit.employee.pk, at=MONDAY
        )
        assert street in client_of(cast.marit).get(f"/brukere/{cast.olga.pk}/").content.decode()

    def test_is_shown_to_the_one_with_the_visit_that_day_alone(self, cast: Cast) -> None:
        visit = build.visit(cast.olga, cast.bekkedal, on=TUESDAY_DATE)
        VisitHelper.objects.create(visit=visit, employee=cast.amir.employee, on=TUESDAY_DATE)
        set_address_hidden(actor=again(cast.ingrid), citizen_id=cast.olga.pk, hidden=True, at=MONDAY)

        with reading_as(again(cast.amir)):
            monday = citizens.briefs([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]
            tuesday = citizens.briefs([cast.olga.pk], on=TUESDAY_DATE)[cast.olga.pk]

        assert (monday.address_hidden, monday.latitude, monday.phone) == (True, None, "")
        assert (tuesday.address_hidden, bool(tuesday.latitude), tuesday.phone) == (False, True, "900 00 000")

    def test_no_search_by_address_finds_her_and_a_search_by_name_does(self, cast: Cast) -> None:
        set_address_hidden(actor=again(cast.ingrid), citizen_id=cast.olga.pk, hidden=True, at=MONDAY)

        def found(text: str) -> tuple[int, ...]:
            return citizens.search_citizens(actor=again(cast.ingrid), text=text, on=MONDAY_DATE).citizen_ids

        assert cast.olga.pk not in found("Strandveien")
        assert cast.arne.pk in found("Strandveien")
        assert found("Olga") == (cast.olga.pk,)

    def test_is_changed_and_asked_for_only_by_those_who_see_it(self, cast: Cast) -> None:
        set_address_hidden(actor=again(cast.ingrid), citizen_id=cast.olga.pk, hidden=True, at=MONDAY)

        with pytest.raises(AddressHidden):
            show_door_code(actor=again(cast.amir), citizen_id=cast.olga.pk, at=MONDAY)
        with pytest.raises(AddressHidden):
            change_home(
                actor=again(cast.amir), citizen_id=cast.olga.pk, home=HomeText("Ny vei 1", "6770", "Fjordvik"),
                moves_on=MONDAY_DATE, seen_home_id=None, at=MONDAY,
            )  # fmt: skip

    def test_the_engine_still_knows_the_way(self, cast: Cast) -> None:
        set_address_hidden(actor=again(cast.ingrid), citizen_id=cast.olga.pk, hidden=True, at=MONDAY)

        with reading_as(again(cast.kari)):
            brief = citizens.briefs([cast.olga.pk], on=MONDAY_DATE, for_travel=True)[cast.olga.pk]

        assert brief.latitude is not None
        assert "Strandveien" not in brief.street


def open_up(member: Member, **more: Any) -> emergency.Answer:
    facts: dict[str, Any] = {
        "name": "Per Fjell", "born_on": date(1940, 3, 3), "number": "", "reason": "FOUND", "words": "Falt", "at": MONDAY,
    }  # fmt: skip
    at = more.get("at", MONDAY)
    return emergency.open_emergency(actor=again(member, at), **(facts | more))


class TestEmergency:
    def test_opens_by_exact_name_and_birth_date_or_number_and_closes_by_itself(self, cast: Cast) -> None:
        number = Identifier.objects.get(citizen=cast.per).value

        assert open_up(cast.amir, name="per  fjell").citizen_id == cast.per.pk
        assert open_up(cast.kari, name="", born_on=None, number=number).citizen_id == cast.per.pk
        row = EmergencyAccess.objects.earliest("pk")
        assert row.ends_at == MONDAY + timedelta(hours=4)
        assert cast.per in citizens.reachable(again(cast.amir), on=MONDAY_DATE)
        assert cast.per not in citizens.reachable(again(cast.amir, row.ends_at), on=MONDAY_DATE)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": "Per"},
            {"born_on": date(1940, 3, 4)},
            {"name": "Finnes Ikke"},
            {"name": "", "born_on": None, "number": "00000000000"},
        ],
    )
    def test_nobody_found_opens_nothing_and_is_written_without_the_name(
        self, cast: Cast, wrong: dict[str, Any], django_assert_num_queries: Any
    ) -> None:
        assert open_up(cast.amir, **wrong) == emergency.Answer()
        assert not EmergencyAccess.objects.exists()
        entry = AuditEntry.objects.get(action="citizens.open_emergency")
        assert entry.change == {"act": "NOT_FOUND", "reason": "FOUND"}
        assert "Per" not in str(entry.change) + entry.subject

    def test_an_objection_yields_to_danger_and_the_family_to_nothing(self, cast: Cast) -> None:
        object_to(cast, cast.amir)
        tell_kinship(actor=again(cast.kari), citizen_id=cast.olga.pk, kind="RELATIVE", at=MONDAY)
        olga = {"name": "Olga Hansen", "born_on": date(1938, 5, 17)}

        assert open_up(cast.amir, **olga) == emergency.Answer()
        assert open_up(cast.amir, **olga, reason="DANGER").citizen_id == cast.olga.pk
        assert open_up(cast.kari, **olga, reason="DANGER") == emergency.Answer()
        assert cast.olga in citizens.reachable(again(cast.amir), on=MONDAY_DATE)

    def test_for_one_in_reach_opens_nothing(self, cast: Cast) -> None:
        found = open_up(cast.amir, name="Olga Hansen", born_on=date(1938, 5, 17))

        assert found == emergency.Answer(cast.olga.pk)
        assert not EmergencyAccess.objects.exists()

    def test_is_shut_after_many_tries_and_opens_an_hour_later(self, cast: Cast) -> None:
        for _try in range(8):
            open_up(cast.amir, name="Finnes Ikke")
        with pytest.raises(TooOften, match="Ring lederen din"):
            open_up(cast.amir)
        assert open_up(cast.kari).citizen_id == cast.per.pk
        assert open_up(cast.amir, at=MONDAY + timedelta(hours=1, minutes=1)).citizen_id == cast.per.pk

    def test_gives_reading_and_nothing_more(self, cast: Cast, client_of: SignIn, now: None) -> None:
        open_up(cast.amir)
        client = client_of(cast.amir)

        page = client.get(f"/brukere/{cast.per.pk}/")
        assert page.status_code == 200
        assert "Nødtilgang til kl. 12.00" in page.content.decode()
        assert client.post(f"/brukere/{cast.per.pk}/egne-folk/", {"name": "Per", "kind": "RELATIVE"}).status_code == 403

    def test_both_leaders_see_it_at_once_and_one_reviews_it(self, cast: Cast, client_of: SignIn, now: None) -> None:
        vera = builders.employee("Vera", "Vik", Profession.LEADER, cast.fjelldal, colour=0)
        builders.role(vera, Role.TEAM_LEADER, cast.fjelldal)
        opened = open_up(cast.amir).emergency_id
        assert opened is not None
        client, hers = client_of(cast.marit), Client()
        assert vera.user is not None
        hers.force_login(vera.user)

        mine = client.get("/nodtilganger/").content.decode()
        theirs = hers.get("/nodtilganger/").content.decode()

        assert "Amir Rahimi" in mine
        assert "Per Fjell" not in mine  # his leader does not reach the citizen
        assert "Per Fjell" in theirs
        address = f"/nodtilganger/{opened}/"
        assert hers.post(address, {f"nodtilgang{opened}-verdict": "NOT_JUSTIFIED"}).status_code == 422
        said = {f"nodtilgang{opened}-verdict": "FOLLOW_UP", f"nodtilgang{opened}-words": "Snakker med ham"}
        assert hers.post(address, said).status_code == 302
        assert client.post(address, said).status_code == 422  # reviewed already
        assert EmergencyAccess.objects.get().verdict == "FOLLOW_UP"

    def test_nobody_reviews_herself_and_others_do_not_find_it(self, cast: Cast) -> None:
        builders.role(cast.amir.employee, Role.TEAM_LEADER, cast.bekkedal)
        opened = open_up(cast.amir).emergency_id or 0
        with pytest.raises(emergency.OwnEmergency):
            emergency.review_emergency(
                actor=again(cast.amir), emergency_id=opened, verdict="JUSTIFIED", words="", at=MONDAY
            )
        with pytest.raises(NotFound):
            emergency.review_emergency(
                actor=again(cast.nils), emergency_id=opened, verdict="JUSTIFIED", words="", at=MONDAY
            )

    def test_she_may_end_it_and_nobody_elses(self, cast: Cast, client_of: SignIn, now: None) -> None:
        opened = open_up(cast.amir).emergency_id
        assert client_of(cast.kari).post(f"/nodtilgang/{opened}/lukk/").status_code == 404
        assert client_of(cast.amir).post(f"/nodtilgang/{opened}/lukk/").status_code == 302
        assert client_of(cast.amir).get(f"/brukere/{cast.per.pk}/").status_code == 404

    def test_the_access_log_says_emergency(self, cast: Cast, client_of: SignIn, now: None) -> None:
        opened = open_up(cast.amir).emergency_id
        client_of(cast.amir).get(f"/brukere/{cast.per.pk}/")

        entry = AccessEntry.objects.filter(citizen_id=cast.per.pk, user=cast.amir.user).latest("pk")
        assert (entry.ground, entry.ground_subject) == ("EMERGENCY", f"opening:{opened}:FOUND")

    def test_those_without_a_clinical_role_may_not(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            open_up(cast.marit)


class TestAskedIn:
    def test_a_specialist_reads_for_a_purpose_till_a_day(self, cast: Cast, client_of: SignIn, now: None) -> None:
        builders.competence("SAR", "Sårstell", cast.frida.employee)
        ask_in(
            actor=again(cast.ingrid), citizen_id=cast.olga.pk, employee_id=cast.frida.employee.pk, purpose="Sår på leggen",
            last_day=TUESDAY_DATE, at=MONDAY,
        )  # fmt: skip

        assert client_of(cast.frida).get(f"/brukere/{cast.olga.pk}/").status_code == 200
        assert (
            client_of(cast.frida)
            .post(f"/brukere/{cast.olga.pk}/egne-folk/", {"name": "Per", "kind": "RELATIVE"})
            .status_code
            == 403
        )
        later = MONDAY + timedelta(days=2)
        assert cast.olga not in citizens.reachable(again(cast.frida, later), on=later.date())

    def test_must_have_a_purpose_and_an_end(self, cast: Cast) -> None:
        builders.competence("SAR", "Sårstell", cast.frida.employee)
        facts: dict[str, Any] = {
            "actor": again(cast.ingrid), "citizen_id": cast.olga.pk, "employee_id": cast.frida.employee.pk, "at": MONDAY,
        }  # fmt: skip
        with pytest.raises(SomethingMissing):
            ask_in(**facts, purpose=" ", last_day=TUESDAY_DATE)
        with pytest.raises(SomethingMissing):
            ask_in(**facts, purpose="Sår", last_day=MONDAY_DATE + timedelta(days=200))


def test_news_is_wired() -> None:
    from tillit.care.citizens.events import EmployeeBarred

    assert len(events._listeners[EmployeeBarred]) == 3
