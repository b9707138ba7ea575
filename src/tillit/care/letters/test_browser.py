"""Writing a template in a real browser: the letter follows while one writes, and without scripts by a button."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.chromium import overflow, violations
from tests.cast import MONDAY, Cast, Member
from tillit.care.letters import queries
from tillit.care.letters.rules import Language, LetterKind
from tillit.kernel import oslo

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("on_monday")]

OpenPage = Callable[..., Page]
TEMPLATE = "/brevmaler/avslag/nb/"


def sign_in(page: Page, house: str, member: Member, path: str) -> None:
    page.goto(f"{house}/logg-inn/?next={path}")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


class TestWritingATemplate:
    def test_the_letter_follows_and_the_draft_is_taken_into_use(
        self, cast: Cast, house: str, open_page: OpenPage
    ) -> None:
        page = open_page()
        sign_in(page, house, cast.admin, TEMPLATE)
        last = page.get_by_role("group", name="Det som skjer videre").get_by_label("Tekst")

        last.fill("Ring oss på {{fone}} når du vil.")
        expect(page.get_by_text("Feltet «fone» finnes ikke. Mente du «phone»?")).to_be_visible()
        last.fill("Ring oss på {{phone}} når du vil.")

        expect(page.locator("#forhandsvisning mark")).to_have_text("Ring oss på 555 00 100 når du vil.")
        expect(page.get_by_text("finnes ikke")).to_have_count(0)
        expect(last).to_be_focused()
        page.get_by_role("button", name="Lagre utkastet").click()
        page.get_by_role("button", name="Ta i bruk").click()

        expect(page.get_by_text("Versjon 1", exact=True)).to_be_visible()
        in_use = queries.template_for(LetterKind.DECISION_REFUSED, Language.BOKMAL, oslo.day_of(MONDAY))
        assert {one.code: one.text for one in in_use.sections}["next"] == "Ring oss på {{phone}} når du vil."

    def test_works_without_scripts(self, cast: Cast, house: str, open_page: OpenPage) -> None:
        page = open_page(scripts=False)
        sign_in(page, house, cast.admin, TEMPLATE)
        page.get_by_role("group", name="En del til").get_by_label("Tekst").fill("Vi hjelper deg gjerne.")

        page.get_by_role("button", name="Se hvordan det blir").click()

        expect(page.locator("#forhandsvisning mark")).to_have_text("Vi hjelper deg gjerne.")
        assert queries.draft_of(LetterKind.DECISION_REFUSED, Language.BOKMAL) is None

    @pytest.mark.parametrize("phone", [False, True])
    def test_the_pages_are_for_everybody(self, cast: Cast, house: str, open_page: OpenPage, phone: bool) -> None:
        page = open_page(phone=phone)
        sign_in(page, house, cast.admin, TEMPLATE)
        for path in ("/brevmaler/", TEMPLATE, "/brevmaler/mindre-hjelp/nn/", f"{TEMPLATE}sammenlign/"):
            page.goto(f"{house}{path}")
            assert violations(page) == [], path
            assert overflow(page) <= 0, path
