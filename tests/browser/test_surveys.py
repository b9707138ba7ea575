"""Launch a survey → answer on the phone → results, in a browser, also without script (R39, R40)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import builders, builders_surveys
from tests.browser.chromium import DESK, PHONE, drawn, overflow, violations
from tests.builders_surveys import alike, answered, people
from tests.cast import Cast
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Employee
from tillit.kernel import clock
from tillit.learning.surveys import queries
from tillit.learning.surveys.actions import cast_card, name_screener
from tillit.learning.surveys.models import Answer, Campaign, Urn

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
#: A browser with two voices: one that speaks from elsewhere, and one on the machine. `spoken` is what was asked of it.
SPEECH = """
  window.voices = [{name: "Far", lang: "nb-NO", localService: false}, {name: "Here", lang: "nb_NO", localService: true}];
  window.spoken = [];
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => voices, speak: (said) => { window.hushed = false; spoken.push(said); }, cancel: () => { window.hushed = true; },
  });
  Object.defineProperty(window, "speechSynthesis", {value: speech});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
SIZES = """[".ti-question", ".ti-choice label"].map(
  (one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"""


def as_user(page: Page, house: str, employee: Employee) -> None:
    """Let a window be hers."""
    client = Client()
    assert employee.user is not None
    client.force_login(employee.user)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": house}])


def is_clean(page: Page) -> None:
    assert violations(page) == [] and overflow(page) == 0


def test_from_the_launch_to_what_the_team_does_next_R39_R40(cast: Cast, house: str, open_page: OpenPage) -> None:
    others = people(cast.bekkedal, 5, family="Berg")

    desk = open_page()
    as_user(desk, house, cast.marit.employee)
    desk.goto(f"{house}/undersokelser/")
    is_clean(desk)
    desk.get_by_role("link", name="Ny undersøkelse").click()
    is_clean(desk)
    desk.get_by_role("button", name="Åpne undersøkelsen").click()
    expect(desk.get_by_text("Fyll ut dette.").first).to_be_visible()
    desk.get_by_label("Teamet vårt", exact=True).check()
    desk.get_by_label("Team Bekkedal").check()
    desk.get_by_role("button", name="Åpne undersøkelsen").click()
    expect(desk.get_by_text("Under 10 % har svart")).to_be_visible()
    is_clean(desk)

    phone = open_page(phone=True, scripts=False)
    as_user(phone, house, cast.ingrid.employee)
    phone.goto(f"{house}/undersokelser/")
    phone.get_by_role("link", name="Svar").click()
    expect(phone.get_by_text("Spørsmål 1 av 12 · 2 min igjen")).to_be_visible()
    phone.get_by_role("button", name="Neste").click()
    expect(phone.get_by_text("Velg et svar, eller trykk")).to_be_visible()
    for number in range(1, 13):
        expect(phone.get_by_text(f"Spørsmål {number} av 12")).to_be_visible()
        if number == 3:
            phone.get_by_role("button", name="Vil ikke svare på dette").click()
            continue
        phone.locator("label", has_text="Litt enig").click()
        phone.get_by_role("button", name="Neste").click()
    expect(phone.get_by_text("Du har svart på 11 av 12 spørsmål.")).to_be_visible()
    phone.get_by_role("button", name="Tilbake").click()
    expect(phone.locator("input:checked")).to_have_value("4")
    phone.get_by_role("button", name="Neste").click()
    phone.get_by_role("button", name="Send svarene").click()
    expect(phone.get_by_text("Takk. Svarene dine ligger i urna.")).to_be_visible()
    phone.goto(f"{house}/undersokelser/")
    expect(phone.get_by_text("Du har svart. Det ser bare du.")).to_be_visible()

    campaign = Campaign.objects.get()
    answered(campaign, others, [alike("team", step) for step in (2, 3, 4, 4, 5)], at=clock.now())
    assert Urn.objects.get().ballots == 6 and not Answer.objects.exists()

    desk.reload()
    expect(desk.get_by_text("Minst 70 % har svart")).to_be_visible()
    desk.get_by_role("button", name="Lukk undersøkelsen").click()
    desk.get_by_role("link", name="Teamet vårt").first.click()
    expect(desk.get_by_text("Dette er første gang det spørres.")).to_be_visible()
    expect(desk.get_by_text("5–9 av 8")).to_be_visible()
    is_clean(desk)
    desk.get_by_label("Hva gjør vi videre?").fill("Vi lager listene selv på torsdager. Amir tar det.")
    desk.get_by_role("button", name="Skriv det på sida").click()
    expect(desk.get_by_role("listitem").filter(has_text="Vi lager listene selv på torsdager.")).to_be_visible()
    desk.get_by_role("link", name="Vis på teammøtet").click()
    expect(desk.get_by_text("Alle sier sitt uten å bli avbrutt.")).to_be_visible()
    is_clean(desk)


