"""Pilot → baseline → comparison: not in before it has been measured, and no more said afterwards than it can bear.

In a browser: two teams, one that tries something and one that works as before; months before Tillit that were brought
in; three months that pass (R38, R41, R46).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.chromium import PHONE
from tests.browser.test_surveys import as_user, is_clean
from tests.builders_pilots import DRIVING, HELPERS, Told, months
from tests.cast import MONDAY, Cast
from tillit.foundation.access.roles import Role
from tillit.kernel import clock
from tillit.learning.improvement.models import Baseline, Pilot
from tillit.learning.insight.rules.claims import Rung, too_strong

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
MAY = date(2026, 5, 1)
FEBRUARY = datetime(2027, 2, 22, 9, tzinfo=UTC)


def test_a_pilot_from_its_plan_to_what_can_be_said_R38_R41_R46(
    cast: Cast, house: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    told = Told(known=(HELPERS, DRIVING)).answering(monkeypatch)
    told.say(cast.bekkedal, MAY, {"K-1-28": [14, 15, 13, 14, 16, 12, 13, 10, 11, 9], "T-3": [7] * 10})
    told.say(cast.solvik, MAY, {"K-1-28": [12, 12, 13, 12, 13, 12, 12, 12, 13, 12], "T-3": [5] * 10})
    brought = months(MAY, [14, 15], imported=True)
    told.points[cast.bekkedal.pk, "K-1-28"] = (*brought, *told.points[cast.bekkedal.pk, "K-1-28"][2:])
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    desk = open_page()
    as_user(desk, house, cast.marit.employee)

    desk.goto(f"{house}/forbedring/")
    desk.get_by_role("link", name="Ny pilot").click()
    desk.get_by_label("Hva heter piloten?").fill("Færre ansikter")
    desk.get_by_label("Hva prøver dere?").fill("Teamet fordeler besøkene selv.")
    desk.get_by_label("Hvem har piloten?").select_option(str(cast.south.pk))
    desk.get_by_label(cast.bekkedal.name, exact=True).check()
    desk.get_by_label("Hva prøver teamet?").select_option("MODEL_1")
    desk.get_by_label("Fra hvilken dag?").fill("2026-11-23")
    desk.get_by_role("button", name="Lag piloten").click()
    expect(desk.get_by_text("Piloten kan settes i gang når alt er i orden.")).to_be_visible()
    pilot = Pilot.objects.get()
    desk.get_by_role("link", name="Ta med et team").click()
    desk.get_by_label("Hvilket team?").select_option(str(cast.solvik.pk))
    desk.get_by_label("Hva prøver teamet?").select_option("ORDINARY")
    desk.get_by_label("Fra hvilken dag?").fill("2026-11-23")
    desk.get_by_role("button", name="Ta med").click()
    expect(desk.get_by_role("button", name="Sett i pilot")).to_have_count(0)
    is_clean(desk)

    desk.get_by_role("link", name="Se nullpunktet").click()
    desk.get_by_label("Brukerne er fornøyde og med på å bestemme").select_option("K-1-28")
    desk.get_by_role("button", name="Velg disse").click()
    is_clean(desk)
    desk.get_by_role("button", name="Frys og signer").click()
    expect(desk.get_by_text("Skriv hvorfor de kan brukes likevel.").first).to_be_visible()
    assert not Baseline.objects.exists()
    is_clean(desk)
    desk.get_by_label("Noen tall er hentet inn.").fill("Talt på samme måte av økonomi.")
    desk.get_by_role("button", name="Frys og signer").click()
    expect(desk.get_by_text("Forbehold: Talt på samme måte av økonomi.")).to_be_visible()
    assert Baseline.objects.count() == 2
    desk.goto(house + reverse("improvement:pilot", args=[pilot.pk]))
    desk.get_by_role("button", name="Sett i pilot").click()
    expect(desk.get_by_text("Piloten er i gang.")).to_be_visible()

    monkeypatch.setattr(clock, "now", lambda: FEBRUARY)
    as_user(desk, house, cast.marit.employee)
    desk.goto(house + reverse("improvement:comparison", args=[pilot.pk]))
    expect(desk.get_by_text("Før og etter, mot team i ordinær drift")).to_be_visible()
    can = desk.get_by_role("region", name="Dette kan sies")
    expect(can).to_contain_text("10,5 i månedene i pilot, mot 14,0 i nullpunktet")
    expect(can).to_contain_text("95 % KI")
    cannot = desk.get_by_role("region", name="Dette kan vi ikke si")
    expect(cannot).to_contain_text("For få team til å skille modellene (Modell 1 mot Ordinær drift: 1 mot 1)")
    expect(cannot).to_contain_text("Forbehold: Talt på samme måte av økonomi.")
    expect(desk.get_by_role("region", name="Forskjellen mellom modellene")).to_contain_text("1 mot 1")
    assert not too_strong(desk.get_by_role("main").inner_text(), Rung.BEYOND)
    is_clean(desk)
    desk.set_viewport_size(PHONE)
    is_clean(desk)
