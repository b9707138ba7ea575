"""A citizen is referred, waits, is taken, followed and done; the holder reads about her as long as it lasts."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from tests import builders_plan as build
from tests.builders_therapy import again, group, therapist, waiting
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast, Member
from tillit.care.citizens.actions.barring import bar_employee
from tillit.care.citizens.models import AskedIn
from tillit.care.citizens.queries import get_citizen, ground_of
from tillit.care.journal.models import Entry, EntryPeg
from tillit.care.journal.sources import keeper_of
from tillit.care.therapy import actions, queries
from tillit.care.therapy.actions import Referral, TherapyRefused
from tillit.care.therapy.models import TherapyCase, TherapyEvent
from tillit.foundation.access.grounds import Ground, reasons_for
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.workforce.models import Profession
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound


@pytest.fixture
def lars(cast: Cast) -> Member:
    """An occupational therapist in Solvik, next to Olga's team."""
    return therapist("Lars", "Eide", cast.solvik)


def taken(case: TherapyCase, by: Member) -> TherapyCase:
    return actions.take_case(actor=by.actor, therapy_id=case.pk, at=MONDAY)


def closed(case: TherapyCase, by: Member, **other: object) -> TherapyCase:
    facts: dict[str, object] = {"result": "REACHED", "words": "Dusjer selv nå.", "goals": (), "edition": case.edition}
    return actions.close_case(actor=again(by).actor, therapy_id=case.pk, at=TUESDAY, **{**facts, **other})  # type: ignore[arg-type]


