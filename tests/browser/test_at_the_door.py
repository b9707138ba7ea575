"""At the door without coverage: a photo, a visit that moves or falls through, a quick check, a note (R12, R17, R18)."""

import io
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error, Page, Route, expect

from tests import builders
from tests.browser.carried import DUMP, KEPT, ON, OpenPage, all_sent, on_his_way, with_the_day
from tests.browser.chromium import overflow, violations
from tests.cast import Cast
from tillit.care.observations.models import Observation, Watch
from tillit.care.observations.rules.news2 import Consciousness, Level, Measured, score
from tillit.care.photos.drawing import LONGEST_SIDE
from tillit.care.photos.models import Photo
from tillit.care.visits.models import Visit, VisitReport, VisitState
from tillit.foundation.delivery.models import Envelope, Undelivered
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo

pytestmark = pytest.mark.browser

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
#: The page carries as the worker is to: it holds the queue until something waits, and then delivers it itself, or not.
CARRIES = """(delivers) => new Promise(async (holds) => {
  const { deliver } = await import('/static/myday/pocket/carry.js');
  const { get, howMany } = await import('/static/myday/pocket/store.js');
  const pause = (ms) => new Promise((over) => { setTimeout(over, ms); });
  navigator.locks.request('tillit-carry', async () => {
    holds();
    while (!(await howMany())) await pause(30);
    Object.defineProperty(navigator, 'locks', { value: { request: (name, how, work) => work(true) } });
    await (delivers ? deliver(await get('ways')) : pause(1500));
  });
})"""


@pytest.fixture
def visit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return on_his_way(cast, monkeypatch)


def from_the_camera(size: tuple[int, int] = (3000, 2250)) -> bytes:
    """A picture with much in it, lying on its side, with the place in it: some megabytes, as a phone makes them."""
    chance = random.Random(7)
    small = Image.frombytes("RGB", (750, 500), chance.randbytes(750 * 500 * 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "HemmeligKamera"
    out = io.BytesIO()
    small.resize(size).save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def cannot_be_woken(open_page: OpenPage, house: str, cast: Cast, visit: Visit) -> Page:
    """A quick check drawn without coverage, with one thing chosen; coverage is back, and nothing is pressed yet."""
    page = with_the_day(open_page, house, cast.amir)
    page.context.set_offline(True)
    page.goto(f"{house}/min-dag/besok/{visit.pk}/")
    page.get_by_role("link", name="Ikke som vanlig").click()
    page.get_by_text("Reagerer ikke", exact=True).click()
    page.context.set_offline(False)
    return page


def is_clean(page: Page) -> None:
    assert violations(page) == [] and overflow(page) == 0


def take_photo(page: Page, words: str, file: bytes | None = None) -> None:
    page.get_by_role("link", name="Ta bilde").click()
    expect(page.get_by_role("heading", name="Ta bilde")).to_be_visible()
    page.get_by_label("Bilde", exact=True).set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file or from_the_camera()}
    )
    page.get_by_label("Med én linje, om du vil").fill(words)
    page.get_by_role("button", name="Legg i journalen").click()


