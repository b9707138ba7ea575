"""Adjusting the plan within the frame in a real browser: one line, one press, on the phone and on a desk (R20)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import builders_frames, builders_plan
from tests.browser.chromium import overflow, violations
from tests.cast import MONDAY, Cast, Member
from tillit.care.careplans.models import Adjustment, Intervention, InterventionKind
from tillit.care.decisions.models import Case
from tillit.care.decisions.rules.states import State
from tillit.kernel import clock

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
WHY = "Olga er tryggere i dusjen"


@pytest.fixture
def case(house: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Olga's plan has five interventions: 7 h 35 min a week, in a frame of 8 hours with 15 per cent."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    plan = builders_plan.plan(cast.olga, in_use_from=builders_frames.BEGAN)
    builders_plan.words(cast.olga)
    aim = builders_plan.goal(plan, about=builders_plan.need(plan), responsible=cast.ingrid.employee)
    builders_plan.intervention(plan, "Dusj og hårvask", serves=aim, minutes=40, weekdays="15")
    builders_plan.intervention(plan, "Morgenstell", serves=aim, minutes=30, weekdays="23467")
    builders_plan.intervention(plan, "Kveldstell og medisiner", minutes=20, parts=("EVENING",))
    builders_plan.intervention(plan, "Middag", minutes=10, parts=("MIDDAY",), kind=InterventionKind.MEAL)
    builders_plan.intervention(plan, "Gåtrening i trapp", serves=aim, minutes=15, weekdays="3", parts=("AFTERNOON",))
    return builders_frames.framed(cast, builders_frames.office(cast), cast.olga, hours=8, span=15)


def window(open_page: OpenPage, house: str, who: Member, *, phone: bool) -> Page:
    """A window where somebody is signed in."""
    client = Client()
    client.force_login(who.user)
    page = open_page(phone=phone)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": house}])
    return page


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing and the page is not too wide; a picture is kept when somebody wants to look."""
    if folder := os.environ.get("TILLIT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("phone", [True, False])
class TestOnePressWithOneLine:
    @pytest.mark.parametrize("start", ["citizens:page", "careplans:plan_edit", "decisions:case"])
    def test_from_the_page_one_is_on_R20(
        self, house: str, cast: Cast, open_page: OpenPage, case: Case, phone: bool, start: str
    ) -> None:
        page = window(open_page, house, cast.kari, phone=phone)
        address = house + reverse(start, args=[case.pk if start == "decisions:case" else cast.olga.pk])
        name = f"{start.replace(':', '-')}-{'phone' if phone else 'desk'}"
        page.goto(address)
        looked_at(page, name)

        page.get_by_label("Hvorfor?").fill(WHY)
        page.get_by_role("button", name="−5 min, Dusj og hårvask").click()

        said = "Dusj og hårvask: 35 min, før 40 min. Uka gikk fra 7 t 35 min til 7 t 25 min"
        expect(page.get_by_text(said).first).to_be_visible()
        assert page.url.startswith(address)
        expect(page.get_by_text(WHY).first).to_be_visible()
        looked_at(page, f"{name}-done")
        page.get_by_role("button", name="Angre").click()
        expect(page.get_by_text("Dusj og hårvask: 40 min, før 35 min").first).to_be_visible()

    def test_out_of_the_frame_the_case_is_taken_up_with_the_line_R20(
        self, house: str, cast: Cast, open_page: OpenPage, case: Case, phone: bool
    ) -> None:
        page = window(open_page, house, cast.kari, phone=phone)
        page.goto(house + reverse("citizens:page", args=[cast.olga.pk]))
        page.get_by_label("Hvorfor?").fill("Armen er verre igjen")
        page.get_by_role("button", name="+10 min, Kveldstell og medisiner").click()
        page.get_by_role("button", name="+10 min, Kveldstell og medisiner").wait_for()

        page.get_by_label("Hvorfor?").fill("Armen er enda verre")
        page.get_by_role("button", name="+10 min, Kveldstell og medisiner").click()

        expect(page.get_by_role("alert")).to_contain_text("Det går ut av rammen")
        expect(page.get_by_label("Hvorfor?")).to_have_value("Armen er enda verre")
        looked_at(page, f"refused-{'phone' if phone else 'desk'}")
        page.get_by_role("button", name="Ta saken opp til ny vurdering").click()
        expect(page.get_by_text("Saken er tatt opp. Vurder behovet sammen med brukeren.").first).to_be_visible()
        case.refresh_from_db()
        assert case.state == State.REASSESSMENT and case.reassessed_why.startswith("Armen er enda verre")

    def test_enter_in_the_line_presses_no_step_and_a_step_asks_for_the_line(
        self, house: str, cast: Cast, open_page: OpenPage, case: Case, phone: bool
    ) -> None:
        page = window(open_page, house, cast.kari, phone=phone)
        address = house + reverse("citizens:page", args=[cast.olga.pk])
        page.goto(address)
        if phone:  # the list is folded where there is little room, and opens as she begins to write
            page.get_by_text("Vis tiltakene").click()
        page.get_by_role("button", name="−5 min, Dusj og hårvask").click()
        expect(page.get_by_label("Hvorfor?")).to_be_focused()
        page.get_by_label("Hvorfor?").fill(WHY)
        page.get_by_label("Hvorfor?").press("Enter")
        page.wait_for_timeout(200)
        assert page.url == address and not Adjustment.objects.exists()

        page.get_by_text("Andre endringer").nth(1).click()
        page.get_by_role("button", name="Ikke tirsdager Morgenstell").click()
        expect(page.get_by_text("Morgenstell: ikke lenger tirsdager").first).to_be_visible()
        newest = Intervention.objects.filter(title="Morgenstell").latest("pk")
        assert newest.weekdays == "3467"
