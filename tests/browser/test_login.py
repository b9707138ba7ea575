"""Log in in a real browser: passkeys, second step, and the lock that keeps what is typed."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.chromium import overflow, violations
from tests.cast import Cast, Member
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.login.actions import second_step
from tillit.foundation.login.models import LoginPolicy, LoginSession, Passkey
from tillit.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def with_authenticator(page: Page) -> None:
    """Give the browser a phone's own passkeys: kept by the device, opened by a finger that is always right."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def log_in(page: Page, house: str, member: Member) -> None:
    page.goto(f"{house}/logg-inn/")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url(lambda address: "/logg-inn/" not in address)


def make_passkey(page: Page) -> None:
    """Press, write down the codes on paper, and be back on one's own page."""
    page.get_by_role("button", name="Lag en passnøkkel").click()
    page.wait_for_url("**/reservekoder/")
    page.get_by_role("link", name="Jeg har skrevet dem ned").click()
    page.wait_for_url("**/meg/innlogging/")


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.fixture
def locks_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page locks itself after three seconds, while the server waits its minute."""
    monkeypatch.setattr("tillit.foundation.login.frame.PAGE_AHEAD", timedelta(seconds=57))
    LoginPolicy.objects.create(pk=1, office_minutes=1, shared_phone_minutes=1, own_phone_minutes=1)
    yield


def test_a_passkey_is_made_named_used_alone_and_taken_away(house: str, open_page: OpenPage, cast: Cast) -> None:
    page = open_page(phone=True)
    with_authenticator(page)
    log_in(page, house, cast.ingrid)
    page.goto(f"{house}/meg/innlogging/")
    looked_at(page)
    page.get_by_role("link", name="Lag en passnøkkel").click()
    make_passkey(page)
    page.get_by_role("link", name="Endre navn").click()
    looked_at(page)
    page.get_by_role("textbox", name="Navn").fill("Telefonen min")
    page.get_by_role("button", name="Lagre navnet").click()
    expect(page.locator("#passnokler b", has_text="Telefonen min")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{house}/logg-inn/?next=/meg/innlogging/")
    looked_at(page)
    page.get_by_role("button", name="Bruk passnøkkel").click()
    page.wait_for_url("**/meg/innlogging/")
    expect(page.get_by_text("Brukt sist")).to_be_visible()
    assert LoginSession.objects.order_by("-pk").first().second_step == "PASSKEY"  # type: ignore[union-attr]

    page.get_by_role("button", name="Fjern Telefonen min").click()
    expect(page.get_by_text("Passnøkkelen er fjernet.", exact=False).first).to_be_visible()
    assert not Passkey.objects.exists()
    page.context.clear_cookies()
    page.goto(f"{house}/logg-inn/")
    page.get_by_role("button", name="Bruk passnøkkel").click()
    expect(page.get_by_text("Vi kjenner ikke igjen passnøkkelen.", exact=False)).to_be_visible()
    acts = set(AuditEntry.objects.values_list("change__act", flat=True))
    assert {"ADD_PASSKEY", "RENAME_PASSKEY", "REMOVE_PASSKEY", "LOGIN_REFUSED"} <= acts


def test_what_is_typed_waits_under_the_lock_and_is_sent_after_it(house: str, open_page: OpenPage, cast: Cast) -> None:
    page = open_page(phone=True)
    log_in(page, house, cast.ingrid)
    page.goto(f"{house}/meg/innlogging/pin/")
    looked_at(page)
    page.get_by_label("PIN").fill("4711")
    page.get_by_role("button", name="Bruk denne PIN-en").click()
    page.goto(f"{house}/meg/")
    page.get_by_label("Nynorsk").check()

    page.locator(".ti-top button[data-lock-now]").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_label("Nynorsk")).not_to_be_visible()
    expect(page.get_by_label("PIN")).to_be_visible()
    expect(page.get_by_role("button", name="Lås opp med passnøkkel")).not_to_be_visible()
    assert "Låst" in page.title()
    looked_at(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("PIN").fill("0000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Feil PIN. Prøv igjen.")).to_be_visible()
    page.get_by_label("PIN").fill("4711")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(page.get_by_label("Nynorsk")).to_be_checked()
    page.get_by_role("button", name="Lagre innstillingene").click()
    page.wait_for_load_state()
    cast.ingrid.user.refresh_from_db()
    assert cast.ingrid.user.language == "nn"


def test_locks_by_itself_in_all_tabs_and_a_reload_does_not_open_it(
    house: str, open_page: OpenPage, cast: Cast, locks_at_once: None
) -> None:
    page = open_page()
    log_in(page, house, cast.ingrid)
    page.goto(f"{house}/meg/")
    other = page.context.new_page()
    other.goto(f"{house}/meg/innlogging/")

    expect(page.get_by_role("dialog")).to_be_visible(timeout=15_000)
    expect(other.get_by_role("dialog")).to_be_visible(timeout=15_000)

    other.reload()
    expect(other.get_by_role("heading", name="Skjermen er låst")).to_be_visible()
    looked_at(other)
    other.get_by_label("Passord").fill(builders.PASSWORD)
    other.get_by_role("button", name="Lås opp", exact=True).click()
    other.wait_for_url("**/meg/innlogging/")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_the_lock_opens_with_a_passkey(house: str, open_page: OpenPage, cast: Cast) -> None:
    page = open_page()
    with_authenticator(page)
    log_in(page, house, cast.ingrid)
    page.goto(f"{house}/meg/innlogging/passnokkel/")
    looked_at(page)
    make_passkey(page)

    page.locator(".ti-top button[data-lock-now]").click()
    page.get_by_role("button", name="Lås opp med passnøkkel").click()

    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_the_next_person_on_the_phone_sees_nothing_of_the_first(house: str, open_page: OpenPage, cast: Cast) -> None:
    page = open_page(phone=True)
    log_in(page, house, cast.ingrid)
    page.goto(f"{house}/meg/")
    page.locator(".ti-top button[data-lock-now]").click()
    page.get_by_role("button", name="Logg ut og bytt person").click()
    page.wait_for_url("**/logg-inn/")

    page.go_back()
    page.wait_for_url("**/logg-inn/**")
    assert "Ingrid" not in page.content()
    log_in(page, house, cast.kari)
    page.goto(f"{house}/meg/")
    assert "Ingrid" not in page.content() and "Kari Nilsen" in page.content()


def test_a_second_step_is_chosen_on_the_way_in_and_asked_for_the_next_time(
    house: str, open_page: OpenPage, cast: Cast, settings: Any
) -> None:
    settings.PASSWORD_LOGIN = "with-second-step"
    page = open_page(phone=True)
    log_in_again = open_page()
    page.goto(f"{house}/logg-inn/")
    page.get_by_label("Brukernavn").fill(cast.amir.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url("**/nytt-andre-steg/")
    page.get_by_text("Bruk en kodeapp i stedet").click()
    looked_at(page)
    page.get_by_text("Skriv inn nøkkelen i stedet").click()
    secret = base64.b32decode((page.locator(".ti-break").text_content() or "").replace(" ", ""))

    def code(ahead: int = 0) -> str:
        return TOTP(secret, 6, SHA1(), 30).generate(int(clock.now().timestamp()) + ahead).decode()

    page.get_by_label("Koden appen viser").fill(code())
    page.get_by_role("button", name="Ta appen i bruk").click()
    page.wait_for_url("**/reservekoder/")
    looked_at(page)
    assert page.locator("code").count() == second_step.RECOVERY_CODES

    log_in_again.goto(f"{house}/logg-inn/")
    log_in_again.get_by_label("Brukernavn").fill(cast.amir.user.username)
    log_in_again.get_by_label("Passord").fill(builders.PASSWORD)
    log_in_again.get_by_role("button", name="Logg inn", exact=True).click()
    log_in_again.wait_for_url("**/andre-steg/")
    looked_at(log_in_again)
    log_in_again.get_by_label("Kode").fill(code(30))
    log_in_again.get_by_role("button", name="Logg inn", exact=True).click()
    log_in_again.wait_for_url(lambda address: "logg-inn" not in address)


def test_without_scripts_the_lock_is_a_page_and_a_late_form_says_where_the_text_is(
    house: str, open_page: OpenPage, cast: Cast
) -> None:
    page = open_page(scripts=False)
    log_in(page, house, cast.ingrid)
    page.goto(f"{house}/meg/")
    LoginSession.objects.update(locked_at=clock.now())

    page.get_by_role("button", name="Lagre innstillingene").click()

    expect(page.get_by_role("heading", name="Skjermen var låst, så dette ble ikke sendt")).to_be_visible()
    page.goto(f"{house}/meg/")
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Lås opp", exact=True).click()
    expect(page.get_by_role("heading", name="Mine innstillinger")).to_be_visible()


def test_proof_by_passkey_carries_the_form_along(house: str, open_page: OpenPage, cast: Cast) -> None:
    page = open_page()
    with_authenticator(page)
    log_in(page, house, cast.marit)
    page.goto(f"{house}/meg/innlogging/passnokkel/")
    make_passkey(page)
    LoginSession.objects.update(proved_at=clock.now() - timedelta(hours=1))

    page.get_by_role("button", name="Fjern").first.click()
    expect(page.get_by_role("heading", name="Bekreft at det er deg")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Bekreft med passnøkkel").click()
    page.wait_for_url("**/meg/innlogging/")

    assert not Passkey.objects.exists()
    assert json.loads(json.dumps(AuditEntry.objects.filter(change__act="PROVED").get().change))["how"] == "PASSKEY"
