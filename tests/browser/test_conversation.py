"""The conversation in a real browser: it saves itself, and only a press finishes it."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from playwright.sync_api import Page, Request, expect

from tests import builders
from tests.browser.chromium import violations
from tests.cast import Cast
from tillit.care.needs.models import Conversation, WhatMatters
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


@pytest.fixture
def writing(cast: Cast, house: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Ingrid has begun the conversation with Olga by one press on the page about her, and has written the words."""
    now: datetime = oslo.moment(date(2026, 11, 24), time(10))
    monkeypatch.setattr(clock, "now", lambda: now)
    page = open_page(phone=False)
    page.goto(f"{house}/logg-inn/?next=/brukere/{cast.olga.pk}/")
    page.get_by_label("Brukernavn").fill(cast.ingrid.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_role("button", name="Start samtalen").click()
    expect(page.get_by_role("heading", name="Hva er viktig for Olga?")).to_be_visible()
    assert violations(page) == []
    page.locator("textarea").first.fill("Jeg vil gå ned til postkassa selv.")
    return page


class TestTheConversation:
    def test_saves_itself_and_is_not_finished_by_passing_the_button_R12(self, writing: Page, cast: Cast) -> None:
        with writing.expect_response(lambda answer: answer.request.method == "POST") as saved:
            writing.get_by_role("button", name="Avslutt samtalen").focus()

        assert saved.value.url.endswith("/lagre/")
        assert Conversation.objects.get(citizen=cast.olga).state == Conversation.State.DRAFT
        assert not WhatMatters.objects.filter(citizen=cast.olga).exists()

    def test_one_press_finishes_it_once_R12(self, writing: Page, cast: Cast) -> None:
        sent: list[str] = []

        def note(request: Request) -> None:
            if request.method == "POST":
                sent.append(request.url.rsplit("/", 2)[1])

        writing.on("request", note)
        writing.get_by_role("button", name="Avslutt samtalen").click()
        expect(writing.locator(".ti-undo")).to_contain_text("Samtalen er ferdig.")
        writing.wait_for_load_state("networkidle")

        assert sent.count("ferdig") == 1
        assert WhatMatters.objects.get(citizen=cast.olga).words == "Jeg vil gå ned til postkassa selv."
