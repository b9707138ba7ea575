"""What one does with work lists: who may, what is refused, what follows, what can be undone."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import HelperWish, WishKind
from tillit.care.visits import actions as visit_actions
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import CancelledBy, Visit, VisitHelper, VisitState
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.workforce.events import EmployeeAbsent
from tillit.kernel import events
from tillit.kernel.errors import NotAllowed, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.events import ListsPublished
from tillit.teamwork.planning.models import Assignment, DayLists, ListChange, ListState, Notice
from tillit.teamwork.planning.rules.objections import Against

EARLY = build.at(time(6, 30))


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    return build.morning(cast)


@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists follow the floors below, as config.wiring lets them; what was wired before is so afterwards."""
    monkeypatch.setitem(events._listeners, VisitsChanged, [actions.follow_visits])
    monkeypatch.setitem(events._listeners, EmployeeAbsent, [actions.follow_absence])


def where(morning: build.Morning) -> dict[str, Any]:
    return {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}


def edition(morning: build.Morning) -> int:
    return queries.head_of(**where(morning)).edition


def give(
    by: Member, morning: build.Morning, visit: Visit, to: Member | None, *, start: datetime | None = None,
    of: Member | None = None, seen: int | None = None,
) -> tuple[actions.Doubt, ...]:  # fmt: skip
    return actions.allocate_visit(
        actor=by.actor,
        **where(morning),
        visit_id=visit.pk,
        from_employee_id=of.employee.pk if of else None,
        to_employee_id=to.employee.pk if to else None,
        starts_at=start,
        edition=edition(morning) if seen is None else seen,
        at=EARLY,
    )


def publish(by: Member, morning: build.Morning) -> int:
    return actions.publish_lists(actor=by.actor, **where(morning), edition=edition(morning), at=EARLY)


def listed(morning: build.Morning) -> set[tuple[int, int, datetime]]:
    return set(Assignment.objects.filter(lists__unit=morning.unit).values_list("visit_id", "employee_id", "starts_at"))


