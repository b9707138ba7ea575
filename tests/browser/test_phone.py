"""Min dag in a real browser, at the width of a phone: with scripts, without them, and down to 320 px."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from playwright.sync_api import Page, expect

from tests import builders, builders_planning, builders_visits
from tests.browser.chromium import overflow, violations
from tests.cast import Cast, Member
from tillit.care.citizens.models import Alert, AlertKind
from tillit.care.visits.models import FollowUp, Visit, VisitReport, VisitState
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

ON = date(2026, 11, 24)
OpenPage = Callable[..., Page]

#: What is opened unfolds over some frames; until then its content lies over what comes after it.
UNFOLDED = """() => [...document.querySelectorAll('details[open]')].every((each) =>
  each.lastElementChild.getBoundingClientRect().bottom <= each.getBoundingClientRect().bottom + 1)"""


@pytest.fixture
def visit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Tuesday 08.30: Amir is on his way to Olga at 08.40 and to Arne at 09.30."""
    now: datetime = oslo.moment(ON, time(8, 30))
    monkeypatch.setattr(clock, "now", lambda: now)
    builders.shift(cast.amir.employee, cast.bekkedal, ON)
    for citizen in (cast.olga, cast.arne):  # they know him: the visit's page is the usual one
        builders_planning.been_there(cast.amir.employee, citizen, cast.bekkedal, 1, before=ON)
    cast.olga.homes.update(way_in="Ring på først", door_code="4711#")
    Alert.objects.create(citizen=cast.olga, kind=AlertKind.ALLERGY, text="penicillin", valid_from=builders.LONG_AGO)
    builders_visits.matters(cast.olga, "Jeg vil gå ned til postkassa selv.", said_on=date(2026, 11, 1))
    builders_visits.follow_up(cast.arne, cast.kari.employee, cast.amir.employee, now)
    builders_visits.visit(cast.arne, cast.bekkedal, ON, cast.amir.employee, at=time(9, 30))
    found = builders_visits.visit(cast.olga, cast.bekkedal, ON, cast.amir.employee, tasks=("Frokost",))
    builders_visits.task(found, "Gå til postkassa", goal_words="Hente posten selv", rank=1)
    return found


def sign_in(page: Page, house: str, member: Member) -> None:
    page.goto(f"{house}/logg-inn/?next=/min-dag/")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", name="Min dag")).to_be_visible()


