"""Min side in a real browser, on the phone: Olga says no to a visit; her daughter sees what she is let in to (R18)."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import builders_plan
from tests.builders_consents import let_in, own_login
from tests.cast import MONDAY, TUESDAY_DATE, Cast
from tillit.care.consents.rules import Part
from tillit.care.notices.models import Notice
from tillit.care.visits.models import Visit
from tillit.foundation.access.models import User
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser


def _as(page: Page, user: User, house: str) -> Page:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": house}])
    return page


def test_olga_says_no_and_her_daughter_sees_that_and_no_more_R18(
    house: str, cast: Cast, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    visit = builders_plan.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=TUESDAY_DATE, task="Dusj")
    start = oslo.moment(TUESDAY_DATE, time(14, 10))
    Visit.objects.filter(pk=visit.pk).update(
        starts_at=start, earliest_at=start, latest_at=start + timedelta(hours=1), state="PLANNED", changed_at=None
    )
    berit = let_in(cast.olga, Part.VISITS)[0]
    olga = _as(open_page(phone=True), own_login(cast.olga), house)

    olga.goto(house)
    expect(olga.get_by_role("heading", level=1)).to_have_text("Hei, Olga")
    olga.get_by_role("link", name="Avlys besøket").click()
    olga.get_by_role("button", name="Ja, avlys besøket").click()

    expect(olga.get_by_text("Besøket er avlyst. Teamet vet det.")).to_be_visible()
    expect(olga.get_by_role("link", name="Avlys besøket")).to_have_count(0)
    assert Notice.objects.get().citizen == cast.olga

    daughter = _as(open_page(phone=True), berit, house)
    daughter.goto(house)
    expect(daughter.get_by_role("heading", level=1)).to_have_text("Hos Olga")
    expect(daughter.get_by_text("Avlyst")).to_be_visible()
    expect(daughter.get_by_text("Dusj")).to_have_count(0)
    expect(daughter.get_by_role("navigation", name="Min side").get_by_role("link")).to_have_text(["Hva du får se"])
