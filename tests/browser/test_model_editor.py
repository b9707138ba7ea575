"""A variant of a model in a real browser: changed cell by cell by keyboard, put into force, and without scripts."""

from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import Page, Route, expect

from tests import builders
from tests import builders_responsibility as more
from tests.browser.chromium import overflow, violations
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.foundation.responsibility import actions, queries
from tillit.foundation.responsibility.models import ModelVersion, TeamModel
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    now = oslo.moment(date(2026, 11, 24), time(8, 30))
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def draft(cast: Cast) -> ModelVersion:
    """Marit leads the district; Bekkedal follows Modell 1, of which the district has a draft."""
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    one = more.shipped(MONDAY)[0]
    TeamModel.objects.create(unit=cast.bekkedal, version=one, valid_from=MONDAY_DATE)
    return actions.copy_model(
        actor=system("tests"), version_id=one.pk, owner_id=cast.south.pk, name="Vår", description="", at=MONDAY
    )


def open_draft(page: Page, house: str, cast: Cast, draft: ModelVersion) -> None:
    page.goto(f"{house}/logg-inn/?next=/modeller/{draft.pk}/")
    page.get_by_label("Brukernavn").fill(cast.marit.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


@pytest.mark.parametrize("phone", [False, True])
def test_a_cell_is_changed_undone_and_the_variant_put_into_force_R04_R57(
    open_page: OpenPage, house: str, cast: Cast, draft: ModelVersion, phone: bool
) -> None:
    page = open_page(phone=phone)
    open_draft(page, house, cast, draft)
    menu = page.locator("#hvem-HOSPITAL")
    menu.focus()
    menu.select_option("PROVIDER")
    expect(page.locator("#rad-hospital")).to_have_attribute("data-diff", "")
    expect(page.locator("#hvem-HOSPITAL")).to_be_focused()
    assert violations(page) == []
    assert overflow(page) == 0

    page.locator("[data-toast]").get_by_role("button", name="Angre").click()
    expect(page.locator("#rad-hospital")).not_to_have_attribute("data-diff", "")
    page.locator("#hvem-HOSPITAL").select_option("TEAM_LEADER")
    expect(page.locator("#rad-hospital")).to_have_attribute("data-diff", "")

    page.get_by_role("link", name="Sett i kraft …").click()
    page.get_by_label("Team Bekkedal").check()
    expect(page.locator("#virkning")).to_contain_text("For Team Bekkedal får 1 oppgave ny ansvarlig fra tirsdag 1.")
    assert violations(page) == []
    assert overflow(page) == 0
    page.get_by_label("Støtter").first.check()
    page.get_by_role("button", name="Sett i kraft").click()

    expect(page.locator("#brukes")).to_contain_text("Team Bekkedal")
    found = queries.model_of(unit_id=cast.bekkedal.pk, on=date(2026, 12, 1))
    assert found is not None
    assert found.version_id == draft.pk


def test_what_is_chosen_while_the_page_is_on_its_way_is_saved(
    open_page: OpenPage, house: str, cast: Cast, draft: ModelVersion
) -> None:
    page = open_page()
    open_draft(page, house, cast, draft)
    expect(page.locator("#hvem-HOSPITAL")).to_be_visible()
    late: list[Route] = []
    page.route("**/htmx.min*.js", lambda route: late.append(route))
    page.reload(wait_until="commit")
    page.locator("#hvem-HOSPITAL").select_option("PROVIDER")
    expect(page.locator("#rad-hospital")).not_to_have_attribute("data-diff", "")
    late[0].continue_()

    expect(page.locator("#rad-hospital")).to_have_attribute("data-diff", "")


def test_without_scripts_a_cell_is_saved_and_the_preview_is_asked_for(
    open_page: OpenPage, house: str, cast: Cast, draft: ModelVersion
) -> None:
    page = open_page(scripts=False)
    open_draft(page, house, cast, draft)
    row = page.locator("#rad-hospital")
    row.get_by_role("combobox").select_option("TEAM_LEADER")
    row.get_by_role("button", name="Lagre").click()
    expect(page.locator("#rad-hospital")).to_have_attribute("data-diff", "")

    page.get_by_role("link", name="Sett i kraft …").click()
    page.get_by_label("Team Bekkedal").check()
    page.get_by_role("button", name="Vis hva som endres").click()

    expect(page.locator("#virkning")).to_contain_text("For Team Bekkedal får 1 oppgave ny ansvarlig")
