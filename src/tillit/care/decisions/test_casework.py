"""What is done with a case from it is taken to the proposal: allowed and refused with one set-up (R07, R19)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import builders
from tests import builders_decisions as made
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.decisions import actions, queries
from tillit.care.decisions.models import (
    Assessment,
    Case,
    CaseNote,
    Disqualification,
    FunctionScore,
    Holding,
    OutsideFact,
    ProviderChoice,
)
from tillit.care.decisions.rules.due import Duty, dues
from tillit.care.decisions.rules.states import Block
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound


@pytest.fixture
def office(cast: Cast) -> Office:
    """Those who work with cases; Bekkedal follows Model 1."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, MODEL_1)
    return found


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    """Olga's application for nursing at home, at Bekkedal with Nora."""
    return made.received(cast.ingrid.actor, cast.olga)


class TestHandOver:
    def offer(self, case: Case, office: Office, **more: Any) -> Holding:
        given: dict[str, Any] = {"must_know": "Ringer best etter ti.", "unit_id": office.unit.pk, **more}
        return actions.offer_case(
            actor=office.nora.actor, case_id=case.pk, edition=Case.objects.get(pk=case.pk).edition, at=MONDAY, **given
        )

    def test_the_one_who_offers_keeps_it_until_yes_R07(self, cast: Cast, office: Office, case: Case) -> None:
        offer = self.offer(case, office)
        case.refresh_from_db()
        assert case.unit == cast.bekkedal
        due = dues(
            queries.dates_of([case])[case.pk],
            on=TUESDAY_DATE,
            practice=queries.targets(queries.practice_on(TUESDAY_DATE)),
        )
        assert Duty.ANSWER_HANDOVER in {one.duty for one in due}

        actions.accept_case(actor=office.olav.actor, holding_id=offer.pk, at=TUESDAY)

        case.refresh_from_db()
        assert (case.unit, case.case_worker) == (office.unit, office.olav.employee)

    def test_sent_back_it_is_where_it_was_with_words_R07(self, cast: Cast, office: Office, case: Case) -> None:
        offer = self.offer(case, office)
        with pytest.raises(actions.FieldRefused):
            actions.send_back_case(actor=office.olav.actor, holding_id=offer.pk, words=" ", at=TUESDAY)

        actions.send_back_case(actor=office.olav.actor, holding_id=offer.pk, words="Hører til hos dere.", at=TUESDAY)

        case.refresh_from_db()
        assert (case.unit, case.case_worker) == (cast.bekkedal, office.nora.employee)
        with pytest.raises(NotFound):  # who said no does not go on seeing it
            queries.get_case(actor=office.olav.actor, case_id=case.pk, at=TUESDAY)

    def test_answered_once_and_by_the_right_ones_R07(self, cast: Cast, office: Office, case: Case) -> None:
        offer = self.offer(case, office)
        with pytest.raises(NotAllowed):
            actions.accept_case(actor=office.nora.actor, holding_id=offer.pk, at=TUESDAY)
        with pytest.raises(NotFound):
            actions.accept_case(actor=cast.frida.actor, holding_id=offer.pk, at=TUESDAY)
        actions.take_back_offer(actor=office.nora.actor, holding_id=offer.pk, at=TUESDAY)
        with pytest.raises((actions.CaseRefused, NotFound)):
            actions.accept_case(actor=office.olav.actor, holding_id=offer.pk, at=TUESDAY)

    @pytest.mark.parametrize(("more", "field"), [({"must_know": ""}, "must_know"), ({"unit_id": 0}, "unit")])
    def test_needs_a_receiver_and_words_R07(
        self, more: dict[str, object], field: str, cast: Cast, office: Office, case: Case
    ) -> None:
        with pytest.raises(actions.FieldRefused) as refused:
            self.offer(case, office, **more)
        assert refused.value.field == field
        assert self.offer(case, office)

    def test_the_assessment_team_has_four_weeks_when_the_row_says_so_R07(self, cast: Cast, office: Office) -> None:
        version = made.follows_model(cast.solvik, MODEL_2, "Modell 2")
        version.rows.filter(responsibility="NEW_ASSESS").update(weeks=4)
        case = made.received(cast.marit.actor, builders.citizen("Per Inge", "Foss", cast.solvik, serial=600))
        to_office = Holding.objects.get(case=case, answer="")
        actions.accept_case(actor=office.olav.actor, holding_id=to_office.pk, at=MONDAY)
        now = Case.objects.get(pk=case.pk)
        assert now.assessment_until is None
        to_assess = actions.offer_case(
            actor=office.olav.actor, case_id=case.pk, edition=now.edition, unit_id=office.assessors.pk,
            must_know="Bor alene.", at=MONDAY,
        )  # fmt: skip
        assert to_assess.responsibility == "NEW_ASSESS"

        actions.accept_case(actor=office.vera.actor, holding_id=to_assess.pk, at=TUESDAY)

        assert Case.objects.get(pk=case.pk).assessment_until == TUESDAY_DATE + timedelta(weeks=4)

    def test_a_case_that_ends_is_offered_to_nobody_R07(self, cast: Cast, office: Office, case: Case) -> None:
        self.offer(case, office)
        actions.withdraw_case(
            actor=office.nora.actor, case_id=case.pk, edition=Case.objects.get(pk=case.pk).edition,
            withdrawn_on=MONDAY_DATE, words="Ringte og trakk søknaden.", by_party=True, at=MONDAY,
        )  # fmt: skip

        assert Holding.objects.get(case=case, from_unit__isnull=False).answer == "TAKEN_BACK"


