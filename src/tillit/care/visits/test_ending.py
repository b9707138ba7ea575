"""Death, the end of all help, and taking them back: what becomes of plan, followings and visits."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests import builders, builders_visits
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.careplans import actions as careplans
from tillit.care.careplans.actions.ending import end_plans
from tillit.care.careplans.models import CarePlan
from tillit.care.citizens import actions as citizens
from tillit.care.citizens import queries as citizen_queries
from tillit.care.citizens.models import EndOfHelp, Following, NetworkMember
from tillit.care.visits import actions
from tillit.care.visits.models import FollowUp, Origin, Visit, VisitState
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel import oslo
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

NIGHT_JOB = system("Nattjobb")
WEDNESDAY_DATE = MONDAY_DATE + timedelta(days=2)
FORTNIGHT = MONDAY_DATE + timedelta(days=14)
NOON = oslo.moment(MONDAY_DATE, time(12))


def with_visits(cast: Cast) -> CarePlan:
    """A plan with mornings and evenings, and its visits of a fortnight."""
    plan = build.plan(cast.olga)
    build.intervention(plan, parts=("MORNING", "EVENING"))
    actions.make_visits(
        actor=cast.ingrid.actor, citizen_ids=[cast.olga.pk], unit_id=None, first=MONDAY_DATE, after=FORTNIGHT, at=MONDAY
    )
    return plan


def coming(cast: Cast, *, since: datetime) -> list[tuple[date, str]]:
    """What is planned and has not begun."""
    rows = Visit.objects.filter(citizen=cast.olga, state=VisitState.PLANNED, latest_at__gt=since).order_by(
        "earliest_at"
    )
    return list(rows.values_list("on", "slot"))


def die(cast: Cast, *, on: date = MONDAY_DATE, at: datetime = NOON, edition: int = 1, actor: Any = None) -> EndOfHelp:
    return citizens.register_death(
        actor=actor or cast.ingrid.actor, citizen_id=cast.olga.pk, died_on=on, edition=edition, at=at
    )


def end(cast: Cast, *, ends_on: date, at: datetime = NOON) -> EndOfHelp:
    return citizens.end_help(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, ends_on=ends_on, edition=1, at=at)


def resume(cast: Cast, *, on: date, at: datetime) -> citizens.Resumed:
    return citizens.resume_help(
        actor=cast.ingrid.actor, citizen_id=cast.olga.pk, unit_id=cast.bekkedal.pk, valid_from=on, edition=2, at=at
    )


class TestDeath:
    def test_coming_visits_go_the_plan_ends_and_what_was_stays(self, cast: Cast) -> None:
        plan = with_visits(cast)
        NetworkMember.objects.create(citizen=cast.olga, kind="RELATIVE", name="Liv", valid_from=builders.LONG_AGO)
        morning = Visit.objects.get(on=MONDAY_DATE, slot="MORNING")
        Visit.objects.filter(pk=morning.pk).update(state=VisitState.DONE)

        die(cast)

        assert coming(cast, since=NOON) == []
        assert Visit.objects.get(pk=morning.pk).state == VisitState.DONE
        plan.refresh_from_db()
        assert plan.valid_to == NOON
        assert NetworkMember.objects.filter(citizen=cast.olga, valid_to__isnull=True).count() == 1

    def test_agreed_and_added_visits_go_too_and_so_do_those_since_that_nobody_reported(self, cast: Cast) -> None:
        with_visits(cast)
        locked = Visit.objects.get(on=TUESDAY_DATE, slot="EVENING")
        Visit.objects.filter(pk=locked.pk).update(is_locked=True)
        added = builders_visits.visit(cast.olga, cast.bekkedal, WEDNESDAY_DATE, cast.amir.employee)
        Visit.objects.filter(pk=added.pk).update(origin=Origin.ADDED)
        missed = Visit.objects.get(on=TUESDAY_DATE, slot="MORNING")

        die(cast, on=MONDAY_DATE, at=oslo.moment(TUESDAY_DATE, time(12)))

        for one in (locked, added, missed):
            one.refresh_from_db()
            assert one.state == VisitState.CANCELLED, one.slot
        assert Visit.objects.get(on=MONDAY_DATE, slot="MORNING").state == VisitState.PLANNED  # before she died: left

    def test_the_team_reads_it_till_midnight_and_then_those_who_may_read_former_citizens(self, cast: Cast) -> None:
        die(cast)

        amir, ingrid = cast.amir.actor, cast.ingrid.actor
        assert citizen_queries.get_citizen(actor=amir, citizen_id=cast.olga.pk, at=NOON).died_on == MONDAY_DATE
        assert cast.olga.pk not in citizen_queries.list_ids(actor=amir, unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        assert cast.olga.pk not in citizen_queries.citizen_ids_of_unit(cast.bekkedal.pk, MONDAY_DATE)
        assert citizen_queries.former_ids(actor=amir, unit_id=cast.bekkedal.pk, on=MONDAY_DATE) == [cast.olga.pk]
        assert citizen_queries.get_citizen(actor=ingrid, citizen_id=cast.olga.pk, at=TUESDAY)
        with pytest.raises(NotFound):
            citizen_queries.get_citizen(actor=amir, citizen_id=cast.olga.pk, at=TUESDAY)

    def test_a_mistake_gives_back_team_plan_and_visits(self, cast: Cast) -> None:
        plan = with_visits(cast)
        locked = Visit.objects.get(on=WEDNESDAY_DATE, slot="EVENING")
        Visit.objects.filter(pk=locked.pk).update(is_locked=True)
        die(cast)
        before = CarePlan.objects.count()

        citizens.correct_death(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, died_on=None, edition=2, at=TUESDAY)

        plan.refresh_from_db()
        assert plan.is_in_use and CarePlan.objects.count() == before
        assert coming(cast, since=TUESDAY)[:4] == [
            (TUESDAY_DATE, "MORNING"),
            (TUESDAY_DATE, "EVENING"),
            (WEDNESDAY_DATE, "MORNING"),
            (WEDNESDAY_DATE, "EVENING"),
        ]
        locked.refresh_from_db()
        assert locked.state == VisitState.PLANNED and locked.is_locked
        assert citizen_queries.unit_ids_of([cast.olga.pk], on=TUESDAY_DATE)[cast.olga.pk] == (cast.bekkedal.pk,)
        old = citizen_queries.old_facts(cast.olga.pk)
        assert [(one.which, one.was) for one in old] == [("DIED_ON", MONDAY_DATE.isoformat())]

    def test_another_day_is_a_correction_and_the_followings_stay_ended(self, cast: Cast) -> None:
        die(cast)

        sunday = MONDAY_DATE - timedelta(days=1)
        citizens.correct_death(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, died_on=sunday, edition=2, at=TUESDAY)

        assert citizen_queries.end_in_force(cast.olga.pk).ends_on == sunday  # type: ignore[union-attr]
        assert not Following.objects.filter(citizen=cast.olga, valid_to__isnull=True).exists()

    def test_refuses_days_that_cannot_be_and_doing_it_twice(self, cast: Cast) -> None:
        with pytest.raises(citizens.StrangeFacts):
            die(cast, on=TUESDAY_DATE)
        with pytest.raises(citizens.StrangeFacts):
            die(cast, on=date(1938, 5, 16))
        with pytest.raises(ChangedMeanwhile):
            die(cast, edition=9)
        die(cast)
        with pytest.raises(citizens.HasEnded):
            die(cast, edition=2)
        with pytest.raises(citizens.HasEnded):
            citizens.end_help(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, ends_on=TUESDAY_DATE, edition=2, at=NOON
            )

    def test_a_care_worker_may_not_and_out_of_reach_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            die(cast, actor=cast.amir.actor)
        with pytest.raises(NotFound):
            die(cast, actor=cast.frida.actor)
        assert not EndOfHelp.objects.exists() and not AuditEntry.objects.exists()

    def test_somebody_whose_help_had_ended_may_die_and_stays_former_when_it_was_a_mistake(self, cast: Cast) -> None:
        end(cast, ends_on=MONDAY_DATE)
        die(cast, edition=2, at=TUESDAY)

        citizens.correct_death(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, died_on=None, edition=3, at=TUESDAY)

        assert citizen_queries.unit_ids_of([cast.olga.pk], on=TUESDAY_DATE)[cast.olga.pk] == ()
        assert citizen_queries.end_in_force(cast.olga.pk).kind == "ENDED"  # type: ignore[union-attr]


class TestEndOfHelp:
    def test_visits_until_the_last_day_stay_and_those_after_go(self, cast: Cast) -> None:
        plan = with_visits(cast)

        end(cast, ends_on=WEDNESDAY_DATE)

        assert coming(cast, since=NOON) == [
            (MONDAY_DATE, "EVENING"),
            (TUESDAY_DATE, "MORNING"),
            (TUESDAY_DATE, "EVENING"),
        ]
        plan.refresh_from_db()
        assert plan.is_in_use

    def test_the_night_ends_the_plan_and_makes_no_visits_again(self, cast: Cast) -> None:
        plan = with_visits(cast)
        end(cast, ends_on=WEDNESDAY_DATE)
        tuesday_night = oslo.moment(TUESDAY_DATE, time(3))
        wednesday_night = oslo.moment(WEDNESDAY_DATE, time(3))

        assert end_plans(actor=NIGHT_JOB, at=tuesday_night) == 0
        assert end_plans(actor=NIGHT_JOB, at=wednesday_night) == 1
        assert end_plans(actor=NIGHT_JOB, at=wednesday_night) == 0
        actions.roll_visits(actor=NIGHT_JOB, today=WEDNESDAY_DATE, at=wednesday_night)

        plan.refresh_from_db()
        assert plan.valid_to == wednesday_night
        assert coming(cast, since=wednesday_night) == []

    def test_before_the_day_it_can_go_on_as_it_was(self, cast: Cast) -> None:
        with_visits(cast)
        before = coming(cast, since=TUESDAY)
        end(cast, ends_on=WEDNESDAY_DATE)

        assert resume(cast, on=TUESDAY_DATE, at=TUESDAY).carries_on

        assert coming(cast, since=TUESDAY)[: len(before)] == before
        assert Following.objects.get(citizen=cast.olga).valid_to is None

    def test_taken_up_again_a_new_draft_begins_with_what_stood_in_the_plan(self, cast: Cast) -> None:
        plan = with_visits(cast)
        end(cast, ends_on=TUESDAY_DATE)
        later = oslo.moment(WEDNESDAY_DATE, time(9))
        end_plans(actor=NIGHT_JOB, at=later)

        assert not resume(cast, on=WEDNESDAY_DATE, at=later).carries_on

        plan.refresh_from_db()
        assert not plan.is_in_use and coming(cast, since=later) == []
        draft = careplans.start_draft(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=later)
        assert draft.made_from_id == plan.pk and draft.interventions.count() == 1

    def test_what_was_told_before_can_still_be_followed_up(self, cast: Cast) -> None:
        told = FollowUp.objects.create(
            citizen=cast.olga, kind="WORSE", words="Sliten", urgency="TODAY", told_at=MONDAY, due_at=MONDAY
        )
        end(cast, ends_on=MONDAY_DATE)

        with pytest.raises(NotFound):
            actions.close_follow_up(actor=cast.amir.actor, follow_up_id=told.pk, answer="Ringt", at=TUESDAY)
        actions.close_follow_up(actor=cast.ingrid.actor, follow_up_id=told.pk, answer="Ringt datteren", at=TUESDAY)

        told.refresh_from_db()
        assert told.closed_at == TUESDAY

    def test_refuses_days_behind_and_what_has_not_ended(self, cast: Cast) -> None:
        with pytest.raises(citizens.TooEarly):
            end(cast, ends_on=MONDAY_DATE - timedelta(days=1))
        with pytest.raises(citizens.HasNotEnded):
            citizens.resume_help(
                actor=cast.ingrid.actor,
                citizen_id=cast.olga.pk,
                unit_id=cast.bekkedal.pk,
                valid_from=MONDAY_DATE,
                edition=1,
                at=NOON,
            )

    def test_the_part_a_special_team_follows_ends_and_comes_back_with_its_name(self, cast: Cast) -> None:
        builders.role(cast.nils.employee, Role.NURSE, cast.solvik)
        Following.objects.create(citizen=cast.olga, unit=cast.solvik, part="Trening", valid_from=builders.LONG_AGO)
        end(cast, ends_on=WEDNESDAY_DATE)
        assert not Following.objects.filter(citizen=cast.olga, valid_to__isnull=True).exists()

        resume(cast, on=TUESDAY_DATE, at=TUESDAY)

        kept = Following.objects.filter(citizen=cast.olga, valid_to__isnull=True).order_by("part")
        assert [(one.unit_id, one.part) for one in kept] == [(cast.bekkedal.pk, ""), (cast.solvik.pk, "Trening")]
