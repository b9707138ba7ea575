"""The plan editor in a real browser: from nothing to visits, on the desk, on a phone, and without scripts."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests import builders_plan as build
from tests.browser.chromium import overflow, violations
from tests.cast import Cast, Member
from tillit.care.careplans.models import CarePlan
from tillit.care.visits.models import Visit
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

ON = date(2026, 11, 24)
OpenPage = Callable[..., Page]


@pytest.fixture
def plan_address(cast: Cast, house: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Tuesday 06.00: Olga has said what matters, and has no plan."""
    now: datetime = oslo.moment(ON, time(6))
    monkeypatch.setattr(clock, "now", lambda: now)
    build.words(cast.olga)
    return f"{house}/brukere/{cast.olga.pk}/plan/"


def sign_in(page: Page, address: str, member: Member) -> None:
    house, path = address.split("/brukere/")
    page.goto(f"{house}/logg-inn/?next=/brukere/{path}")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", name="Planen til Olga")).to_be_visible()


class TestThePlanEditor:
    @pytest.mark.parametrize("phone", [False, True])
    def test_from_an_example_to_visits_R13(
        self, cast: Cast, plan_address: str, open_page: OpenPage, phone: bool
    ) -> None:
        page = open_page(phone=phone)
        sign_in(page, plan_address, cast.amir)
        assert violations(page) == []
        page.get_by_role("button", name="Lag den første planen").click()

        page.get_by_role("link", name="Nytt mål").click()
        page.get_by_role("link", name="«Gå ned til postkassa selv»").click()
        expect(page.get_by_label("Målet, med brukerens egne ord")).to_have_value("Gå ned til postkassa selv")
        page.get_by_role("button", name="Legg til").click()
        expect(page.locator(".ti-live")).to_have_text("Målet er lagt til.")

        page.get_by_role("link", name="Nytt tiltak Gå ned til postkassa selv").click()
        page.wait_for_load_state("networkidle")
        page.get_by_role("link", name="Gåtrening i trapp", exact=True).click()
        expect(page.locator("#blir")).to_have_text("Blir: mandager, onsdager og fredager 11.30–13.30, 20 min.")
        assert violations(page) == []
        assert overflow(page) == 0
        page.get_by_label("Hvor mange minutter tar det?").fill("35")
        expect(page.locator("#blir")).to_contain_text("35 min")
        page.get_by_role("button", name="Legg til").click()
        expect(page.locator(".ti-live")).to_have_text("Tiltaket er lagt til.")

        page.get_by_role("button", name="Ta planen i bruk").click()
        expect(page.get_by_role("alert")).to_contain_text("Planen er ikke klar ennå")
        page.get_by_role("link", name="Rett Gå ned til postkassa selv").first.click()
        page.get_by_label("Når ser dere på målet sammen?").fill("15.1.2027")
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator(".ti-live")).to_have_text("Målet er endret.")
        assert violations(page) == []
        page.get_by_role("button", name="Ta planen i bruk").click()

        expect(page.get_by_text("I bruk siden 24.11.2026.")).to_be_visible()
        assert CarePlan.objects.get().is_in_use
        assert Visit.objects.filter(citizen=cast.olga, minutes=35).count() == 6

    def test_without_scripts(self, cast: Cast, plan_address: str, open_page: OpenPage) -> None:
        page = open_page(scripts=False)
        sign_in(page, plan_address, cast.amir)
        page.get_by_role("button", name="Lag den første planen").click()
        page.get_by_role("link", name="Nytt behov").click()
        page.get_by_label("Hva er vanskelig?").fill("Tungt i trappa")
        page.get_by_role("button", name="Legg til").click()

        expect(page.get_by_role("heading", name="Tungt i trappa")).to_be_visible()

    def test_what_was_typed_stays_when_a_colleague_was_first(
        self, cast: Cast, plan_address: str, open_page: OpenPage
    ) -> None:
        draft = build.plan(cast.olga, in_use_from=None)
        build.intervention(draft, "Gåtrening")
        page = open_page()
        sign_in(page, plan_address, cast.amir)
        page.get_by_role("link", name="Endre Gåtrening").click()
        expect(page.locator("#blir")).to_have_text("Blir: hver dag 08.00–09.30, 20 min.")
        page.wait_for_load_state("networkidle")
        CarePlan.objects.update(edition=2, changed_by=cast.kari.employee)
        page.get_by_label("Hva gjør vi?").fill("Gåtur til benken")
        page.get_by_role("button", name="Lagre").click()

        expect(page.get_by_role("alert")).to_contain_text("Kari endret planen mens du skrev")
        expect(page.get_by_label("Hva gjør vi?")).to_have_value("Gåtur til benken")
        page.get_by_role("button", name="Lagre").click()
        expect(page.locator(".ti-live")).to_have_text("Tiltaket er endret.")
        assert draft.interventions.get().title == "Gåtur til benken"