class TestCaseWorker:
    def test_is_one_of_the_unit_R19(self, cast: Cast, office: Office, case: Case) -> None:
        told: dict[str, Any] = {"actor": cast.marit.actor, "case_id": case.pk, "edition": case.edition, "at": MONDAY}
        with pytest.raises(actions.FieldRefused):
            actions.set_case_worker(**told, employee_id=office.olav.employee.pk)
        with pytest.raises(NotAllowed):
            actions.set_case_worker(**{**told, "actor": cast.amir.actor}, employee_id=None)

        assert (
            actions.set_case_worker(**told, employee_id=cast.ingrid.employee.pk).case_worker_id
            == cast.ingrid.employee.pk
        )
        with pytest.raises(ChangedMeanwhile):
            actions.set_case_worker(**told, employee_id=None)


class TestAssess:
    def test_levels_are_history_and_only_what_changed_is_new_R19(self, cast: Cast, office: Office, case: Case) -> None:
        made.assessed(office.nora.actor, case, office.nora.employee)
        Case.objects.filter(pk=case.pk).update(state="REASSESSMENT", reassessed_from=TUESDAY_DATE)
        draft = actions.start_assessment(actor=cast.ingrid.actor, case_id=case.pk, held_on=TUESDAY_DATE, at=TUESDAY)
        written = made.written(cast.ingrid.employee, held_on=TUESDAY_DATE, levels={5: 2, 7: 4, 10: 9})
        actions.finish_assessment(
            actor=cast.ingrid.actor, assessment_id=draft.pk, edition=draft.edition, written=written, at=TUESDAY
        )

        rows = FunctionScore.objects.filter(citizen=cast.olga).order_by("variable", "valid_from")
        assert [(row.variable, row.level, row.valid_from, row.valid_to) for row in rows] == [
            (5, 2, MONDAY_DATE, None),
            (7, 3, MONDAY_DATE, TUESDAY_DATE),
            (7, 4, TUESDAY_DATE, None),
            (10, 9, TUESDAY_DATE, None),
        ]

    def test_finished_it_stands_and_needs_her_own_view_R19(self, cast: Cast, office: Office, case: Case) -> None:
        draft = actions.start_assessment(actor=office.nora.actor, case_id=case.pk, held_on=MONDAY_DATE, at=MONDAY)
        written = made.written(office.nora.employee)
        blank = actions.Written(held_on=MONDAY_DATE, assessor_ids=[office.nora.employee.pk], levels={}, summary="Noe.")
        told: dict[str, Any] = {
            "actor": office.nora.actor,
            "assessment_id": draft.pk,
            "edition": draft.edition,
            "at": MONDAY,
        }
        with pytest.raises(actions.FieldRefused) as refused:
            actions.finish_assessment(**told, written=blank)
        assert refused.value.field == "own_view"
        assert Assessment.objects.get().done_at is None

        done = actions.finish_assessment(**told, written=written)
        with pytest.raises(actions.CaseRefused):
            actions.save_assessment(**{**told, "edition": done.edition}, written=written)

    @pytest.mark.parametrize("levels", [{0: 1}, {18: 1}, {7: 6}, {7: 0}])
    def test_other_levels_than_those_on_the_scale_are_refused_R19(
        self, levels: dict[int, int], cast: Cast, office: Office, case: Case
    ) -> None:
        draft = actions.start_assessment(actor=office.nora.actor, case_id=case.pk, held_on=MONDAY_DATE, at=MONDAY)
        with pytest.raises(actions.FieldRefused):
            actions.save_assessment(
                actor=office.nora.actor, assessment_id=draft.pk, edition=draft.edition,
                written=made.written(office.nora.employee, levels=levels), at=MONDAY,
            )  # fmt: skip

    def test_a_care_worker_does_not_assess_R19(self, cast: Cast, office: Office, case: Case) -> None:
        with pytest.raises(NotAllowed):
            actions.start_assessment(actor=cast.amir.actor, case_id=case.pk, held_on=MONDAY_DATE, at=MONDAY)


