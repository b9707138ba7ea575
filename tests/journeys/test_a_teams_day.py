"""The whole story, from what matters to a citizen to today's visit done, in a real browser at both widths.

Conversation → plan → visits → proposal → published lists → phone → done → the citizen's page.
"""

import re
from collections.abc import Callable
from datetime import datetime, time

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.chromium import overflow, violations
from tests.cast import MONDAY_DATE, Cast, Member
from tillit.care.visits.models import Visit, VisitReport, VisitState
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.kernel import clock, names, oslo
from tillit.teamwork.planning.models import DayLists

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
WORDS = "Jeg vil stelle i hagen igjen. Kom ikke før radioen er ferdig."


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Monday 23 November 2026, 06.45: the day before us."""
    now = oslo.moment(MONDAY_DATE, time(6, 45))
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def at_work(cast: Cast) -> None:
    """Ingrid, Amir and Kari are on day shift today."""
    for member in (cast.ingrid, cast.amir, cast.kari):
        builders.shift(member.employee, cast.bekkedal, MONDAY_DATE)


def sign_in(page: Page, house: str, member: Member) -> None:
    page.goto(f"{house}/logg-inn/")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Logg inn")


def is_fit(page: Page) -> None:
    """Accessible, and no wider than the window."""
    assert violations(page) == []
    assert overflow(page) == 0


class TestATeamsDay:
    @pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
    def test_from_what_matters_to_done_R12_R13_R24_R25_R29(
        self, cast: Cast, house: str, open_page: OpenPage, morning: datetime, at_work: None, phone: bool
    ) -> None:
        nurse = open_page(phone=phone)
        sign_in(nurse, house, cast.ingrid)
        self.hold_the_conversation(nurse, house, cast)
        self.write_the_plan(nurse, house, cast)
        visits = Visit.objects.filter(citizen=cast.olga, on=MONDAY_DATE)
        assert visits.count() == 1

        allocator = open_page(phone=phone)
        sign_in(allocator, house, cast.kari)
        self.make_the_lists(allocator, house, cast)
        visit = visits.get()
        assert visit.starts_at is not None
        helper = visit.helper_rows.get().employee

        worker = next(member for member in (cast.ingrid, cast.amir, cast.kari) if member.employee == helper)
        door = open_page(phone=True)
        sign_in(door, house, worker)
        self.do_the_visit(door, house, visit)

        self.see_it_on_the_citizens_page(nurse, house, cast, worker)
        self.everything_is_on_record(cast)

    def hold_the_conversation(self, page: Page, house: str, cast: Cast) -> None:
        page.goto(f"{house}/brukere/{cast.olga.pk}/")
        is_fit(page)
        page.goto(f"{house}/brukere/{cast.olga.pk}/samtale/")
        page.get_by_role("button", name="Start samtalen").click()
        page.get_by_label("Hva er viktig for deg?").fill(WORDS)
        is_fit(page)
        page.get_by_role("button", name="Avslutt samtalen").click()
        page.goto(f"{house}/brukere/{cast.olga.pk}/")
        expect(page.get_by_text(WORDS)).to_be_visible()

    def write_the_plan(self, page: Page, house: str, cast: Cast) -> None:
        page.goto(f"{house}/brukere/{cast.olga.pk}/plan/")
        page.get_by_role("button", name="Lag den første planen").click()
        page.get_by_role("link", name="Nytt mål").click()
        page.get_by_label("Målet, med brukerens egne ord").fill("Stelle i hagen igjen")
        page.get_by_label("Når ser dere på målet sammen?").fill("15.1.2027")
        page.get_by_role("button", name="Legg til").click()
        expect(page.locator(".ti-live")).to_have_text("Målet er lagt til.")
        page.get_by_role("link", name="Nytt tiltak Stelle i hagen igjen").click()
        page.wait_for_load_state("networkidle")
        page.get_by_label("Hva gjør vi?").fill("Morgenstell")
        page.get_by_label("Morgen", exact=True).check()
        page.get_by_label("Hvor mange minutter tar det?").fill("30")
        is_fit(page)
        page.get_by_role("button", name="Legg til").click()
        expect(page.locator(".ti-live")).to_have_text("Tiltaket er lagt til.")
        page.get_by_role("button", name="Ta planen i bruk").click()
        expect(page.get_by_text("I bruk siden 23.11.2026.")).to_be_visible()
        is_fit(page)

    def make_the_lists(self, page: Page, house: str, cast: Cast) -> None:
        lists = f"{house}/team/{cast.bekkedal.pk}/arbeidslister/{MONDAY_DATE}/DAY/"
        page.goto(lists)
        expect(
            page.get_by_role("button", name="Hansen").or_(page.get_by_role("link", name="Hansen")).first
        ).to_be_visible()
        is_fit(page)
        page.get_by_role("button", name="Be om forslag").first.click()
        # Where nothing has planned before, the engine is compiled first.
        expect(page.get_by_role("heading", name=re.compile("^Forslag: "))).to_be_visible(timeout=180_000)
        is_fit(page)
        page.get_by_role("button", name="Godta").first.click()
        page.goto(lists)
        page.get_by_role("button", name="Ta i bruk").click()
        page.wait_for_load_state("networkidle")
        assert DayLists.objects.get(unit=cast.bekkedal, on=MONDAY_DATE, shift_kind="DAY").state == "PUBLISHED"

    def do_the_visit(self, page: Page, house: str, visit: Visit) -> None:
        page.goto(f"{house}/min-dag/")
        expect(page.get_by_role("heading", name="Olga Hansen")).to_be_visible()
        is_fit(page)
        page.get_by_role("link", name="Åpne besøket").click()
        expect(page.get_by_text(WORDS)).to_be_visible()
        is_fit(page)
        assert VisitReport.objects.count() == 0  # opening a visit clocks nothing
        page.get_by_role("button", name="Ferdig som planlagt").click()
        expect(page.get_by_text("Besøket er lagret")).to_be_visible()
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE

    def see_it_on_the_citizens_page(self, page: Page, house: str, cast: Cast, worker: Member) -> None:
        page.goto(f"{house}/brukere/{cast.olga.pk}/")
        who = page.get_by_role("region", name="Hvem kommer hjem til Olga")
        today = who.get_by_role("listitem").last
        expect(today).to_contain_text(names.initials(worker.employee.given_name, worker.employee.family_name))
        is_fit(page)

    def everything_is_on_record(self, cast: Cast) -> None:
        done = set(AuditEntry.objects.filter(citizen_id=cast.olga.pk).values_list("action", flat=True))
        assert {"visits.report_visit", "careplans.start_plan"} <= done
        assert AccessEntry.objects.filter(citizen_id=cast.olga.pk, user=cast.ingrid.user, changed=True).exists()
        assert not AccessEntry.objects.filter(citizen_id=cast.per.pk).exists()