def test_each_question_is_clean_on_the_phone_R39(cast: Cast, house: str, open_page: OpenPage) -> None:
    people(cast.bekkedal, 5, family="Berg")
    campaign = builders_surveys.launched(cast, instrument="say", at=clock.now())
    phone = open_page(phone=True)
    as_user(phone, house, cast.ingrid.employee)
    phone.goto(f"{house}/undersokelser/{campaign.pk}/svar/")
    _skip_through(phone)


def test_citizens_and_relatives_answer_by_card_and_paper_R39(cast: Cast, house: str, open_page: OpenPage) -> None:
    for instrument in ("citizens", "relatives"):
        campaign = builders_surveys.by_cards(cast, instrument=instrument, at=clock.now())
        code = queries.cards_of(campaign, campaign.groups.get())[0]
        phone = open_page(phone=True)
        phone.add_init_script(SPEECH)
        phone.goto(f"{house}/svar/#{code}")
        expect(phone.get_by_label("Kode, ni tegn")).to_have_value(code)
        assert phone.url == f"{house}/svar/"
        is_clean(phone)
        phone.get_by_role("button", name="Gå til spørsmålene").click()
        _larger_and_aloud(phone)
        _skip_through(phone)
    desk = open_page()
    as_user(desk, house, cast.marit.employee)
    for where in ("", "kort/", "papir/"):
        desk.goto(f"{house}/undersokelser/{campaign.pk}/{where}")
        is_clean(desk)
    one = people(cast.fjelldal, 1, family="Fjell")[0]
    builders.role(one, Role.REPRESENTATIVE, cast.municipality)
    as_user(desk, house, one)
    for size in (DESK, PHONE):
        desk.set_viewport_size(size)
        desk.goto(f"{house}/undersokelser/{campaign.pk}/skriv-inn/")
        is_clean(desk)
    desk.get_by_label("Koden på kortet").fill(code)
    desk.get_by_label("Litt enig").first.check()
    desk.get_by_role("button", name="Legg i urna og ta neste").click()
    expect(desk.get_by_text("Svaret ligger i urna. Ta neste papir.")).to_be_visible()
    assert Urn.objects.get(group__campaign=campaign).ballots == 1
    _read_through(campaign, one, desk, house, cast)


def _read_through(campaign: Campaign, reader: Employee, desk: Page, house: str, cast: Cast) -> None:
    """What is written is read by one outside the team, then shown to it (R40)."""
    texts = ("Vi savner Olga Hansen i Storgata 4. Hun lyttet.", "Takk for at dere ringer når noe er endret.")
    campaign.groups.update(invited=12)
    for number, card in enumerate(queries.cards_of(campaign, campaign.groups.get())[1:]):
        cast_card(card=card, said={"P1": "4", "P8": texts[number % 2]}, at=clock.now())
    name_screener(
        actor=builders_surveys.KEEPER, campaign_id=campaign.pk, employee_id=reader.pk, edition=0, at=clock.now()
    )
    builders_surveys.closed(campaign, at=clock.now())
    desk.goto(f"{house}/undersokelser/")
    expect(desk.get_by_text("0 av 11 lest")).to_be_visible()
    desk.get_by_role("link", name="Les").first.click()
    is_clean(desk)
    desk.get_by_role("button", name="Åpne og les").click()
    is_clean(desk)
    for number in range(1, 12):
        expect(desk.get_by_role("heading", name=f"Tekst {number} av 11")).to_be_visible()
        if desk.get_by_label("Hansen").count():
            for word in ("Olga", "Hansen"):
                desk.locator("label", has_text=word).click()
        desk.get_by_role("button", name="Slipp gjennom").click()
    expect(desk.get_by_role("button", name="Vis for teamene")).to_be_visible()
    is_clean(desk)
    desk.get_by_role("button", name="Vis for teamene").click()
    expect(desk.get_by_text("Ferdig. Teamene ser nå det som ble sluppet gjennom.")).to_be_visible()
    as_user(desk, house, cast.marit.employee)
    desk.goto(f"{house}/undersokelser/{campaign.pk}/")
    expect(desk.get_by_text("«Vi savner […] i Storgata 4. Hun lyttet.»").first).to_be_visible()
    is_clean(desk)
    desk.goto(f"{house}/undersokelser/{campaign.pk}/leser/")
    is_clean(desk)