class TestAPhoto:
    def test_taken_without_coverage_waits_is_seen_to_wait_and_is_sent_once_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Ta bilde").click()
        expect(page.get_by_text("Spør brukeren først.")).to_be_visible()
        is_clean(page)
        page.get_by_role("button", name="Legg i journalen").click()
        expect(page.get_by_text("Ta eller velg et bilde, og velg hva det viser.")).to_be_visible()
        is_clean(page)
        page.get_by_role("link", name="Lukk").click()

        take_photo(page, "Rød kant på hælen")

        expect(page.get_by_text(KEPT)).to_be_visible()
        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()
        expect(page.get_by_role("heading", name="Venter på å bli sendt")).to_be_visible()
        assert page.locator(".ti-thumb").evaluate("one => one.decode().then(() => one.naturalWidth)") > 40
        is_clean(page)
        page.goto(f"{house}/min-dag/")
        expect(page.get_by_text("Bilde venter på å bli sendt")).to_be_visible()
        is_clean(page)
        stored = page.evaluate(DUMP)
        for words in ("Rød kant", "HemmeligKamera", "JFIF", "data:image"):
            assert words not in stored["things"] + stored["queue"]
        assert len(stored["queue"]) < 5_000_000  # drawn anew before it was sealed
        assert not Photo.objects.exists()
        context, told = page.context, page.url
        page.close()  # the tab is killed

        tried = 0

        def lose_the_first_answer(route: Route) -> None:
            nonlocal tried
            tried += 1
            if tried > 1:
                return route.continue_()
            route.fetch(max_redirects=0)  # the server has it; the phone never hears
            return route.abort("connectionfailed")

        context.route("**/levering/", lose_the_first_answer)
        context.set_offline(False)
        again = context.new_page()
        again.goto(told)
        all_sent(again)
        photo = Photo.objects.get()
        assert (photo.citizen, photo.visit, photo.words) == (cast.olga, visit, "Rød kant på hælen")
        assert (photo.width, photo.height) == (LONGEST_SIDE * 3 // 4, LONGEST_SIDE)  # the right way up
        assert photo.taken_by == cast.amir.employee and tried >= 2
        assert Envelope.objects.get().outcome == "APPLIED"

    def test_what_the_phone_cannot_read_is_said_while_one_has_it_before_one_R06(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")

        take_photo(page, "Skjema", b"ikke et bilde")

        expect(page.get_by_text("Telefonen kan ikke lese bildet.")).to_be_visible()
        is_clean(page)
        assert page.evaluate(DUMP)["waiting"] == 0
        page.get_by_label("Bilde", exact=True).set_input_files(
            {"name": "x.png", "mimeType": "image/png", "buffer": from_the_camera((400, 300))}
        )
        page.get_by_role("button", name="Legg i journalen").click()
        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()

    def test_one_that_is_refused_is_kept_and_shown_R14(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Ta bilde").click()
        page.get_by_label("Bilde", exact=True).set_input_files(
            {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": from_the_camera((400, 300))}
        )
        page.evaluate("document.querySelector('[name=of]:checked').value = 'NOE'")
        page.context.set_offline(True)  # between page and press
        page.get_by_role("button", name="Legg i journalen").click()
        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()
        page.context.set_offline(False)
        all_sent(page)

        page.goto(f"{house}/ikke-gjennom/{Undelivered.objects.get().pk}/")

        expect(page.get_by_text("Velg hva bildet viser.")).to_be_visible()
        shown = page.get_by_role("img", name="Bildet du tok")
        assert shown.evaluate("one => one.decode().then(() => one.naturalHeight)") == 400  # the right way up
        is_clean(page)


class TestAVisitThatIsNotNow:
    def test_is_moved_without_coverage_once_and_is_seen_to_wait_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Flytt eller avlys besøket").click()
        expect(page.get_by_role("heading", name="Flytt eller avlys")).to_be_visible()
        is_clean(page)
        page.get_by_role("button", name="Flytt besøket").click()
        expect(page.get_by_text("Velg når besøket skal være.")).to_be_visible()
        is_clean(page)

        page.get_by_role("button", name="10.40").click()

        expect(page.get_by_text(KEPT)).to_be_visible()
        expect(page.get_by_text("Flyttet til 10.40")).to_be_visible()
        is_clean(page)
        page.goto(f"{house}/min-dag/")
        expect(page.get_by_text("Flyttet til 10.40 venter på å bli sendt")).to_be_visible()
        is_clean(page)
        page.context.set_offline(False)
        all_sent(page)
        visit.refresh_from_db()
        assert oslo.clock_of(visit.starts_at or MIDNIGHT) == time(10, 40)
        assert Envelope.objects.get().outcome == "APPLIED"

    def test_is_called_off_and_taken_back_in_the_order_it_was_said_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)

        def call_off(why: str) -> None:
            page.goto(f"{house}/min-dag/besok/{visit.pk}/")
            page.get_by_role("link", name="Flytt eller avlys besøket").click()
            page.get_by_label("Vil du si mer?").fill(why)
            page.get_by_role("button", name="Pårørende tar det").click()
            expect(page.get_by_role("heading", name="Arne Kvam")).to_be_visible()

        call_off("Dattera er her")
        page.get_by_role("button", name="Angre").click()
        expect(page.get_by_role("heading", name="Olga Hansen")).to_be_visible()
        call_off("Dattera kommer likevel")
        expect(page.get_by_text("3 ting venter på å bli sendt.")).to_be_visible()
        is_clean(page)
        assert "Dattera" not in page.evaluate(DUMP)["things"] + page.evaluate(DUMP)["queue"]
        assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('tillit-draft:'))")

        page.context.set_offline(False)
        all_sent(page)
        said = VisitReport.objects.order_by("pk").values_list("outcome", "note")
        assert list(said) == [
            ("CANCELLED", "Dattera er her"), ("UNDONE", ""), ("CANCELLED", "Dattera kommer likevel"),
        ]  # fmt: skip
        visit.refresh_from_db()
        assert visit.state == VisitState.CANCELLED


class TestANote:
    def test_by_itself_is_written_without_coverage_and_is_sent_once_R12_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Vekt eller annet").click()
        expect(page.get_by_role("heading", name="Observasjon")).to_be_visible()
        is_clean(page)
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_text("Skriv vekta, eller hva du så.")).to_be_visible()
        page.get_by_label("Vekt i kilo").fill("624")
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_text("Vekt i kilo: skriv et tall mellom 20 og 350.")).to_be_visible()
        is_clean(page)
        assert page.evaluate(DUMP)["waiting"] == 0

        page.get_by_label("Hva så du?").fill("Spiste lite til frokost")
        page.get_by_text("Mat og drikke").click()
        page.get_by_label("Vekt i kilo").fill("62,4")
        page.get_by_role("button", name="Lagre").click()

        expect(page.get_by_text(KEPT)).to_be_visible()
        expect(page.get_by_role("heading", name="Venter på å bli sendt")).to_be_visible()
        is_clean(page)
        page.goto(f"{house}/min-dag/")
        expect(page.get_by_text("Observasjon venter på å bli sendt")).to_be_visible()
        assert "Spiste lite" not in page.evaluate(DUMP)["things"] + page.evaluate(DUMP)["queue"]
        assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('tillit-draft:'))")

        page.context.set_offline(False)
        all_sent(page)
        found = Observation.objects.get()
        assert (found.citizen, found.visit, found.told_by) == (cast.olga, visit, cast.amir.employee)
        assert (found.words, found.about, found.weight) == ("Spiste lite til frokost", "FLUID", Decimal("62.4"))
        assert Envelope.objects.get().outcome == "APPLIED"

    def test_lost_between_page_and_press_is_kept_too_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Vekt eller annet").click()
        page.get_by_label("Hva så du?").fill("Trist i dag")
        page.get_by_text("Humør").click()
        page.context.set_offline(True)
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()

        page.context.set_offline(False)
        all_sent(page)
        found = Observation.objects.get()
        assert (found.visit, found.words, found.about) == (visit, "Trist i dag", "MOOD")


