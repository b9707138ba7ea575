"""Cases in a real browser: the same application in two teams, and the pages a case worker has open all day."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests import builders_decisions as made
from tests.browser.chromium import overflow, violations
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY, Cast, Member
from tillit.care.decisions.models import Case, FunctionScore
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Bekkedal follows Model 1, Solvik Model 2; it is Tuesday."""
    now: datetime = oslo.moment(date(2026, 11, 24), time(10))
    monkeypatch.setattr(clock, "now", lambda: now)
    found = made.office(cast)
    made.follows_model(cast.bekkedal, MODEL_1)
    made.follows_model(cast.solvik, MODEL_2, "Modell 2")
    return found


def signed_in(page: Page, house: str, member: Member, path: str) -> Page:
    """Sign somebody in and open a page."""
    page.goto(f"{house}/logg-inn/?next={path}")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    return page


def receive(page: Page, house: str, name: str) -> None:
    """Find somebody, write down what she asks for, and press once."""
    page.goto(f"{house}/saker/ny/")
    page.get_by_label("Navn eller adresse").fill(name)
    page.get_by_role("button", name="Søk", exact=True).click()
    page.get_by_role("link", name=name).click()
    page.get_by_label("Hva det gjelder, med egne ord").fill("Jeg vil klare morgenen selv, men trenger hjelp med såret.")
    page.get_by_label("Hjemmesykepleie").check()
    page.get_by_role("button", name="Ta imot").click()
    expect(page.get_by_role("heading", name="Søknaden er mottatt")).to_be_visible()


@pytest.mark.usefixtures("office")
class TestReceiving:
    def test_the_table_alone_sends_the_same_application_two_ways_R04(
        self, cast: Cast, house: str, open_page: OpenPage
    ) -> None:
        builders.citizen("Gerd", "Lunde", cast.solvik, born_on=date(1949, 4, 4))
        page = signed_in(open_page(), house, cast.marit, "/saker/")

        receive(page, house, "Olga Hansen")
        expect(page.get_by_role("heading", name="Saken er hos Team Bekkedal")).to_be_visible()
        page.get_by_text("Hvorfor her?").click()
        expect(page.get_by_text("fordi Modell 1")).to_be_visible()
        assert violations(page) == []

        receive(page, house, "Gerd Lunde")
        expect(page.get_by_role("heading", name="Sendt til Tjenestekontoret")).to_be_visible()


class TestWorking:
    def test_levels_are_filled_in_by_keyboard_R19(
        self, cast: Cast, office: Office, house: str, open_page: OpenPage
    ) -> None:
        case = made.received(cast.ingrid.actor, cast.olga)
        page = signed_in(open_page(), house, office.nora, f"/saker/{case.pk}/")
        page.get_by_role("button", name="Start vurderingen").click()
        page.get_by_label("Brukerens eget syn").fill("Vil klare morgenen selv.")
        page.get_by_label("Det dere fant ut").fill("Går inne med rullator.")
        page.get_by_text("Hva brukeren trenger hjelp til").click()
        first = page.get_by_role("group", name="Personlig hygiene").get_by_role("radio").first
        first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert violations(page) == []
        page.get_by_role("button", name="Vurderingen er ferdig").click()

        expect(page.get_by_role("link", name="Skriv forslag")).to_be_visible()
        assert list(FunctionScore.objects.values_list("variable", "level")) == [(7, 3)]

    @pytest.mark.parametrize("phone", [True, False])
    def test_the_pages_hold_on_a_phone_and_on_a_desk_R23(
        self, phone: bool, cast: Cast, office: Office, house: str, open_page: OpenPage
    ) -> None:
        case = made.received(cast.ingrid.actor, cast.olga, "HOME_NURSING", "SAFETY_ALARM", at=MONDAY)
        made.assessed(office.nora.actor, case, office.nora.employee)
        page = signed_in(open_page(phone=phone), house, office.nora, "/saker/")
        alarm = Case.objects.get(split_from=case)
        for path in (
            "", "?ko=ours", "?ko=offered", "ny/?ny=1", f"{case.pk}/", f"{case.pk}/mottatt/", f"{case.pk}/forslag/",
            f"{case.pk}/send-videre/", f"{case.pk}/hjelp-na/", f"{alarm.pk}/",
        ):  # fmt: skip
            page.goto(f"{house}/saker/{path}")
            assert violations(page) == [], path
            assert overflow(page) == 0, path
