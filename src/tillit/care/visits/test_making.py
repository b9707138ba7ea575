"""Plans become visits, and plan changes reach the coming ones."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.careplans import actions as careplans
from tillit.care.careplans.events import PlanStarted
from tillit.care.careplans.models import CarePlan, InterventionTime
from tillit.care.citizens.events import CitizenAway, CitizenHome
from tillit.care.citizens.models import Whereabouts
from tillit.care.visits import actions, listeners, queries
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import LearnedMinutes, Visit, VisitLink, VisitState
from tillit.care.visits.queries.paused import PausedVisit, paused_visits
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import events, oslo

WEEK = MONDAY_DATE + timedelta(days=7)
NIGHT_JOB = system("Nattjobb")


def make(cast: Cast, *, at: datetime = MONDAY, after: date = WEEK) -> actions.MadeVisits:
    """Make Olga's visits of a week."""
    return actions.make_visits(
        actor=cast.ingrid.actor,
        citizen_ids=[cast.olga.pk],
        unit_id=None,
        first=MONDAY_DATE,
        after=after,
        at=at,
    )


def replace_plan(plan: CarePlan) -> CarePlan:
    """Close a plan and begin an empty one in use."""
    plan.valid_to = TUESDAY
    plan.save()
    return build.plan(plan.citizen, in_use_from=TUESDAY)


