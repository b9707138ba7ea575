"""Cases from the first word to the last, in a real browser: the table decides the way, the law decides the steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import builders, builders_authority, builders_plan, builders_responsibility
from tests import builders_decisions as made
from tests.browser.chromium import overflow, violations
from tests.builders import LONG_AGO
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen, Following, Handover, HandoverState, Responsible, ResponsibleKind
from tillit.care.citizens.queries import unit_ids_of
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.actions.notifying import notify_decision
from tillit.care.decisions.actions.starting import start_help
from tillit.care.decisions.models import Appeal, Case, Decision, NoticeWay
from tillit.care.decisions.rules.appeals import AppealState
from tillit.care.decisions.rules.states import Outcome, State
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock, oslo

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NOW: datetime = oslo.moment(TUESDAY_DATE, time(10))
WORDS = "Jeg vil klare morgenen selv, men trenger hjelp med såret."


@dataclass(frozen=True, slots=True)
class Windows:
    """Opens a window for somebody, signed in."""

    house: str
    open_page: OpenPage

    def of(self, member: Member, path: str = "/saker/") -> Page:
        """A window of her own at a page."""
        page = self.open_page()
        page.set_default_timeout(6000)
        page.goto(f"{self.house}/logg-inn/?next={path}")
        page.get_by_label("Brukernavn").fill(member.user.username)
        page.get_by_label("Passord").fill(builders.PASSWORD)
        page.get_by_role("button", name="Logg inn", exact=True).click()
        page.wait_for_url(f"{self.house}{path}")
        return page

    def go(self, page: Page, path: str) -> None:
        """Go to a page."""
        page.goto(self.house + path)


@pytest.fixture
def windows(house: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Windows:
    """It is Tuesday, ten o'clock."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Windows(house, open_page)


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal follows Model 1, Solvik Model 2; team leaders decide nursing at home in their own unit."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, MODEL_1)
    made.follows_model(cast.solvik, MODEL_2, "Modell 2")
    Unit.objects.filter(pk=cast.municipality.pk).update(phone="55 50 01 00", base_street="Postboks 100, 0000 Fjordvik")
    builders_authority.authority(found.services["HOME_NURSING"], Role.TEAM_LEADER, max_extent=35)
    Responsible.objects.create(
        citizen=cast.olga, kind=ResponsibleKind.SERVICE_RESPONSIBLE, employee=cast.ingrid.employee, valid_from=LONG_AGO
    )
    builders_plan.words(cast.olga)
    return found


def fit(page: Page) -> None:
    """Accessible, and no wider than the window."""
    assert violations(page) == []
    assert overflow(page) == 0


def apply(page: Page, windows: Windows, name: str, *, urgent: str = "") -> None:
    """Write down what somebody asks for, and press once."""
    windows.go(page, "/saker/ny/")
    page.get_by_label("Navn eller adresse").fill(name)
    page.get_by_role("button", name="Søk", exact=True).click()
    page.get_by_role("link", name=name).click()
    page.get_by_label("Hva det gjelder, med egne ord").fill(WORDS)
    page.get_by_label("Hjemmesykepleie").check()
    if urgent:
        page.get_by_label("Hjelpen må begynne nå, før vedtaket").check()
        page.get_by_label("Hvorfor det haster").fill(urgent)
    page.get_by_role("button", name="Ta imot").click()
    expect(page.get_by_role("heading", name="Søknaden er mottatt")).to_be_visible()


def assess(page: Page) -> None:
    """Write the assessment from the case page."""
    page.get_by_role("button", name="Start vurderingen").click()
    page.get_by_label("Brukerens eget syn").fill("Vil klare morgenen selv.")
    page.get_by_label("Det dere fant ut").fill("Går inne med rullator. Såret trenger stell.")
    page.get_by_role("button", name="Vurderingen er ferdig").click()


def propose(page: Page, *, outcome: str, much: str) -> None:
    """Write the proposal from the case page, and send it to whoever decides."""
    page.get_by_role("link", name="Skriv forslag").click()
    page.get_by_label("Forslag", exact=True).select_option(outcome)
    page.get_by_label("Hva hjelpen er, slik det skal stå i brevet").fill("Stell av såret om morgenen.")
    page.get_by_label("Hvor mye").fill(much)
    page.get_by_label("Akkurat, eller en ramme").select_option("")
    page.get_by_label("Fra", exact=True).fill("01.12.2026")
    page.get_by_label("Derfor foreslår vi dette").fill("Såret gror, og du klarer mer selv.")
    page.get_by_label("Hvordan vi la vekt på brukerens syn").fill("Du vil klare morgenen selv.")
    page.get_by_label("Ny vurdering innen").fill("01.03.2027")
    page.get_by_role("button", name="Send til den som avgjør").click()
    expect(page.get_by_role("heading", name="Forslaget venter på vedtak")).to_be_visible()


