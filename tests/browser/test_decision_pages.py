"""The decision page and what follows it in a real browser, on a desk and on a phone: axe, width, and the one press."""

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import builders, builders_authority, builders_plan, builders_visits
from tests import builders_decisions as made
from tests.browser.chromium import overflow, violations
from tests.builders import LONG_AGO
from tests.builders_decisions import Office
from tests.cast import MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.actions.notifying import notify_decision
from tillit.care.decisions.actions.starting import start_help
from tillit.care.decisions.models import Case, Line, NoticeWay
from tillit.care.visits.models import VisitState
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NOW: datetime = oslo.moment(TUESDAY_DATE, time(10))


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal follows Model 1; its leader decides nursing at home, the office's leader the alarm."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    Unit.objects.filter(pk=cast.municipality.pk).update(phone="55 50 01 00", base_street="Postboks 100, 0000 Fjordvik")
    builders_authority.authority(found.services["HOME_NURSING"], Role.TEAM_LEADER, max_extent=35)
    builders_authority.authority(found.services["SAFETY_ALARM"], Role.TEAM_LEADER, unit=found.unit)
    Responsible.objects.create(
        citizen=cast.olga, kind=ResponsibleKind.SERVICE_RESPONSIBLE, employee=cast.ingrid.employee, valid_from=LONG_AGO
    )
    builders_plan.words(cast.olga)
    return found


def proposal(cast: Cast, office: Office, at: datetime, *, span: int | None = None) -> Case:
    """A proposal about nursing at home."""
    said = made.asked("HOME_NURSING", received_on=oslo.day_of(at))
    case = made.received(office.nora.actor, cast.olga, said=said, at=at)
    made.assessed(office.nora.actor, case, cast.ingrid.employee, at=at)
    case = made.proposed(office.nora.actor, case, at=at)
    case.lines.update(span_percent=span, starts_on=oslo.day_of(at))
    return case


def sign_in(page: Page, house: str, who: str, path: str) -> None:
    """Log in and go to a page."""
    page.goto(f"{house}/logg-inn/?next={path}")
    page.get_by_label("Brukernavn").fill(who)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_load_state("networkidle")


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing and the page is not too wide; a picture is kept when somebody wants to look."""
    if folder := os.environ.get("TILLIT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("phone", [False, True])
class TestTheDecisionPage:
    def test_is_read_and_decided_in_one_press_R06(
        self, cast: Cast, office: Office, house: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, phone: bool
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW)
        case = proposal(cast, office, NOW - timedelta(days=1))
        Line.objects.create(
            case=case, service=office.services["SAFETY_ALARM"], outcome="GRANTED", content="En alarm.",
            extent=Decimal(1), starts_on=TUESDAY_DATE, rank=1,
        )  # fmt: skip
        page = open_page(phone=phone)
        sign_in(page, house, cast.marit.user.username, f"/saker/{case.pk}/vedtak/")
        where = "phone" if phone else "desk"
        looked_at(page, f"decide-{where}")

        page.get_by_role("button", name="Fatt vedtaket").first.click()

        expect(page.locator(".ti-undo")).to_contain_text("Vedtaket er fattet")
        looked_at(page, f"decided-{where}")

    def test_says_what_is_missing_and_who_else_may_R06(
        self, cast: Cast, office: Office, house: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, phone: bool
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW)
        case = proposal(cast, office, NOW - timedelta(days=1), span=20)
        case.assessments.update(own_view="")
        where = "phone" if phone else "desk"
        page = open_page(phone=phone)
        sign_in(page, house, cast.marit.user.username, f"/saker/{case.pk}/vedtak/")
        looked_at(page, f"missing-{where}")
        expect(page.get_by_role("button", name="Fatt vedtaket")).to_have_count(0)
        office.services["HOME_NURSING"].authorities.update(unit=office.unit)
        page.reload()
        expect(page.get_by_role("button", name="Send til Tjenestekontoret")).to_be_visible()
        looked_at(page, f"others-{where}")


@pytest.mark.parametrize("phone", [False, True])
class TestRunningHelp:
    def test_the_frame_less_help_and_the_letters_R14_R20(
        self, cast: Cast, office: Office, house: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, phone: bool
    ) -> None:
        began = oslo.moment(date(2026, 9, 7), time(8))
        builders_plan.plan(cast.olga, in_use_from=began)
        case = proposal(cast, office, began, span=20)
        decide_case(
            actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=oslo.day_of(began), at=began
        )
        case.refresh_from_db()
        notify_decision(
            actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=NoticeWay.DIGITAL,
            sent_on=oslo.day_of(began), at=began,
        )  # fmt: skip
        case.refresh_from_db()
        start_help(actor=office.nora.actor, case_id=case.pk, edition=case.edition, on=oslo.day_of(began), at=began)
        for number, minutes in enumerate((300, 350, 370, 380, 400, 410, 390, 420), 1):
            builders_visits.visit(
                cast.olga, cast.bekkedal, MONDAY_DATE - timedelta(weeks=9 - number), minutes=minutes,
                state=VisitState.DONE,
            )  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda: NOW)
        where = "phone" if phone else "desk"
        page = open_page(phone=phone)
        sign_in(page, house, office.nora.user.username, f"/saker/{case.pk}/")
        expect(page.get_by_text("Behovet er blitt større enn rammen").first).to_be_visible()
        looked_at(page, f"frame-{where}")
        page.goto(f"{house}/saker/{case.pk}/mindre-hjelp/")
        looked_at(page, f"reduce-{where}")
        page.get_by_role("link", name="Begynn").click()
        looked_at(page, f"reassess-{where}")
        page.get_by_role("button", name="Ta saken opp").click()
        looked_at(page, f"reduce-begun-{where}")
        page.goto(f"{house}/saker/{case.pk}/forhandsvarsel/")
        looked_at(page, f"advance-{where}")
