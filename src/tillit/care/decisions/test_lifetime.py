"""Cases when she dies, when all help ends, when that was a mistake, and when two registrations were one person."""

from datetime import date, timedelta

import pytest

from tests import builders, builders_appeals
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Citizen, Merge
from tillit.care.decisions.actions import closing, merging
from tillit.care.decisions.models import Case, CaseEvent, DecisionLine, Disqualification, FunctionScore
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.actors import actor_of

pytestmark = pytest.mark.django_db


def die(cast: Cast) -> Citizen:
    citizens.register_death(
        actor=cast.marit.actor, citizen_id=cast.olga.pk, died_on=MONDAY_DATE, edition=cast.olga.edition, at=MONDAY
    )
    return Citizen.objects.get(pk=cast.olga.pk)


class TestDeath:
    def test_closes_every_case_and_what_was_decided_R19(self, cast: Cast) -> None:
        builders_appeals.decision(cast)
        builders_appeals.decision(cast, state=State.PROPOSED)

        die(cast)

        assert set(Case.objects.values_list("state", flat=True)) == {State.DIED}
        assert set(DecisionLine.objects.values_list("stopped_on", flat=True)) == {MONDAY_DATE + timedelta(days=1)}

    def test_of_somebody_who_lives_is_taken_back_R19(self, cast: Cast) -> None:
        running, proposed = builders_appeals.decision(cast), builders_appeals.decision(cast, state=State.PROPOSED)
        dead = die(cast)

        citizens.correct_death(
            actor=cast.marit.actor, citizen_id=cast.olga.pk, died_on=None, edition=dead.edition, at=MONDAY
        )

        states = dict(Case.objects.values_list("pk", "state"))
        assert states == {running.case_id: State.ACTIVE, proposed.case_id: State.PROPOSED}
        assert set(DecisionLine.objects.values_list("stopped_on", flat=True)) == {None}
        assert Case.objects.filter(closed_on__isnull=False).count() == 0

    def test_leaves_what_was_closed_before(self, cast: Cast) -> None:
        builders_appeals.decision(cast, outcome="REFUSED", state=State.REFUSED)
        die(cast)

        assert Case.objects.get().state == State.REFUSED


class TestEnded:
    def test_ends_what_has_ended_by_itself_and_notes_the_rest_once_R19(self, cast: Cast) -> None:
        over = builders_appeals.decision(cast, ends_on=date(2026, 11, 20))
        runs = builders_appeals.decision(cast)

        citizens.end_help(
            actor=cast.marit.actor,
            citizen_id=cast.olga.pk,
            ends_on=MONDAY_DATE,
            edition=cast.olga.edition,
            at=MONDAY,
        )
        closing.close_ended(actor=system("nattjobben"), at=TUESDAY)

        states = dict(Case.objects.values_list("pk", "state"))
        assert states == {over.case_id: State.ENDED, runs.case_id: State.ACTIVE}  # a running one needs a decision
        assert CaseEvent.objects.filter(case=runs.case, step="NOTED").count() == 1

    def test_that_goes_on_after_all_is_taken_back(self, cast: Cast) -> None:
        over = builders_appeals.decision(cast, ends_on=date(2026, 11, 20))
        citizens.end_help(
            actor=cast.marit.actor,
            citizen_id=cast.olga.pk,
            ends_on=MONDAY_DATE,
            edition=cast.olga.edition,
            at=MONDAY,
        )
        assert Case.objects.get(pk=over.case_id).state == State.ENDED

        closing.reopen_cases(actor=system("tests"), citizen_id=cast.olga.pk, ended_at=MONDAY, at=TUESDAY)

        assert Case.objects.get(pk=over.case_id).state == State.ACTIVE

    def test_a_case_somebody_has_worked_with_since_stays_closed(self, cast: Cast) -> None:
        over = builders_appeals.decision(cast, ends_on=date(2026, 11, 20))
        closing.close_cases(
            actor=system("tests"), citizen_ids=[cast.olga.pk], is_death=False, ends_on=MONDAY_DATE, at=MONDAY
        )
        CaseEvent.objects.create(case=over.case, step="NOTED", was="ENDED", became="ENDED", on=MONDAY_DATE, at=TUESDAY)

        closing.reopen_cases(actor=system("tests"), citizen_id=cast.olga.pk, ended_at=MONDAY, at=TUESDAY)

        assert Case.objects.get(pk=over.case_id).state == State.ENDED


