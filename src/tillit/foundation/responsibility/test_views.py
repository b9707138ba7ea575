from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.foundation.organisation.models import TeamMeeting, UnitKind
from tillit.foundation.responsibility.models import Duty, DutyHolding, ModelVersion, TeamModel
from tillit.foundation.workforce.models import Profession

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]


def text_of(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def queries_of(client: Client, name: str, *args: int) -> int:
    text_of(client, name, *args)
    with CaptureQueriesContext(connection) as found:
        text_of(client, name, *args)
    return len(found)


class TestModelsPage:
    def test_marks_what_differs_R04(self, cast: Cast, client_of: SignIn) -> None:
        one, two, *_rest = more.shipped(MONDAY)

        page = text_of(client_of(cast.ingrid), "responsibility:models", venstre=str(one.pk), hoyre=str(two.pk))

        assert "Hvem gjør hva i Modell 1 og Modell 2" in page
        assert "9 av 24 oppgaver ligger ulikt. De fleste gjelder nye brukere." in page
        assert page.count(" data-diff>") == 9
        assert page.count('<th scope="row">') == 24

    def test_filters_to_the_different_ones(self, cast: Cast, client_of: SignIn) -> None:
        one, two, *_rest = more.shipped(MONDAY)

        page = text_of(
            client_of(cast.ingrid), "responsibility:models", venstre=str(one.pk), hoyre=str(two.pk), vis="ulike"
        )

        assert page.count('<th scope="row">') == 9
        assert "Viser 9 av 24 oppgaver." in page

    def test_says_who_follows_which_since_when_and_what_nobody_has_R08(self, cast: Cast, client_of: SignIn) -> None:
        one, _two, _pp, heltom, _buurtzorg = more.shipped(MONDAY)
        TeamModel.objects.create(unit=cast.bekkedal, version=one, valid_from=date(2026, 9, 1))

        page = text_of(client_of(cast.frida), "responsibility:models", hoyre=str(heltom.pk))

        assert "Hvem gjør hva i Modell 1 og HELTOM" in page
        assert "fra 01.09.2026" in page
        assert "Ikke bestemt i HELTOM" in page

    @pytest.mark.parametrize("asked", [{"venstre": "abc"}, {"venstre": "999999"}, {"hoyre": "٣"}, {}])
    def test_shows_two_models_whatever_is_asked(self, cast: Cast, client_of: SignIn, asked: dict[str, str]) -> None:
        more.shipped(MONDAY)

        assert "Modell 1 og Modell 2" in text_of(client_of(cast.ingrid), "responsibility:models", **asked)

    def test_empty_says_what_to_do_and_the_administrator_can(self, cast: Cast, client_of: SignIn) -> None:
        assert "Hent modellene" not in text_of(client_of(cast.ingrid), "responsibility:models")
        client = client_of(cast.admin)
        assert "Hent modellene" in text_of(client, "responsibility:models")

        client.post(reverse("responsibility:ship-models"))

        assert ModelVersion.objects.count() == 5
        assert client_of(cast.ingrid).post(reverse("responsibility:ship-models")).status_code == 403


class TestOrganisationPage:
    def test_shows_teams_leaders_positions_areas_and_models_R01_R03(self, cast: Cast, client_of: SignIn) -> None:
        builders.unit("Arbeidslag demens", UnitKind.WORK_GROUP, parent=cast.bekkedal)
        builders.unit("Innsatsteam", UnitKind.SPECIAL_TEAM, parent=cast.municipality)
        more.area(cast.bekkedal, ring=more.square(6.0, 61.9))
        TeamModel.objects.create(unit=cast.bekkedal, version=more.shipped(MONDAY)[0], valid_from=MONDAY_DATE)

        page = text_of(client_of(cast.frida), "organisation:index")

        for word in (
            "Sør",
            "Team Bekkedal",
            "Marit Aune",
            "Arbeidslag demens",
            "Innsatsteam",
            "Modell 1",
            "Ikke valgt",
        ):
            assert word in page
        assert "Området til Team Bekkedal" in page
        assert "3 team i 2 distrikter" in page

    def test_an_empty_municipality_says_what_to_do(self, cast: Cast, client_of: SignIn) -> None:
        page = text_of(client_of(cast.frida), "organisation:index")

        assert "Ingen områder ennå" in page

    def test_asks_the_same_few_questions_for_few_and_many(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.frida)
        few = queries_of(client, "organisation:index")
        for number in range(20):
            team = builders.unit(f"Team {number}", parent=cast.north)
            builders.employee("Vera", f"V{number}", Profession.NURSE, team)
            more.area(team, codes=[f"{number:04}"])

        assert queries_of(client, "organisation:index") == few

    def test_a_large_municipality_opens_ones_own_district_and_the_one_that_is_chosen(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        for number in range(12):
            team = builders.unit(f"Nordlaget {number}", parent=cast.north)
            more.area(team, codes=[f"{number:04}"])
        client = client_of(cast.frida)

        own = text_of(client, "organisation:index")
        south = text_of(client, "organisation:index", distrikt=str(cast.south.pk))
        unknown = text_of(client, "organisation:index", distrikt="٣")

        assert "15 team i 2 distrikter" in own and "15 team i 2 distrikter" in south
        assert "Nordlaget 7" in own and "Team Bekkedal" not in own
        assert f"?distrikt={cast.south.pk}" in own and f"?distrikt={cast.north.pk}" in south
        assert "Team Bekkedal" in south and "Nordlaget 7" not in south
        assert "Nordlaget 7" in unknown


class TestUnitPage:
    def test_shows_members_of_any_team_to_colleagues(self, cast: Cast, client_of: SignIn) -> None:
        page = text_of(client_of(cast.frida), "organisation:unit", cast.bekkedal.pk)

        assert "Ingrid Solheim" in page
        assert "Leder: Marit Aune." in page
        assert "Legg til et møte" not in page
        assert reverse("workforce:shifts", args=[cast.bekkedal.pk]) not in page

    def test_never_shows_absence(self, cast: Cast, client_of: SignIn) -> None:
        builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)

        page = text_of(client_of(cast.marit), "organisation:unit", cast.bekkedal.pk)

        assert "Egenmelding" not in page
        assert "Borte" not in page

    @pytest.mark.parametrize("kind", ["municipality", "south", "bekkedal"])
    def test_every_kind_of_unit_has_a_page(self, cast: Cast, client_of: SignIn, kind: str) -> None:
        page = text_of(client_of(cast.ingrid), "organisation:unit", getattr(cast, kind).pk)

        assert ("Vakter i dag" in page) is (kind == "bekkedal")
        assert ("Enheter under" in page) is (kind != "bekkedal")

    def test_shows_who_holds_the_duties_today_and_gaps_R05(self, cast: Cast, client_of: SignIn) -> None:
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE)
        more.duty(cast.bekkedal, cast.kari.employee)
        more.duty(cast.bekkedal)

        page = text_of(client_of(cast.frida), "organisation:unit", cast.bekkedal.pk)

        assert 'data-state="empty"' in page

    def test_asks_the_same_few_questions_for_5_and_50_members(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        more.duty(cast.bekkedal, cast.kari.employee)
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE)
        few = queries_of(client, "organisation:unit", cast.bekkedal.pk)
        for number in range(50):
            worker = builders.employee("Vera", f"V{number}", Profession.NURSE, cast.bekkedal)
            builders.shift(worker, cast.bekkedal, MONDAY_DATE)

        assert queries_of(client, "organisation:unit", cast.bekkedal.pk) == few

    def test_the_leader_edits_and_others_do_not(self, cast: Cast, client_of: SignIn) -> None:
        address = reverse("organisation:edit-unit", args=[cast.bekkedal.pk])
        typed = {"edition": "1", "name": "Team Bekkedal", "base_name": "Basen", "latitude": "61,91",
                 "longitude": "6,01", "allocate": "EVERYONE"}  # fmt: skip

        assert client_of(cast.ingrid).post(address, typed).status_code == 403
        assert client_of(cast.marit).get(address).status_code == 200
        assert client_of(cast.marit).post(address, typed).status_code == 302

        cast.bekkedal.refresh_from_db()
        assert (cast.bekkedal.everyone_may_allocate, cast.bekkedal.base_latitude) == (True, 61.91)

    def test_two_at_once_keep_what_was_typed_and_show_what_stands(self, cast: Cast, client_of: SignIn) -> None:
        address = reverse("organisation:edit-unit", args=[cast.bekkedal.pk])
        typed = {"edition": "1", "name": "Team Bekkedal", "phone": "900 11 222", "allocate": "EVERYONE"}
        client = client_of(cast.marit)
        client.post(address, typed)

        answer = client.post(address, {**typed, "phone": "900 33 444"})

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "900 33 444" in page
        assert "900 11 222" in page
        assert 'name="edition" value="2"' in page

    def test_half_a_place_is_no_place(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.marit).post(
            reverse("organisation:edit-unit", args=[cast.bekkedal.pk]),
            {"edition": "1", "name": "Team Bekkedal", "latitude": "61,9", "allocate": "EVERYONE"},
        )

        assert answer.status_code == 422
        assert "både breddegrad og lengdegrad" in answer.content.decode()

    def test_meetings_are_added_and_ended(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        assert "Legg til et møte" in text_of(client, "organisation:unit", cast.bekkedal.pk)
        answer = client.post(
            reverse("organisation:new-meeting", args=[cast.bekkedal.pk]),
            {"name": "Brukermøte", "weekdays": ["3"], "starts": "13.00", "minutes": "60"},
        )
        assert answer.status_code == 302
        assert "onsdag kl. 13.00–14.00" in text_of(client, "organisation:unit", cast.bekkedal.pk)

        client.post(reverse("organisation:end-meeting", args=[TeamMeeting.objects.get().pk]))

        assert "Brukermøte" not in text_of(client, "organisation:unit", cast.bekkedal.pk)


class TestDutiesPage:
    @pytest.fixture
    def duty(self, cast: Cast) -> Duty:
        for worker in (cast.kari, cast.amir):
            builders.shift(worker.employee, cast.bekkedal, MONDAY_DATE)
        return more.duty(cast.bekkedal, cast.kari.employee, is_fixed=True)

    def test_shows_two_weeks_and_the_first_gap_R05(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        page = text_of(client_of(cast.ingrid), "responsibility:duties", cast.bekkedal.pk)

        assert page.count("<tr id=") == 14
        assert "13 vakter mangler noen. Den første er Meldinger tirsdag 24. november." in page

    def test_is_not_there_for_other_teams(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        answer = client_of(cast.frida).get(reverse("responsibility:duties", args=[cast.bekkedal.pk]))

        assert answer.status_code == 404

    def test_opens_the_choice_with_the_reason(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        page = text_of(
            client_of(cast.amir), "responsibility:duties", cast.bekkedal.pk, vakt=str(duty.pk), dag="2026-11-23"
        )

        assert "Meldinger mandag 23. november" in page
        assert "Kari Nilsen har vakta fast, og er på jobb." in page
        assert "Ta vakta" in page

    def test_taking_and_giving_back(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client = client_of(cast.amir)
        taken = client.post(
            reverse("responsibility:take-duty", args=[duty.pk]),
            {"dag": "2026-11-23", "employee": str(cast.amir.employee.pk)},
        )
        assert taken.status_code == 302
        assert DutyHolding.objects.get().employee == cast.amir.employee

        client.post(f"{reverse('responsibility:give-back-duty', args=[duty.pk])}?dag=2026-11-23")

        assert not DutyHolding.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "status"),
        [({"dag": "2026-11-24", "employee": "kari"}, 409), ({"dag": "i går", "employee": "kari"}, 404),
         ({"dag": "2026-11-23", "employee": "x"}, 404)],
    )  # fmt: skip
    def test_taking_what_cannot_be_held_is_told(
        self, cast: Cast, client_of: SignIn, duty: Duty, typed: dict[str, str], status: int
    ) -> None:
        employee = str(cast.kari.employee.pk) if typed["employee"] == "kari" else typed["employee"]

        answer = client_of(cast.amir).post(
            reverse("responsibility:take-duty", args=[duty.pk]), {**typed, "employee": employee}
        )

        assert answer.status_code == status

    def test_a_team_without_duties_is_helped_to_start(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        assert "Sett opp de tre vanlige" in text_of(client, "responsibility:duties", cast.bekkedal.pk)

        client.post(reverse("responsibility:usual-duties", args=[cast.bekkedal.pk]))

        assert Duty.objects.count() == 3

    def test_arranging_takes_places_in_order(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client = client_of(cast.ingrid)
        address = reverse("responsibility:arrange-duty", args=[duty.pk])
        typed = {
            "name": "Meldinger", "weekdays": ["1", "2"], "shift_kind": "DAY", "how": "ROTATION", "needs": "",
            f"place_{cast.amir.employee.pk}": "1", f"place_{cast.kari.employee.pk}": "2",
        }  # fmt: skip

        opened = client.get(address)
        assert 'value="1"' in opened.content.decode()
        typed["edition"] = opened.context["form"]["edition"].value()
        assert client.post(address, typed).status_code == 302

        order = duty.members.order_by("rank").values_list("employee__given_name", flat=True)
        assert list(order) == ["Amir", "Kari"]
        assert client.post(address, {**typed, "weekdays": []}).status_code == 422
        assert client_of(cast.nils).post(address, typed).status_code == 404

    def test_a_new_duty_and_its_end(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        answer = client.post(
            reverse("responsibility:new-duty", args=[cast.bekkedal.pk]),
            {"kind": "OTHER", "name": "Nøkler", "weekdays": ["5"], "shift_kind": "DAY", "how": "FIXED", "needs": "",
             f"place_{cast.kari.employee.pk}": "1"},
        )  # fmt: skip
        assert answer.status_code == 302
        duty = Duty.objects.get()
        assert (duty.name, duty.weekdays, duty.is_fixed) == ("Nøkler", "5", True)

        client.post(reverse("responsibility:end-duty", args=[duty.pk]))

        assert "Nøkler" not in text_of(client, "responsibility:duties", cast.bekkedal.pk)

    def test_never_goes_back_before_today(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        page = text_of(client_of(cast.ingrid), "responsibility:duties", cast.bekkedal.pk, fra="2020-01-01")

        assert "I dag, mandag 23. november" in page

    def test_asks_the_same_few_questions_for_5_and_50_members(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client = client_of(cast.ingrid)
        few = queries_of(client, "responsibility:duties", cast.bekkedal.pk)
        workers = [builders.employee("Vera", f"V{number}", Profession.NURSE, cast.bekkedal) for number in range(50)]
        for worker in workers:
            builders.shift(worker, cast.bekkedal, MONDAY_DATE + timedelta(days=worker.pk % 7))
        more.duty(cast.bekkedal, *workers)

        assert queries_of(client, "responsibility:duties", cast.bekkedal.pk) == few