class TestWhoMayAllocate:
    def test_the_allocator_may_and_a_colleague_may_not_R24(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(NotAllowed):
            give(cast.amir, morning, morning.arne, cast.amir)
        assert not Assignment.objects.exists()

        give(cast.kari, morning, morning.arne, cast.amir)

        assert Assignment.objects.count() == 1

    def test_everybody_may_where_the_team_has_said_so(self, cast: Cast, morning: build.Morning) -> None:
        cast.bekkedal.everyone_may_allocate = True
        cast.bekkedal.save()

        give(cast.amir, morning, morning.arne, cast.amir)

        assert Assignment.objects.count() == 1

    def test_the_leader_may_always(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.marit, morning, morning.arne, cast.amir)

        assert Assignment.objects.count() == 1

    def test_the_next_team_does_not_know_the_lists_exist(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(NotFound):
            give(cast.nils, morning, morning.arne, cast.amir)


class TestAllocate:
    def test_gives_a_visit_at_its_wished_time_and_leaves_a_trail(self, cast: Cast, morning: build.Morning) -> None:
        doubts = give(cast.kari, morning, morning.arne, cast.amir)

        assert doubts == ()
        assert listed(morning) == {(morning.arne.pk, cast.amir.employee.pk, build.at(time(8, 30)))}
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.change["visits"]) == ("planning.allocate", [morning.arne.pk])

    def test_a_draft_changes_nothing_for_the_visit(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)

        morning.arne.refresh_from_db()
        assert morning.arne.starts_at is None
        assert not VisitHelper.objects.filter(visit=morning.arne).exists()

    def test_refuses_training_that_is_missing_and_takes_the_nurse(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(actions.VisitRefused) as refused:
            give(cast.kari, morning, morning.olga, cast.amir)
        assert [each.code for each in refused.value.objections] == [Against.LACKS_TRAINING]
        assert not listed(morning)

        give(cast.kari, morning, morning.olga, cast.ingrid)

        assert len(listed(morning)) == 1

    def test_refuses_whom_the_citizen_must_not_have(self, cast: Cast, morning: build.Morning) -> None:
        wish = HelperWish.objects.create(
            citizen=cast.arne, kind=WishKind.MUST_NOT, employee=cast.amir.employee, valid_from=builders.LONG_AGO
        )
        with pytest.raises(actions.VisitRefused):
            give(cast.kari, morning, morning.arne, cast.amir)

        wish.delete()
        give(cast.kari, morning, morning.arne, cast.amir)

        assert len(listed(morning)) == 1

    def test_allows_outside_the_window_and_says_so(self, cast: Cast, morning: build.Morning) -> None:
        (doubt,) = give(cast.kari, morning, morning.arne, cast.amir, start=build.at(time(10, 20)))

        assert (doubt.employee_id, doubt.objection.code, doubt.objection.minutes) == (
            cast.amir.employee.pk,
            Against.TOO_LATE,
            20,
        )
        assert len(listed(morning)) == 1

    def test_two_helpers_start_together_and_move_together(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.pair, cast.amir)
        give(cast.kari, morning, morning.pair, cast.ingrid)
        give(cast.kari, morning, morning.pair, cast.amir, of=cast.amir, start=build.at(time(10)))

        assert listed(morning) == {
            (morning.pair.pk, cast.amir.employee.pk, build.at(time(10))),
            (morning.pair.pk, cast.ingrid.employee.pk, build.at(time(10))),
        }

    def test_a_visit_that_is_cancelled_meanwhile_is_not_found(self, cast: Cast, morning: build.Morning) -> None:
        Visit.objects.filter(pk=morning.arne.pk).update(state=VisitState.CANCELLED)

        with pytest.raises(NotFound):
            give(cast.kari, morning, morning.arne, cast.amir)


class TestTwoAllocators:
    def test_the_second_is_told_and_sees_what_the_first_did(self, cast: Cast, morning: build.Morning) -> None:
        seen = edition(morning)
        give(cast.kari, morning, morning.arne, cast.amir, seen=seen)

        with pytest.raises(actions.ListsChangedMeanwhile) as told:
            give(cast.marit, morning, morning.olga, cast.ingrid, seen=seen)

        lists = DayLists.objects.get()
        (step,) = queries.steps_after(lists_id=lists.pk, edition=told.value.seen)
        assert (step.by_id, step.after[0].visit_id) == (cast.kari.employee.pk, morning.arne.pk)
        assert {visit for visit, _, _ in listed(morning)} == {morning.arne.pk}

        give(cast.marit, morning, morning.olga, cast.ingrid, seen=told.value.now)

        assert len(listed(morning)) == 2


class TestUndo:
    def test_takes_back_step_by_step(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        give(cast.kari, morning, morning.arne, cast.kari, of=cast.amir, start=build.at(time(9)))

        actions.undo_step(actor=cast.kari.actor, **where(morning), edition=edition(morning), at=EARLY)
        assert listed(morning) == {(morning.arne.pk, cast.amir.employee.pk, build.at(time(8, 30)))}

        actions.undo_step(actor=cast.kari.actor, **where(morning), edition=edition(morning), at=EARLY)
        assert not listed(morning)

        with pytest.raises(actions.NothingToUndo):
            actions.undo_step(actor=cast.kari.actor, **where(morning), edition=edition(morning), at=EARLY)

    def test_in_lists_in_use_takes_it_back_from_the_visit_too(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)
        give(cast.kari, morning, morning.arne, cast.kari, of=cast.amir)

        actions.undo_step(actor=cast.kari.actor, **where(morning), edition=edition(morning), at=EARLY)

        assert list(VisitHelper.objects.filter(visit=morning.arne).values_list("employee_id", flat=True)) == [
            cast.amir.employee.pk
        ]
        assert not Notice.objects.exclude(kind="READY").exists()  # nobody had looked, so there is nothing to tell


class TestPublish:
    def test_hands_the_lists_to_the_visits_and_tells_those_on_them(self, cast: Cast, morning: build.Morning) -> None:
        heard: list[ListsPublished] = []
        events.listen(ListsPublished, heard.append)
        give(cast.kari, morning, morning.arne, cast.amir)
        give(cast.kari, morning, morning.olga, cast.ingrid)

        assert publish(cast.kari, morning) == 2

        morning.arne.refresh_from_db()
        assert morning.arne.starts_at == build.at(time(8, 30))
        assert morning.arne.helper_rows.get().employee_id == cast.amir.employee.pk
        assert DayLists.objects.get().state == ListState.PUBLISHED
        (told,) = queries.notices_for(employee_id=cast.amir.employee.pk)
        assert (told.kind, told.visit_id, told.on) == ("READY", None, TUESDAY_DATE)
        assert [event.on for event in heard] == [TUESDAY_DATE]

    def test_a_second_time_is_refused(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)

        with pytest.raises(actions.AlreadyInUse):
            publish(cast.kari, morning)

    def test_of_empty_lists_is_refused(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(actions.NothingToPublish):
            publish(cast.kari, morning)
        assert not DayLists.objects.exists()

    def test_later_changes_reach_visit_and_people_at_once(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)

        give(cast.kari, morning, morning.arne, cast.kari, of=cast.amir, start=build.at(time(9)))

        assert DayLists.objects.get().state == ListState.CHANGED
        morning.arne.refresh_from_db()
        assert (morning.arne.starts_at, morning.arne.changed_at) == (build.at(time(9)), EARLY)
        kinds = {
            member.employee.given_name: [
                one.kind for one in queries.notices_for(employee_id=member.employee.pk) if one.kind != "READY"
            ]
            for member in (cast.amir, cast.kari)
        }
        assert kinds == {"Amir": ["GONE"], "Kari": ["NEW"]}

    def test_a_visit_that_goes_and_comes_back_unseen_is_nothing_to_tell(
        self, cast: Cast, morning: build.Morning
    ) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)
        give(cast.kari, morning, morning.arne, cast.kari, of=cast.amir)
        give(cast.kari, morning, morning.arne, cast.amir, of=cast.kari)

        assert not Notice.objects.exclude(kind="READY").exists()

    def test_shows_what_is_changed_since(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)
        assert queries.steps_since_publishing(queries.head_of(**where(morning))) == []

        give(cast.kari, morning, morning.arne, cast.amir, of=cast.amir, start=build.at(time(9)))

        (change,) = queries.steps_since_publishing(queries.head_of(**where(morning)))
        assert (change.before[0].starts_at, change.after[0].starts_at) == (build.at(time(8, 30)), build.at(time(9)))


class TestSeeing:
    def test_ones_own_notice_is_gone_and_anybody_elses_stays(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)
        (notice,) = queries.notices_for(employee_id=cast.amir.employee.pk)

        with pytest.raises(NotFound):
            actions.see_notice(actor=cast.ingrid.actor, notice_id=notice.notice_id, at=EARLY)
        assert actions.see_notices(actor=cast.ingrid.actor, notice_ids=[notice.notice_id], at=EARLY) == 0
        assert queries.count_notices(employee_id=cast.amir.employee.pk) == 1

        actions.see_notice(actor=cast.amir.actor, notice_id=notice.notice_id, at=EARLY)

        assert queries.notices_for(employee_id=cast.amir.employee.pk) == []


@pytest.mark.usefixtures("wired")
class TestFollowing:
    def test_absence_leaves_the_visits_uncovered_and_locks_too(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        actions.lock_visit(
            actor=cast.kari.actor, **where(morning), visit_id=morning.arne.pk, locked=True,
            edition=edition(morning), at=EARLY,
        )  # fmt: skip
        publish(cast.kari, morning)

        events.publish(
            EmployeeAbsent(cast.amir.employee.pk, (morning.unit.pk,), morning.on, morning.on + timedelta(days=1), EARLY)
        )

        assert not listed(morning)
        assert not VisitHelper.objects.filter(visit=morning.arne).exists()
        assert ListChange.objects.order_by("pk").last().what == "ABSENCE"  # type: ignore[union-attr]

    def test_absence_on_another_day_touches_nothing(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        tomorrow = morning.on + timedelta(days=1)

        events.publish(EmployeeAbsent(cast.amir.employee.pk, (morning.unit.pk,), tomorrow, None, EARLY))

        assert len(listed(morning)) == 1

    def test_a_cancelled_visit_leaves_the_list_and_is_told(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)

        visit_actions.cancel_visit(actor=cast.kari.actor, visit_id=morning.arne.pk, by=CancelledBy.CITIZEN, at=EARLY)

        assert not listed(morning)
        assert [one.kind for one in queries.notices_for(employee_id=cast.amir.employee.pk)] == ["CANCELLED", "READY"]

    def test_a_visit_that_stands_again_is_back_with_the_one_who_had_it_R12(
        self, cast: Cast, morning: build.Morning
    ) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)
        before = listed(morning)
        visit_actions.cancel_visit(actor=cast.kari.actor, visit_id=morning.arne.pk, by=CancelledBy.CITIZEN, at=EARLY)

        visit_actions.undo_report(actor=cast.kari.actor, visit_id=morning.arne.pk, at=EARLY)

        assert listed(morning) == before
        assert list(morning.arne.helper_rows.values_list("employee_id", flat=True)) == [cast.amir.employee.pk]

    def test_whoever_moves_or_cancels_her_own_visit_is_not_told_and_the_one_beside_her_is_R12(
        self, cast: Cast, morning: build.Morning
    ) -> None:
        amir, ingrid = cast.amir, cast.ingrid
        for helper in (amir, ingrid):
            give(cast.kari, morning, morning.pair, helper)
        publish(cast.kari, morning)
        Notice.objects.all().delete()

        def told(to: Member) -> list[str]:
            kinds = [one.kind for one in queries.notices_for(employee_id=to.employee.pk)]
            Notice.objects.all().delete()
            return kinds

        pair: dict[str, Any] = {"actor": amir.actor, "visit_id": morning.pair.pk, "at": EARLY}
        visit_actions.move_visit(**pair, starts_at=build.at(time(10, 15)))
        assert (queries.notices_for(employee_id=amir.employee.pk), told(ingrid)) == ([], ["MOVED"])

        visit_actions.cancel_visit(**pair, by=CancelledBy.CITIZEN)
        assert (queries.notices_for(employee_id=amir.employee.pk), told(ingrid)) == ([], ["CANCELLED"])

        visit_actions.undo_report(**pair)
        assert (queries.notices_for(employee_id=amir.employee.pk), told(ingrid)) == ([], ["NEW"])

        visit_actions.move_visit(**{**pair, "actor": ingrid.actor}, starts_at=build.at(time(9, 45)))
        assert (queries.notices_for(employee_id=ingrid.employee.pk), told(amir)) == ([], ["MOVED"])

    def test_cancelling_from_the_list_does_both_once(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)

        actions.cancel_listed_visit(
            actor=cast.kari.actor, **where(morning), visit_id=morning.arne.pk, by=CancelledBy.CITIZEN, reason="",
            edition=edition(morning), at=EARLY,
        )  # fmt: skip

        morning.arne.refresh_from_db()
        assert morning.arne.state == VisitState.CANCELLED
        assert ListChange.objects.filter(what__in=["CANCEL", "VISITS"]).count() == 1
        assert Notice.objects.filter(kind="CANCELLED").count() == 1

    def test_another_agreed_start_moves_the_row(self, cast: Cast, morning: build.Morning) -> None:
        give(cast.kari, morning, morning.arne, cast.amir)
        publish(cast.kari, morning)

        visit_actions.move_visit(
            actor=cast.kari.actor, visit_id=morning.arne.pk, starts_at=build.at(time(9, 15)), at=EARLY
        )

        assert listed(morning) == {(morning.arne.pk, cast.amir.employee.pk, build.at(time(9, 15)))}
        assert "MOVED" in [one.kind for one in queries.notices_for(employee_id=cast.amir.employee.pk)]
