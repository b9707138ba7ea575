"""The list, the search and the page: who sees what, and how often the database is asked."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import Cast, Member
from tillit.care.careplans.models import CarePlan, Goal
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Citizen, Home
from tillit.care.needs import actions as needs
from tillit.care.visits.models import FollowUp, Visit, VisitHelper, VisitReport
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel import clock, oslo

SignIn = Callable[[Member], Client]

CITIZEN_PAGES = (
    "page",
    "responsible",
    "whereabouts",
    "network",
    "wishes",
    "alerts",
    "home",
    "way_in",
    "following",
)


def days_of_help(cast: Cast, citizen: Citizen, *, days: int) -> None:
    """Visits through some days up to yesterday, by Amir and Kari in turn, some with a note."""
    today = oslo.day_of(clock.now())
    for number in range(1, days + 1):
        on = today - timedelta(days=number)
        start = oslo.whole_day(on).start + timedelta(hours=8)
        visit = Visit.objects.create(
            citizen=citizen,
            unit=cast.bekkedal,
            on=on,
            slot="MORNING",
            part_of_day="MORNING",
            shift_kind="DAY",
            state="DONE",
            earliest_at=start,
            latest_at=start,
            starts_at=start,
            minutes=20,
        )
        VisitHelper.objects.create(visit=visit, employee=(cast.amir if number % 3 else cast.kari).employee, on=visit.on)
        if number % 2:
            VisitReport.objects.create(
                visit=visit,
                outcome="AS_PLANNED",
                note=f"Notat {number}",
                reported_by=cast.amir.employee,
                reported_at=start,
            )


def everything(cast: Cast, citizen: Citizen, *, days: int) -> None:
    """One of each, and `days` of visits."""
    at = clock.now()
    today = oslo.day_of(at)
    actor = cast.ingrid.actor
    needs.write_down_words(actor=actor, citizen_id=citizen.pk, words="Gå til postkassa selv", said_on=today, at=at)
    for number in range(days // 5):
        citizens.add_network_member(actor=actor, citizen_id=citizen.pk, kind="RELATIVE", name=f"Datter {number}", at=at)
        citizens.add_alert(actor=actor, citizen_id=citizen.pk, kind="FALL", text=f"Fallfare {number}", at=at)
        FollowUp.objects.create(
            citizen=citizen,
            kind="BETTER",
            words="Klarer mer",
            urgency="TODAY",
            owner=cast.ingrid.employee,
            told_by=cast.amir.employee,
            told_at=at,
            due_at=at,
        )
    plan = CarePlan.objects.create(citizen=citizen, made_at=at, changed_at=at, valid_from=at)
    for number in range(days // 5):
        Goal.objects.create(plan=plan, words=f"Mål {number}", responsible=cast.ingrid.employee)
    citizens.name_responsible(
        actor=actor,
        citizen_id=citizen.pk,
        kind="PRIMARY_CONTACT",
        employee_id=cast.amir.employee.pk,
        valid_from=today,
        seen_id=None,
        at=at,
    )
    days_of_help(cast, citizen, days=days)


class TestReach:
    @pytest.mark.parametrize("name", CITIZEN_PAGES)
    def test_the_own_team_opens_every_page_and_others_find_nothing(
        self, cast: Cast, client_of: SignIn, name: str
    ) -> None:
        address = reverse(f"citizens:{name}", args=[cast.olga.pk])

        assert client_of(cast.ingrid).get(address).status_code == 200
        assert client_of(cast.frida).get(address).status_code == 404

    def test_those_who_do_not_help_are_refused_at_the_door(self, cast: Cast, client_of: SignIn) -> None:
        for address in (reverse("citizens:list"), reverse("citizens:page", args=[cast.olga.pk])):
            assert client_of(cast.admin).get(address).status_code == 403

    def test_the_list_and_the_search_show_ones_own_only(self, cast: Cast, client_of: SignIn) -> None:
        frida = client_of(cast.frida)

        listed = frida.get(reverse("citizens:list")).content.decode()
        found = frida.post(reverse("citizens:search"), {"q": "hansen"}).content.decode()

        assert "Per Fjell" in listed and "Olga Hansen" not in listed
        assert "Fant ingen som passer" in found and "Olga Hansen" not in found
        assert not AccessEntry.objects.filter(citizen_id=cast.olga.pk).exists()

    def test_the_door_code_is_not_shown_out_of_reach(self, cast: Cast, client_of: SignIn) -> None:
        Home.objects.filter(citizen=cast.olga).update(door_code="4711")
        address = reverse("citizens:door_code", args=[cast.olga.pk])

        assert client_of(cast.frida).post(address).status_code == 404
        assert not AuditEntry.objects.exists()


class TestPage:
    def test_shows_the_words_the_goals_and_who_comes(self, cast: Cast, client_of: SignIn) -> None:
        everything(cast, cast.olga, days=10)

        page = client_of(cast.ingrid).get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()

        assert "Gå til postkassa selv" in page
        assert "«Mål 1»" in page
        assert "2 ulike hjelpere" in page
        assert "Primærkontakten kom på 7 av 10 besøk." in page
        assert "Notat 1" in page

    def test_says_so_when_nobody_has_asked_and_offers_one_press(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        page = client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()

        assert "Vi har ikke spurt ennå" in page
        assert f'action="{reverse("needs:start", args=[cast.olga.pk])}"' in page
        answer = client.post(reverse("needs:start", args=[cast.olga.pk]))
        assert answer.headers["Location"] == reverse("needs:conversation", args=[cast.olga.pk])

    def test_one_press_begins_the_plan_with_the_first_goal_open_R13(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        begin = reverse("careplans:begin", args=[cast.olga.pk])
        page = client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()

        assert page.count(f'action="{begin}"') == 2  # the plan, and its first goal
        assert "Lag en plan" in page and 'name="skriv" value="mal"' in page
        editor = client.post(begin, {"skriv": "mal"}, follow=True).content.decode()
        assert "Når ser dere på målet sammen?" in editor
        again = client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()
        assert "Fortsett på planen" in again

    def test_nobody_is_led_elsewhere_by_what_a_press_says(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.ingrid).post(reverse("careplans:begin", args=[cast.olga.pk]), {"skriv": "//evil.no"})

        assert answer.headers["Location"] == reverse("careplans:plan_edit", args=[cast.olga.pk])

    def test_the_door_code_is_shown_on_request_only_and_the_press_is_logged(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        Home.objects.filter(citizen=cast.olga).update(door_code="4711")
        client = client_of(cast.amir)

        assert "4711" not in client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()
        shown = client.post(reverse("citizens:door_code", args=[cast.olga.pk]), headers={"HX-Request": "true"})

        assert "4711" in shown.content.decode() and "<html" not in shown.content.decode()
        assert "no-store" in shown.headers["Cache-Control"]
        assert AuditEntry.objects.get().action == "citizens.show_door_code"

    def test_looking_is_logged_once(self, cast: Cast, client_of: SignIn) -> None:
        client_of(cast.ingrid).get(reverse("citizens:page", args=[cast.olga.pk]))

        entry = AccessEntry.objects.get()
        assert (entry.citizen_id, entry.door, entry.user_id) == (cast.olga.pk, "citizens:page", cast.ingrid.user.pk)

    def test_asks_as_often_for_much_as_for_little(self, cast: Cast, client_of: SignIn) -> None:
        everything(cast, cast.olga, days=5)
        everything(cast, cast.arne, days=25)
        client = client_of(cast.ingrid)
        counts = []
        for citizen in (cast.olga, cast.olga, cast.arne):  # the first fills what is kept between requests
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(reverse("citizens:page", args=[citizen.pk])).status_code == 200
            counts.append(len(asked))

        assert counts[1] == counts[2]
        assert counts[2] <= 52

    def test_one_week_comes_alone_for_htmx_and_as_the_page_without(self, cast: Cast, client_of: SignIn) -> None:
        days_of_help(cast, cast.olga, days=3)
        client = client_of(cast.ingrid)
        day = date(2026, 11, 18)
        address = reverse("citizens:week", args=[cast.olga.pk, day.isoformat()])

        alone = client.get(address, headers={"HX-Request": "true"}).content.decode()
        whole = client.get(address)

        assert alone.lstrip().startswith("<section") and "Uke 47" in alone
        assert whole.headers["Location"].endswith("?uke=2026-11-16#uke")
        assert client.get(reverse("citizens:week", args=[cast.olga.pk, "tull"])).status_code == 302

    def test_a_leader_of_the_district_reads_and_is_offered_only_to_decide_who_follows(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        builders.role(cast.nils.employee, Role.DISTRICT_LEADER, cast.south)
        everything(cast, cast.olga, days=5)

        page = client_of(cast.nils).get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()

        assert "Olga Hansen" in page
        assert "Klarer mer" not in page and "Notat 1" not in page  # reads no journals
        offered = set(re.findall(r'href="/brukere/\d+/([a-z-]+)/"', page))
        assert offered == {
            "team",
            "avslutt",
            "opplysninger",
            "overlever",
            "innsyn",
            "hvem-har-sett",
            "alt",
            "tidslinje",
            "over-tid",
        }


class TestList:
    def test_tells_in_words_and_filters(self, cast: Cast, client_of: SignIn) -> None:
        at = clock.now()
        needs.write_down_words(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, words="Hunden min", said_on=oslo.day_of(at), at=at
        )
        citizens.set_away(actor=cast.ingrid.actor, citizen_id=cast.arne.pk, kind="HOSPITAL", from_at=at, at=at)
        client = client_of(cast.ingrid)

        def names(shown: str) -> list[str]:
            page = client.get(reverse("citizens:list"), {"vis": shown}).content.decode()
            return [name for name in ("Olga Hansen", "Arne Kvam") if name in page]

        assert "Teamet følger 2 brukere. 1 er ikke hjemme." in client.get(reverse("citizens:list")).content.decode()
        assert names("alle") == ["Olga Hansen", "Arne Kvam"]
        assert names("ikke-hjemme") == ["Arne Kvam"]
        assert names("uten-samtale") == ["Arne Kvam"]
        assert names("mine") == []

    def test_escapes_what_people_have_written(self, cast: Cast, client_of: SignIn) -> None:
        at = clock.now()
        strange = builders.citizen("<b>Ida", "<i>Ås", cast.bekkedal, serial=100)
        needs.write_down_words(
            actor=cast.ingrid.actor, citizen_id=strange.pk, words="<u>Hunden", said_on=oslo.day_of(at), at=at
        )
        citizens.set_away(
            actor=cast.ingrid.actor, citizen_id=strange.pk, kind="HOSPITAL", place="<s>Sykehuset", from_at=at, at=at
        )
        Home.objects.filter(citizen=strange).update(street="<em>Strandveien 1")

        page = client_of(cast.ingrid).get(reverse("citizens:list")).content.decode()

        for written in ("<b>Ida", "<i>Ås", "<u>Hunden", "<s>Sykehuset", "<em>Strandveien 1"):
            assert written not in page
            assert written.replace("<", "&lt;").replace(">", "&gt;") in page

    def test_is_in_norwegian_order(self, cast: Cast, client_of: SignIn) -> None:
        builders.citizen("Ida", "Åsen", cast.bekkedal, serial=100)
        builders.citizen("Ida", "Ærlig", cast.bekkedal, serial=150)
        builders.citizen("Ida", "Østby", cast.bekkedal, serial=200)

        page = client_of(cast.ingrid).get(reverse("citizens:list")).content.decode()

        positions = [page.index(name) for name in ("Hansen", "Kvam", "Ærlig", "Østby", "Åsen")]
        assert positions == sorted(positions)

    def test_an_empty_team_is_told_what_to_do(self, cast: Cast, client_of: SignIn) -> None:
        page = client_of(cast.nils).get(reverse("citizens:list")).content.decode()

        assert "Ingen brukere ennå" in page
        assert reverse("citizens:register") in page

    def test_asks_as_often_for_a_large_team_as_for_a_small(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        client.get(reverse("citizens:list"))
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("citizens:list"))
        for number in range(20):
            citizen = builders.citizen("Ny", f"Bruker{number}", cast.bekkedal, serial=100 + 20 * number)
            everything(cast, citizen, days=5)
        with CaptureQueriesContext(connection) as many:
            page = client.get(reverse("citizens:list")).content.decode()

        assert "Ny Bruker19" in page
        assert len(many) <= len(few) + 2  # with somebody to show, marks and participants are read


class TestSearch:
    def test_finds_by_name_and_by_address_across_words(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        for text in ("olga", "HANSEN ol", "strandveien hansen"):
            page = client.post(reverse("citizens:search"), {"q": text}).content.decode()
            assert "1 bruker passer" in page and "Olga Hansen" in page

    def test_no_name_stands_in_an_address(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        page = client.get(reverse("citizens:search"), {"q": "hansen"}).content.decode()

        assert "Olga Hansen" not in page
        assert 'method="post"' in page

    def test_the_part_comes_alone_for_htmx(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.ingrid).post(reverse("citizens:search"), {"q": "olga"}, headers={"HX-Request": "true"})

        assert "<html" not in answer.content.decode() and "Olga Hansen" in answer.content.decode()

    def test_nothing_to_search_for_leads_back_to_the_list(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.ingrid).post(reverse("citizens:search"), {"q": " "}, headers={"HX-Request": "true"})

        assert answer.headers["HX-Redirect"] == reverse("citizens:list")
