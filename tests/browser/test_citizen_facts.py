"""Corrections, a death, the end of all help and a merge in a real browser, on the desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.chromium import overflow, violations
from tests.cast import Cast, Member
from tillit.care.citizens.models import Citizen, Identifier

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def sign_in(page: Page, house: str, member: Member, path: str) -> None:
    page.goto(f"{house}/logg-inn/?next={path}")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


def sound(page: Page) -> None:
    """Nothing axe finds, and nothing that runs over the edge."""
    assert violations(page) == []
    assert overflow(page) == 0


class TestFacts:
    @pytest.mark.parametrize("phone", [False, True])
    def test_a_phone_number_is_corrected_and_a_death_taken_back(
        self, cast: Cast, house: str, open_page: OpenPage, phone: bool
    ) -> None:
        page = open_page(phone=phone)
        sign_in(page, house, cast.ingrid, f"/brukere/{cast.olga.pk}/")
        page.get_by_role("link", name="Opplysninger").click()
        expect(page.get_by_role("heading", name="Tidligere opplysninger")).to_be_visible()
        sound(page)
        page.locator("[name=phone]").fill("911 11 111")
        page.get_by_label("Har endret seg").first.check()
        page.get_by_role("button", name="Rett", exact=True).click()
        expect(page.locator("#tidligere")).to_contain_text("900 00 000")
        sound(page)

        page.get_by_role("link", name="Registrer dødsfall").click()
        expect(page.get_by_text("Kommende besøk avlyses.")).to_be_visible()
        sound(page)
        page.locator("[name=died_on]").fill("2026-01-12")
        page.get_by_role("button", name="Lagre dødsdatoen").click()
        expect(page.get_by_role("heading", name="Død 12.01.2026", exact=True)).to_be_visible()
        sound(page)
        page.get_by_role("link", name="Rett", exact=True).click()
        sound(page)
        page.get_by_role("button", name="Ta bort dødsdatoen").click()
        expect(page.get_by_role("link", name="Avslutt all hjelp")).to_be_visible()


class TestEndAndMerge:
    @pytest.mark.parametrize("phone", [False, True])
    def test_help_ends_and_is_taken_up_again(self, cast: Cast, house: str, open_page: OpenPage, phone: bool) -> None:
        page = open_page(phone=phone)
        sign_in(page, house, cast.ingrid, f"/brukere/{cast.olga.pk}/")
        page.get_by_role("link", name="Avslutt all hjelp").click()
        sound(page)
        page.get_by_role("button", name="Avslutt all hjelp").click()
        expect(page.get_by_role("heading", name="Hjelpen avsluttes")).to_be_visible()
        page.get_by_role("link", name="La hjelpen fortsette").click()
        sound(page)
        page.get_by_role("button", name="La hjelpen fortsette").click()
        expect(page.get_by_role("link", name="Avslutt all hjelp")).to_be_visible()

    @pytest.mark.parametrize("phone", [False, True])
    def test_an_unknown_woman_turns_out_to_be_olga(
        self, cast: Cast, house: str, open_page: OpenPage, phone: bool
    ) -> None:
        wrong = builders.citizen("Ukjent", "Kvinne", cast.bekkedal, serial=700)
        Identifier.objects.filter(citizen=wrong).update(kind="UNKNOWN", value="")
        page = open_page(phone=phone)
        sign_in(page, house, cast.marit, f"/brukere/{wrong.pk}/opplysninger/")
        page.get_by_role("link", name="Er registrert to ganger").click()
        page.locator("#finn").fill("olga")
        page.locator("main").get_by_role("button", name="Søk").click()
        sound(page)
        page.locator("main").get_by_role("link", name="Olga Hansen").click()
        expect(page.get_by_text("Ingenting slettes.")).to_be_visible()
        sound(page)
        page.get_by_role("button", name="Slå sammen").click()
        expect(page.get_by_role("heading", name="Olga Hansen")).to_be_visible()
        assert Citizen.objects.get(pk=wrong.pk).merged_into_id == cast.olga.pk

        page.get_by_role("link", name="Opplysninger").click()
        page.get_by_role("link", name="Angre sammenslåing").click()
        expect(page.get_by_text("Ukjent Kvinne ble slått sammen med Olga Hansen")).to_be_visible()
        sound(page)
        page.get_by_role("button", name="Angre sammenslåingen").click()
        expect(page.get_by_role("heading", name="Sammenslåingen er angret")).to_be_visible()
        sound(page)
        page.locator("main").get_by_role("link", name="Ukjent Kvinne").click()
        expect(page.get_by_role("heading", name="Ukjent Kvinne")).to_be_visible()
        assert Citizen.objects.get(pk=wrong.pk).merged_into_id is None