class TestInModel1:
    def test_from_the_first_word_to_the_county_governor_R19_R21_R23(
        self, cast: Cast, office: Office, windows: Windows
    ) -> None:
        nora = windows.of(office.nora)
        apply(nora, windows, "Olga Hansen", urgent="Kommer hjem fra sykehuset i dag.")
        case = Case.objects.get()
        assert case.urgent_from == TUESDAY_DATE
        windows.go(nora, f"/saker/{case.pk}/")
        expect(nora.get_by_role("heading", name="Hjelp før vedtaket")).to_be_visible()
        assess(nora)
        propose(nora, outcome="GRANTED", much="5")

        marit = windows.of(cast.marit, f"/saker/{case.pk}/vedtak/")
        expect(marit.locator(".ti-authority")).to_have_attribute("data-state", "yes")
        marit.get_by_role("button", name="Fatt vedtaket").first.click()
        expect(marit.locator(".ti-undo")).to_contain_text("Vedtaket er fattet")
        self.the_letter_opens(marit, windows)

        nora.reload()
        nora.get_by_role("button", name="Sendt digitalt").click()
        nora.get_by_role("button", name="Hjelpen er i gang").click()
        expect(nora.get_by_role("button", name="Hjelpen er i gang")).to_have_count(0)
        case.refresh_from_db()
        assert case.state == State.ACTIVE

        self.appeal_by_mouth(nora, windows, cast)

    def the_letter_opens(self, page: Page, windows: Windows) -> None:
        """What stands behind the link is the letter that was kept."""
        address = page.get_by_role("link", name="(PDF)").first.get_attribute("href")
        answer = page.request.get(f"{windows.house}{address}")
        letter = Decision.objects.get().letter
        assert letter is not None
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body() == bytes(letter.pdf)

    def appeal_by_mouth(self, page: Page, windows: Windows, cast: Cast) -> None:
        """Told in a conversation, written down, taken up, looked at again, sent on."""
        windows.go(page, f"/brukere/{cast.olga.pk}/klage/")
        page.get_by_role("link", name="Vedtak").first.click()
        page.get_by_label("I en samtale: vi skriver den ned").check()
        page.get_by_label("Hva klages det på?").fill("Fem timer er for lite.")
        page.get_by_role("button", name="Ta imot klagen").click()
        page.get_by_role("button", name="Ta opp klagen").click()
        page.get_by_label("Hva har dere sett på på nytt, og hva mener dere?").fill("Fem timer er nok til stellet.")
        page.get_by_label("Vi endrer ikke vedtaket, og sender klagen til Statsforvalteren").check()
        page.get_by_role("button", name="Lagre og gå videre").click()
        fit(page)
        page.get_by_role("button", name="Send klagen videre").click()
        expect(page.get_by_role("heading", name="Vent på svar fra Statsforvalteren")).to_be_visible()
        assert Appeal.objects.get().state == AppealState.FORWARDED