def move(cast: Cast, *, ends_on: date) -> None:
    citizens.end_help(
        actor=cast.marit.actor,
        citizen_id=cast.olga.pk,
        ends_on=ends_on,
        edition=cast.olga.edition,
        has_moved=True,
        at=MONDAY,
    )


class TestMoved:
    def test_closes_every_case_and_what_was_decided_R19(self, cast: Cast) -> None:
        runs = builders_appeals.decision(cast)
        builders_appeals.decision(cast, state=State.PROPOSED)

        move(cast, ends_on=MONDAY_DATE)

        assert set(Case.objects.values_list("state", flat=True)) == {State.MOVED}
        assert runs.lines.get().stopped_on == MONDAY_DATE

    def test_ahead_closes_nothing_until_the_day_and_then_in_the_night_R19(self, cast: Cast) -> None:
        arne = builders_appeals.decision(cast, citizen=cast.arne)
        builders_appeals.decision(cast)
        move(cast, ends_on=TUESDAY_DATE)
        closing.close_ended(actor=system("nattjobben"), at=MONDAY)
        assert set(Case.objects.values_list("state", flat=True)) == {State.ACTIVE}

        closed = closing.close_ended(actor=system("nattjobben"), at=TUESDAY)

        states = dict(Case.objects.values_list("citizen_id", "state"))
        assert closed == 1
        assert states == {cast.olga.pk: State.MOVED, arne.case.citizen_id: State.ACTIVE}

    def test_that_was_called_off_before_the_day_closes_nothing(self, cast: Cast) -> None:
        builders_appeals.decision(cast)
        move(cast, ends_on=TUESDAY_DATE)
        citizens.resume_help(
            actor=cast.marit.actor,
            citizen_id=cast.olga.pk,
            unit_id=None,
            valid_from=MONDAY_DATE,
            edition=cast.olga.edition + 1,
            at=MONDAY,
        )

        closing.close_ended(actor=system("nattjobben"), at=TUESDAY)

        assert Case.objects.get().state == State.ACTIVE


class TestMerging:
    def test_moves_cases_scores_and_bars_and_puts_them_back(self, cast: Cast) -> None:
        builders.role(cast.marit.employee, Role.ADMINISTRATOR, cast.municipality)
        marit = actor_of(user_id=cast.marit.user.pk, name="Marit", at=MONDAY)
        wrong = builders.citizen("Olga", "Hansen", cast.bekkedal, born_on=date(1938, 5, 17), serial=540)
        case = builders_appeals.decision(cast, citizen=wrong).case
        for citizen in (wrong, cast.olga):
            FunctionScore.objects.create(
                citizen=citizen, variable=1, level=2, valid_from=date(2026, 1, 1), scored_at=MONDAY
            )
            Disqualification.objects.create(
                employee=cast.ingrid.employee, citizen=citizen, reason="Niese", valid_from=date(2026, 1, 1),
                recorded_at=MONDAY,
            )  # fmt: skip
        merge = Merge.objects.create(wrong=wrong, right=cast.olga, merged_at=MONDAY)
        merging.move_cases(actor=marit, merge_id=merge.pk, wrong_id=wrong.pk, right_id=cast.olga.pk, at=MONDAY)

        assert Case.objects.get().citizen == cast.olga
        assert FunctionScore.objects.filter(citizen=cast.olga, valid_to__isnull=True).count() == 1
        assert Disqualification.objects.filter(citizen=cast.olga).count() == 2

        merging.put_back_cases(actor=marit, merge_id=merge.pk, wrong_id=wrong.pk, right_id=cast.olga.pk, at=TUESDAY)

        assert Case.objects.get(pk=case.pk).citizen == wrong
        assert FunctionScore.objects.filter(citizen=wrong, valid_to__isnull=True).count() == 1
        assert Disqualification.objects.filter(citizen=wrong, valid_to__isnull=True).count() == 1