def answer_of(page: Page) -> str:
    return page.locator("[data-answer]").inner_text()


def in_an_hour(page: Page) -> str:
    """The clock on the phone, an hour from now."""
    return str(page.evaluate("new Date(Date.now() + 3600000).toTimeString().slice(0, 5).replace(':', '.')"))


class TestAQuickCheck:
    def test_is_made_without_coverage_says_what_to_do_at_once_and_is_sent_once_R12_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        builders.shift(cast.ingrid.employee, cast.bekkedal, ON)  # the nurse at work today
        Employee.objects.filter(pk=cast.ingrid.employee.pk).update(phone="912 34 567")
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Ikke som vanlig").click()
        expect(page.get_by_role("link", name="Er det akutt? Ring 113")).to_have_attribute("href", "tel:113")
        is_clean(page)
        page.get_by_role("button", name="Lagre og se hva du gjør").click()
        expect(page.get_by_text("Mål noe, eller skriv hva som ikke er som vanlig.")).to_be_visible()
        page.get_by_label("Puls i minuttet").fill("9000")
        page.get_by_role("button", name="Lagre og se hva du gjør").click()
        expect(page.get_by_text("Puls i minuttet: skriv et tall mellom 20 og 250.")).to_be_visible()
        is_clean(page)
        assert page.evaluate(DUMP)["waiting"] == 0

        page.get_by_label("Hva er annerledes?").fill("Slapp og varm")
        page.get_by_label("Puls i minuttet").fill("135")
        page.get_by_label("Temperatur").fill("38,4")
        pressed = in_an_hour(page)
        page.get_by_role("button", name="Lagre og se hva du gjør").click()

        expect(page.get_by_text("Ring sykepleier og lege nå")).to_be_visible()
        said = answer_of(page)
        assert (
            "NEWS2: minst 4 poeng. Mangler pust, oksygenmetning, luft eller oksygen, blodtrykk og bevissthet." in said
        )
        assert "Blir Olga dårligere, ring 113." in said and "Ingen andre ser sjekken" in said
        hours = {in_an_hour(page), pressed}  # the minute may have turned since the press
        assert any(f"Svar innen {at}. Ny måling innen {at}." in said for at in hours)
        calls = page.locator("[data-answer] a")
        assert [one.get_attribute("href") for one in calls.all()] == ["tel:91234567", "tel:116117", "tel:113"]
        expect(page.get_by_role("link", name="Ring Ingrid")).to_be_visible()
        is_clean(page)
        page.goto(f"{house}/min-dag/")
        expect(page.get_by_text("Ikke som vanlig venter på å bli sendt")).to_be_visible()
        is_clean(page)
        stored = page.evaluate(DUMP)
        assert not any(words in stored["things"] + stored["queue"] for words in ("Slapp", "38,4", "SINGLE"))
        assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('tillit-draft:'))")
        context, told = page.context, page.url
        page.close()  # the tab is killed

        context.set_offline(False)
        again = context.new_page()
        again.goto(told)
        all_sent(again)
        found = Observation.objects.get()
        assert (found.citizen, found.visit, found.told_by) == (cast.olga, visit, cast.amir.employee)
        assert (found.total, found.level, found.words) == (4, "SINGLE", "Slapp og varm")
        assert Watch.objects.get().owner == cast.ingrid.employee
        assert Envelope.objects.get().outcome == "APPLIED"

    def test_measured_again_the_newest_says_what_to_do_and_one_who_cannot_be_woken_is_113_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Ikke som vanlig").click()
        page.get_by_label("Hva er annerledes?").fill("Trøtt")
        page.context.set_offline(True)  # between page and press
        page.get_by_role("button", name="Lagre og se hva du gjør").click()
        expect(page.locator("[data-answer]").get_by_text("Ring sykepleier", exact=True)).to_be_visible()
        assert "NEWS2: ikke regnet ut." in answer_of(page)

        page.get_by_role("link", name="Ikke som vanlig").click()
        page.get_by_text("Reagerer bare på smerte").click()
        page.get_by_role("button", name="Lagre og se hva du gjør").click()

        expect(page.get_by_text("Ring 113 nå")).to_be_visible()
        assert page.locator("[data-answer] a").first.get_attribute("href") == "tel:113"
        assert page.locator("[data-answer]").count() == 1
        is_clean(page)
        page.context.set_offline(False)
        all_sent(page)
        assert list(Observation.objects.order_by("pk").values_list("words", "consciousness")) == [
            ("Trøtt", ""), ("", "P"),
        ]  # fmt: skip

    def test_drawn_without_coverage_and_pressed_with_leads_to_the_servers_own_answer_R12_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = cannot_be_woken(open_page, house, cast, visit)
        page.get_by_role("button", name="Lagre og se hva du gjør").click()

        expect(page.get_by_text("Ring 113 nå")).to_be_visible()
        all_sent(page)
        assert Observation.objects.get().consciousness == "U"

    @pytest.mark.parametrize("delivers", [False, True])
    def test_pressed_while_the_page_carries_it_leads_to_the_servers_own_answer_all_the_same_R12_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage, delivers: bool
    ) -> None:
        page = cannot_be_woken(open_page, house, cast, visit)
        page.evaluate(CARRIES, delivers)
        page.get_by_role("button", name="Lagre og se hva du gjør").click()

        expect(page.get_by_text("Ring 113 nå")).to_be_visible()
        expect(page).to_have_url(re.compile(r"/ikke-som-vanlig/\d+/"))
        all_sent(page)
        assert Envelope.objects.get().outcome == "APPLIED"

    def test_a_citizens_own_page_needs_coverage_as_the_phone_cannot_answer_there_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.goto(f"{house}/brukere/{cast.olga.pk}/ikke-som-vanlig/")
        page.get_by_label("Hva er annerledes?").fill("Trøtt")
        page.context.set_offline(True)
        # the browser's own «no network», with the words kept in the browser
        with pytest.raises(Error), page.expect_navigation(timeout=5000):
            page.get_by_role("button", name="Lagre og se hva du gjør").click()
        page.context.set_offline(False)
        page.goto(f"{house}/brukere/{cast.olga.pk}/ikke-som-vanlig/")
        expect(page.get_by_label("Hva er annerledes?")).to_have_value("Trøtt")
        assert not Observation.objects.exists()

    def test_the_phone_counts_as_the_server_does_R18(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = open_page(phone=True)
        page.goto(f"{house}/logg-inn/")
        sent = list(vectors())
        counted = page.evaluate(
            "async (all) => { const { score } = await import('/static/myday/pocket/news2.js');"
            " return all.map((one) => { const { total, level, missing } = score(one); return [total, level, missing]; }); }",
            [{**asdict(one), "temperature": float(one.temperature) if one.temperature else None} for one in sent],
        )
        expected = [
            (found.total, found.level.value, [part.value for part in found.missing]) for found in map(score, sent)
        ]
        assert [tuple(one) for one in counted] == expected
        assert {level for _, level, _ in expected} == {level.value for level in Level}


def vectors() -> Iterator[Measured]:
    """Every whole number of every measurement on both scales, alone and beside others; and two thousand by chance."""
    tenths = [None, *(Decimal(value) / 10 for value in range(250, 441))]
    kinds: dict[str, list[Any]] = {
        "respiration": [None, *range(1, 81)], "saturation": [None, *range(40, 101)], "oxygen": [None, True, False],
        "systolic": [None, *range(40, 301)], "pulse": [None, *range(20, 251)], "consciousness": ["", *Consciousness],
        "temperature": tenths,
    }  # fmt: skip
    for scale in (1, 2):
        for name, values in kinds.items():
            for value in values:
                for oxygen in (None, True, False):
                    yield Measured(**{"oxygen": oxygen, name: value}, scale=scale)
                yield replace(Measured(16, 97, False, 130, 70, "A", Decimal("37.0"), scale), **{name: value})
    chance = random.Random(113)
    for _ in range(2000):
        yield Measured(**{name: chance.choice(values) for name, values in kinds.items()}, scale=chance.choice((1, 2)))
