"""The pages about authority: what everybody sees, what those who register can do, and the number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_authority
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.models import ActingLeader, Authority, Delegation, LegalReference, ServiceType
from tillit.foundation.organisation.models import Unit, UnitKind

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]


@pytest.fixture
def services(cast: Cast) -> dict[str, ServiceType]:
    return builders_authority.services(MONDAY)


@pytest.fixture
def office(cast: Cast) -> Unit:
    return builders.unit("Tjenestekontoret", UnitKind.OFFICE, parent=cast.municipality)


class TestWhoPage:
    def test_tells_the_reader_first_what_she_may_decide(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"], max_extent=35)

        page = client_of(cast.marit).get(reverse("authority:who")).content.decode()

        assert "Du kan avgjøre 1 tjeneste for Team Bekkedal" in page
        assert "Hjemmesykepleie (inntil 35 timer i uka)." in page
        assert "16 tjenester kan ingen avgjøre for Team Bekkedal" in page
        assert "Ingen kan avgjøre dette" in page
        assert reverse("authority:new-delegation") not in page

    def test_another_unit_is_chosen_in_the_address(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        page = client_of(cast.ingrid).get(f"{reverse('authority:who')}?enhet={cast.fjelldal.pk}").content.decode()

        assert "Du avgjør ingen tjenester for Team Fjelldal" in page

    def test_without_services_it_says_what_to_do(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)

        assert "Hent tjenestene" in client.get(reverse("authority:who")).content.decode()
        client.post(reverse("authority:ship-services"))

        assert ServiceType.objects.count() == 17

    def test_the_number_of_queries_does_not_grow(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        client = client_of(cast.admin)
        address = reverse("authority:who")
        builders_authority.authority(services["BPA"])
        client.get(address)
        few = self._count(client, address)
        for number, service in enumerate(services.values()):
            document = builders_authority.delegation(f"2026-{50 + number}")
            builders_authority.authority(service, document=document, max_extent=5)
            builders_authority.authority(service, Role.NURSE, document=document)
            first = MONDAY_DATE + timedelta(days=number)
            builders_authority.acting_leader(cast.kari.employee, cast.bekkedal, first, first + timedelta(days=1))

        assert self._count(client, address) == few

    def _count(self, client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)


class TestRegistering:
    def test_a_document_and_a_line(self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn) -> None:
        client = client_of(cast.admin)
        made = client.post(
            reverse("authority:new-delegation"),
            {
                "reference": "2026-04",
                "title": "Myndighet i hjemmetjenesten",
                "delegated_by": "Kommunedirektøren",
                "valid_from": "23.11.2026",
                "valid_to": "31.12.2027",
            },
        )
        document = Delegation.objects.get()
        assert (made.status_code, made["Location"]) == (302, reverse("authority:delegation", args=[document.pk]))
        line = {
            "what": f"S{services['HOME_NURSING'].pk}",
            "who": "TEAM_LEADER",
            "within": "0",
            "valid_from": "23.11.2026",
        }

        client.post(reverse("authority:add-line", args=[document.pk]), line | {"max_extent": "35,5"})

        stored = Authority.objects.get()
        page = client.get(reverse("authority:delegation", args=[document.pk])).content.decode()
        assert str(stored.max_extent) == "35.50"
        assert "Teamleder for enheten som har saken" in page
        assert "Inntil 35,5 timer i uka" in page
        assert "Til og med 31.12.2027" in page

    def test_a_refusal_stands_by_its_field_and_nothing_typed_is_lost(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        document = builders_authority.delegation()
        answer = client_of(cast.admin).post(
            reverse("authority:add-line", args=[document.pk]),
            {"what": "GHOME", "who": "TEAM_LEADER", "within": "0", "max_extent": "35", "valid_from": "23.11.2026"},
        )

        assert answer.status_code == 422
        assert "Sett grensen for hver tjeneste" in answer.content.decode()
        assert 'value="35"' in answer.content.decode()

    def test_a_named_person_by_her_number(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        document = builders_authority.delegation()
        address = reverse("authority:add-line", args=[document.pk])
        line = {"what": f"S{services['BPA'].pk}", "who": "PERSON", "within": "0", "valid_from": "23.11.2026"}
        client = client_of(cast.admin)

        assert client.post(address, line).status_code == 422
        assert client.post(address, line | {"number": "finnes-ikke"}).status_code == 422
        assert client.post(address, line | {"number": cast.ingrid.employee.number}).status_code == 302
        assert Authority.objects.get().employee == cast.ingrid.employee

    def test_ending_a_line_and_a_document(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        line = builders_authority.authority(services["BPA"])
        client = client_of(cast.admin)

        past = client.post(reverse("authority:end-line", args=[line.pk]), {"valid_to": "21.11.2026"})
        client.post(reverse("authority:end-line", args=[line.pk]), {"valid_to": "30.11.2026"})
        client.post(reverse("authority:end-delegation", args=[line.delegation_id]), {"valid_to": "31.12.2026"})

        line.refresh_from_db()
        assert past.status_code == 422
        assert (str(line.valid_to), str(line.delegation.valid_to)) == ("2026-12-01", "2027-01-01")

    def test_those_who_may_not_register_see_no_forms(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        line = builders_authority.authority(services["BPA"])
        client = client_of(cast.marit)

        for address in (
            reverse("authority:new-delegation"),
            reverse("authority:add-line", args=[line.delegation_id]),
            reverse("authority:end-line", args=[line.pk]),
            reverse("authority:end-delegation", args=[line.delegation_id]),
            reverse("authority:template", args=["OSLO_DESCRIBED"]),
            reverse("authority:appoint", args=[cast.bekkedal.pk]),
            reverse("authority:new-service"),
            reverse("authority:act"),
        ):
            assert client.get(address).status_code == 403, address
            assert client.post(address, {"valid_to": "30.11.2026"}).status_code == 403, address
        assert client.get(reverse("authority:delegation", args=[line.delegation_id])).status_code == 200


class TestTemplatePage:
    def test_shows_what_would_change_before_anything_does(
        self, cast: Cast, services: dict[str, ServiceType], office: Unit, client_of: SignIn
    ) -> None:
        builders_authority.authority(services["SHORT_STAY"])
        client = client_of(cast.admin)
        address = reverse("authority:template", args=["OSLO_PRACTISED"])

        page = client.get(address).content.decode()
        shown = client.post(address, {"vis": "1", "valid_from": "01.12.2026", "within": "0", "office": str(office.pk)})

        assert "7 tjenester får sin plass etter malen. 1 linje som gjelder nå, avsluttes." in page
        assert "10 tjenester kan ingen avgjøre etterpå" in page
        assert "Leder av Tjenestekontoret" in page
        assert (shown.status_code, "Fra 01.12.2026" in shown.content.decode()) == (200, True)
        assert Delegation.objects.count() == 1

    def test_takes_it_into_use(
        self, cast: Cast, services: dict[str, ServiceType], office: Unit, client_of: SignIn
    ) -> None:
        answers = {
            "ta": "1",
            "valid_from": "01.12.2026",
            "within": "0",
            "office": str(office.pk),
            "reference": "2026-09",
        }
        client = client_of(cast.admin)
        address = reverse("authority:template", args=["OSLO_PRACTISED"])

        assert client.post(address, answers).status_code == 422
        made = client.post(address, answers | {"delegated_by": "Kommunedirektøren"})

        document = Delegation.objects.get()
        assert made["Location"] == reverse("authority:delegation", args=[document.pk])
        assert document.authorities.count() == 7
        page = client.get(made["Location"]).content.decode()
        assert "Kilden sier ikke hvem som avgjør" in page

    def test_an_unknown_template_is_not_found(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.admin).get(reverse("authority:template", args=["INGEN"])).status_code == 404


class TestActingPage:
    def test_appoints_and_ends(self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn) -> None:
        client = client_of(cast.admin)
        answers = {
            "employee": str(cast.ingrid.employee.pk),
            "valid_from": "23.11.2026",
            "valid_to": "30.11.2026",
            "basis": "Ferie",
        }

        client.post(reverse("authority:appoint", args=[cast.bekkedal.pk]), answers)
        made = ActingLeader.objects.get()
        page = client.get(f"{reverse('authority:who')}?enhet={cast.bekkedal.pk}").content.decode()
        ended = client.post(reverse("authority:end-acting", args=[made.pk]), {"valid_to": "25.11.2026"})

        made.refresh_from_db()
        assert "Ingrid Solheim" in page and "Fungerende teamleder for Team Bekkedal" in page
        assert (ended.status_code, str(made.valid_to)) == (302, "2026-11-26")

    def test_unknown_ones_are_not_found(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)

        for name in ("end-acting", "end-line", "delegation", "appoint"):
            assert client.get(reverse(f"authority:{name}", args=[987_654])).status_code == 404


class TestOtherForms:
    def test_a_service_of_ones_own_and_the_day_of_the_new_act(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        client = client_of(cast.admin)
        own = {"name": "Matlagingskurs", "group": "HOME", "extent_in": "TIMES_A_WEEK", "valid_from": "23.11.2026"}

        assert client.post(reverse("authority:new-service"), own).status_code == 302
        assert client.post(reverse("authority:new-service"), own).status_code == 422
        edition = client.get(reverse("authority:act")).context["form"]["edition"].value()
        typed = {"valid_from": "01.07.2027", "edition": edition}
        assert client.post(reverse("authority:act"), {**typed, "edition": 1}).status_code == 409
        assert client.post(reverse("authority:act"), typed).status_code == 302
        assert reverse("authority:act") not in client.get(reverse("authority:who")).content.decode()


class TestLawPage:
    def test_shows_what_is_cited_and_what_nothing_is_registered_for(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        page = client_of(cast.kari).get(reverse("authority:law")).content.decode()

        assert "Helse- og omsorgstjenesteloven §\u00a03-\u20602 første ledd nr. 6 bokstav a" in page
        assert "5 tjenester er uten hjemmel" in page
        assert reverse("authority:add-basis", args=[services["MEALS"].pk]) not in page

    def test_the_administrator_writes_the_municipality_s_own_and_ends_it(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        client = client_of(cast.admin)
        href = reverse("authority:add-basis", args=[services["TT_TRANSPORT"].pk])
        assert "fylkeskommunens eller kommunens egen" in client.get(href).content.decode()

        wrong = client.post(href, {"cited": " ", "valid_from": "23.11.2026"})
        client.post(href, {"cited": "forskrift om TT-kort § 4", "valid_from": "23.11.2026"})

        assert wrong.status_code == 422
        page = client.get(reverse("authority:law")).content.decode()
        assert "Forskrift om TT-kort §\u00a04" in page and "4 tjenester er uten hjemmel" in page
        made = LegalReference.objects.get(is_shipped=False)
        end = reverse("authority:end-basis", args=[made.pk])
        assert end in page
        client.post(end, {"valid_to": "22.11.2026"})
        made.refresh_from_db()
        assert made.valid_to == MONDAY_DATE

    def test_others_may_neither_write_nor_end(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        href = reverse("authority:add-basis", args=[services["MEALS"].pk])

        assert client_of(cast.marit).get(href).status_code == 403
        assert client_of(cast.admin).get(reverse("authority:add-basis", args=[99999])).status_code == 404
        assert client_of(cast.admin).get(reverse("authority:end-basis", args=[99999])).status_code == 404

    def test_the_number_of_queries_does_not_grow(
        self, cast: Cast, services: dict[str, ServiceType], client_of: SignIn
    ) -> None:
        client = client_of(cast.admin)
        address = reverse("authority:law")
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for service in services.values():
            LegalReference.objects.create(
                service=service,
                topic="BASIS",
                act="",
                section="egne regler",
                words="",
                rank=100,
                valid_from=MONDAY_DATE,
            )
        with CaptureQueriesContext(connection) as many:
            client.get(address)

        assert len(many) == len(few)