class TestMakeVisits:
    def test_a_week_of_mornings_and_evenings(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        aim = build.goal(plan)
        build.intervention(plan, "Morgenstell", serves=aim, parts=("MORNING", "EVENING"))
        build.intervention(plan, "Medisiner", parts=("MORNING",), minutes=5)

        made = make(cast)

        assert made == actions.MadeVisits(made=14)
        monday = queries.visits_of_day(unit_ids=[cast.bekkedal.pk], on=MONDAY_DATE)
        assert [(row.slot, row.shift_kind, row.minutes) for row in monday] == [
            ("MORNING", "DAY", 25),
            ("EVENING", "EVENING", 20),
        ]
        assert monday[0].task_titles == ("Morgenstell", "Medisiner")
        assert monday[0].plan_id == plan.pk
        tasks = queries.tasks_of([monday[0].visit_id])[monday[0].visit_id]
        assert [(task.goal_words, task.goal_id) for task in tasks] == [(aim.words, aim.pk), ("", None)]

    def test_doing_it_again_changes_nothing_and_writes_nothing(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga), parts=("MORNING", "NIGHT"))
        make(cast)
        before = list(Visit.objects.order_by("pk").values())
        entries = AuditEntry.objects.count()

        again = make(cast)

        assert again.is_nothing
        assert list(Visit.objects.order_by("pk").values()) == before
        assert AuditEntry.objects.count() == entries

    def test_past_visits_are_not_made(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))

        make(cast, at=oslo.moment(MONDAY_DATE, time(12)))

        assert not Visit.objects.filter(on=MONDAY_DATE).exists()
        assert Visit.objects.filter(on=TUESDAY_DATE).count() == 1

    def test_out_of_reach_is_left_out(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.per))

        made = actions.make_visits(
            actor=cast.ingrid.actor,
            citizen_ids=[cast.per.pk],
            unit_id=None,
            first=MONDAY_DATE,
            after=WEEK,
            at=MONDAY,
        )

        assert made.is_nothing
        assert not Visit.objects.exists()

    def test_what_lies_between_follows_the_visits(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga), "Øyedråper", parts=("MORNING", "EVENING"), least=360)

        make(cast)
        make(cast)

        rows = queries.visits_of_day(unit_ids=[cast.bekkedal.pk], on=TUESDAY_DATE)
        (link,) = queries.visit_links([row.visit_id for row in rows])
        assert (link.first_id, link.then_id, link.least_minutes) == (rows[0].visit_id, rows[1].visit_id, 360)
        assert VisitLink.objects.count() == 7

    def test_learned_minutes_are_planned_with_R29(self, cast: Cast) -> None:
        care = build.intervention(build.plan(cast.olga), minutes=20)
        assert care.line is not None
        LearnedMinutes.objects.create(citizen=cast.olga, line=care.line, minutes=35, basis=14, learned_on=MONDAY_DATE)

        make(cast)

        assert set(Visit.objects.values_list("minutes", flat=True)) == {35}

    def test_a_new_plan_rewrites_the_coming_and_leaves_past_locked_and_done(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        build.intervention(plan, "Morgenstell")
        make(cast)
        Visit.objects.filter(on=MONDAY_DATE).update(state=VisitState.DONE)
        Visit.objects.filter(on=date(2026, 11, 26)).update(is_locked=True)
        new = replace_plan(plan)
        build.intervention(new, "Dusj", minutes=40)

        made = make(cast, at=TUESDAY)

        assert made == actions.MadeVisits(changed=5)
        titles = {
            row.on: row.task_titles for row in queries.visits_of_citizen(cast.olga.pk, first=MONDAY_DATE, after=WEEK)
        }
        assert titles[MONDAY_DATE] == titles[date(2026, 11, 26)] == ("Morgenstell",)
        assert titles[TUESDAY_DATE] == titles[date(2026, 11, 29)] == ("Dusj",)

    def test_helpers_stay_and_the_start_goes_only_when_it_no_longer_fits(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        care = build.intervention(plan, "Morgenstell")
        make(cast)
        early, late = Visit.objects.filter(on__in=[TUESDAY_DATE, date(2026, 11, 25)]).order_by("on")
        for visit, clock in ((early, time(8, 15)), (late, time(9, 15))):
            visit.starts_at = oslo.moment(visit.on, clock)
            visit.save()
            visit.helper_rows.create(employee=cast.kari.employee, on=visit.on)
        new = replace_plan(plan)
        build.intervention(new, "Morgenstell", line=care.line, windows={"MORNING": (time(9), time(10))})

        actions.make_visits(actor=NIGHT_JOB, citizen_ids=None, unit_id=None, first=TUESDAY_DATE, after=WEEK, at=MONDAY)

        early.refresh_from_db()
        late.refresh_from_db()
        assert early.starts_at is None
        assert early.changed_at == late.changed_at == MONDAY
        assert late.starts_at == oslo.moment(late.on, time(9, 15))
        assert early.helper_rows.get().employee == late.helper_rows.get().employee == cast.kari.employee

    def test_what_the_plan_drops_is_removed_or_cancelled_with_a_trace(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = build.plan(cast.olga)
        build.intervention(plan)
        make(cast)
        told = Visit.objects.get(on=date(2026, 11, 25))
        told.starts_at = told.earliest_at
        told.save()
        heard: list[VisitsChanged] = []
        monkeypatch.setitem(events._listeners, VisitsChanged, [heard.append])
        replace_plan(plan)

        made = make(cast, at=oslo.moment(MONDAY_DATE, time(20)))

        assert made == actions.MadeVisits(removed=5, cancelled=1)
        told.refresh_from_db()
        assert (told.state, told.cancelled_by) == ("CANCELLED", "PLAN")
        assert told.changed_at is not None
        assert len(heard[-1].visit_ids) == 6

    def test_the_same_plan_in_a_new_version_marks_nothing_as_changed(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        care = build.intervention(plan)
        make(cast)
        Visit.objects.update(starts_at=oslo.moment(WEEK, time(9)))
        new = replace_plan(plan)
        same = build.intervention(new, line=care.line)

        made = make(cast)

        assert made.is_nothing
        assert not Visit.objects.filter(changed_at__isnull=False).exists()
        visit = Visit.objects.filter(on=TUESDAY_DATE).get()
        assert visit.plan_id == new.pk
        assert visit.tasks.get().intervention_id == same.pk

    def test_the_number_of_queries_does_not_grow_with_citizens(self, cast: Cast) -> None:
        def cost() -> int:
            Visit.objects.all().delete()
            with CaptureQueriesContext(connection) as seen:
                actions.make_visits(
                    actor=NIGHT_JOB, citizen_ids=None, unit_id=None, first=MONDAY_DATE, after=WEEK, at=MONDAY
                )
            return len(seen)

        build.intervention(build.plan(cast.olga))
        few = cost()
        for number in range(3):
            build.intervention(
                build.plan(builders.citizen("Gerd", f"Nr{number}", cast.bekkedal, serial=600 + 5 * number))
            )

        assert cost() == few

    def test_the_audit_says_how_much_was_done_once_per_citizen(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))

        make(cast)

        entry = AuditEntry.objects.get(action="visits.make_visits")
        assert entry.change == {
            "plan": Visit.objects.values_list("plan_id", flat=True).first(),
            "made": 7, "changed": 0, "removed": 0, "cancelled": 0, "returned": 0, "resting": 0,
        }  # fmt: skip


class TestRollVisits:
    def test_keeps_fourteen_days_made(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))
        actions.roll_visits(actor=NIGHT_JOB, today=MONDAY_DATE, at=MONDAY)

        made = actions.roll_visits(actor=NIGHT_JOB, today=TUESDAY_DATE, at=TUESDAY)

        assert made == actions.MadeVisits(made=1)
        assert Visit.objects.order_by("-on").first().on == TUESDAY_DATE + timedelta(days=13)  # type: ignore[union-attr]

    def test_the_october_day_of_25_hours_has_its_visits_once(self, cast: Cast) -> None:
        sunday = date(2026, 10, 25)
        plan = build.plan(cast.olga, in_use_from=oslo.moment(date(2026, 10, 1), time(0)))
        build.intervention(plan, parts=("MORNING", "NIGHT"), starts_on=date(2026, 10, 1))

        actions.roll_visits(
            actor=NIGHT_JOB, today=sunday - timedelta(days=1), at=oslo.moment(sunday - timedelta(days=1), time(3))
        )

        assert Visit.objects.filter(on=sunday).count() == 2
        assert oslo.clock_of(Visit.objects.get(on=sunday, slot="MORNING").earliest_at) == time(8)


class TestCountPlanChanges:
    def test_says_what_would_happen_and_does_nothing(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))
        actions.roll_visits(actor=NIGHT_JOB, today=MONDAY_DATE, at=MONDAY)
        draft = build.plan(cast.olga, in_use_from=None)
        build.intervention(draft, "Dusj", parts=("EVENING",), minutes=40)
        before = list(Visit.objects.order_by("pk").values())

        counted = actions.count_plan_changes(citizen_id=cast.olga.pk, plan_id=draft.pk, at=MONDAY)

        assert counted == actions.MadeVisits(made=14, removed=14)
        assert list(Visit.objects.order_by("pk").values()) == before


class TestListeners:
    def test_a_started_plan_makes_the_coming_visits(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        build.intervention(plan)

        listeners.on_plan_started(PlanStarted(plan_id=plan.pk, citizen_id=cast.olga.pk, at=MONDAY))

        assert Visit.objects.count() == 14

    def test_minutes_the_writer_changed_count_over_what_was_learned_R29(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        care = build.intervention(plan, minutes=20)
        kept = build.intervention(plan, "Medisiner", minutes=5)
        for one, minutes in ((care, 35), (kept, 10)):
            assert one.line is not None
            LearnedMinutes.objects.create(
                citizen=cast.olga, line=one.line, minutes=minutes, basis=14, learned_on=MONDAY_DATE
            )
        draft = careplans.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)
        draft.interventions.filter(line=care.line).update(minutes=50)

        counted = actions.count_plan_changes(citizen_id=cast.olga.pk, plan_id=draft.pk, at=MONDAY)
        CarePlan.objects.filter(pk=plan.pk).update(valid_to=MONDAY)
        CarePlan.objects.filter(pk=draft.pk).update(valid_from=MONDAY)
        listeners.on_plan_started(PlanStarted(plan_id=draft.pk, citizen_id=cast.olga.pk, at=MONDAY))

        assert set(Visit.objects.values_list("minutes", flat=True)) == {60}
        assert counted.made == Visit.objects.count()
        assert LearnedMinutes.objects.get().line == kept.line

    def test_away_cancels_what_she_cannot_be_met_at_and_home_brings_the_rest_back(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga), parts=("MORNING", "EVENING"))
        make(cast, after=MONDAY_DATE + timedelta(days=3))
        noon = oslo.moment(MONDAY_DATE, time(12))
        stay = Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=noon)

        listeners.on_citizen_away(CitizenAway(citizen_id=cast.olga.pk, kind="HOSPITAL", from_at=noon))

        states = {
            row.slot + str(row.on.day): row.cancelled_by
            for row in queries.visits_of_citizen(cast.olga.pk, first=MONDAY_DATE, after=WEEK)
        }
        assert states == {
            "MORNING23": "",
            "EVENING23": "AWAY",
            "MORNING24": "AWAY",
            "EVENING24": "AWAY",
            "MORNING25": "AWAY",
            "EVENING25": "AWAY",
        }

        stay.to_at = oslo.moment(TUESDAY_DATE, time(14))
        stay.save()
        listeners.on_citizen_home(CitizenHome(citizen_id=cast.olga.pk, to_at=stay.to_at, at=noon))

        rows = queries.visits_of_citizen(cast.olga.pk, first=MONDAY_DATE, after=WEEK + timedelta(days=30))
        cancelled = {row.slot + str(row.on.day) for row in rows if row.state == "CANCELLED"}
        assert cancelled == {"EVENING23", "MORNING24"}
        assert max(row.on for row in rows) == TUESDAY_DATE + timedelta(days=13)

    def test_home_put_off_pauses_the_days_between_again_and_counts_what_rested_R16(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga), parts=("MORNING",))
        stay = Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY)
        make(cast, after=MONDAY_DATE + timedelta(days=3))
        assert [row.minutes for row in paused(cast, stay.from_at)] == [20, 20, 20]

        for home_on in (TUESDAY_DATE, TUESDAY_DATE + timedelta(days=1)):
            stay.to_at = oslo.moment(home_on, time(6))
            stay.save()
            listeners.on_citizen_home(CitizenHome(citizen_id=cast.olga.pk, to_at=stay.to_at, at=MONDAY))

        assert [oslo.day_of(row.at) for row in paused(cast, stay.from_at)] == [MONDAY_DATE, TUESDAY_DATE]
        assert Visit.objects.filter(state=VisitState.PLANNED).order_by("on").first() == Visit.objects.get(
            on=TUESDAY_DATE + timedelta(days=1)
        )

    def test_a_visit_added_by_hand_is_on_pause_too_and_comes_back_R16(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga), parts=("MORNING",))
        make(cast, after=MONDAY_DATE + timedelta(days=3))
        added = Visit.objects.get(on=TUESDAY_DATE)
        added.origin, added.slot = "ADDED", "ADDED:1"
        added.save()
        stay = Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY)
        listeners.on_citizen_away(CitizenAway(citizen_id=cast.olga.pk, kind="HOSPITAL", from_at=MONDAY))
        added.refresh_from_db()
        assert (added.state, added.cancelled_by) == ("CANCELLED", "AWAY")

        stay.to_at = MONDAY + timedelta(hours=1)
        stay.save()
        listeners.on_citizen_home(CitizenHome(citizen_id=cast.olga.pk, to_at=stay.to_at, at=stay.to_at))

        added.refresh_from_db()
        assert (added.state, added.cancelled_by) == ("PLANNED", "")

    def test_a_stay_far_ahead_makes_no_visits(self, cast: Cast) -> None:
        build.intervention(build.plan(cast.olga))
        make(cast)
        ahead = oslo.moment(MONDAY_DATE + timedelta(days=40), time(12))
        Whereabouts.objects.create(citizen=cast.olga, kind="SHORT_STAY", from_at=ahead, to_at=ahead + timedelta(days=7))
        before = Visit.objects.count()

        listeners.on_citizen_away(CitizenAway(citizen_id=cast.olga.pk, kind="SHORT_STAY", from_at=ahead))

        assert Visit.objects.filter(state=VisitState.PLANNED).count() == before


def paused(cast: Cast, since: datetime) -> list[PausedVisit]:
    return paused_visits([cast.olga.pk], since=since, until=since + timedelta(days=30))


@pytest.mark.parametrize("part", ["MORNING", "NIGHT"])
def test_a_visit_that_has_begun_is_never_touched_by_a_plan(cast: Cast, part: str) -> None:
    plan = build.plan(cast.olga)
    build.intervention(plan, parts=(part,))
    make(cast)
    visit = Visit.objects.get(on=MONDAY_DATE)
    visit.starts_at = visit.earliest_at
    visit.save()
    replace_plan(plan)

    make(cast, at=visit.earliest_at + timedelta(minutes=1))

    visit.refresh_from_db()
    assert visit.state == VisitState.PLANNED
    assert InterventionTime.objects.filter(part_of_day=part).exists()
