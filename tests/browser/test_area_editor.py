"""Drawing an area in a real browser: by hand, by keyboard, and without scripts. And a link that gives a login."""

from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests import builders_responsibility as more
from tests.browser.chromium import overflow, violations
from tests.cast import Cast, Member
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Area
from tillit.foundation.responsibility.rules.geojson import ReadArea, write_areas
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NEW = "fjorden er blank i dag"


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    now = oslo.moment(date(2026, 11, 24), time(8, 30))
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def area(cast: Cast) -> Area:
    """Bekkedal has a square; Solvik has one a kilometre east of it. Marit leads the district."""
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    more.area(cast.solvik, ring=more.square(6.03, 61.9))
    return more.area(cast.bekkedal, ring=more.square(6.0, 61.9))


def sign_in(page: Page, house: str, member: Member, going_to: str) -> None:
    page.goto(f"{house}/logg-inn/?next={going_to}")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()


def rows(page: Page) -> list[str]:
    script = "[...document.querySelectorAll('[data-points] tr')].map(r => [...r.querySelectorAll('input')].map(f => f.value).join(' '))"
    found: list[str] = page.evaluate(script)
    return found


def middle_of(page: Page, number: int) -> tuple[float, float]:
    """Return where a point is on the screen, and hold it to what a finger can press."""
    box = page.locator(".ti-draw__handle").nth(number).bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 24
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("phone", [False, True])
class TestTheMap:
    def test_a_point_is_dragged_added_and_removed_and_the_overlap_is_shown_R01(
        self, house: str, cast: Cast, area: Area, open_page: OpenPage, phone: bool
    ) -> None:
        page = open_page(phone=phone)
        sign_in(page, house, cast.marit, f"/organisasjon/omrade/{area.pk}/endre/")
        expect(page.locator(".ti-draw__handle")).to_have_count(4)
        assert violations(page) == [] and overflow(page) == 0
        page.locator(".ti-draw__map").evaluate("map => map.scrollIntoView({block: 'center'})")
        before = rows(page)

        x, y = middle_of(page, 1)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 12, y - 8, steps=3)
        page.mouse.move(x + 30, y - 20, steps=5)
        page.mouse.up()
        assert rows(page)[1] != before[1] and rows(page)[2:] == before[2:]
        page.get_by_role("button", name="Angre").first.click()
        assert rows(page) == before

        page.locator(".ti-draw__handle").nth(1).focus()
        page.keyboard.press("ArrowRight")
        assert rows(page)[1].split()[0] == "61,9" and rows(page)[1] != before[1]
        page.keyboard.press("PageDown")
        expect(page.locator(".ti-draw__handle[aria-current]")).to_have_attribute("aria-label", "Punkt 3 av 4")
        page.keyboard.press("Delete")
        assert len(rows(page)) == 3
        page.get_by_role("button", name="Angre").first.click()

        for number in (2, 3):  # both go east, into Solvik
            page.get_by_label(f"Lengdegrad, punkt {number}").fill("6,04")
        page.get_by_role("button", name="Se hva som endres").last.click()
        expect(page.get_by_text("Området dekker noe av området til Team Solvik.").first).to_be_visible()
        expect(page.locator("[data-collides]")).to_have_count(1)
        page.get_by_role("button", name="Klipp bort det som er felles").click()
        page.get_by_role("button", name="Se hva som endres").last.click()
        expect(page.get_by_text("Dette skjer når du lagrer")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("button", name="Lagre endringen").click()
        expect(page.get_by_role("heading", name="Team Bekkedal")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True])
