"""Letters to a carer who asks for herself: to her own address, and with nothing of the citizen's health (R19)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders_authority, builders_plan
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens.models import NetworkKind, NetworkMember
from tillit.care.decisions.actions import address_party
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused, StepBlocked
from tillit.care.decisions.models import Case, CaseEvent, Origin
from tillit.care.decisions.queries.authority import ask_authority
from tillit.care.decisions.queries.decision_letters import decision_letter
from tillit.care.decisions.queries.letter_fields import LetterDraft
from tillit.care.decisions.queries.other_letters import advance_letter, interim_letter
from tillit.care.decisions.rules.states import Block
from tillit.care.letters.rules import PartCode, texts_of
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.actions import add_basis
from tillit.kernel.errors import NotAllowed


@pytest.fixture
def office(cast: Cast) -> Office:
    """Marit decides care pay too."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1 | {"SPECIALIST_SERVICES": "TEAM_LEADER"})
    builders_plan.words(cast.olga)
    builders_authority.authority(found.services["CARE_PAY"], Role.TEAM_LEADER)
    builders_authority.authority(found.services["TT_TRANSPORT"], Role.TEAM_LEADER)
    return found


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    """Olga's daughter has applied for care pay, and Nora has proposed it."""
    daughter = NetworkMember.objects.create(
        citizen=cast.olga, kind=NetworkKind.RELATIVE, name="Berit Dal", relation="Datter", valid_from=date(2020, 1, 1)
    )
    found = made.received(office.nora.actor, cast.olga, "CARE_PAY")
    made.assessed(office.nora.actor, found, cast.ingrid.employee)
    found = made.proposed(office.nora.actor, found)
    Case.objects.filter(pk=found.pk).update(
        origin=Origin.CARER, applicant=daughter, reasons="Du gjør et tungt arbeid.", how_view_weighed="Vi er enige."
    )
    found.refresh_from_db()
    return found


def letter_of(cast: Cast, case: Case) -> LetterDraft:
    asking = ask_authority(actor=cast.marit.actor, case=case, on=TUESDAY_DATE)
    return decision_letter(case=case, answers=asking.mine, employee=cast.marit.employee, on=TUESDAY_DATE)


def all_of(letter: LetterDraft) -> str:
    return " ".join(text for section in letter.content.sections for text in texts_of(section))


def address(cast: Cast, office: Office, case: Case, **more: str) -> Case:
    said = {"street": "Fjellveien 9", "postal_code": "0002", "place": "Fjordvik"} | more
    return address_party(actor=office.nora.actor, case_id=case.pk, edition=case.edition, at=TUESDAY, **said)


