"""What a letter says is true, in her own language, and about this decision (R19)."""

from datetime import date, timedelta

import pytest

from tests import builders_appeals, builders_authority
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.actions.reassessing import open_reassessment
from tillit.care.decisions.actions.refusals import FieldRefused, StepBlocked
from tillit.care.decisions.actions.starting import start_help
from tillit.care.decisions.contexts.decide_page import decide_page
from tillit.care.decisions.models import Appeal, Assessment, Case, CaseEvent, ChargeRate, Decision
from tillit.care.decisions.queries.authority import ask_authority
from tillit.care.decisions.queries.decision_letters import decision_letter
from tillit.care.decisions.queries.facts import facts_of
from tillit.care.decisions.queries.letter_fields import LetterDraft
from tillit.care.decisions.rules.states import Block, State, Step, blocks
from tillit.care.decisions.test_delivering import running, told
from tillit.care.letters.rules import LetterKind, texts_of
from tillit.care.needs.models import Conversation, ConversationTemplate
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Profession


@pytest.fixture
def office(cast: Cast) -> Office:
    """Marit decides everything at home."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    for code in ("HOME_NURSING", "PRACTICAL_ASSISTANCE"):
        builders_authority.authority(found.services[code], Role.TEAM_LEADER)
    return found


def proposal(cast: Cast, office: Office, *codes: str) -> Case:
    """A proposal that waits for Marit."""
    case = made.received(office.nora.actor, cast.olga, *codes)
    made.assessed(office.nora.actor, case, cast.ingrid.employee)
    return made.proposed(office.nora.actor, case)


def letter_of(cast: Cast, case: Case, *, reasons: str | None = None) -> LetterDraft:
    """The letter as it would be."""
    asking = ask_authority(actor=cast.marit.actor, case=case, on=TUESDAY_DATE)
    return decision_letter(
        case=case, answers=asking.mine, employee=cast.marit.employee, on=TUESDAY_DATE, reasons=reasons
    )


def words(letter: LetterDraft, code: str = "") -> str:
    """What stands in the letter, or in one section."""
    return " ".join(text for one in letter.content.sections if not code or one.code == code for text in texts_of(one))


def decide(cast: Cast, case: Case) -> Decision:
    """Decide it on Monday."""
    return decide_case(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=MONDAY_DATE, at=MONDAY)


class TestWhatItBuildsOn:
    def test_names_the_day_she_was_talked_with_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office, "HOME_NURSING")
        assert "23. november 2026" in words(letter_of(cast, case), "opening")
        template = ConversationTemplate.objects.create(
            code="T", version=1, name="Samtale", questions=[], in_use_from=MONDAY_DATE
        )
        talk = Conversation.objects.create(
            citizen=cast.olga, template=template, state="DONE", held_on=date(2026, 11, 16),
            started_at=MONDAY, saved_at=MONDAY, done_at=MONDAY,
        )  # fmt: skip
        Assessment.objects.filter(case=case).update(conversation=talk)

        assert "Vi snakket med deg 16. november 2026" in words(letter_of(cast, case), "opening")


class TestACharge:
    def test_without_a_rate_is_never_free_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office, "PRACTICAL_ASSISTANCE")
        letter = letter_of(cast, case)

        assert "Du kan måtte betale for praktisk bistand. Vi sender deg satsen." in words(letter, "charge")
        assert "Ring oss på telefon 555 00 000" in words(letter, "charge")
        assert letter.stops == 0 and "gratis" not in words(letter, "charge") and not words(letter, "free")
        assert decide(cast, case).lines.get().charge_words == "Du kan måtte betale. Satsen er ikke klar ennå."

    def test_says_what_is_free_beside_it_R19(self, cast: Cast, office: Office) -> None:
        letter = letter_of(cast, proposal(cast, office, "HOME_NURSING", "PRACTICAL_ASSISTANCE"))

        assert "Dette er gratis: hjemmesykepleie." in words(letter, "charge")

    def test_is_written_about_where_there_is_a_street_but_no_phone_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office, "PRACTICAL_ASSISTANCE")
        Unit.objects.update(phone="")
        Unit.objects.filter(pk=cast.bekkedal.pk).update(base_street="Bekkeveien 1")
        letter = letter_of(cast, Case.objects.get(pk=case.pk))

        assert "Skriv til oss hvis du vil vite mer" in words(letter, "charge") and letter.stops == 0

    def test_stops_the_signing_when_she_has_nowhere_to_ask_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office, "PRACTICAL_ASSISTANCE")
        Unit.objects.update(phone="", base_street="")

        with pytest.raises(StepBlocked) as refused:
            decide(cast, case)
        assert refused.value.blocks == (Block.LETTER_INCOMPLETE,)

        ChargeRate.objects.create(
            service=office.services["PRACTICAL_ASSISTANCE"], words="Inntil 241 kroner.", valid_from=MONDAY_DATE
        )
        assert decide(cast, case).lines.get().charge_words == "Inntil 241 kroner."

    def test_is_marked_and_the_rates_are_linked_for_those_who_set_them_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office, "PRACTICAL_ASSISTANCE")

        leader = made.member("Dag", "Lie", cast.south, Role.DISTRICT_LEADER, Profession.LEADER)

        def shown(actor: Actor) -> tuple[bool, bool]:
            page = decide_page(actor=actor, case=case, on=MONDAY_DATE)
            check = next(one for one in page.checks.items if one.text.startswith("Satsen mangler"))
            return check.ok, check.action is not None

        assert shown(cast.marit.actor) == (False, False)
        assert shown(leader.actor) == (False, True)


class TestWhatItIsCalled:
    def test_is_nynorsk_in_a_nynorsk_letter_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office, "HOME_NURSING")
        case.language = "nn"
        letter = letter_of(cast, case)
        assert letter.content.title == "Du får heimesjukepleie"
        assert "jemmesykepleie" not in words(letter)

    def test_of_a_municipalitys_own_service_is_its_one_name_R19(self, cast: Cast, office: Office) -> None:
        service = office.services["HOME_NURSING"]
        service.name, service.name_nn = "Badevakt", ""
        service.save()
        case = proposal(cast, office, "HOME_NURSING")
        case.language = "nn"
        assert letter_of(cast, case).content.title == "Du får badevakt"


class TestTheHint:
    def test_shows_beside_the_letter_and_never_stops_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        assert decide_page(actor=cast.marit.actor, case=case, on=MONDAY_DATE).hints == ()

        case.reasons = "Hun har falt to ganger i høst."
        page = decide_page(actor=cast.marit.actor, case=case, on=MONDAY_DATE)

        assert len(page.hints) == 1 and "Hun har falt to ganger i høst." in page.hints[0]
        assert page.stops == ()


class TestADecisionAfterAnAppeal:
    def test_says_that_the_decision_is_changed_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        decision = decide(cast, case)
        appeal = builders_appeals.appeal(cast, decision)
        case.refresh_from_db()
        case.lines.update(state="OPEN")
        assert letter_of(cast, case).content.kind == LetterKind.DECISION_GRANTED

        Appeal.objects.filter(pk=appeal.pk).update(state="CHANGED", reviewed_on=MONDAY_DATE)
        letter = letter_of(cast, case)

        assert (letter.content.kind, letter.stops) == (LetterKind.APPEAL_CHANGED, 0)
        assert letter.content.title == "Vi har endret vedtaket: du får hjemmesykepleie"
        assert "Vi fikk klagen din 23. november 2026" in words(letter, "opening")

        case.lines.update(outcome="REFUSED", reasons="Ikke nødvendig.")
        assert letter_of(cast, case).content.kind == LetterKind.DECISION_REFUSED

    def test_keeps_its_kind_when_the_reasons_come_afterwards_R19(self, cast: Cast, office: Office) -> None:
        case = proposal(cast, office)
        decision = decide(cast, case)
        appeal = builders_appeals.appeal(cast, decision)
        Appeal.objects.filter(pk=appeal.pk).update(state="CHANGED", reviewed_on=MONDAY_DATE, new_decision=decision)
        case.refresh_from_db()
        case.lines.update(state="OPEN")

        assert letter_of(cast, case, reasons="Fordi du falt.").content.kind == LetterKind.APPEAL_CHANGED
        assert letter_of(cast, case).content.kind == LetterKind.DECISION_GRANTED


class TestAStay:
    def test_lets_help_begin_only_with_a_line_of_why_R22(self, cast: Cast, office: Office) -> None:
        running(cast, office)  # somebody answers for her
        case = told(cast, office)
        decision = case.decisions.get()
        appeal = builders_appeals.appeal(cast, decision)
        Appeal.objects.filter(pk=appeal.pk).update(
            stay_asked_on=MONDAY_DATE, stay_granted=True, stay_answered_on=MONDAY_DATE
        )

        def start(why: str = "") -> Case:
            now = Case.objects.get(pk=case.pk)
            return start_help(
                actor=cast.ingrid.actor, case_id=case.pk, edition=now.edition, on=TUESDAY_DATE, at=TUESDAY,
                despite_stay=why,
            )  # fmt: skip

        with pytest.raises(FieldRefused):
            start()
        with pytest.raises(FieldRefused):
            start("  ")
        assert start("Du kan ikke vente på medisinene.").state == State.ACTIVE
        note = case.notes.get()
        assert "Du kan ikke vente på medisinene." in note.text
        assert CaseEvent.objects.get(case=case, step="START").data == {"despite_stay": note.pk}


class TestAReassessment:
    def test_wants_an_assessment_done_after_it_was_opened_also_the_same_day_R14(
        self, cast: Cast, office: Office
    ) -> None:
        case = running(cast, office)
        later = MONDAY + timedelta(hours=2)
        open_reassessment(
            actor=cast.ingrid.actor, case_id=case.pk, edition=case.edition, why="Trenger mer.", by_citizen=False,
            opened_by="TEAM", on=MONDAY_DATE, at=later,
        )  # fmt: skip
        case = Case.objects.get(pk=case.pk)
        assert Block.OLD_ASSESSMENT in blocks(facts_of(case, on=MONDAY_DATE), Step.KEEP, on=MONDAY_DATE)

        made.assessed(office.nora.actor, case, cast.ingrid.employee, at=later + timedelta(minutes=30))

        assert Block.OLD_ASSESSMENT not in blocks(
            facts_of(Case.objects.get(pk=case.pk), on=MONDAY_DATE), Step.KEEP, on=MONDAY_DATE
        )
