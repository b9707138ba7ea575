"""Stays elsewhere (R16) and questions to those who can (R17): somebody has it, and what comes next is written."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_responsibility as map_builders
from tests import builders_routing as more
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast, Member
from tillit.care.citizens.actions import questions, set_home, stays
from tillit.care.citizens.models import Citizen, CompetenceQuestion, Whereabouts, WhereaboutsFollowUp
from tillit.care.citizens.queries.questions import count_questions, experts, get_question, questions_of_unit
from tillit.care.citizens.queries.stays import count_stays_without_step, stays_of_unit
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import UnitPurpose
from tillit.foundation.responsibility.rules.routing import Problem
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound

LEFT = MONDAY - timedelta(days=2)


def away(citizen: Citizen, *, kind: str = "HOSPITAL", next_step: str = "") -> Whereabouts:
    return Whereabouts.objects.create(citizen=citizen, kind=kind, place="Ortopeden", from_at=LEFT, next_step=next_step)


def write(member: Member, stay: Whereabouts, *, words: str = "Ringer avdelingen", on: date | None = None,
          seen_id: int | None = None, at: datetime = MONDAY) -> WhereaboutsFollowUp:  # fmt: skip
    return stays.write_next_step(actor=member.actor, whereabouts_id=stay.pk, words=words, on=on, seen_id=seen_id, at=at)


class TestStays:
    def test_says_where_since_when_and_who_follows_up_by_the_table_R16(self, cast: Cast) -> None:
        rapid = more.special("Innsatsteamet", UnitPurpose.RAPID_RESPONSE, parent=cast.municipality)
        more.follow(cast.bekkedal, more.table("Vår", {"HOSPITAL": "TEAM", "NEW_HOSPITAL": "RAPID_RESPONSE_TEAM"}))
        map_builders.area(cast.bekkedal, codes=["6770"])
        new = builders.citizen("Tove", "Dal", rapid, serial=610)
        away(new, kind="ACUTE_UNIT")
        away(cast.olga)
        away(cast.arne, kind="AWAY")

        ours, theirs = (stays_of_unit(unit=unit, at=MONDAY) for unit in (cast.bekkedal, rapid))

        assert [(line.citizen_id, line.kind, line.from_at) for line in ours] == [(cast.olga.pk, "HOSPITAL", LEFT)]
        assert [line.routed.unit_id for line in ours if line.routed] == [cast.bekkedal.pk]
        assert [line.routed.why.code for line in theirs if line.routed] == ["NEW_HOSPITAL"]
        assert [line.routed.unit_id for line in theirs if line.routed] == [rapid.pk]

    def test_what_nobody_has_is_told_R08(self, cast: Cast) -> None:
        more.follow(cast.bekkedal, more.table("HELTOM", {"HOSPITAL": "NOBODY"}))
        away(cast.olga)

        (line,) = stays_of_unit(unit=cast.bekkedal, at=MONDAY)

        assert line.routed is not None
        assert line.routed.problem == Problem.UNDECIDED

    def test_the_newest_step_counts_and_the_others_stay(self, cast: Cast) -> None:
        stay = away(cast.olga, next_step="Venter på prøver")
        first = write(cast.amir, stay, on=MONDAY_DATE)
        write(cast.ingrid, stay, words="Møte om utskriving", seen_id=first.pk, at=TUESDAY)

        (line,) = stays_of_unit(unit=cast.bekkedal, at=TUESDAY)

        assert [step.words for step in line.steps] == ["Møte om utskriving", "Ringer avdelingen"]
        assert count_stays_without_step(unit_id=cast.bekkedal.pk, at=TUESDAY) == 0
        assert all("avdeling" not in str(entry.change) for entry in AuditEntry.objects.all())

    def test_a_step_whose_day_has_passed_is_counted(self, cast: Cast) -> None:
        write(cast.amir, away(cast.olga), on=MONDAY_DATE)
        away(cast.arne)

        assert count_stays_without_step(unit_id=cast.bekkedal.pk, at=MONDAY) == 1
        assert count_stays_without_step(unit_id=cast.bekkedal.pk, at=TUESDAY) == 2

    def test_two_writers_are_told(self, cast: Cast) -> None:
        stay = away(cast.olga)
        write(cast.amir, stay)

        with pytest.raises(ChangedMeanwhile):
            write(cast.ingrid, stay, words="Noe annet")

        assert WhereaboutsFollowUp.objects.count() == 1

    def test_is_out_of_reach_for_others_and_over_when_she_is_home(self, cast: Cast) -> None:
        stay = away(cast.olga)
        with pytest.raises(NotFound):
            write(cast.frida, stay)
        with pytest.raises(NotFound):
            write(cast.admin, stay)
        set_home(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, to_at=MONDAY, at=MONDAY)

        with pytest.raises(ActionRefused):
            write(cast.ingrid, stay, at=TUESDAY)
        assert not stays_of_unit(unit=cast.bekkedal, at=TUESDAY)

    @pytest.mark.parametrize(("words", "on"), [("  ", None), ("Ringer", MONDAY_DATE - timedelta(days=1))])
    def test_refuses_silence_and_yesterday(self, cast: Cast, words: str, on: date | None) -> None:
        with pytest.raises(stays.StepRefused):
            write(cast.ingrid, away(cast.olga), words=words, on=on)

    def test_the_page_keeps_what_was_typed_when_somebody_was_quicker(
        self, cast: Cast, client_of: Callable[[Member], Client]
    ) -> None:
        stay = away(cast.olga)
        write(cast.amir, stay)
        client, name = client_of(cast.ingrid), f"opphold{stay.pk}"
        address = f"/team/{cast.bekkedal.pk}/ikke-hjemme/"

        late = client.post(f"{address}{stay.pk}/", {f"{name}-words": "Henter nøkkelen", f"{name}-seen": ""})
        shown = late.content.decode()
        again = client.post(
            f"{address}{stay.pk}/",
            {f"{name}-words": "Henter nøkkelen", f"{name}-seen": WhereaboutsFollowUp.objects.get().pk},
        )

        assert late.status_code == 409
        assert "Henter nøkkelen" in shown
        assert "Ringer avdelingen" in shown
        assert again.status_code == 302
        assert "Henter nøkkelen" in client.get(address).content.decode()
        assert client_of(cast.frida).get(address).status_code == 404

    @pytest.mark.parametrize("many", [1, 9])
    def test_one_and_nine_cost_the_same(self, cast: Cast, many: int) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"HOSPITAL": "TEAM"}))
        for number in range(many):
            away(builders.citizen("A", f"B{number}", cast.bekkedal, born_on=date(1930 + number, 1, 1)))

        with CaptureQueriesContext(connection) as found:
            stays_of_unit(unit=cast.bekkedal, at=MONDAY)

        assert len(found) == 10


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