def _larger_and_aloud(phone: Page) -> None:
    """The larger text stays on through the questions; reading aloud uses a voice on this machine, and stops (R39)."""
    larger, aloud = (phone.get_by_role("button", name=name) for name in ("Større skrift", "Les høyt"))
    expect(aloud).to_have_attribute("aria-pressed", "false")
    usual = phone.evaluate(SIZES)
    larger.click()
    expect(larger).to_have_attribute("aria-pressed", "true")
    drawn(phone)
    assert all(now >= 1.5 * before for now, before in zip(phone.evaluate(SIZES), usual, strict=True))
    phone.set_viewport_size({"width": 320, "height": 640})
    assert overflow(phone) == 0
    phone.set_viewport_size(PHONE)
    choices = phone.locator(".ti-choice label").evaluate_all(
        "all => all.map((one) => one.lastChild.textContent.trim())"
    )
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "true")
    said = phone.evaluate("spoken.map((one) => [one.text, one.voice.name])")
    assert said == [[text, "Here"] for text in (phone.locator(".ti-question").inner_text(), *choices)]
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "false")
    assert phone.evaluate("hushed")
    phone.evaluate("voices.length = 1; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(aloud).to_be_hidden()  # the one left would send the text away


def _skip_through(phone: Page) -> None:
    skip, send = (phone.get_by_role("button", name=name) for name in ("Vil ikke svare på dette", "Send svarene"))
    expect(skip).to_be_visible()
    is_clean(phone)
    larger = phone.locator(".ti-larger").count()
    while skip.count():
        last = phone.locator("input[name=at]").get_attribute("value")
        if last in ("P8", "H12", "H2"):
            is_clean(phone)
        skip.click()
        expect(phone.locator(f"input[name=at][value={last}]")).to_have_count(0)
        expect(skip.or_(send)).to_be_visible()
    is_clean(phone)
    assert phone.locator(".ti-larger").count() == larger
    send.click()
    expect(phone.get_by_text("Du har ikke svart på noe ennå.")).to_be_visible()


def test_results_with_two_waves_are_clean_at_both_widths_R40(cast: Cast, house: str, open_page: OpenPage) -> None:
    others = people(cast.bekkedal, 11, family="Berg")
    spring, autumn = clock.now() - timedelta(days=180), clock.now() - timedelta(days=1)
    for at, steps in ((spring, (2, 3, 2, 3, 2, 3, 4, 2, 3, 2, 3)), (autumn, (4, 4, 5, 4, 3, 4, 5, 4, 4, 3, 4))):
        campaign = builders_surveys.launched(cast, at=at)
        answered(campaign, others, [alike("team", step) for step in steps], at=at)
        builders_surveys.closed(campaign, at=at + timedelta(hours=1))
    page = open_page()
    as_user(page, house, cast.ingrid.employee)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(f"{house}/undersokelser/{campaign.pk}/")
        expect(page.get_by_text("Sterkere siden")).to_be_visible()
        is_clean(page)
        page.goto(f"{house}/undersokelser/{campaign.pk}/mote/")
        is_clean(page)