class TestInModel2:
    def test_the_same_application_travels_through_the_office_to_the_team_that_helps_R04_R07_R19(
        self, cast: Cast, office: Office, windows: Windows
    ) -> None:
        gerd = builders.citizen("Gerd", "Lunde", cast.solvik, born_on=date(1949, 4, 4))
        marit = windows.of(cast.marit)
        apply(marit, windows, "Gerd Lunde")
        case = Case.objects.get()

        olav = windows.of(office.olav, f"/saker/{case.pk}/")
        olav.get_by_role("button", name="Ta over saken").click()
        olav.get_by_role("link", name="Send til Vurderingsteamet").click()
        expect(olav.get_by_label("Vurderingsteamet: vurdere behovet")).to_be_checked()
        olav.get_by_label("Det de må vite").fill("Bor alene. Ring før dere kommer.")
        fit(olav)
        olav.get_by_role("button", name="Send", exact=True).click()

        vera = windows.of(office.vera, f"/saker/{case.pk}/")
        expect(vera.get_by_text("Ring før dere kommer")).to_be_visible()
        vera.get_by_role("button", name="Ta over saken").click()
        expect(vera.get_by_role("button", name="Start vurderingen")).to_be_visible()
        expect(vera.locator("#avgjor")).to_contain_text("Tjenestekontoret avgjør")
        case.refresh_from_db()
        assert case.unit == office.assessors
        vera.get_by_role("button", name="Start vurderingen").click()
        fit(vera)
        vera.get_by_label("Brukerens eget syn").fill("Vil klare morgenen selv.")
        vera.get_by_label("Det dere fant ut").fill("Går inne med rullator.")
        vera.get_by_role("button", name="Vurderingen er ferdig").click()
        expect(vera.get_by_text("Slik ser Gerd det selv")).to_be_visible()
        self.sends(vera, "Tjenestekontoret")
        expect(vera.get_by_role("heading", name="Venter på svar fra Tjenestekontoret")).to_be_visible()

        olav.reload()
        olav.get_by_role("button", name="Ta over saken").click()
        propose(olav, outcome="GRANTED", much="5")

        liv = windows.of(office.leader, f"/saker/{case.pk}/vedtak/")
        points = liv.get_by_text("Ingen har spurt hva som er viktig for brukeren")
        expect(points.first).to_be_visible()
        expect(liv.get_by_role("link", name="Ta samtalen")).to_have_count(0)
        fit(liv)
        liv.get_by_role("button", name="Fatt vedtaket").first.click()
        expect(liv.locator(".ti-undo")).to_contain_text("Vedtaket er fattet")

        olav.reload()
        olav.get_by_role("button", name="Sendt digitalt").click()
        expect(olav.get_by_role("button", name="Hjelpen er i gang")).to_have_count(0)
        fit(olav)
        self.sends(olav, "Team Solvik")
        expect(olav.get_by_role("heading", name="Venter på svar fra Team Solvik")).to_be_visible()

        marit.goto(f"{windows.house}/saker/{case.pk}/")
        marit.get_by_role("button", name="Ta over saken").click()
        expect(marit.get_by_role("link", name="Velg", exact=False).first).to_be_visible()
        fit(marit)
        Responsible.objects.create(
            citizen=gerd,
            kind=ResponsibleKind.SERVICE_RESPONSIBLE,
            employee=cast.ingrid.employee,
            valid_from=LONG_AGO,
        )
        marit.reload()
        marit.get_by_role("button", name="Hjelpen er i gang").click()
        expect(marit.get_by_role("button", name="Hjelpen er i gang")).to_have_count(0)
        case.refresh_from_db()
        assert (case.state, case.unit) == (State.ACTIVE, cast.solvik)

    def sends(self, page: Page, unit: str) -> None:
        """Send the case on to where the table has its next step."""
        page.get_by_role("link", name=f"Send til {unit}").click()
        expect(page.get_by_label(f"{unit}:").first).to_be_checked()
        page.get_by_label("Det de må vite").fill("Bor alene. Ring før dere kommer.")
        page.get_by_role("button", name="Send", exact=True).click()


