"""The pages from proposal to delivery: what they show, what one press does, and that every door asks the same."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_authority
from tests import builders_decisions as made
from tests.builders import LONG_AGO
from tests.builders_decisions import Office
from tests.cast import MONDAY, TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.decisions.models import AdvanceNotice, Case, Decision, Line, Notice
from tillit.care.decisions.rules.states import State
from tillit.care.letters.models import SentLetter
from tillit.foundation.access.roles import Role
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal follows Model 1; its leader decides nursing at home, the office's leader the alarm."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    cast.municipality.phone = "55 50 01 00"
    cast.municipality.save()
    builders_authority.authority(found.services["HOME_NURSING"], Role.TEAM_LEADER, max_extent=35)
    builders_authority.authority(found.services["SAFETY_ALARM"], Role.TEAM_LEADER, unit=found.unit)
    Responsible.objects.create(
        citizen=cast.olga,
        kind=ResponsibleKind.SERVICE_RESPONSIBLE,
        employee=cast.ingrid.employee,
        valid_from=LONG_AGO,
    )
    return found


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    """A proposal from Nora about nursing, which Marit decides, and an alarm, which the office decides."""
    found = made.received(office.nora.actor, cast.olga)
    made.assessed(office.nora.actor, found, cast.ingrid.employee)
    found = made.proposed(office.nora.actor, found)
    Line.objects.create(
        case=found,
        service=office.services["SAFETY_ALARM"],
        outcome="GRANTED",
        content="En alarm.",
        extent=Decimal(1),
        starts_on=TUESDAY_DATE,
        rank=1,
    )
    return found


def url(name: str, case: Case) -> str:
    """Address of a page or a press."""
    return reverse(f"decisions:{name}", args=[case.pk])


def press(client: Client, name: str, case: Case, **data: str) -> int:
    """Press, with the edition the page has seen, and return the status."""
    now = Case.objects.get(pk=case.pk)
    return client.post(url(name, case), {"edition": str(now.edition), **data}).status_code


class TestTheDecisionPage:
    def test_says_why_she_may_what_she_may_not_and_shows_the_letter_R06(
        self, cast: Cast, client_of: SignIn, case: Case
    ) -> None:
        text = client_of(cast.marit).get(url("decide", case)).content.decode()

        for told in (
            "Du kan fatte dette vedtaket",
            "Fordi du er teamleder for Team Bekkedal",
            "Tjenestekontoret avgjør",
            "Trygghetsalarm kan du ikke avgjøre. Den delen går til leder av Tjenestekontoret",
            "Du får hjemmesykepleie",
            "Fatt vedtaket",
            "Send tilbake til Nora",
            "Et vedtak kan ikke angres",
        ):
            assert told in text, told

    def test_says_who_may_to_one_who_may_not_and_hands_it_on_R06(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office
    ) -> None:
        office.services["HOME_NURSING"].authorities.update(unit=office.unit)
        client = client_of(cast.marit)
        text = client.get(url("decide", case)).content.decode()
        assert "Dette avgjør leder av Tjenestekontoret" in text and "Liv Strand" in text
        assert "Send til Tjenestekontoret" in text and "Fatt vedtaket" not in text

        assert press(client, "send_to_decider", case) == 302
        assert Case.objects.get(pk=case.pk).holdings.get(answer="").unit == office.unit

    @pytest.mark.parametrize("who", ["ingrid", "amir", "frida", "admin", "nils"])
    def test_the_press_asks_for_authority_whoever_sends_it_R06(
        self, cast: Cast, client_of: SignIn, case: Case, who: str
    ) -> None:
        assert press(client_of(getattr(cast, who)), "make_decision", case) in (403, 404, 409)
        assert not Decision.objects.exists() and not SentLetter.objects.exists()
        assert press(client_of(cast.marit), "make_decision", case) == 302
        assert Decision.objects.count() == 1

    def test_what_is_missing_stands_there_and_takes_the_button_away(
        self, cast: Cast, client_of: SignIn, case: Case
    ) -> None:
        case.assessments.update(own_view="")
        client = client_of(cast.marit)
        text = client.get(url("decide", case)).content.decode()
        assert "Brukerens eget syn mangler" in text and "Dette må være i orden først" in text
        assert press(client, "make_decision", case) == 409

    def test_asks_as_much_with_many_services_as_with_two(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office
    ) -> None:
        client = client_of(cast.marit)
        client.get(url("decide", case))
        with CaptureQueriesContext(connection) as few:
            client.get(url("decide", case))
        for rank, code in enumerate(("MEALS", "DAY_CENTRE", "RESPITE", "BPA"), 2):
            Line.objects.create(
                case=case, service=office.services[code], outcome="GRANTED", content="Mer.", extent=1,
                starts_on=TUESDAY_DATE, rank=rank,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as many:
            client.get(url("decide", case))
        assert len(many) == len(few) <= 51

    def test_the_letter_can_be_read_as_pdf_before_and_after(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        client = client_of(cast.marit)
        before = client.get(url("letter_pdf", case))
        press(client, "make_decision", case)
        decision = Decision.objects.get()
        after = client.get(reverse("decisions:decision_pdf", args=[case.pk, decision.pk]))
        assert before.content.startswith(b"%PDF") and decision.letter is not None
        assert after.content == bytes(decision.letter.pdf)
        assert client_of(cast.frida).get(url("letter_pdf", case)).status_code == 404

    def test_who_reaches_the_case_reads_its_letters_without_following_the_citizen_R06(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office
    ) -> None:
        press(client_of(cast.marit), "make_decision", case)
        alarm = Case.objects.get(split_from=case)
        assert press(client_of(office.leader), "make_decision", alarm) == 302
        nursing, safety = SentLetter.objects.order_by("pk")
        leader = client_of(office.leader)
        assert leader.get(reverse("letters:pdf", args=[safety.pk])).status_code == 200
        assert leader.get(reverse("letters:pdf", args=[nursing.pk])).status_code == 404
        assert client_of(cast.frida).get(reverse("letters:pdf", args=[safety.pk])).status_code == 404

    def test_sends_back_and_betters_the_reasons(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        client = client_of(cast.marit)
        assert press(client, "change_reasons", case, reasons="Nye ord.", how_view_weighed="Slik.") == 302
        assert "Nye ord." in client.get(url("decide", case)).content.decode()
        assert press(client, "send_back", case, why="") == 422
        assert press(client, "send_back", case, why="Hvor ofte?") == 302
        assert Case.objects.get(pk=case.pk).state == State.ASSESSMENT


class TestAfterTheDecision:
    def test_the_case_page_leads_to_running_help(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office
    ) -> None:
        client = client_of(office.nora)
        press(client_of(cast.marit), "make_decision", case)
        assert "Meld fra om vedtaket" in client.get(url("case", case)).content.decode()
        assert press(client, "notify", case, way="POST") == 302
        text = client.get(url("case", case)).content.decode()
        assert "regnes som lest 26.11.2026" in text and "til og med 24.12.2026" in text
        assert press(client, "start", case) == 302
        assert press(client, "pause", case) == 302
        assert press(client, "resume", case) == 302
        assert (Case.objects.get(pk=case.pk).state, Notice.objects.count()) == (State.ACTIVE, 1)

    def test_what_the_start_waits_for_is_one_press_away(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office
    ) -> None:
        press(client_of(cast.marit), "make_decision", case)
        press(client_of(office.nora), "notify", case, way="DIGITAL")
        Responsible.objects.all().delete()

        page = client_of(office.nora).get(url("case", case)).content.decode()

        assert "Ingen er tjenesteansvarlig for brukeren" in page
        assert f'href="{reverse("citizens:responsible", args=[cast.olga.pk])}"' in page

    def test_the_way_to_less_help_shows_what_is_left_R14(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = client_of(office.nora)
        press(client_of(cast.marit), "make_decision", case)
        press(client, "notify", case, way="DIGITAL")
        press(client, "start", case)
        assert "Ingen av dem kan hoppes over" in client.get(url("reduce", case)).content.decode()
        monkeypatch.setattr(clock, "now", lambda: TUESDAY)
        assert press(client, "reassess", case, why="Målene er nådd", opened_by="GOALS_MET") == 302
        assert press(client, "advance", case, considered="Fra 5 til 3 timer.") == 409
        made.assessed(office.nora.actor, case, cast.ingrid.employee, at=TUESDAY)
        text = client.get(url("reduce", case)).content.decode()
        assert "Skriv varselet" in text and "5 steg igjen" in text
        assert press(client, "advance", case, considered="Fra 5 til 3 timer.", act="look") == 200
        assert not AdvanceNotice.objects.exists()
        assert press(client, "advance", case, considered="Fra 5 til 3 timer.") == 302
        assert "Frist 08.12.2026" in client.get(url("reduce", case)).content.decode()
        assert press(client, "reply", case, reply="Det er greit.", replied_on="24.11.2026") == 302
        assert "Skriv forslaget" in client.get(url("reduce", case)).content.decode()

    def test_the_interim_reply_is_seen_before_it_is_sent(self, cast: Cast, client_of: SignIn, office: Office) -> None:
        waiting = made.received(office.nora.actor, cast.arne)
        client = client_of(office.nora)
        text = client.get(url("interim", waiting)).content.decode()
        assert "Svaret på søknaden din kommer senere" in text
        assert press(client, "interim", waiting, reason="Vi venter.", expected_on="", act="") == 422
        assert press(client, "interim", waiting, reason="Vi venter.", expected_on="15.1.2027") == 302
        assert SentLetter.objects.get().kind == "INTERIM_REPLY"

    def test_one_press_takes_up_a_need_that_has_left_its_frame_R20(
        self, cast: Cast, client_of: SignIn, case: Case, office: Office
    ) -> None:
        client = client_of(office.nora)
        press(client_of(cast.marit), "make_decision", case)
        press(client, "notify", case, way="DIGITAL")
        assert press(client, "reassess", case, why="Behovet er blitt større", opened_by="FRAME") == 302
        assert Case.objects.get(pk=case.pk).state == State.REASSESSMENT

    @pytest.mark.parametrize(
        "name", ["decide", "reassess", "keep", "interim", "advance", "reply", "reduce", "reasons", "letter_pdf"]
    )
    def test_nobody_learns_of_cases_out_of_reach(self, cast: Cast, client_of: SignIn, case: Case, name: str) -> None:
        assert client_of(cast.frida).get(url(name, case)).status_code in (403, 404)
