"""The pages of cases: who sees what, that nothing typed is lost, and that lists hold their number of queries."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests import builders_decisions as cases
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.decisions import actions, queries
from tillit.care.decisions.models import Assessment, Case, CaseNote, Holding, Line
from tillit.care.decisions.queries.queue import Whose
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office and the services; Bekkedal follows Model 1; it is Monday morning."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    found = cases.office(cast)
    cases.follows_model(cast.bekkedal, MODEL_1)
    return found


class TestReceiving:
    def form(self, **more: object) -> dict[str, object]:
        return {
            "origin": "CITIZEN",
            "channel": "PHONE",
            "received_on": "23.11.2026",
            "words": "Jeg vil ha hjelp om morgenen.",
            "services": ["HOME_NURSING"],
            "kind": "application",
            "press_key": "k1",
            **more,
        }

    def test_one_finds_who_it_is_about_by_post_R19(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        page = client_of(cast.ingrid).post(reverse("decisions:new"), {"q": "olga"})

        assert f"?bruker={cast.olga.pk}" in page.content.decode()
        assert "olga" not in page.request["QUERY_STRING"]

    def test_one_press_receives_it_and_says_where_and_why_R04(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        client = client_of(cast.ingrid)
        page = client.post(f"{reverse('decisions:new')}?bruker={cast.olga.pk}", self.form(), follow=True)

        told = page.content.decode()
        assert "Saken er hos Team Bekkedal" in told
        assert "Nora Bakke er saksbehandler" in told
        assert "Modell 1" in told

    def test_what_is_missing_is_said_and_what_was_typed_stays_R19(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        page = client_of(cast.ingrid).post(
            f"{reverse('decisions:new')}?bruker={cast.olga.pk}",
            self.form(origin="REPRESENTATIVE", words="Mor trenger hjelp."),
        )

        assert page.status_code == 422
        assert "Skriv dagen du så fullmakten" in page.content.decode()
        assert "Mor trenger hjelp." in page.content.decode()
        assert not Case.objects.exists()

    def test_a_new_citizen_in_the_same_form_R19(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        page = client_of(cast.ingrid).post(
            f"{reverse('decisions:new')}?ny=1",
            self.form(
                given_name="Per Inge",
                family_name="Foss",
                street="Solvikveien 18",
                postal_code="6770",
                place="Fjordvik",
                urgent="on",
                urgent_reason="Kommer hjem i dag.",
            ),
            follow=True,
        )

        assert page.status_code == 200
        assert "Hjelpen er i gang" in page.content.decode()
        assert Case.objects.get().citizen.name == "Per Inge Foss"

    def test_model_2_says_that_it_was_sent_R04(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        cases.follows_model(cast.solvik, MODEL_2, "Modell 2")
        per = builders.citizen("Per Inge", "Foss", cast.solvik, serial=600)

        page = client_of(cast.marit).post(f"{reverse('decisions:new')}?bruker={per.pk}", self.form(), follow=True)

        assert "Sendt til Tjenestekontoret" in page.content.decode()


class TestTheCasePage:
    def test_shows_the_next_step_and_the_deadline_in_words_R23(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)

        told = client_of(office.nora).get(reverse("decisions:case", args=[case.pk])).content.decode()

        assert "Start vurderingen" in told
        assert "Frist 23.12.2026, 30 dager igjen" in told
        assert "Hvorfor her?" in told

    def test_one_without_the_role_sees_it_without_the_button_R23(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)

        told = client_of(cast.amir).get(reverse("decisions:case", args=[case.pk])).content.decode()

        assert "Start vurderingen" not in told
        assert "Nora Bakke arbeider med saken" in told

    def test_out_of_reach_is_404(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)

        assert client_of(cast.frida).get(reverse("decisions:case", args=[case.pk])).status_code == 404

    def test_a_note_is_corrected_by_adding_R19(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)
        client = client_of(office.nora)
        note = {"text": "Ringte datteren.", "happened_on": "23.11.2026", "press_key": "a"}
        client.post(reverse("decisions:note", args=[case.pk]), note)
        first = CaseNote.objects.get()
        client.post(
            reverse("decisions:note", args=[case.pk]),
            {"text": "Det var sønnen.", "happened_on": "23.11.2026", "corrects": first.pk},
        )

        told = client.get(reverse("decisions:case", args=[case.pk])).content.decode()
        assert "Ringte datteren." in told
        assert "rettet av et nyere notat" in told

    def test_the_office_takes_over_what_was_offered_R07(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        cases.follows_model(cast.solvik, MODEL_2, "Modell 2")
        per = builders.citizen("Per Inge", "Foss", cast.solvik, serial=600)
        case = cases.received(cast.marit.actor, per)
        offer = Holding.objects.get(case=case, answer="")
        client = client_of(office.olav)

        assert "vil at dere tar over saken" in client.get(reverse("decisions:case", args=[case.pk])).content.decode()
        client.post(reverse("decisions:accept", args=[case.pk, offer.pk]))

        case.refresh_from_db()
        assert (case.unit, case.case_worker) == (office.unit, office.olav.employee)

    def test_every_small_form_opens_R19(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)
        client = client_of(office.nora)
        fact = actions.add_fact(
            actor=office.nora.actor, case_id=case.pk, source="GP", text="Har falt.", received_on=MONDAY_DATE, at=MONDAY
        )

        names = ("hand_over", "worker", "urgent", "choice", "withdraw", "disqualify", "capacity", "add_fact", "propose")
        for name in names:
            assert client.get(reverse(f"decisions:{name}", args=[case.pk])).status_code == 200, name
        assert client.get(reverse("decisions:fact", args=[case.pk, fact.pk])).status_code == 200


class TestAssessing:
    def test_saves_a_draft_tells_two_writers_and_finishes_R19(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)
        client = client_of(office.nora)
        page = client.post(reverse("decisions:start_assessment", args=[case.pk]), follow=True)
        draft = Assessment.objects.get()
        assert page.status_code == 200
        form = {
            "edition": draft.edition,
            "held_on": "23.11.2026",
            "assessors": [office.nora.employee.pk, cast.ingrid.employee.pk],
            "own_view": "Vil klare morgenen selv.",
            "summary": "Bor alene.",
            "n-7": "3",
        }
        client.post(reverse("decisions:assess", args=[draft.pk]), {**form, "act": "save"})

        met = client_of(cast.ingrid).post(
            reverse("decisions:assess", args=[draft.pk]), {**form, "own_view": "Noe annet.", "act": "finish"}
        )
        assert met.status_code == 409
        assert "Noe annet." in met.content.decode()
        assert "Vil klare morgenen selv." in met.content.decode()

        draft.refresh_from_db()
        client.post(reverse("decisions:assess", args=[draft.pk]), {**form, "edition": draft.edition, "act": "finish"})
        draft.refresh_from_db()
        assert draft.done_at == MONDAY
        assert client.get(reverse("decisions:assess", args=[draft.pk])).status_code == 302


class TestProposing:
    def test_a_proposal_is_saved_and_sent_R19(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        case = cases.assessed(office.nora.actor, cases.received(cast.ingrid.actor, cast.olga), office.nora.employee)
        line = case.lines.get()
        client = client_of(office.nora)
        page = client.get(reverse("decisions:propose", args=[case.pk])).content.decode()
        assert "Du får hjemmesykepleie." in page
        form = {
            "edition": case.edition,
            f"l{line.pk}-outcome": "GRANTED",
            f"l{line.pk}-content": "Hjelp hver morgen.",
            f"l{line.pk}-extent": "9,5",
            f"l{line.pk}-span_percent": "20",
            f"l{line.pk}-starts_on": "24.11.2026",
            "reasons": "Du trenger det.",
            "how_view_weighed": "Du vil om morgenen.",
            "evaluate_on": "24.05.2027",
            "language": "nb",
        }
        unsaid = client.post(
            reverse("decisions:propose", args=[case.pk]), {**form, f"l{line.pk}-outcome": "", "act": "send"}
        )
        assert unsaid.status_code == 422
        assert "Det er ikke sagt hva du foreslår for hjemmesykepleie" in unsaid.content.decode()

        client.post(reverse("decisions:propose", args=[case.pk]), {**form, "act": "send"})

        case.refresh_from_db()
        line.refresh_from_db()
        assert (case.state, case.is_frame) == ("PROPOSED", True)
        assert (line.extent, line.span_percent) == (Decimal("9.5"), 20)

    def test_a_service_is_added_R19(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)
        line = case.lines.get()

        client_of(office.nora).post(
            reverse("decisions:propose", args=[case.pk]),
            {"edition": case.edition, f"l{line.pk}-outcome": "", "language": "nb", "add": "MEALS", "act": "save"},
        )

        assert list(Line.objects.filter(case=case).order_by("rank").values_list("service__code", flat=True)) == [
            "HOME_NURSING",
            "MEALS",
        ]


class TestTheQueue:
    def test_what_is_late_stands_first_and_each_queue_has_its_own_R23(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        fresh = cases.received(cast.ingrid.actor, cast.olga)
        late = cases.received(cast.ingrid.actor, cast.arne)
        Case.objects.filter(pk=late.pk).update(received_on=MONDAY_DATE.replace(month=10, day=1))
        page = queries.list_queue(actor=office.nora.actor, on=MONDAY_DATE, whose=Whose.MINE)

        assert [row.case_id for row in page.rows] == [late.pk, fresh.pk]
        assert page.late == 1
        assert page.counts == {Whose.MINE: 2, Whose.OURS: 2, Whose.OFFERED: 0}
        assert queries.count_waiting(actor=office.nora.actor, on=MONDAY_DATE) == 2
        assert queries.count_waiting(actor=cast.amir.actor, on=MONDAY_DATE) == 0
        told = client_of(office.nora).get(reverse("decisions:queue")).content.decode()
        assert "Frist 1.11., 22 dager over" in told

    def test_empty_says_what_comes_here_R23(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        told = client_of(office.nora).get(reverse("decisions:queue")).content.decode()

        assert "Ingen saker venter hos dere" in told

    @pytest.mark.parametrize("whose", list(Whose))
    def test_the_number_of_queries_does_not_follow_the_number_of_cases_R23(
        self, whose: Whose, cast: Cast, office: Office
    ) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                queries.list_queue(actor=office.nora.actor, on=MONDAY_DATE, whose=whose)
            return len(found)

        cases.received(cast.ingrid.actor, cast.olga)
        few = asked()
        for number in range(6):
            one: Citizen = builders.citizen(f"Bruker{number}", "Test", cast.bekkedal, born_on=date(1941, 1, 1 + number))
            cases.received(cast.ingrid.actor, one, "HOME_NURSING", "MEALS", "SAFETY_ALARM")

        assert asked() <= few + 1  # what is offered is only asked for where something is shown


#: Of a page about a case, with what the frame, the session and the log ask.
MOST_QUERIES = 46


class TestTheNumberOfQueries:
    def test_of_the_case_page_does_not_follow_what_is_in_the_file_R23(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga)
        client = client_of(office.nora)

        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                assert client.get(reverse("decisions:case", args=[case.pk])).status_code == 200
            return len(found)

        asked()
        few = asked()
        for number in range(5):
            told: dict[str, Any] = {"actor": office.nora.actor, "case_id": case.pk, "at": MONDAY}
            actions.add_note(**told, text=f"Notat {number}.", happened_on=MONDAY_DATE)
            actions.add_fact(**told, source="GP", text="Har falt.", received_on=MONDAY_DATE)
            actions.record_choice(**told, told_on=MONDAY_DATE)

        assert asked() == few <= MOST_QUERIES


class TestWhoDecides:
    def test_stands_on_the_case_before_anything_is_proposed_R06(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga, "HOME_NURSING")
        cases.may_decide(office.services)

        for member, said in ((cast.marit, "Du avgjør"), (cast.ingrid, "Teamleder avgjør")):
            page = client_of(member).get(f"/saker/{case.pk}/").content.decode()
            panel = page[page.index('id="avgjor"') :].split("</section>")[0]
            assert said in panel
            assert "Hjemmesykepleie" in panel

    def test_says_so_when_nobody_may_R06(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        case = cases.received(cast.ingrid.actor, cast.olga, "HOME_NURSING")

        page = client_of(cast.ingrid).get(f"/saker/{case.pk}/").content.decode()

        assert "Ingen kan avgjøre" in page