class TestFactsFromOthers:
    def test_stop_the_proposal_until_she_has_seen_them_R19(self, cast: Cast, office: Office, case: Case) -> None:
        made.assessed(office.nora.actor, case, office.nora.employee)
        fact = actions.add_fact(
            actor=office.nora.actor, case_id=case.pk, source="GP", text="Har falt.", received_on=MONDAY_DATE, at=MONDAY
        )
        with pytest.raises(actions.StepBlocked) as refused:
            made.proposed(office.nora.actor, case)
        assert refused.value.blocks == (Block.FACTS_NOT_SHOWN,)

        actions.show_fact(
            actor=office.nora.actor, fact_id=fact.pk, shown_on=MONDAY_DATE, answer="Bare én gang.", at=MONDAY
        )
        assert made.proposed(office.nora.actor, case).state == "PROPOSED"
        assert OutsideFact.objects.get().answer == "Bare én gang."

    def test_or_why_not_is_written_R19(self, cast: Cast, office: Office, case: Case) -> None:
        fact = actions.add_fact(
            actor=office.nora.actor, case_id=case.pk, source="RELATIVE", text="Bor med bror.", received_on=MONDAY_DATE,
            at=MONDAY,
        )  # fmt: skip
        told: dict[str, Any] = {"actor": office.nora.actor, "fact_id": fact.pk, "code": "NO_WEIGHT", "at": MONDAY}
        with pytest.raises(actions.FieldRefused):
            actions.leave_fact_unshown(**told, why="")
        assert actions.leave_fact_unshown(**told, why="Vi bruker det ikke.").not_shown == "NO_WEIGHT"


class TestPropose:
    def test_what_one_has_not_cannot_become_less_R19(self, cast: Cast, office: Office, case: Case) -> None:
        made.assessed(office.nora.actor, case, office.nora.employee)
        with pytest.raises(actions.FieldRefused):
            made.proposed(office.nora.actor, case, outcome="REDUCED")
        assert made.proposed(office.nora.actor, case, outcome="REFUSED").state == "PROPOSED"

    def test_dismissing_needs_no_assessment_R19(self, cast: Cast, office: Office, case: Case) -> None:
        assert made.proposed(office.nora.actor, case, outcome="DISMISSED").state == "PROPOSED"

    def test_granting_does_R19(self, cast: Cast, office: Office, case: Case) -> None:
        with pytest.raises(actions.StepBlocked) as refused:
            made.proposed(office.nora.actor, case)
        assert Block.NO_ASSESSMENT in refused.value.blocks
        assert Case.objects.get(pk=case.pk).proposed_at is None

    def test_two_writers_are_told_R19(self, cast: Cast, office: Office, case: Case) -> None:
        draft = made.proposal(case)
        actions.save_proposal(actor=office.nora.actor, case_id=case.pk, edition=case.edition, draft=draft, at=MONDAY)
        with pytest.raises(ChangedMeanwhile):
            actions.save_proposal(
                actor=cast.ingrid.actor, case_id=case.pk, edition=case.edition, draft=draft, at=MONDAY
            )