class TestRefer:
    def refer(self, cast: Cast, by: Member, **other: object) -> TherapyCase:
        facts: dict[str, object] = {
            "group_id": group(cast.south).pk,
            "reason": "Trenger dusjstol",
            "priority": 3,
            **other,
        }
        referral = Referral(**facts)  # type: ignore[arg-type]
        return actions.refer(actor=by.actor, citizen_id=cast.olga.pk, referral=referral, press_key="en", at=MONDAY)

    def test_has_a_deadline_by_its_priority_and_a_team_that_is_told_R43(self, cast: Cast) -> None:
        case = self.refer(cast, cast.amir)

        assert (case.due_on, case.referred_unit) == (MONDAY_DATE + timedelta(days=30), cast.bekkedal)
        assert [
            line.case_id
            for line in queries.referred_by_unit(actor=again(cast.amir).actor, unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        ] == [case.pk]
        assert AuditEntry.objects.get().action == "therapy.refer"

    def test_the_same_press_is_one_and_another_is_refused(self, cast: Cast) -> None:
        assert self.refer(cast, cast.amir) == self.refer(cast, cast.amir)
        TherapyCase.objects.update(press_key="to")
        with pytest.raises(TherapyRefused):
            self.refer(cast, cast.amir)

    def test_out_of_reach_is_not_found_R18(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            self.refer(cast, cast.frida)

    def test_a_list_has_deadlines_of_its_own_R43(self, cast: Cast) -> None:
        admin, levels = cast.admin.actor, {level: (level * 10, f"Nivå {level}") for level in (1, 2, 3, 4)}
        found = group(cast.south)
        with pytest.raises(TherapyRefused):
            actions.decide_terms(
                actor=admin, group_id=found.pk, levels={**levels, 4: (5, "Kortest")}, valid_from=MONDAY_DATE,
                edition=queries.edition_of_terms(found.pk), at=MONDAY,
            )  # fmt: skip
        actions.decide_terms(
            actor=admin, group_id=found.pk, levels=levels, valid_from=MONDAY_DATE,
            edition=queries.edition_of_terms(found.pk), at=MONDAY,
        )  # fmt: skip

        assert self.refer(cast, cast.amir).due_on == MONDAY_DATE + timedelta(days=30)


class TestTake:
    def test_opens_the_citizen_for_as_long_as_she_has_the_case_R01(self, cast: Cast, lars: Member) -> None:
        case = waiting(cast, cast.olga)
        with pytest.raises(NotFound):
            get_citizen(actor=lars.actor, citizen_id=cast.olga.pk, at=MONDAY)

        taken(case, lars)
        holder = again(lars).actor
        assert get_citizen(actor=holder, citizen_id=cast.olga.pk, at=MONDAY) == cast.olga
        assert ground_of(actor=holder, citizen_id=cast.olga.pk, at=MONDAY) is Ground.THERAPY
        assert reasons_for(holder, [cast.olga.pk], at=MONDAY)[cast.olga.pk].ground is Ground.THERAPY

        closed(TherapyCase.objects.get(), lars)
        with pytest.raises(NotFound):
            get_citizen(actor=again(lars, at=TUESDAY).actor, citizen_id=cast.olga.pk, at=TUESDAY)
        with pytest.raises(NotFound):
            queries.get_case(actor=again(lars, at=TUESDAY).actor, therapy_id=case.pk, at=TUESDAY)

    def test_the_others_on_the_list_see_who_waits_and_nothing_more_R01(self, cast: Cast, lars: Member) -> None:
        berit = therapist("Berit", "Ås", cast.solvik)
        case = waiting(cast, cast.olga)
        assert queries.get_case(actor=berit.actor, therapy_id=case.pk, at=MONDAY) == case
        assert reasons_for(berit.actor, [cast.olga.pk], at=MONDAY)[cast.olga.pk].ground is Ground.CASE

        taken(case, lars)
        with pytest.raises(NotFound):
            queries.get_case(actor=berit.actor, therapy_id=case.pk, at=MONDAY)

    def test_a_list_of_another_district_is_not_found_R18(self, cast: Cast, lars: Member) -> None:
        case = waiting(cast, cast.per, group(cast.north))
        with pytest.raises(NotFound):
            taken(case, lars)

    def test_is_for_the_profession_and_for_one_R01(self, cast: Cast, lars: Member) -> None:
        silje = therapist("Silje", "Strand", cast.solvik, Profession.PHYSIOTHERAPIST)
        case = waiting(cast, cast.olga)
        with pytest.raises(TherapyRefused):
            taken(case, silje)
        taken(case, lars)
        with pytest.raises(TherapyRefused):
            taken(case, again(lars))

    def test_a_nurse_takes_none(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            taken(waiting(cast, cast.olga), cast.ingrid)

    def test_a_case_of_one_who_is_barred_waits_for_another(self, cast: Cast, lars: Member) -> None:
        case = taken(waiting(cast, cast.olga), lars)
        bar_employee(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, employee_id=lars.employee.pk, kind="OBJECTION",
            asked_by="Olga selv", reason="", at=MONDAY,
        )  # fmt: skip

        case.refresh_from_db()
        assert (case.state, case.holder, case.opening) == ("WAITING", None, None)


class TestGiveBackAndPriority:
    def test_given_back_it_waits_with_the_deadline_it_had_R01(self, cast: Cast, lars: Member) -> None:
        case = taken(waiting(cast, cast.olga), lars)
        with pytest.raises(TherapyRefused):
            actions.give_back(actor=again(lars).actor, therapy_id=case.pk, edition=case.edition, why=" ", at=MONDAY)
        due = case.due_on
        actions.give_back(
            actor=again(lars).actor, therapy_id=case.pk, edition=case.edition, why="Går i permisjon", at=MONDAY
        )

        case.refresh_from_db()
        assert (case.state, case.due_on, AskedIn.objects.get().valid_to) == ("WAITING", due, MONDAY_DATE)
        assert queries.events_of(case.pk)[0].words == "Går i permisjon"

    def test_another_priority_is_counted_from_the_referral_with_why_R43(self, cast: Cast, lars: Member) -> None:
        case = waiting(cast, cast.olga)
        actions.change_priority(
            actor=lars.actor, therapy_id=case.pk, edition=1, priority=1, why="Falt i går", at=MONDAY
        )

        case.refresh_from_db()
        event = queries.events_of(case.pk)[0]
        assert case.due_on == case.referred_on + timedelta(days=7)
        assert (event.kind, event.priority, event.words) == ("PRIORITY", 1, "Falt i går")
        with pytest.raises(ChangedMeanwhile):
            actions.change_priority(actor=lars.actor, therapy_id=case.pk, edition=1, priority=2, why="Nei", at=MONDAY)


class TestWrite:
    def write(self, case: TherapyCase, by: Member, **other: object) -> TherapyCase:
        facts: dict[str, object] = {"words": "", "is_interim": False, "next_step": "", "next_on": None}
        return actions.write_in_case(
            actor=again(by).actor,
            therapy_id=case.pk,
            edition=case.edition,
            at=MONDAY,
            **{**facts, **other},  # type: ignore[arg-type]
        )

    def test_is_signed_in_the_journal_and_locked_R01(self, cast: Cast, lars: Member) -> None:
        case = taken(waiting(cast, cast.olga), lars)
        self.write(case, lars, words="Prøvde dusjstol.", next_step="Montere håndtak", next_on=MONDAY_DATE)

        entry = Entry.objects.get(kind="THERAPY")
        assert keeper_of("THERAPY").contents([entry.row_id])[entry.row_id].text == "Prøvde dusjstol."
        assert (entry.author, entry.author_role) == (lars.employee, "THERAPIST")
        with pytest.raises(Error), transaction.atomic():
            TherapyEvent.objects.filter(pk=entry.row_id).update(words="Noe annet")

    def test_advice_while_she_waits_may_be_written_before_anybody_has_it_R01(self, cast: Cast, lars: Member) -> None:
        case = waiting(cast, cast.olga)
        with pytest.raises(TherapyRefused):
            self.write(case, lars, words="Jeg ringte")
        self.write(case, lars, words="Krakk i dusjen fra korttidslageret", is_interim=True)

        assert queries.latest_words([case.pk])[case.pk].kind == "INTERIM"

    def test_a_next_step_has_a_day_and_another_writes_nothing(self, cast: Cast, lars: Member) -> None:
        berit = therapist("Berit", "Ås", cast.bekkedal)
        case = taken(waiting(cast, cast.olga), lars)
        with pytest.raises(TherapyRefused) as refused:
            self.write(case, lars, next_step="Hjemmebesøk")
        assert refused.value.fact == "next_on"
        with pytest.raises(TherapyRefused):
            self.write(case, berit, words="Hei")


class TestClose:
    def test_hangs_on_the_goals_it_was_about_R14(self, cast: Cast, lars: Member) -> None:
        goal = build.goal(build.plan(cast.olga), "Dusje selv")
        case = taken(waiting(cast, cast.olga), lars)
        closed(case, lars, goals=(goal.pk,))

        assert (EntryPeg.objects.get().kind, EntryPeg.objects.get().line) == ("GOAL", goal.line or goal.pk)
        assert queries.cases_of_citizen(cast.olga.pk, on=MONDAY_DATE)[0].result == "REACHED"

    def test_one_nobody_had_is_ended_as_not_needed_alone(self, cast: Cast, lars: Member) -> None:
        case = waiting(cast, cast.olga)
        with pytest.raises(TherapyRefused):
            closed(case, lars)

        assert closed(case, lars, result="NOT_NEEDED").state == "CLOSED"

    def test_the_numbers_are_of_those_who_were_taken_R43(self, cast: Cast, lars: Member) -> None:
        case = waiting(cast, cast.olga)
        taken(case, lars)
        found = queries.waited(case.group_id, first=MONDAY_DATE, after=MONDAY_DATE + timedelta(days=1))

        assert [(one.days, one.due_on) for one in found] == [(10, case.due_on)]
