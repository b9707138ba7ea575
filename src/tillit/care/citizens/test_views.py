"""Forms about citizens: what is typed stays when it is refused, and the second of two writers is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import Cast, Member
from tillit.care.citizens import queries
from tillit.care.citizens.models import Citizen, HelperWish, Home, NetworkMember, Responsible, Whereabouts
from tillit.foundation.organisation.models import Area
from tillit.kernel import clock, oslo

SignIn = Callable[[Member], Client]


def registration(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "given_name": "Astrid",
        "family_name": "Haugen",
        "number": "10915596784",
        "street": "Nyveien 2",
        "postal_code": "6771",
        "place": "Fjordvik",
        "unit": cast.bekkedal.pk,
        "valid_from": oslo.day_of(clock.now()).isoformat(),
        **other,
    }


class TestRegister:
    def test_registers_and_opens_the_page(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.amir).post(reverse("citizens:register"), registration(cast))

        citizen = Citizen.objects.get(family_name="Haugen")
        assert answer.headers["Location"] == reverse("citizens:page", args=[citizen.pk])
        assert citizen.lives_alone is None

    def test_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.amir).post(
            reverse("citizens:register"), registration(cast, number="10915596785", postal_code="67")
        )
        page = answer.content.decode()

        assert answer.status_code == 422
        assert "Et postnummer har fire sifre." in page
        assert 'value="Astrid"' in page
        assert not Citizen.objects.filter(family_name="Haugen").exists()

    def test_a_number_that_may_be_somebodys_is_refused_outside_production(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.amir).post(reverse("citizens:register"), registration(cast, number="13097248022"))

        assert answer.status_code == 422
        assert "virkelig person" in answer.content.decode()

    def test_the_area_suggests_and_the_person_decides(self, cast: Cast, client_of: SignIn) -> None:
        Area.objects.create(unit=cast.solvik, name="Solvik", postal_codes=["6771"], valid_from=oslo.day_of(clock.now()))
        client = client_of(cast.marit)

        asked = client.post(reverse("citizens:register"), registration(cast))
        assert asked.status_code == 422
        assert "Adressen hører til Team Solvik" in asked.content.decode()
        assert not Citizen.objects.filter(family_name="Haugen").exists()

        client.post(reverse("citizens:register"), registration(cast, confirmed="1"))
        citizen = Citizen.objects.get(family_name="Haugen")
        assert queries.unit_ids_of([citizen.pk], on=oslo.day_of(clock.now()))[citizen.pk] == (cast.bekkedal.pk,)


class TestSmallChanges:
    def test_a_primary_contact_is_named_and_the_second_who_names_is_told_R15(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        client = client_of(cast.ingrid)
        address = reverse("citizens:responsible", args=[cast.olga.pk])

        def press(member: Member) -> int:
            return client.post(
                address,
                {
                    "task": "PRIMARY_CONTACT",
                    "primary_contact-employee": member.employee.pk,
                    "primary_contact-valid_from": oslo.day_of(clock.now()).isoformat(),
                    "primary_contact-seen": "",
                },
            ).status_code

        assert press(cast.amir) == 302
        assert press(cast.kari) == 409
        assert Responsible.objects.get().employee == cast.amir.employee

    def test_away_and_home_again(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        start = clock.now() - timedelta(hours=1)

        answer = client.post(
            reverse("citizens:whereabouts", args=[cast.olga.pk]),
            {
                "kind": "HOSPITAL",
                "from_day": oslo.day_of(start).isoformat(),
                "from_clock": oslo.clock_of(start).strftime("%H:%M"),
                "seen": "",
            },
        )
        assert answer.status_code == 302
        assert "På sykehus" in client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()

        client.post(reverse("citizens:set_home", args=[cast.olga.pk]))
        assert Whereabouts.objects.get().to_at is not None

    def test_own_people_come_and_go(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        address = reverse("citizens:network", args=[cast.olga.pk])

        client.post(address, {"name": "Berit", "kind": "RELATIVE", "relation": "Datter", "phone": "900 00 001"})
        assert "Berit" in client.get(address).content.decode()
        client.post(address, {"end": NetworkMember.objects.get().pk})
        assert "Berit" not in client.get(address).content.decode()

    def test_a_wish_is_about_a_colleague_or_a_gender(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        address = reverse("citizens:wishes", args=[cast.olga.pk])

        client.post(address, {"kind": "MUST_NOT", "about": cast.kari.employee.pk})
        client.post(address, {"kind": "GLADLY", "about": "K"})

        found = HelperWish.objects.order_by("pk").values_list("kind", "employee_id", "gender")
        assert list(found) == [("MUST_NOT", cast.kari.employee.pk, ""), ("GLADLY", None, "K")]

    def test_the_way_in_keeps_the_code_and_never_shows_it(self, cast: Cast, client_of: SignIn) -> None:
        Home.objects.filter(citizen=cast.olga).update(door_code="4711")
        client = client_of(cast.amir)
        address = reverse("citizens:way_in", args=[cast.olga.pk])
        seen = Home.objects.get(citizen=cast.olga).pk

        assert "4711" not in client.get(address).content.decode()
        client.post(address, {"way_in": "Ring på", "seen": seen})
        assert Home.objects.get(citizen=cast.olga, valid_to__isnull=True).door_code == "4711"

        late = client.post(address, {"way_in": "Bank på", "seen": seen})
        assert late.status_code == 409
        assert "Bank på" in late.content.decode() and "Ring på" in late.content.decode()

    def test_a_citizen_handed_over_out_of_reach_leads_back_to_the_list(self, cast: Cast, client_of: SignIn) -> None:
        client, address = client_of(cast.ingrid), reverse("citizens:following", args=[cast.olga.pk])
        typed = {
            "unit": cast.fjelldal.pk,
            "part": "",
            "valid_from": oslo.day_of(clock.now()).isoformat(),
            "edition": client.get(address).context["form"]["edition"].value(),
        }

        assert client.post(address, {**typed, "edition": 1}).status_code == 409
        assert client.post(address, typed).headers["Location"] == reverse("citizens:list")

    def test_somebody_without_the_role_is_refused_and_nothing_changes(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.amir).get(reverse("citizens:responsible", args=[cast.olga.pk]))

        assert answer.status_code == 403