class TestWhereItGoes:
    def test_never_to_the_citizen_s_address_and_not_before_there_is_one(
        self, cast: Cast, office: Office, case: Case
    ) -> None:
        without = letter_of(cast, case)
        case = address(cast, office, case)
        with_one = letter_of(cast, case)

        assert (without.content.head.recipient.name, without.content.head.recipient.address) == ("Berit Dal", ())
        assert [gap.code for gap in without.gaps if gap.blocks] == [PartCode.RECIPIENT]
        assert with_one.content.head.recipient.address == ("Fjellveien 9", "0002 Fjordvik")
        assert not [gap for gap in with_one.gaps if gap.blocks]

    def test_nobody_decides_before_the_address_is_there(self, cast: Cast, office: Office, case: Case) -> None:
        def decide(now: Case) -> object:
            return decide_case(
                actor=cast.marit.actor, case_id=now.pk, edition=now.edition, decided_on=TUESDAY_DATE, at=TUESDAY
            )

        with pytest.raises(StepBlocked) as stopped:
            decide(case)

        assert stopped.value.blocks == (Block.LETTER_INCOMPLETE,)
        assert decide(address(cast, office, case))

    def test_the_page_says_so_and_where_to_write_it(
        self, cast: Cast, office: Office, case: Case, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tillit.kernel.clock.now", lambda: TUESDAY)
        assert cast.marit.employee.user is not None
        client.force_login(cast.marit.employee.user)

        page = client.get(reverse("decisions:decide", args=[case.pk])).content.decode()

        assert "Adressen til den pårørende mangler" in page
        assert reverse("decisions:party", args=[case.pk]) in page
        assert "Brevet til Berit" in page

    def test_the_form_keeps_it_and_the_trail_does_not(
        self, cast: Cast, office: Office, case: Case, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tillit.kernel.clock.now", lambda: TUESDAY)
        assert office.nora.employee.user is not None
        client.force_login(office.nora.employee.user)
        href = reverse("decisions:party", args=[case.pk])
        sent = {"edition": case.edition, "street": "Fjellveien 9", "postal_code": "0002", "place": "Fjordvik"}

        wrong = client.post(href, sent | {"postal_code": "12"})
        right = client.post(href, sent)

        assert (wrong.status_code, right.status_code) == (422, 302)
        case.refresh_from_db()
        assert (case.party_street, case.party_postal_code, case.party_place) == ("Fjellveien 9", "0002", "Fjordvik")
        assert "Fjellveien" not in str(CaseEvent.objects.filter(case=case).values_list("data", flat=True))

    def test_refusals(self, cast: Cast, office: Office, case: Case) -> None:
        for more in ({"street": " "}, {"postal_code": "00 1"}, {"place": ""}):
            with pytest.raises(FieldRefused):
                address(cast, office, case, **more)
        with pytest.raises(NotAllowed):
            address_party(
                actor=cast.kari.actor, case_id=case.pk, edition=case.edition, street="A", postal_code="0002",
                place="B", at=TUESDAY,
            )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(origin=Origin.CITIZEN)
        with pytest.raises(CaseRefused):
            address(cast, office, case)


class TestWhatItSays:
    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_nothing_of_what_the_citizen_said_or_of_her_assessment(
        self, cast: Cast, office: Office, case: Case, language: str
    ) -> None:
        case = address(cast, office, case)
        case.language = language
        assessment = case.assessments.get()
        assessment.summary, assessment.own_view = "Brukeren er dement.", "Brukeren vil bo hjemme."
        assessment.save()

        for letter in (
            letter_of(cast, case),
            advance_letter(case=case, considered="Mindre omsorgsstønad", on=TUESDAY_DATE),
            interim_letter(case=case, reason="Vi venter", expected_on=TUESDAY_DATE, on=MONDAY_DATE),
        ):
            said = all_of(letter)
            assert not [word for word in ("dement", "bo hjemme", "Dette er viktig", "Du sa:") if word in said]
            assert letter.content.head.recipient.name == "Berit Dal"
        assert "Du gjør et tungt arbeid." in all_of(letter_of(cast, case))

    def test_a_nynorsk_letter_names_the_acts_in_nynorsk(self, cast: Cast, office: Office, case: Case) -> None:
        case.language = "nn"

        said = all_of(letter_of(cast, case))

        assert "helse- og omsorgstenestelova § 3-6" in said
        assert "pasient- og brukarrettslova § 7-2" in said and "forvaltingslova § 18" in said
        assert "loven" not in said


class TestServicesNoActNames:
    def test_the_letter_says_the_municipality_s_own_rules_and_the_page_that_none_is_registered(
        self, cast: Cast, office: Office, case: Case
    ) -> None:
        case.lines.update(service=office.services["TT_TRANSPORT"])
        before = letter_of(cast, case)
        add_basis(
            actor=cast.admin.actor, service_id=office.services["TT_TRANSPORT"].pk, cited="forskrift om TT-kort § 4",
            cited_nn="", valid_from=TUESDAY_DATE, at=MONDAY,
        )  # fmt: skip
        after = letter_of(cast, case)

        assert before.law_missing == ("TT-kort",)
        assert "kommunens egne regler for TT-kort" in all_of(before)
        assert after.law_missing == ()
        assert "forskrift om TT-kort § 4" in all_of(after)
