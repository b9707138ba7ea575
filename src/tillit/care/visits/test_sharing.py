"""Two units share a citizen: whose each visit is, day by day, and what happens when that changes."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.care.careplans import actions as careplans
from tillit.care.careplans.models import Intervention
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Following
from tillit.care.visits import actions, queries
from tillit.care.visits.models import LearnedMinutes, Visit, VisitLink, VisitState
from tillit.foundation.access.actor import system
from tillit.kernel import oslo

WEEK = MONDAY_DATE + timedelta(days=7)
THURSDAY = date(2026, 11, 26)
NIGHT_JOB = system("Nattjobb")


def make(cast: Cast, *, after: date = WEEK) -> actions.MadeVisits:
    """Make everybody's visits of a week."""
    return actions.make_visits(
        actor=NIGHT_JOB, citizen_ids=None, unit_id=None, first=MONDAY_DATE, after=after, at=MONDAY
    )


def share(cast: Cast, *, first: date = date(2026, 1, 1), after: date | None = None) -> Following:
    """Let Solvik follow a part of Olga's help."""
    return Following.objects.create(
        citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=first, valid_to=after
    )


def plan_of_two(cast: Cast) -> Intervention:
    """Olga's plan in use: care by her own team, medicine by Solvik. Returns the medicine."""
    plan = build.plan(cast.olga)
    build.intervention(plan, "Morgenstell")
    return build.intervention(plan, "Medisiner", minutes=5, parts=("MORNING", "EVENING"), least=360, by=cast.solvik)


def visits_on(on: date) -> dict[str, tuple[str, ...]]:
    """Unit and tasks of the planned visits of a day, by slot without the number of the unit."""
    rows = Visit.objects.filter(on=on, state=VisitState.PLANNED).select_related("unit").prefetch_related("tasks")
    return {
        f"{row.unit.name} {row.slot.partition('@')[0]}": tuple(task.title for task in row.tasks.order_by("rank"))
        for row in rows
    }


BOTH = {
    "Team Bekkedal MORNING": ("Morgenstell",),
    "Team Solvik MORNING": ("Medisiner",),
    "Team Solvik EVENING": ("Medisiner",),
}
ALONE = {
    "Team Bekkedal MORNING": ("Morgenstell", "Medisiner"),
    "Team Bekkedal EVENING": ("Medisiner",),
}


class TestMakeVisits:
    def test_each_unit_has_its_own_visits_and_lists_R04(self, cast: Cast) -> None:
        share(cast)
        plan_of_two(cast)

        make(cast)

        assert visits_on(TUESDAY_DATE) == BOTH
        of_solvik = queries.visits_of_day(unit_ids=[cast.solvik.pk], on=TUESDAY_DATE)
        assert [(row.title, row.minutes) for row in of_solvik] == [("Medisiner", 5), ("Medisiner", 5)]
        assert VisitLink.objects.count() == 7
        assert make(cast).is_nothing

    def test_the_main_units_visits_are_the_same_visits_after_one_more_unit_came(self, cast: Cast) -> None:
        medicine = plan_of_two(cast)
        make(cast)
        before = set(Visit.objects.filter(slot="MORNING").values_list("pk", flat=True))
        assert visits_on(TUESDAY_DATE) == ALONE

        share(cast)
        made = make(cast)

        assert visits_on(TUESDAY_DATE) == BOTH
        assert set(Visit.objects.filter(slot="MORNING").values_list("pk", flat=True)) == before
        assert (made.made, made.changed, made.removed) == (14, 7, 7)
        assert medicine.line is not None

    @pytest.mark.parametrize(
        ("first", "after", "with_both"),
        [
            (THURSDAY, None, {26, 27, 28, 29}),
            (date(2026, 1, 1), THURSDAY, {23, 24, 25}),
            (TUESDAY_DATE, THURSDAY, {24, 25}),
        ],
    )
    def test_who_follows_is_asked_for_each_day_R04(
        self, cast: Cast, first: date, after: date | None, with_both: set[int]
    ) -> None:
        share(cast, first=first, after=after)
        plan_of_two(cast)

        make(cast)

        for number in range(7):
            on = MONDAY_DATE + timedelta(days=number)
            assert visits_on(on) == (BOTH if on.day in with_both else ALONE)

    def test_learned_minutes_follow_the_intervention_to_the_other_unit_R29(self, cast: Cast) -> None:
        share(cast)
        medicine = plan_of_two(cast)
        assert medicine.line is not None
        LearnedMinutes.objects.create(
            citizen=cast.olga, line=medicine.line, minutes=15, basis=9, learned_on=MONDAY_DATE
        )

        make(cast)

        of_solvik = queries.visits_of_day(unit_ids=[cast.solvik.pk], on=TUESDAY_DATE)
        assert {row.minutes for row in of_solvik} == {15}

    def test_the_number_of_queries_does_not_grow_with_shared_citizens(self, cast: Cast) -> None:
        share(cast)
        plan_of_two(cast)
        make(cast)

        def cost() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert make(cast).is_nothing
            return len(seen)

        few = cost()
        for number in range(3):
            other = builders.citizen("Gerd", f"Nr{number}", cast.bekkedal, serial=600 + 5 * number)
            Following.objects.create(citizen=other, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 1, 1))
            build.intervention(build.plan(other), by=cast.solvik)
        make(cast)

        assert cost() == few