class TestMovingIn:
    def test_somebody_who_moves_here_is_received_where_the_table_says_R04(
        self, cast: Cast, office: Office, windows: Windows
    ) -> None:
        builders_responsibility.area(cast.solvik, codes=["6790"])
        ingrid = windows.of(cast.ingrid, "/saker/ny/?ny=1")
        for label, said in (
            ("Fornavn", "Ruth"), ("Etternavn", "Berg"), ("Adresse", "Nygata 3"), ("Postnummer", "6790"),
            ("Poststed", "Fjordvik"), ("Hva det gjelder, med egne ord", WORDS),
        ):  # fmt: skip
            ingrid.get_by_label(label, exact=True).fill(said)
        ingrid.get_by_label("Flytter hit fra en annen kommune").check()
        ingrid.get_by_label("Den første dagen her").fill("01.12.2026")
        ingrid.get_by_label("Hjelpen før flyttingen, og fra hvem").fill("Hjemmesykepleie, Alver kommune")
        ingrid.get_by_label("Hjemmesykepleie", exact=True).check()
        fit(ingrid)
        ingrid.get_by_role("button", name="Ta imot").click()
        expect(ingrid.get_by_role("heading", name="Flytter hit 01.12.2026")).to_be_visible()
        expect(ingrid.get_by_role("heading", name="Sendt til Tjenestekontoret")).to_be_visible()
        fit(ingrid)

        case = Case.objects.get()
        olav = windows.of(office.olav, f"/saker/{case.pk}/")
        expect(olav.get_by_text("Hjemmesykepleie, Alver kommune")).to_be_visible()
        olav.get_by_role("button", name="Ta over saken").click()
        expect(olav.get_by_role("link", name="Send til Vurderingsteamet")).to_be_visible()
        assert unit_ids_of((case.citizen_id,), on=TUESDAY_DATE)[case.citizen_id] == (cast.solvik.pk,)

    def test_a_new_address_with_another_team_is_offered_on_R07(
        self, cast: Cast, office: Office, windows: Windows
    ) -> None:
        builders_responsibility.area(cast.solvik, codes=["6790"])
        ingrid = windows.of(cast.ingrid, f"/brukere/{cast.olga.pk}/adresse/")
        ingrid.get_by_label("Gate og nummer").fill("Nygata 3")
        ingrid.get_by_label("Postnummer").fill("6790")
        ingrid.get_by_label("Poststed").fill("Fjordvik")
        ingrid.get_by_label("Flytter", exact=True).fill("2026-12-01")
        ingrid.get_by_role("button", name="Lagre adressen").click()
        expect(ingrid.get_by_label("Hvem skal ta over?")).to_have_value(str(cast.solvik.pk))
        expect(ingrid.get_by_label("Fra og med")).to_have_value("2026-12-01")
        fit(ingrid)
        ingrid.get_by_role("button", name="Send tilbudet").click()
        expect(ingrid.get_by_role("heading", name="Dette må en vite")).to_be_visible()
        row = Handover.objects.get()
        assert (row.to_unit, row.reason, row.from_on) == (cast.solvik, "MOVED", date(2026, 12, 1))


class TestLessHelp:
    def test_cannot_pass_the_advance_notice_R14(self, cast: Cast, office: Office, windows: Windows) -> None:
        case = self.running(cast, office)
        nora = windows.of(office.nora, f"/saker/{case.pk}/mindre-hjelp/")
        nora.get_by_role("link", name="Begynn").click()
        nora.get_by_label("Hvorfor ser dere på hjelpen igjen?").fill("Såret gror.")
        nora.get_by_role("button", name="Ta saken opp").click()
        windows.go(nora, f"/saker/{case.pk}/")
        assess(nora)
        propose(nora, outcome="REDUCED", much="3")

        marit = windows.of(cast.marit, f"/saker/{case.pk}/vedtak/")
        self.is_refused_and_keeps_what_was_written(marit, windows, case)

        windows.go(nora, f"/saker/{case.pk}/mindre-hjelp/")
        nora.get_by_role("link", name="Skriv varselet").click()
        nora.get_by_label("Hva vurderer dere å endre?").fill("Hjemmesykepleie: fra fem timer til tre timer i uka.")
        nora.get_by_role("button", name="Send varselet").click()
        marit.reload()
        expect(marit.get_by_role("button", name="Fatt vedtaket")).to_have_count(0)  # she has time to answer

        windows.go(nora, f"/saker/{case.pk}/mindre-hjelp/")
        nora.get_by_role("link", name="Skriv ned svaret").click()
        nora.get_by_label("Hva svarte brukeren?").fill("Det er greit for meg.")
        nora.get_by_role("button", name="Lagre svaret").click()
        marit.reload()
        marit.get_by_role("button", name="Fatt vedtaket").first.click()
        expect(marit.locator(".ti-undo")).to_contain_text("Vedtaket er fattet")
        newest = Decision.objects.order_by("-pk")[0]
        assert (newest.outcome, newest.reasons) == (Outcome.REDUCED, "Du steller såret selv i helgene.")

    def is_refused_and_keeps_what_was_written(self, page: Page, windows: Windows, case: Case) -> None:
        """No button, but words; what she writes is kept; and a press that comes all the same is refused with words."""
        expect(page.get_by_text("Dette må være i orden først")).to_be_visible()
        expect(page.get_by_role("button", name="Fatt vedtaket")).to_have_count(0)
        page.get_by_text("Skriv om begrunnelsen").click()
        page.locator("#begrunnelse textarea").first.fill("Du steller såret selv i helgene.")
        page.locator("#begrunnelse").get_by_role("button").click()
        expect(page.locator(".ti-undo")).to_contain_text("Begrunnelsen er lagret")
        expect(page.locator("#begrunnelse textarea").first).to_have_value("Du steller såret selv i helgene.")
        fit(page)
        case.refresh_from_db()
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        answer = page.request.post(
            f"{windows.house}/saker/{case.pk}/vedtak/fatt/",
            form={"csrfmiddlewaretoken": token, "edition": str(case.edition)},
            headers={"Referer": page.url},
        )
        assert answer.status == 409
        assert "Vedtaket er ikke fattet" in answer.text() and "Du steller såret selv i helgene." in answer.text()
        assert Decision.objects.count() == 1

    def running(self, cast: Cast, office: Office) -> Case:
        """Five hours a week, since September."""
        began = oslo.moment(date(2026, 9, 7), time(8))
        day = oslo.day_of(began)
        said = made.asked("HOME_NURSING", received_on=day)
        case = made.received(office.nora.actor, cast.olga, said=said, at=began)
        made.assessed(office.nora.actor, case, cast.ingrid.employee, at=began)
        case = made.proposed(office.nora.actor, case, at=began)
        decide_case(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=day, at=began)
        case.refresh_from_db()
        notify_decision(
            actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=NoticeWay.DIGITAL, sent_on=day, at=began
        )
        case.refresh_from_db()
        start_help(actor=office.nora.actor, case_id=case.pk, edition=case.edition, on=day, at=began)
        case.refresh_from_db()
        return case


