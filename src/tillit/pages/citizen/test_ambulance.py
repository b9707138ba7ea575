"""The sheet for an ambulance crew: what is on it, for whom, and that making it stands in the audit trail."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.builders_observations import a_watch
from tests.cast import Cast, Member
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Citizen, EmergencyAccess, Home, NetworkMember
from tillit.care.observations.models import Observation, Watch
from tillit.care.visits.models import FollowUp
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.kernel import clock, oslo

SignIn = Callable[[Member], Client]


def sheet_of(client: Client, citizen: Citizen) -> str:
    return client.post(reverse("citizens:ambulance", args=[citizen.pk])).content.decode()


def known(cast: Cast, citizen: Citizen, *, times: int = 1) -> Watch:
    """What Tillit may hold of somebody who needs an ambulance."""
    at, actor = clock.now(), cast.ingrid.actor
    Home.objects.filter(citizen=citizen).update(door_code="4711", way_in="Ring på først")
    Employee.objects.filter(pk=cast.amir.employee.pk).update(phone="90000001")
    watch = a_watch(citizen)
    watch.opened_at, watch.owner = at - timedelta(minutes=10), cast.amir.employee
    watch.save()
    Observation.objects.filter(watch=watch).update(seen_at=at - timedelta(minutes=5))
    for number in range(times):
        citizens.add_alert(actor=actor, citizen_id=citizen.pk, kind="ALLERGY", text=f"Penicillin {number}", at=at)
        FollowUp.objects.create(
            citizen=citizen, kind="INJURY", words=f"Falt på badet {number}", urgency="NOW", told_at=at, due_at=at
        )
        NetworkMember.objects.create(
            citizen=citizen, kind="RELATIVE", name=f"Berit {number}", relation="Datter", phone="90000002",
            is_next_of_kin=number == 0, valid_from=oslo.day_of(at),
        )  # fmt: skip
    return watch


def an_emergency(citizen: Citizen, by: Member, unit: Unit) -> EmergencyAccess:
    """She found the citizen and opened the record half an hour ago."""
    opened_at = clock.now() - timedelta(minutes=30)
    return EmergencyAccess.objects.create(
        citizen=citizen, employee=by.employee, unit=unit, reason="FOUND", words="Falt på butikken",
        opened_at=opened_at, ends_at=opened_at + timedelta(hours=4),
    )  # fmt: skip


class TestSheet:
    def test_holds_what_the_crew_needs_and_says_where_the_rest_is(self, cast: Cast, client_of: SignIn) -> None:
        known(cast, cast.olga)
        number = cast.olga.identifiers.get().value

        page = sheet_of(client_of(cast.amir), cast.olga)

        for told in (
            "Olga Hansen", f"{number[:6]} {number[6:]}", "Penicillin 0", "Falt på badet 0", "Hun er varm.", "4711",
            "Ring på først", "Hun er litt tungpust.", "Berit 0", "nærmeste pårørende", "Amir Rahimi", "90000001", "112 i minuttet",
            "Medisinlista står ikke i Tillit", "Behandlingsavklaring (som HLR minus)", "av Amir Rahimi",
        ):  # fmt: skip
            assert told in page, told

    def test_never_says_that_there_is_no_allergy(self, cast: Cast, client_of: SignIn) -> None:
        page = sheet_of(client_of(cast.ingrid), cast.olga)

        assert "Ikke skrevet i Tillit. Det kan finnes likevel." in page
        assert "Ingen målinger står i Tillit." in page

    def test_making_it_is_a_read_with_that_purpose_R06(self, cast: Cast, client_of: SignIn) -> None:
        known(cast, cast.olga)
        before = AuditEntry.objects.count()

        answer = client_of(cast.amir).post(reverse("citizens:ambulance", args=[cast.olga.pk]))

        assert "no-store" in answer.headers["Cache-Control"]
        made, shown = AuditEntry.objects.order_by("pk")[before:]
        assert (made.action, made.change) == (
            "citizens.make_ambulance_sheet",
            {"purpose": "AMBULANCE", "number": True, "code": True},
        )
        assert (shown.action, shown.change) == ("citizens.show_door_code", {"purpose": "AMBULANCE"})
        assert AccessEntry.objects.latest("pk").door == "citizens:ambulance"

    def test_a_hidden_address_stays_hidden_and_the_code_with_it(self, cast: Cast, client_of: SignIn) -> None:
        known(cast, cast.olga)
        Citizen.objects.filter(pk=cast.olga.pk).update(is_secret_address=True)
        street = cast.olga.homes.get().street

        page = sheet_of(client_of(cast.kari), cast.olga)

        assert street not in page and "4711" not in page and "Ring på først" not in page
        assert "Du ser ikke adressen." in page
        assert AuditEntry.objects.latest("pk").change["code"] is False

    def test_is_out_of_reach_for_others_and_not_for_those_who_do_not_help(self, cast: Cast, client_of: SignIn) -> None:
        address = reverse("citizens:ambulance", args=[cast.olga.pk])
        builders.role(cast.nils.employee, Role.DISTRICT_LEADER, cast.south)
        before = AuditEntry.objects.count()

        assert client_of(cast.frida).post(address).status_code == 404
        assert client_of(cast.admin).post(address).status_code == 403
        assert client_of(cast.nils).post(address).status_code == 403
        assert client_of(cast.ingrid).get(address).status_code == 405
        assert AuditEntry.objects.count() == before

    def test_whoever_reads_in_an_emergency_makes_it_and_the_trail_says_so_R06(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        Home.objects.filter(citizen=cast.per).update(door_code="4711")
        client, page = client_of(cast.amir), reverse("citizens:page", args=[cast.per.pk])
        address = reverse("citizens:ambulance", args=[cast.per.pk])
        assert client.post(address).status_code == 404
        opened = an_emergency(cast.per, cast.amir, cast.bekkedal)

        assert f'action="{address}"' in client.get(page).content.decode()
        sheet = sheet_of(client, cast.per)

        assert "Kode til døra: 4711" in sheet
        made, shown = AuditEntry.objects.filter(action__startswith="citizens.").order_by("-pk")[:2][::-1]
        assert made.change == {"purpose": "AMBULANCE", "number": True, "code": True, "emergency": opened.pk}
        assert (shown.action, shown.change) == ("citizens.show_door_code", {"purpose": "AMBULANCE"})
        entry = AccessEntry.objects.filter(door="citizens:ambulance", user=cast.amir.user).latest("pk")
        assert entry.ground == "EMERGENCY"

        EmergencyAccess.objects.update(ended_at=clock.now())
        assert client.post(address).status_code == 404

    def test_an_emergency_gives_nothing_to_a_role_without_it_and_shows_no_hidden_address_R18(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        Home.objects.filter(citizen=cast.per).update(door_code="4711")
        address = reverse("citizens:ambulance", args=[cast.per.pk])
        an_emergency(cast.per, cast.admin, cast.municipality)
        an_emergency(cast.per, cast.amir, cast.bekkedal)
        Citizen.objects.filter(pk=cast.per.pk).update(is_secret_address=True)
        street = cast.per.homes.get().street

        assert client_of(cast.admin).post(address).status_code == 403
        page = sheet_of(client_of(cast.amir), cast.per)
        assert "4711" not in page and street not in page

    def test_is_one_press_away_from_her_page_and_from_113(self, cast: Cast, client_of: SignIn) -> None:
        watch = known(cast, cast.olga)
        client, form = client_of(cast.amir), f'action="{reverse("citizens:ambulance", args=[cast.olga.pk])}"'
        on_watch = reverse("observations:watch", args=[watch.pk])

        assert form in client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()
        assert form not in client.get(on_watch).content.decode()  # a nurse is asked first
        Watch.objects.filter(pk=watch.pk).update(level="HIGH")
        assert form in client.get(on_watch).content.decode()

    def test_asks_as_often_for_much_as_for_little(self, cast: Cast, client_of: SignIn) -> None:
        known(cast, cast.olga)
        known(cast, cast.arne, times=6)
        client, counts = client_of(cast.ingrid), []
        for citizen in (cast.olga, cast.olga, cast.arne):
            with CaptureQueriesContext(connection) as asked:
                sheet_of(client, citizen)
            counts.append(len(asked))

        assert counts[1] == counts[2] <= 45