class TestManyFromOneFile:
    def test_a_file_is_looked_over_put_right_and_taken_in_R01(
        self, house: str, cast: Cast, area: Area, open_page: OpenPage, phone: bool
    ) -> None:
        def told(name: str, west: float) -> ReadArea:
            return ReadArea(name, tuple((x, y) for x, y in more.square(west, 61.9)))

        file = write_areas([told(area.name, 6.0), told("Odden", 6.01), told("", 6.06)])
        page = open_page(phone=phone)
        sign_in(page, house, cast.marit, f"/organisasjon/{cast.bekkedal.pk}/")
        page.get_by_role("link", name="Les inn flere fra ei fil").click()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_label("Velg ei fil").set_input_files(
            {"name": "team.geojson", "mimeType": "application/geo+json", "buffer": b"[]"}
        )
        page.get_by_role("button", name="Les områdene").click()
        expect(page.get_by_text("Vi fant ikke et område")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_label("Velg ei fil").set_input_files(
            {"name": "team.geojson", "mimeType": "application/geo+json", "buffer": file.encode()}
        )
        page.get_by_role("button", name="Les områdene").click()
        expect(page.get_by_text("2 områder må rettes først")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0

        page.get_by_label("Område 3").fill("Neset")
        page.get_by_role("link", name="Velg ei annen fil").click()
        file = write_areas([told(area.name, 6.005), told("Odden", 6.06), told("", 6.09)])
        page.get_by_label("Velg ei fil").set_input_files(
            {"name": "team.geojson", "mimeType": "application/geo+json", "buffer": file.encode()}
        )
        page.get_by_role("button", name="Les områdene").click()
        page.get_by_label("Område 3").fill("Neset")
        page.get_by_label("Team Odden").select_option(label="Team Solvik")
        page.get_by_role("button", name="Se over på nytt").last.click()
        expect(page.get_by_text("Ingen brukere flyttes av dette.")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("button", name="Legg inn 3 områder").click()

        expect(page.get_by_role("heading", name="Team Bekkedal")).to_be_visible()
        found = Area.objects.filter(valid_from=date(2026, 11, 24)).order_by("pk").values_list("unit_id", "name")
        assert list(found) == [
            (cast.bekkedal.pk, area.name), (cast.solvik.pk, "Odden"), (cast.bekkedal.pk, "Neset"),
        ]  # fmt: skip


class TestWithoutScripts:
    def test_the_table_of_points_is_enough_R01(self, house: str, cast: Cast, area: Area, open_page: OpenPage) -> None:
        page = open_page(scripts=False)
        sign_in(page, house, cast.marit, f"/organisasjon/omrade/{area.pk}/endre/")

        page.get_by_role("button", name="Fjern punkt 4").click()
        page.get_by_role("button", name="Legg til et punkt").click()
        page.get_by_label("Breddegrad, punkt 4").fill("61,925")
        page.get_by_label("Lengdegrad, punkt 4").fill("6,0")
        page.get_by_label("Gjelder fra").fill("01.12.2026")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Dette skjer når du lagrer")).to_be_visible()
        page.get_by_role("button", name="Lagre endringen").click()

        expect(page.get_by_role("heading", name="Team Bekkedal")).to_be_visible()
        new = Area.objects.exclude(pk=area.pk).get(unit=cast.bekkedal)
        assert new.ring[-1] == [6.0, 61.925] and new.valid_from == date(2026, 12, 1)


class TestTheLink:
    def test_opens_the_way_to_a_password_and_leaves_the_address_R03(
        self, house: str, cast: Cast, open_page: OpenPage
    ) -> None:
        leader = open_page()
        sign_in(leader, house, cast.marit, f"/medarbeidere/{cast.amir.employee.pk}/tilgang/")
        assert violations(leader) == [] and overflow(leader) == 0
        leader.get_by_role("button", name="Ny lenke").click()
        link = leader.get_by_label("Lenke").input_value()

        page = open_page(phone=True)
        page.goto(link)
        expect(page.get_by_role("heading", name="Velg passord")).to_be_visible()
        assert "#" not in page.url
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_label("Nytt passord").fill(NEW)
        page.get_by_label("Skriv passordet en gang til").fill(NEW)
        page.get_by_role("button", name="Lagre passordet og logg inn").click()

        expect(page.get_by_role("heading", name="Velg passord")).to_have_count(0)
        again = open_page(scripts=False)
        again.goto(f"{house}/ny-innlogging/")
        again.get_by_label("Koden du fikk").fill(link.partition("#")[2])
        again.get_by_role("button", name="Gå videre").click()
        expect(again.get_by_text("Lenka er brukt.")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True])
class TestEnding:
    def test_what_it_leaves_behind_is_shown_before_it_ends_R01(
        self, house: str, cast: Cast, area: Area, open_page: OpenPage, phone: bool
    ) -> None:
        cast.olga.homes.update(longitude=6.005, latitude=61.905)
        page = open_page(phone=phone)
        sign_in(page, house, cast.marit, f"/organisasjon/{cast.bekkedal.pk}/")
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("link", name=f"Avslutt {area.name}").click()

        expect(page.get_by_text("går fra Team Bekkedal og hører ikke til noe team.")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("button", name="Avslutt området").click()

        expect(page.get_by_role("heading", name="Team Bekkedal", level=1)).to_be_visible()
        area.refresh_from_db()
        assert area.valid_to == date(2026, 11, 25)
