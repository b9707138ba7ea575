"""At the door without coverage: a photo, a visit that moves or falls through, a quick check, a note (R12, R17, R18)."""

import io
import random
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.carried import DUMP, KEPT, OpenPage, all_sent, on_his_way, with_the_day
from tests.browser.chromium import overflow, violations
from tests.cast import Cast
from tillit.care.observations.models import Observation
from tillit.care.photos.drawing import LONGEST_SIDE
from tillit.care.photos.models import Photo
from tillit.care.visits.models import Visit, VisitReport, VisitState
from tillit.foundation.delivery.models import Envelope, Undelivered
from tillit.kernel import oslo

pytestmark = pytest.mark.browser

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)


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
