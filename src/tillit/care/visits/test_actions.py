"""What people do with visits: who goes, moved, cancelled, added, reported, followed up."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests import builders
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens.models import HelperWish, Responsible, ResponsibleKind, WishKind
from tillit.care.visits import actions, queries
from tillit.care.visits.actions import AssignRow
from tillit.care.visits.actions.following_up import AlreadyClosed
from tillit.care.visits.models import (
    CancelledBy,
    FollowUp,
    LearnedMinutes,
    Origin,
    Visit,
    VisitHelper,
    VisitReport,
    VisitState,
)
from tillit.care.visits.rules.moving import seen_start
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import TeamMeeting
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound

NINE = oslo.moment(TUESDAY_DATE, time(9))
TEN = oslo.moment(TUESDAY_DATE, time(10))
MINUTE = timedelta(minutes=1)


def tomorrow(cast: Cast, **facts: Any) -> Visit:
    """Olga's morning visit tomorrow."""
    return build.visit(cast.olga, cast.bekkedal, on=TUESDAY_DATE, **facts)


class TestAssignVisits:
    def test_the_first_time_nothing_is_marked_as_changed(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        done = actions.assign_visits(
            actor=cast.kari.actor,
            unit_id=cast.bekkedal.pk,
            rows=[AssignRow(visit.pk, (cast.kari.employee.pk,), NINE)],
            at=MONDAY,
        )

        (row,) = queries.visits_of_employee(employee_id=cast.kari.employee.pk, on=TUESDAY_DATE)
        assert done == actions.Assigned(changed=(visit.pk,), left_out=())
        assert (row.starts_at, row.helper_ids, row.changed_at) == (NINE, (cast.kari.employee.pk,), None)

    def test_a_later_change_is_marked_and_the_same_again_is_not(self, cast: Cast) -> None:
        visit = tomorrow(cast)
        kari, amir = cast.kari.employee.pk, cast.amir.employee.pk

        def assign(who: int, at: object) -> actions.Assigned:
            return actions.assign_visits(
                actor=cast.kari.actor,
                unit_id=cast.bekkedal.pk,
                rows=[AssignRow(visit.pk, (who,), NINE)],
                at=at,  # type: ignore[arg-type]
            )

        assign(kari, MONDAY)
        assert assign(kari, MONDAY + timedelta(hours=1)).changed == ()
        assert assign(amir, MONDAY + timedelta(hours=2)).changed == (visit.pk,)

        visit.refresh_from_db()
        assert visit.changed_at == MONDAY + timedelta(hours=2)
        assert [row.employee_id for row in visit.helper_rows.all()] == [amir]

    def test_what_is_done_or_cancelled_meanwhile_is_left_out(self, cast: Cast) -> None:
        visit = tomorrow(cast, state=VisitState.CANCELLED)

        done = actions.assign_visits(
            actor=cast.kari.actor,
            unit_id=cast.bekkedal.pk,
            rows=[AssignRow(visit.pk, (cast.kari.employee.pk,), NINE)],
            at=MONDAY,
        )

        assert done == actions.Assigned(changed=(), left_out=(visit.pk,))
        assert not VisitHelper.objects.exists()

    def test_a_must_not_wish_is_never_broken(self, cast: Cast) -> None:
        visit = tomorrow(cast)
        HelperWish.objects.create(
            citizen=cast.olga, kind=WishKind.MUST_NOT, employee=cast.amir.employee, valid_from=date(2026, 1, 1)
        )

        def assign(who: int) -> actions.Assigned:
            return actions.assign_visits(
                actor=cast.kari.actor,
                unit_id=cast.bekkedal.pk,
                rows=[AssignRow(visit.pk, (who,), NINE)],
                at=MONDAY,
            )

        with pytest.raises(actions.HelperNotWanted) as refused:
            assign(cast.amir.employee.pk)
        assert (refused.value.visit_id, refused.value.employee_id) == (visit.pk, cast.amir.employee.pk)
        assert assign(cast.kari.employee.pk).changed == (visit.pk,)

    def test_another_teams_visit_is_not_found(self, cast: Cast) -> None:
        visit = build.visit(cast.per, cast.fjelldal)

        with pytest.raises(NotFound):
            actions.assign_visits(
                actor=cast.kari.actor, unit_id=cast.bekkedal.pk, rows=[AssignRow(visit.pk, (), None)], at=MONDAY
            )
        with pytest.raises(NotFound):
            actions.assign_visits(
                actor=cast.kari.actor, unit_id=cast.fjelldal.pk, rows=[AssignRow(visit.pk, (), None)], at=MONDAY
            )


class TestMoveAndLock:
    def test_moved_outside_its_window_it_is_agreed_and_the_window_follows(self, cast: Cast) -> None:
        visit = tomorrow(cast, starts=time(9))

        actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=TEN, at=MONDAY)

        visit.refresh_from_db()
        assert (visit.starts_at, visit.latest_at, visit.is_locked, visit.changed_at) == (TEN, TEN, True, MONDAY)

    def test_not_to_another_day_nor_to_what_has_been_nor_when_its_time_is_over(self, cast: Cast) -> None:
        visit = tomorrow(cast, starts=time(9))
        over = NINE + timedelta(minutes=visit.minutes)

        with pytest.raises(actions.OutsideTheDay):
            actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=TEN + timedelta(days=1), at=MONDAY)
        with pytest.raises(actions.VisitBegun):
            actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=TEN, at=over)
        with pytest.raises(ActionRefused, match="har vært"):
            actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=NINE + MINUTE, at=NINE + MINUTE)
        assert Visit.objects.get().starts_at == NINE

    def test_from_the_door_while_its_time_is_not_over_R12(self, cast: Cast) -> None:
        visit = tomorrow(cast, starts=time(9))

        actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=TEN, at=NINE + MINUTE)

        assert Visit.objects.get().starts_at == TEN

    def test_one_who_had_not_seen_that_it_was_moved_is_told_and_the_same_twice_is_once_R06(self, cast: Cast) -> None:
        visit = tomorrow(cast, starts=time(9))
        seen = seen_start(visit.starts_at)

        def move(to: datetime) -> None:
            actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=to, at=MONDAY, seen=seen)

        move(TEN)
        move(TEN)
        with pytest.raises(actions.MovedMeanwhile):
            move(TEN + timedelta(hours=1))
        assert Visit.objects.get().starts_at == TEN
        assert AuditEntry.objects.filter(action="visits.plan_visits").count() == 1

    def test_locked_and_unlocked(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        actions.lock_visit(actor=cast.kari.actor, visit_id=visit.pk, at=MONDAY)
        assert Visit.objects.get().is_locked
        actions.unlock_visit(actor=cast.kari.actor, visit_id=visit.pk, at=MONDAY)
        assert not Visit.objects.get().is_locked


class TestCancelVisit:
    def test_says_by_whom_and_why_and_can_be_taken_back(self, cast: Cast) -> None:
        visit = tomorrow(cast, starts=time(9))

        actions.cancel_visit(
            actor=cast.kari.actor, visit_id=visit.pk, by=CancelledBy.CITIZEN, reason="Vil sove", at=MONDAY
        )

        visit.refresh_from_db()
        assert (visit.state, visit.cancelled_by, visit.changed_at) == ("CANCELLED", "CITIZEN", MONDAY)
        assert queries.newest_reports([visit.pk])[visit.pk].note == "Vil sove"

        actions.undo_report(actor=cast.kari.actor, visit_id=visit.pk, at=MONDAY)
        visit.refresh_from_db()
        assert (visit.state, visit.cancelled_by) == ("PLANNED", "")

    def test_the_audit_trail_keeps_no_words(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        actions.cancel_visit(
            actor=cast.kari.actor, visit_id=visit.pk, by=CancelledBy.CITIZEN, reason="Vil sove", at=MONDAY
        )

        assert "Vil sove" not in str(AuditEntry.objects.get().change)

    def test_not_twice_and_not_by_the_plan(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        with pytest.raises(ActionRefused):
            actions.cancel_visit(actor=cast.kari.actor, visit_id=visit.pk, by=CancelledBy.PLAN, at=MONDAY)
        actions.cancel_visit(actor=cast.kari.actor, visit_id=visit.pk, by=CancelledBy.TEAM, at=MONDAY)
        with pytest.raises(actions.VisitNotPlanned):
            actions.cancel_visit(actor=cast.kari.actor, visit_id=visit.pk, by=CancelledBy.TEAM, at=MONDAY)

    def test_out_of_reach_it_does_not_exist_and_an_administrator_may_not(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        for actor in (cast.nils.actor, cast.admin.actor):
            with pytest.raises((NotFound, NotAllowed)):
                actions.cancel_visit(actor=actor, visit_id=visit.pk, by=CancelledBy.TEAM, at=MONDAY)
        assert Visit.objects.get().state == VisitState.PLANNED


class TestAddVisit:
    def test_added_on_the_day_it_stands_beside_the_plan(self, cast: Cast) -> None:
        def add() -> Visit:
            return actions.add_visit(
                actor=cast.amir.actor,
                citizen_id=cast.olga.pk,
                on=MONDAY_DATE,
                title="Bytte bandasje",
                part_of_day="AFTERNOON",
                earliest=time(15, 30),
                latest=time(16),
                minutes=15,
                at=MONDAY,
            )

        first, second = add(), add()

        assert (first.slot, second.slot) == ("ADDED:1", "ADDED:2")
        assert (first.origin, first.shift_kind, first.unit) == (Origin.ADDED, "EVENING", cast.bekkedal)
        assert first.tasks.get().title == "Bytte bandasje"

    def test_not_in_the_past_and_not_without_words(self, cast: Cast) -> None:
        def add(title: str, earliest: time) -> Visit:
            return actions.add_visit(
                actor=cast.amir.actor,
                citizen_id=cast.olga.pk,
                on=MONDAY_DATE,
                title=title,
                part_of_day="MORNING",
                earliest=earliest,
                latest=earliest,
                minutes=15,
                at=MONDAY,
            )

        with pytest.raises(ActionRefused):
            add("Stell", time(6))
        with pytest.raises(ActionRefused):
            add(" ", time(10))
        assert add("Stell", time(10)).pk


class TestReportVisit:
    def test_one_press_and_the_same_press_again_is_once(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        def press(key: str = "press-1") -> VisitReport:
            return actions.report_visit(
                actor=cast.amir.actor, visit_id=visit.pk, outcome="AS_PLANNED", press_key=key, at=TUESDAY
            )

        assert press() == press()
        assert VisitReport.objects.count() == 1
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE
        assert [row.employee for row in visit.helper_rows.all()] == [cast.amir.employee]

    def test_who_went_replaces_who_was_planned(self, cast: Cast) -> None:
        visit = build.visit(cast.olga, cast.bekkedal, cast.kari.employee)

        actions.report_visit(
            actor=cast.amir.actor,
            visit_id=visit.pk,
            outcome="AS_PLANNED",
            went=[cast.amir.employee.pk],
            press_key="a",
            at=TUESDAY,
        )

        assert [row.employee for row in visit.helper_rows.all()] == [cast.amir.employee]

    def test_the_newest_counts_and_undo_brings_back_the_one_before(self, cast: Cast) -> None:
        visit = tomorrow(cast)
        actor = cast.amir.actor
        task = visit.tasks.get()
        actions.report_visit(actor=actor, visit_id=visit.pk, outcome="AS_PLANNED", press_key="a", at=TUESDAY)
        actions.report_visit(
            actor=actor,
            visit_id=visit.pk,
            outcome="DIFFERENT",
            not_done=[task.pk],
            note="Ville bare prate",
            minutes=40,
            goal_trend="EASIER",
            press_key="b",
            at=TUESDAY,
        )

        report = queries.newest_reports([visit.pk])[visit.pk]
        assert (report.minutes, report.not_done, report.goal_trend) == (40, (task.pk,), "EASIER")

        actions.undo_report(actor=actor, visit_id=visit.pk, press_key="c", at=TUESDAY)
        actions.undo_report(actor=actor, visit_id=visit.pk, press_key="c", at=TUESDAY)
        assert queries.newest_reports([visit.pk])[visit.pk].outcome == "AS_PLANNED"
        actions.undo_report(actor=actor, visit_id=visit.pk, at=TUESDAY)
        visit.refresh_from_db()
        assert visit.state == VisitState.PLANNED
        with pytest.raises(actions.NothingToUndo):
            actions.undo_report(actor=actor, visit_id=visit.pk, at=TUESDAY)

    def test_a_visit_that_came_to_nothing_says_why(self, cast: Cast) -> None:
        visit = tomorrow(cast)

        with pytest.raises(ActionRefused):
            actions.report_visit(
                actor=cast.amir.actor, visit_id=visit.pk, outcome="CANCELLED", press_key="a", at=TUESDAY
            )
        actions.report_visit(
            actor=cast.amir.actor,
            visit_id=visit.pk,
            outcome="CANCELLED",
            cancelled_by="NOT_HOME",
            press_key="a",
            at=TUESDAY,
        )
        visit.refresh_from_db()
        assert (visit.state, visit.cancelled_by) == ("CANCELLED", "NOT_HOME")

    def test_a_task_of_another_visit_is_refused(self, cast: Cast) -> None:
        visit, other = tomorrow(cast), build.visit(cast.arne, cast.bekkedal)

        with pytest.raises(actions.UnknownTask):
            actions.report_visit(
                actor=cast.amir.actor,
                visit_id=visit.pk,
                outcome="DIFFERENT",
                not_done=[other.tasks.get().pk],
                press_key="a",
                at=TUESDAY,
            )

    def test_out_of_reach_it_does_not_exist(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.report_visit(
                actor=cast.nils.actor, visit_id=tomorrow(cast).pk, outcome="AS_PLANNED", press_key="a", at=TUESDAY
            )


class TestTellChange:
    def answer_for(self, cast: Cast) -> None:
        for kind, member, deputy in (
            (ResponsibleKind.SERVICE_RESPONSIBLE, cast.ingrid, False),
            (ResponsibleKind.SERVICE_RESPONSIBLE, cast.kari, True),
            (ResponsibleKind.PRIMARY_CONTACT, cast.amir, False),
        ):
            Responsible.objects.create(
                citizen=cast.olga,
                employee=member.employee,
                kind=kind,
                is_deputy=deputy,
                valid_from=date(2026, 1, 1),
            )

    def tell(self, cast: Cast, *, urgency: str = "TODAY", press_key: str = "a") -> FollowUp:
        return actions.tell_change(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            kind="WORSE",
            words="Svimmel da hun reiste seg",
            urgency=urgency,
            press_key=press_key,
            at=MONDAY,
        )

    def test_goes_to_the_service_responsible_else_the_deputy_else_the_primary_contact_R15(self, cast: Cast) -> None:
        assert self.tell(cast, press_key="nobody").owner is None
        self.answer_for(cast)
        assert self.tell(cast, press_key="all").owner == cast.ingrid.employee
        builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)
        assert self.tell(cast, press_key="one away").owner == cast.kari.employee
        builders.absence(cast.kari.employee, MONDAY_DATE, reported_at=MONDAY)
        assert self.tell(cast, press_key="two away").owner == cast.amir.employee
        builders.absence(cast.amir.employee, MONDAY_DATE, reported_at=MONDAY)
        assert self.tell(cast, press_key="all away").owner == cast.ingrid.employee

    def test_the_same_press_is_once(self, cast: Cast) -> None:
        assert self.tell(cast) == self.tell(cast)
        assert FollowUp.objects.count() == 1

    def test_a_meeting_is_the_next_one_about_citizens(self, cast: Cast) -> None:
        for name, weekdays, starts in (("Tavlemøte", "12345", time(12)), ("Brukermøte", "3", time(13))):
            TeamMeeting.objects.create(
                unit=cast.bekkedal, name=name, weekdays=weekdays, starts=starts, minutes=30, valid_from=date(2026, 1, 1)
            )

        assert self.tell(cast, urgency="MEETING").due_at == oslo.moment(date(2026, 11, 25), time(13))

    def test_is_open_until_somebody_answers_and_is_answered_once(self, cast: Cast) -> None:
        self.answer_for(cast)
        told = self.tell(cast)
        (line,) = queries.open_follow_ups(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        assert line == queries.open_follow_ups(owner_id=cast.ingrid.employee.pk)[0]
        assert line.is_late(told.due_at)
        assert not line.is_late(MONDAY)

        def close(answer: str) -> FollowUp:
            return actions.close_follow_up(actor=cast.ingrid.actor, follow_up_id=told.pk, answer=answer, at=TUESDAY)

        with pytest.raises(ActionRefused):
            close(" ")
        assert close("Ringt fastlegen").closed_by == cast.ingrid.employee
        with pytest.raises(AlreadyClosed):
            close("Igjen")
        assert queries.open_follow_ups(citizen_id=cast.olga.pk) == []

    def test_out_of_reach_it_does_not_exist(self, cast: Cast) -> None:
        told = self.tell(cast)

        with pytest.raises(NotFound):
            actions.close_follow_up(actor=cast.nils.actor, follow_up_id=told.pk, answer="Hei", at=TUESDAY)


class TestLearnMinutes:
    def test_learns_from_what_was_said_and_knows_nobody_R29(self, cast: Cast) -> None:
        care = build.intervention(build.plan(cast.olga), minutes=20)
        for day in range(1, 11):
            visit = build.visit(
                cast.olga,
                cast.bekkedal,
                cast.amir.employee,
                on=MONDAY_DATE - timedelta(days=day),
                serves=care,
                origin=Origin.PLAN,
            )
            actions.report_visit(
                actor=cast.amir.actor, visit_id=visit.pk, outcome="DIFFERENT", minutes=40, press_key="a", at=MONDAY
            )

        learnt = actions.learn_minutes(actor=system("Nattjobb"), today=MONDAY_DATE, at=MONDAY)
        again = actions.learn_minutes(actor=system("Nattjobb"), today=MONDAY_DATE, at=MONDAY)

        assert learnt == again
        assert (learnt.interventions, learnt.different) == (1, 1)
        assert care.line is not None
        assert queries.learned_of([cast.olga.pk])[cast.olga.pk, care.line].minutes == 30
        assert LearnedMinutes.objects.get().basis == 10
        assert not {field.name for field in LearnedMinutes._meta.get_fields()} & {"employee", "helper", "reported_by"}

    def test_visits_from_before_the_writer_changed_the_minutes_do_not_count(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        care = build.intervention(plan, minutes=20)
        for day in range(1, 11):
            visit = build.visit(
                cast.olga, cast.bekkedal, on=MONDAY_DATE - timedelta(days=day), serves=care, origin=Origin.PLAN
            )
            actions.report_visit(
                actor=cast.amir.actor, visit_id=visit.pk, outcome="DIFFERENT", minutes=40, press_key="a", at=MONDAY
            )
        plan.valid_to = MONDAY
        plan.save()
        build.intervention(build.plan(cast.olga), minutes=45, line=care.line)

        actions.learn_minutes(actor=system("Nattjobb"), today=MONDAY_DATE, at=MONDAY)

        assert queries.learned_of([cast.olga.pk]) == {}

    def test_tasks_left_out_without_minutes_say_nothing(self, cast: Cast) -> None:
        care = build.intervention(build.plan(cast.olga), minutes=20)
        for day in range(1, 11):
            visit = build.visit(
                cast.olga, cast.bekkedal, on=MONDAY_DATE - timedelta(days=day), serves=care, origin=Origin.PLAN
            )
            actions.report_visit(
                actor=cast.amir.actor,
                visit_id=visit.pk,
                outcome="DIFFERENT",
                not_done=[visit.tasks.get().pk],
                press_key="a",
                at=MONDAY,
            )

        actions.learn_minutes(actor=system("Nattjobb"), today=MONDAY_DATE, at=MONDAY)

        assert queries.learned_of([cast.olga.pk]) == {}

    def test_a_care_worker_may_not_ask_for_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.learn_minutes(actor=cast.amir.actor, today=MONDAY_DATE, at=MONDAY)