class TestHandOver:
    @pytest.fixture
    def tove(self, cast: Cast, office: Office) -> Citizen:
        """Tove, whom the assessment team has had for three weeks; she lives where Bekkedal is."""
        tove = builders.citizen("Tove", "Dal", office.assessors, serial=610)
        Following.objects.filter(citizen=tove).update(valid_from=MONDAY_DATE - timedelta(days=21))
        builders_responsibility.area(cast.bekkedal, codes=["6770"])
        return tove

    def test_offered_sent_back_offered_again_and_accepted_R07(
        self, cast: Cast, office: Office, windows: Windows, tove: Citizen
    ) -> None:
        vera = windows.of(office.vera, f"/brukere/{tove.pk}/overlever/")
        self.offer(vera, cast, "Bor alene.")
        handover = Handover.objects.get()
        ingrid = windows.of(cast.ingrid, f"/team/{cast.bekkedal.pk}/overleveringer/")
        ingrid.get_by_role("link", name="Tove Dal").click()
        ingrid.locator("summary", has_text="Send tilbake").click()
        ingrid.get_by_label("Hva mangler, eller hvorfor kan dere ikke ta over?").fill("Hvem har nøkkelen?")
        fit(ingrid)
        ingrid.get_by_role("button", name="Send tilbake").click()
        expect(ingrid).to_have_url(f"{windows.house}/team/{cast.bekkedal.pk}/overleveringer/")

        windows.go(vera, f"/overlevering/{handover.pk}/")
        expect(vera.get_by_text("Hvem har nøkkelen?")).to_be_visible()
        vera.get_by_role("link", name="Tilby på nytt").click()
        self.offer(vera, cast, "Bor alene. Naboen har nøkkelen.")

        windows.go(ingrid, f"/team/{cast.bekkedal.pk}/overleveringer/")
        ingrid.get_by_role("link", name="Tove Dal").click()
        expect(ingrid.get_by_text("Naboen har nøkkelen")).to_be_visible()
        ingrid.get_by_role("button", name="Ta over").click()
        expect(ingrid.get_by_role("button", name="Ta over")).to_have_count(0)

        assert Handover.objects.filter(state=HandoverState.ACCEPTED).count() == 1
        assert unit_ids_of((tove.pk,), on=TUESDAY_DATE + timedelta(days=2))[tove.pk] == (cast.bekkedal.pk,)

    def offer(self, page: Page, cast: Cast, words: str) -> None:
        """Fill in what they must know, and send."""
        page.get_by_label("Hvem skal ta over?").select_option(str(cast.bekkedal.pk))
        page.get_by_label("Hvorfor?").select_option("ASSESSED")
        page.get_by_label("Fra og med").fill("2026-11-26")
        page.get_by_label("Det de må vite").fill(words)
        page.get_by_role("button", name="Send tilbudet").click()
        expect(page.get_by_role("heading", name="Dette må en vite")).to_be_visible()