class TestThePhone:
    def test_done_as_planned_is_two_presses_and_undo_is_one(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = open_page(phone=True)
        sign_in(page, house, cast.amir)
        assert violations(page) == [] and overflow(page) == 0

        page.get_by_role("link", name="Åpne besøket").click()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("button", name="Ferdig som planlagt").click()

        expect(page.get_by_text("Besøket er lagret.")).to_be_visible()
        expect(page.get_by_role("heading", name="Arne Kvam")).to_be_visible()
        assert violations(page) == []
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE

        page.get_by_role("button", name="Angre").click()

        expect(page.get_by_role("heading", name="Olga Hansen")).to_be_visible()
        visit.refresh_from_db()
        assert visit.state == VisitState.PLANNED

    def test_what_one_writes_survives_a_reload_and_is_forgotten_when_it_is_sent(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = open_page(phone=True)
        sign_in(page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_label("Notat").fill("Gikk ned trappa uten støtte.")
        expect(page.get_by_text("Ikke sendt. Teksten er tatt vare på")).to_be_visible()

        page.reload()

        expect(page.get_by_label("Notat")).to_have_value("Gikk ned trappa uten støtte.")
        page.get_by_role("button", name="Ferdig som planlagt").click()
        expect(page.get_by_text("Besøket er lagret.")).to_be_visible()
        assert VisitReport.objects.get().note == "Gikk ned trappa uten støtte."
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tillit-draft:')).length") == 0

    def test_the_door_code_comes_in_its_place_by_a_press(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = open_page(phone=True)
        sign_in(page, house, cast.amir)

        page.get_by_role("button", name="Vis kode").click()

        expect(page.get_by_text("4711#")).to_be_visible()
        expect(page.get_by_role("heading", name="Min dag")).to_be_visible()

    def test_acts_of_a_visit_are_big_enough_for_a_thumb_in_a_glove(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = open_page(phone=True)
        sign_in(page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_text("Noe ble annerledes").click()
        page.get_by_text("Besøket ble ikke noe av").click()
        page.wait_for_function(UNFOLDED)

        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 '.ti-actionbar .ds-button, .ti-task label, .ti-choice label, .ti-choice > button')]
               .map((each) => [each.textContent.trim(), each.getBoundingClientRect().height])
               .filter(([, height]) => height < 56)"""
        )

        assert small == []
        assert violations(page) == []


class TestOneMinuteBeforeTheDoor:
    def test_the_least_stands_first_and_what_was_written_is_found_again_E8(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        Visit.objects.filter(citizen=cast.olga, state=VisitState.DONE).update(state=VisitState.PLANNED)
        page = open_page(phone=True)
        sign_in(page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        expect(page.get_by_role("heading", name="Ett minutt før døra")).to_be_visible()
        expect(page.get_by_label("Notat")).to_be_hidden()
        assert violations(page) == []

        page.get_by_text("Alle oppgaver, notater og hvordan det gikk").click()
        page.get_by_label("Notat").fill("Gikk ned trappa uten støtte.")
        expect(page.get_by_text("Ikke sendt. Teksten er tatt vare på")).to_be_visible()
        page.reload()

        expect(page.get_by_label("Notat")).to_have_value("Gikk ned trappa uten støtte.")
        expect(page.get_by_label("Notat")).to_be_visible()


class TestWithoutScripts:
    def test_everything_can_be_done(self, house: str, cast: Cast, visit: Visit, open_page: OpenPage) -> None:
        page = open_page(phone=True, scripts=False)
        sign_in(page, house, cast.amir)
        page.get_by_role("button", name="Vis kode").click()
        expect(page.get_by_text("4711#")).to_be_visible()

        page.get_by_role("link", name="Noe har endret seg").click()
        page.get_by_label("Hva så du?").fill("Klarte trappa alene.")
        page.get_by_role("button", name="Si fra til teamet").click()
        expect(page.get_by_text("Det er ikke sagt fra ennå")).to_be_visible()
        expect(page.get_by_label("Hva så du?")).to_have_value("Klarte trappa alene.")
        page.get_by_text("Klarer mer selv").click()
        page.get_by_role("button", name="Si fra til teamet").click()
        expect(page.get_by_text("Det er sagt fra om endringen hos Olga Hansen.")).to_be_visible()

        page.get_by_text("Besøket ble ikke noe av").click()
        page.get_by_role("button", name="Brukeren sa nei i dag").click()

        expect(page.get_by_text("Lagret: Besøket ble ikke noe av.")).to_be_visible()
        visit.refresh_from_db()
        assert visit.state == VisitState.CANCELLED
        assert FollowUp.objects.get(citizen=cast.olga).words == "Klarte trappa alene."


class TestNarrow:
    def test_nothing_is_cut_at_320_px(self, house: str, cast: Cast, visit: Visit, open_page: OpenPage) -> None:
        page = open_page(phone=True)
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{house}/logg-inn/")
        assert overflow(page) == 0
        sign_in(page, house, cast.amir)
        follow_up = FollowUp.objects.get()
        for address in (
            "/min-dag/",
            "/min-dag/2026-11-25/",
            f"/min-dag/besok/{visit.pk}/",
            f"/min-dag/besok/{visit.pk}/endret/",
            f"/min-dag/besok/{visit.pk}/gi/",
            "/min-dag/kollegene/",
            f"/oppfolging/{follow_up.pk}/",
            "/meg/",
        ):
            page.goto(f"{house}{address}")
            assert overflow(page) == 0, address
            assert violations(page) == [], address