class TestTheRest:
    def test_only_the_one_who_asked_withdraws_R19(self, cast: Cast, office: Office, case: Case) -> None:
        told: dict[str, Any] = {
            "actor": office.nora.actor, "case_id": case.pk, "edition": case.edition, "withdrawn_on": MONDAY_DATE,
            "words": "Vil vente.", "at": MONDAY,
        }  # fmt: skip
        with pytest.raises(actions.StepBlocked) as refused:
            actions.withdraw_case(**told, by_party=False)
        assert refused.value.blocks == (Block.APPLICANT_ONLY,)

        assert actions.withdraw_case(**told, by_party=True).state == "WITHDRAWN"
        assert CaseNote.objects.get().text == "Vil vente."

    def test_a_note_is_pressed_once_and_corrected_by_adding_R19(self, cast: Cast, office: Office, case: Case) -> None:
        told: dict[str, Any] = {"actor": cast.amir.actor, "case_id": case.pk, "happened_on": MONDAY_DATE, "at": MONDAY}
        first = actions.add_note(**told, text="Ringte datteren.", press_key="a")
        assert actions.add_note(**told, text="Ringte datteren.", press_key="a") == first
        actions.add_note(**told, text="Det var sønnen.", corrects_id=first.pk)

        assert CaseNote.objects.count() == 2
        assert CaseNote.objects.get(pk=first.pk).text == "Ringte datteren."

    def test_a_choice_follows_being_told_R21(self, cast: Cast, office: Office, case: Case) -> None:
        told: dict[str, Any] = {"actor": office.nora.actor, "case_id": case.pk, "told_on": MONDAY_DATE, "at": TUESDAY}
        actions.record_choice(**told)
        with pytest.raises(actions.FieldRefused):
            actions.record_choice(**told, chosen_on=MONDAY_DATE - timedelta(days=1), unit_id=cast.bekkedal.pk)
        with pytest.raises(actions.FieldRefused):
            actions.record_choice(**told, chosen_on=TUESDAY_DATE)
        actions.record_choice(**told, chosen_on=TUESDAY_DATE, provider="Fjord Omsorg")

        assert [choice.provider for choice in ProviderChoice.objects.order_by("pk")] == ["", "Fjord Omsorg"]

    def test_capacity_is_of_one_matter_and_reasoned_R19(self, cast: Cast, office: Office, case: Case) -> None:
        told: dict[str, Any] = {"actor": office.nora.actor, "case_id": case.pk, "has_capacity": False, "at": MONDAY}
        with pytest.raises(actions.FieldRefused):
            actions.conclude_capacity(**told, subject_matter="", reasons="Forstår ikke.")
        with pytest.raises(actions.FieldRefused):
            actions.conclude_capacity(**told, subject_matter="Flytte på sykehjem", reasons="")
        found = actions.conclude_capacity(
            **told, subject_matter="Flytte på sykehjem", reasons="Kan ikke gjengi valget."
        )
        assert (found.case, found.has_capacity) == (case, False)

    def test_disqualified_is_written_once_and_ends_R06(self, cast: Cast, office: Office, case: Case) -> None:
        told: dict[str, Any] = {
            "actor": office.nora.actor, "case_id": case.pk, "employee_id": cast.marit.employee.pk, "reason": "Søster",
            "valid_from": MONDAY_DATE, "at": MONDAY,
        }  # fmt: skip
        actions.record_disqualification(**told)
        actions.record_disqualification(**told)
        assert Disqualification.objects.count() == 1
        asks = {"employee_id": cast.marit.employee.pk, "citizen_id": cast.olga.pk}
        assert queries.is_disqualified(**asks, on=MONDAY_DATE)

        actions.end_disqualification(
            actor=office.nora.actor,
            case_id=case.pk,
            employee_id=cast.marit.employee.pk,
            ends_on=TUESDAY_DATE,
            at=TUESDAY,
        )
        assert not queries.is_disqualified(**asks, on=TUESDAY_DATE)