class TestChanges:
    def test_another_unit_for_an_intervention_moves_the_coming_visits_only_R13(self, cast: Cast) -> None:
        share(cast)
        medicine = plan_of_two(cast)
        Intervention.objects.filter(pk=medicine.pk).update(unit=None)
        make(cast)
        Visit.objects.filter(on=MONDAY_DATE).update(state=VisitState.DONE)
        Visit.objects.filter(on=THURSDAY).update(is_locked=True)
        begun = Visit.objects.get(on=TUESDAY_DATE, slot="MORNING")
        Visit.objects.filter(pk=begun.pk).update(starts_at=MONDAY - timedelta(minutes=5))
        draft = careplans.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)
        draft.interventions.filter(line=medicine.line).update(unit=cast.solvik)

        careplans.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=draft.edition, at=MONDAY)

        stayed = {"Team Bekkedal MORNING": ("Morgenstell", "Medisiner"), "Team Bekkedal EVENING": ("Medisiner",)}
        done = Visit.objects.filter(on=MONDAY_DATE, state=VisitState.DONE)
        assert {row.tasks.count() for row in done} == {1, 2}
        assert visits_on(THURSDAY).items() >= stayed.items()
        assert visits_on(TUESDAY_DATE)["Team Bekkedal MORNING"] == ("Morgenstell", "Medisiner")
        assert visits_on(date(2026, 11, 25)) == BOTH

    def test_a_unit_that_stops_following_leaves_its_visits_to_the_main_unit_R04(self, cast: Cast) -> None:
        following = share(cast)
        plan_of_two(cast)
        make(cast)

        citizens.stop_following(
            actor=cast.marit.actor,
            citizen_id=cast.olga.pk,
            following_id=following.pk,
            valid_to=THURSDAY,
            at=MONDAY,
        )

        assert visits_on(date(2026, 11, 25)) == BOTH
        assert visits_on(THURSDAY) == ALONE

    def test_handing_over_gives_the_new_team_the_coming_visits_and_the_old_lists_a_trace_R04(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))
        make(cast)
        told = Visit.objects.get(on=THURSDAY)
        Visit.objects.filter(pk=told.pk).update(starts_at=told.earliest_at)
        told.helper_rows.create(employee=cast.kari.employee, on=told.on)

        citizens.hand_over(
            actor=cast.marit.actor, citizen_id=cast.olga.pk, unit_id=cast.solvik.pk, valid_from=THURSDAY, at=MONDAY
        )

        assert visits_on(TUESDAY_DATE) == {"Team Bekkedal MORNING": ("Morgenstell",)}
        assert visits_on(THURSDAY) == {"Team Solvik MORNING": ("Morgenstell",)}
        told.refresh_from_db()
        assert (told.unit, told.state, told.cancelled_by) == (cast.bekkedal, "CANCELLED", "PLAN")
        assert told.changed_at == MONDAY
        new = Visit.objects.get(on=THURSDAY, state=VisitState.PLANNED)
        assert (new.starts_at, new.helper_rows.count()) == (None, 0)
        assert make(cast).is_nothing

    def test_home_again_with_another_team_the_old_one_is_left_alone(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))
        make(cast)
        Visit.objects.filter(on=THURSDAY).update(
            state=VisitState.CANCELLED, cancelled_by="AWAY", starts_at=oslo.moment(THURSDAY, time(8, 30))
        )
        Following.objects.filter(citizen=cast.olga).update(valid_to=TUESDAY_DATE)
        Following.objects.create(citizen=cast.olga, unit=cast.solvik, valid_from=TUESDAY_DATE)

        make(cast)

        assert visits_on(THURSDAY) == {"Team Solvik MORNING": ("Morgenstell",)}


class TestFaces:
    def test_a_helper_is_known_and_counted_whichever_unit_she_came_for_R25(self, cast: Cast) -> None:
        share(cast)
        for on, unit, member in (
            (MONDAY_DATE, cast.bekkedal, cast.kari),
            (TUESDAY_DATE, cast.solvik, cast.nils),
            (date(2026, 11, 25), cast.solvik, cast.kari),
        ):
            build.visit(cast.olga, unit, member.employee, on=on, state=VisitState.DONE)

        known = queries.known_helpers(unit_id=cast.solvik.pk, until=WEEK)
        line = queries.continuity_of([cast.olga.pk], until=WEEK)[cast.olga.pk]

        assert known == {
            (cast.kari.employee.pk, cast.olga.pk): 2,
            (cast.nils.employee.pk, cast.olga.pk): 1,
        }
        assert (line.last_14.visits, line.last_14.different) == (3, 2)
