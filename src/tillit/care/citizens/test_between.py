"""Questions to those who can (R17)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast, Member
from tillit.care.citizens.actions import questions
from tillit.care.citizens.models import CompetenceQuestion
from tillit.care.citizens.queries.questions import count_questions, experts, get_question, questions_of_unit
from tillit.foundation.access.models import AuditEntry
from tillit.kernel.errors import NotAllowed, NotFound


def ask(cast: Cast, member: Member, *, to_unit_id: int | None = None, to: Member | None = None,
        words: str = "Hvilket sår er dette?", answer_by: date = MONDAY_DATE) -> CompetenceQuestion:  # fmt: skip
    return questions.ask_competence(
        actor=member.actor,
        citizen_id=cast.olga.pk,
        to_unit_id=to_unit_id,
        to_employee_id=to.employee.pk if to else None,
        competence="SAR",
        words=words,
        answer_by=answer_by,
        at=MONDAY,
    )


class TestQuestions:
    def test_is_asked_and_answered_by_a_person_who_can_R17(self, cast: Cast) -> None:
        builders.competence("SAR", "Sårstell", cast.frida.employee)
        row = ask(cast, cast.amir, to=cast.frida)

        theirs = questions_of_unit(unit_id=cast.fjelldal.pk, on=MONDAY_DATE)
        assert [(line.to_name, line.competence) for line in theirs.asked] == [("Frida Moe, Team Fjelldal", "Sårstell")]
        assert count_questions(unit_ids=[cast.fjelldal.pk, cast.bekkedal.pk]) == {
            cast.fjelldal.pk: 1,
            cast.bekkedal.pk: 0,
        }
        questions.answer_question(actor=cast.frida.actor, question_id=row.pk, answer="Trykksår grad to", at=TUESDAY)

        ours = questions_of_unit(unit_id=cast.bekkedal.pk, on=MONDAY_DATE + timedelta(days=1))
        assert [(line.answer, line.answered_by) for line in ours.answered] == [("Trykksår grad to", "Frida Moe")]
        assert all("sår" not in str(entry.change).lower().replace("'sar'", "") for entry in AuditEntry.objects.all())

    def test_who_is_asked_reads_the_question_for_a_while_and_not_the_citizen(self, cast: Cast) -> None:
        row = ask(cast, cast.amir, to_unit_id=cast.fjelldal.pk)
        with pytest.raises(NotFound):
            get_question(actor=cast.nils.actor, question_id=row.pk, at=MONDAY)
        questions.answer_question(actor=cast.frida.actor, question_id=row.pk, answer="Rens det", at=MONDAY)

        assert get_question(actor=cast.frida.actor, question_id=row.pk, at=MONDAY + timedelta(days=13))
        with pytest.raises(NotFound):
            get_question(actor=cast.frida.actor, question_id=row.pk, at=MONDAY + timedelta(days=16))
        assert get_question(actor=cast.amir.actor, question_id=row.pk, at=MONDAY + timedelta(days=300))

    def test_those_who_ask_cannot_answer_for_those_who_are_asked(self, cast: Cast) -> None:
        row = ask(cast, cast.amir, to_unit_id=cast.fjelldal.pk)

        with pytest.raises(NotAllowed):
            questions.answer_question(actor=cast.amir.actor, question_id=row.pk, answer="Vet selv", at=MONDAY)

    def test_is_answered_once(self, cast: Cast) -> None:
        row = ask(cast, cast.amir, to_unit_id=cast.fjelldal.pk)
        questions.answer_question(actor=cast.frida.actor, question_id=row.pk, answer="Rens det", at=MONDAY)

        with pytest.raises(questions.QuestionRefused):
            questions.answer_question(actor=cast.frida.actor, question_id=row.pk, answer="Nei", at=MONDAY)
        with pytest.raises(questions.QuestionRefused):
            questions.withdraw_question(actor=cast.amir.actor, question_id=row.pk, at=MONDAY)

    def test_taken_back_it_is_gone_for_those_who_were_asked(self, cast: Cast) -> None:
        row = ask(cast, cast.amir, to_unit_id=cast.fjelldal.pk)
        questions.withdraw_question(actor=cast.amir.actor, question_id=row.pk, at=MONDAY)

        with pytest.raises(NotFound):
            get_question(actor=cast.frida.actor, question_id=row.pk, at=MONDAY)

    def test_only_those_who_hold_a_competence_of_their_own_are_persons_to_ask(self, cast: Cast) -> None:
        assert [one.name for one in experts(on=MONDAY_DATE)] == ["Kari Nilsen"]
        with pytest.raises(questions.QuestionRefused):
            ask(cast, cast.amir, to=cast.frida)

    def test_nobody_is_asked_about_a_citizen_out_of_reach(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            ask(cast, cast.frida, to_unit_id=cast.bekkedal.pk)

    def test_goes_through_the_pages(self, cast: Cast, client_of: Callable[[Member], Client]) -> None:
        client = client_of(cast.amir)
        empty = client.post(f"/brukere/{cast.olga.pk}/sporsmal/", {"to": f"enhet-{cast.fjelldal.pk}"})
        client.post(
            f"/brukere/{cast.olga.pk}/sporsmal/",
            {"to": f"enhet-{cast.fjelldal.pk}", "words": "Hva nå?", "answer_by": "2099-01-04"},
        )
        row = CompetenceQuestion.objects.get()
        theirs = client_of(cast.frida)

        assert empty.status_code == 422
        assert "Olga Hansen" in theirs.get(f"/team/{cast.fjelldal.pk}/sporsmal/").content.decode()
        assert theirs.get(f"/brukere/{cast.olga.pk}/").status_code == 404
        assert theirs.post(f"/sporsmal/{row.pk}/svar/", {"answer": " "}).status_code == 422
        theirs.post(f"/sporsmal/{row.pk}/svar/", {"answer": "Ring meg"})
        assert "Ring meg" in client.get(f"/sporsmal/{row.pk}/").content.decode()
        assert client_of(cast.nils).get(f"/sporsmal/{row.pk}/").status_code == 404
        assert client_of(cast.admin).get(f"/brukere/{cast.olga.pk}/sporsmal/").status_code == 403
