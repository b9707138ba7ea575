"""Colleagues between themselves: giving a visit, taking one nobody has, giving back; where each is in her list."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import BarKind, Barrier, HelperWish, WishKind
from tillit.care.visits.models import Visit, VisitHelper, VisitState
from tillit.foundation.access import reading
from tillit.foundation.access.models import AuditEntry
from tillit.kernel.errors import NotAllowed, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.models import DayLists, ListState, Notice
from tillit.teamwork.planning.rules import handing, mates
from tillit.teamwork.planning.rules.day import Call, Day, Meeting, Row, Worker
from tillit.teamwork.planning.rules.handing import Handed, Step, WhyNot
from tillit.teamwork.planning.rules.objections import Against

EARLY = build.at(time(6, 30))
NINE = build.at(time(9))


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    """Bekkedal's Tuesday with its lists in use: Amir has Arne, Kari one half of the visit for two; the rest is free."""
    found = build.morning(cast)
    for visit, member in ((found.arne, cast.amir), (found.pair, cast.kari)):
        give(cast, found, visit, member)
    actions.publish_lists(actor=cast.kari.actor, **where(found), edition=edition(found), at=EARLY)
    Notice.objects.all().delete()
    return found


def where(morning: build.Morning) -> dict[str, Any]:
    return {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}


def edition(morning: build.Morning) -> int:
    return queries.head_of(**where(morning)).edition


def give(cast: Cast, morning: build.Morning, visit: Visit, to: Member) -> None:
    actions.allocate_visit(
        actor=cast.kari.actor,
        **where(morning),
        visit_id=visit.pk,
        from_employee_id=None,
        to_employee_id=to.employee.pk,
        starts_at=None,
        edition=edition(morning),
        at=EARLY,
    )


def helpers(visit: Visit) -> set[int]:
    return set(VisitHelper.objects.filter(visit=visit).values_list("employee_id", flat=True))


def hand_over(by: Member, visit: Visit, to: Member) -> tuple[actions.Doubt, ...]:
    return actions.hand_over_visit(actor=by.actor, visit_id=visit.pk, to_employee_id=to.employee.pk, at=NINE)


def how(member: Member, visit: Visit) -> Handed | None:
    return queries.handed_to(employee_id=member.employee.pk, visit_ids=[visit.pk]).get(visit.pk)


class TestHandOver:
    def test_it_lies_at_once_with_the_mate_and_says_from_whom(self, cast: Cast, morning: build.Morning) -> None:
        """Amir may not make lists in Bekkedal (R24): his own visits he gives away all the same."""
        hand_over(cast.amir, morning.arne, cast.ingrid)

        morning.arne.refresh_from_db()
        assert helpers(morning.arne) == {cast.ingrid.employee.pk}
        assert morning.arne.starts_at == build.at(time(8, 30))
        assert morning.arne.changed_at == NINE
        assert how(cast.ingrid, morning.arne) == Handed(cast.amir.employee.pk)
        assert DayLists.objects.get().state == ListState.CHANGED
        (notice,) = Notice.objects.all()  # whoever gives it away knows it
        assert (notice.employee, notice.kind) == (cast.ingrid.employee, "NEW")
        entry = AuditEntry.objects.filter(action="planning.share_visits").get()
        assert entry.user == cast.amir.user and entry.change["what"] == "HAND_OVER"

    def test_only_ones_own(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(actions.NotToShare) as refused:
            hand_over(cast.ingrid, morning.arne, cast.kari)
        assert refused.value.why is WhyNot.NOT_HERS

        hand_over(cast.amir, morning.arne, cast.kari)

        assert helpers(morning.arne) == {cast.kari.employee.pk}

    def test_not_while_the_lists_are_a_draft(self, cast: Cast, morning: build.Morning) -> None:
        DayLists.objects.update(state=ListState.DRAFT)

        with pytest.raises(actions.NotToShare) as refused:
            hand_over(cast.amir, morning.arne, cast.kari)

        assert refused.value.why is WhyNot.NOT_IN_USE

    def test_not_when_it_is_done(self, cast: Cast, morning: build.Morning) -> None:
        Visit.objects.filter(pk=morning.arne.pk).update(state=VisitState.DONE)

        with pytest.raises(actions.NotToShare) as refused:
            hand_over(cast.amir, morning.arne, cast.kari)

        assert refused.value.why is WhyNot.NOT_PLANNED
        assert helpers(morning.arne) == {cast.amir.employee.pk}

    def test_not_to_one_the_citizen_must_not_have_nor_one_barred(self, cast: Cast, morning: build.Morning) -> None:
        HelperWish.objects.create(citizen=cast.arne, kind=WishKind.MUST_NOT, gender="K", valid_from=builders.LONG_AGO)
        cast.ingrid.employee.gender = "K"
        cast.ingrid.employee.save()
        Barrier.objects.create(
            citizen=cast.arne,
            employee=cast.kari.employee,
            kind=BarKind.values[0],
            valid_from=builders.LONG_AGO,
            made_at=EARLY,
        )
        for mate in (cast.ingrid, cast.kari):
            with pytest.raises(actions.VisitRefused):
                hand_over(cast.amir, morning.arne, mate)

        assert helpers(morning.arne) == {cast.amir.employee.pk}

    def test_not_to_one_who_lacks_training_nor_one_who_is_not_at_work(self, cast: Cast, morning: build.Morning) -> None:
        give(cast, morning, morning.olga, cast.ingrid)
        for mate in (cast.amir, cast.marit):
            with pytest.raises(actions.VisitRefused):
                hand_over(cast.ingrid, morning.olga, mate)

        assert helpers(morning.olga) == {cast.ingrid.employee.pk}

    def test_an_overlap_is_told_and_allowed(self, cast: Cast, morning: build.Morning) -> None:
        give(cast, morning, morning.olga, cast.ingrid)  # 08.30, as Arne's

        doubts = hand_over(cast.amir, morning.arne, cast.ingrid)

        assert Against.OVERLAPS in {doubt.objection.code for doubt in doubts}
        assert helpers(morning.arne) == {cast.ingrid.employee.pk}

    def test_the_half_of_a_visit_for_two_leaves_the_other_half(self, cast: Cast, morning: build.Morning) -> None:
        give(cast, morning, morning.pair, cast.ingrid)

        hand_over(cast.kari, morning.pair, cast.amir)

        assert helpers(morning.pair) == {cast.ingrid.employee.pk, cast.amir.employee.pk}
        with pytest.raises(actions.NotToShare):
            hand_over(cast.amir, morning.pair, cast.ingrid)

    def test_the_next_team_does_not_know_the_visit_exists(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(NotFound):
            hand_over(cast.nils, morning.arne, cast.ingrid)

    def test_a_district_leader_has_no_list_to_give_from(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises((NotAllowed, NotFound)):
            hand_over(cast.admin, morning.arne, cast.ingrid)

    def test_only_the_citizen_concerned_is_noted_as_read(self, cast: Cast, morning: build.Morning) -> None:
        with reading.watching() as watch:
            hand_over(cast.amir, morning.arne, cast.ingrid)

        assert watch.seen == {cast.arne.pk: True}


class TestTheSamePressTwice:
    """What had been done, and was changed again, is not done once more by an answer that was lost (R14)."""

    def test_is_once_for_each_way_between_colleagues(self, cast: Cast, morning: build.Morning) -> None:
        seen = edition(morning)
        for _twice in range(2):
            actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=NINE, seen=seen)
            actions.hand_over_visit(
                actor=cast.amir.actor,
                visit_id=morning.arne.pk,
                to_employee_id=cast.kari.employee.pk,
                at=NINE,
                seen=seen,
            )
            if how(cast.kari, morning.arne):
                actions.give_back_visit(actor=cast.kari.actor, visit_id=morning.arne.pk, at=NINE)
                actions.give_back_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=NINE)

        assert (helpers(morning.arne), helpers(morning.olga)) == ({cast.amir.employee.pk}, set())

    def test_a_new_look_is_a_new_press(self, cast: Cast, morning: build.Morning) -> None:
        seen = edition(morning)
        actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=NINE, seen=seen)
        actions.give_back_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=NINE, seen=seen)

        actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=NINE, seen=edition(morning))

        assert helpers(morning.olga) == {cast.ingrid.employee.pk}

    @pytest.mark.parametrize(("written", "seen"), [("7", 7), ("", None), ("-1", None), ("٣", None), ("9" * 20, None)])
    def test_what_is_written_is_a_number_or_nothing(self, written: str, seen: int | None) -> None:
        assert handing.number_written(written) == seen


class TestUndoing:
    def test_takes_it_back_at_once_and_nobody_has_news(self, cast: Cast, morning: build.Morning) -> None:
        hand_over(cast.amir, morning.arne, cast.kari)

        actions.undo_hand_over(actor=cast.amir.actor, visit_id=morning.arne.pk, at=NINE)

        assert helpers(morning.arne) == {cast.amir.employee.pk}
        assert not Notice.objects.exists() and how(cast.amir, morning.arne) is None

    def test_not_later_nor_by_another_nor_twice(self, cast: Cast, morning: build.Morning) -> None:
        hand_over(cast.amir, morning.arne, cast.kari)
        later = NINE + handing.UNDONE_WITHIN + timedelta(seconds=1)
        for member, at in ((cast.amir, later), (cast.ingrid, NINE)):
            with pytest.raises(actions.NotToShare) as refused:
                actions.undo_hand_over(actor=member.actor, visit_id=morning.arne.pk, at=at)
            assert refused.value.why is WhyNot.TOO_LATE
        assert helpers(morning.arne) == {cast.kari.employee.pk}
        actions.undo_hand_over(actor=cast.amir.actor, visit_id=morning.arne.pk, at=NINE)

        with pytest.raises(actions.NotToShare):
            actions.undo_hand_over(actor=cast.amir.actor, visit_id=morning.arne.pk, at=NINE)

    def test_not_when_she_has_passed_it_on(self, cast: Cast, morning: build.Morning) -> None:
        hand_over(cast.amir, morning.arne, cast.kari)
        hand_over(cast.kari, morning.arne, cast.ingrid)

        with pytest.raises(actions.NotToShare):
            actions.undo_hand_over(actor=cast.amir.actor, visit_id=morning.arne.pk, at=NINE)

        assert helpers(morning.arne) == {cast.ingrid.employee.pk}


class TestTakingOneThatIsFree:
    def test_is_one_act_and_no_colleague_is_told(self, cast: Cast, morning: build.Morning) -> None:
        assert queries.count_free(**where(morning)) == 2

        actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=EARLY)

        assert helpers(morning.olga) == {cast.ingrid.employee.pk}
        assert how(cast.ingrid, morning.olga) == Handed(None)
        assert not Notice.objects.filter(visit=morning.olga).exists()
        assert queries.count_free(**where(morning)) == 1

    def test_the_missing_half_can_be_taken_and_the_other_half_is_told(self, cast: Cast, morning: build.Morning) -> None:
        actions.take_visit(actor=cast.amir.actor, visit_id=morning.pair.pk, at=EARLY)

        assert helpers(morning.pair) == {cast.kari.employee.pk, cast.amir.employee.pk}
        assert Notice.objects.get().kind == "OTHERS"

    def test_who_comes_second_is_told_who_has_it(self, cast: Cast, morning: build.Morning) -> None:
        actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=EARLY)

        with pytest.raises(actions.NotToShare) as refused:
            actions.take_visit(actor=cast.kari.actor, visit_id=morning.olga.pk, at=EARLY)

        assert refused.value.why is WhyNot.TAKEN and "Ingrid" in refused.value.text

    def test_training_is_asked_for(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(actions.VisitRefused):
            actions.take_visit(actor=cast.amir.actor, visit_id=morning.olga.pk, at=EARLY)

        assert helpers(morning.olga) == set()

    def test_drafts_have_none_free(self, cast: Cast, morning: build.Morning) -> None:
        DayLists.objects.update(state=ListState.DRAFT)

        assert queries.count_free(**where(morning)) == 0


class TestGivingBack:
    def test_goes_to_the_one_it_came_from_and_not_to_and_fro(self, cast: Cast, morning: build.Morning) -> None:
        hand_over(cast.amir, morning.arne, cast.kari)

        actions.give_back_visit(actor=cast.kari.actor, visit_id=morning.arne.pk, at=NINE)

        assert helpers(morning.arne) == {cast.amir.employee.pk}
        assert how(cast.amir, morning.arne) == Handed(cast.kari.employee.pk, is_back=True)
        with pytest.raises(actions.NotToShare) as refused:
            actions.give_back_visit(actor=cast.amir.actor, visit_id=morning.arne.pk, at=NINE)
        assert refused.value.why is WhyNot.NOT_GIVEN

    def test_leaves_nobody_with_news_they_had_not_seen(self, cast: Cast, morning: build.Morning) -> None:
        hand_over(cast.amir, morning.arne, cast.kari)

        actions.give_back_visit(actor=cast.kari.actor, visit_id=morning.arne.pk, at=NINE)

        assert {notice.employee for notice in Notice.objects.all()} == {cast.amir.employee}

    def test_what_was_taken_is_nobodys_again(self, cast: Cast, morning: build.Morning) -> None:
        actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=EARLY)

        actions.give_back_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=NINE)

        morning.olga.refresh_from_db()
        assert (helpers(morning.olga), morning.olga.starts_at) == (set(), None)

    def test_what_the_allocator_gave_is_not_given_back(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(actions.NotToShare) as refused:
            actions.give_back_visit(actor=cast.amir.actor, visit_id=morning.arne.pk, at=NINE)

        assert refused.value.why is WhyNot.NOT_GIVEN

    def test_the_allocator_can_undo_it_at_the_board(self, cast: Cast, morning: build.Morning) -> None:
        hand_over(cast.amir, morning.arne, cast.ingrid)

        actions.undo_step(actor=cast.kari.actor, **where(morning), edition=edition(morning), at=NINE)

        assert helpers(morning.arne) == {cast.amir.employee.pk}
        assert how(cast.ingrid, morning.arne) is None


AMIR, KARI, INGRID = 1, 2, 3


def row(visit: int, helper: int, *, at: datetime = NINE) -> Row:
    return Row(visit, helper, at)


class TestHowAVisitCame:
    def test_a_new_time_changes_nothing_and_the_allocator_ends_it(self) -> None:
        given = Step("HAND_OVER", AMIR, (row(7, AMIR),), (row(7, KARI),))
        moved = Step("ALLOCATE", 9, (row(7, KARI),), (row(7, KARI, at=NINE + timedelta(hours=1)),))
        away = Step("ALLOCATE", 9, (row(7, KARI),), (row(7, INGRID),))
        again = Step("ALLOCATE", 9, (row(7, INGRID),), (row(7, KARI),))

        assert handing.handed([given, moved], employee_id=KARI) == {7: Handed(AMIR)}
        assert handing.handed([given, away], employee_id=KARI) == {}
        assert handing.handed([given, away, again], employee_id=KARI) == {}


def worker(**more: Any) -> Worker:
    return Worker(AMIR, "Amir", "Amir", "AR", build.at(time(7, 30)), build.at(time(12)), **more)


def call(visit: int, minutes: int = 30) -> Call:
    return Call(visit, 100 + visit, minutes, NINE, NINE)


class TestStanding:
    """The example of docs/how-we-count/mates.md."""

    def day(self, on: Any, **more: Any) -> Day:
        rows = (
            row(1, AMIR, at=build.at(time(8))),
            row(2, AMIR, at=build.at(time(9))),
            row(3, AMIR, at=build.at(time(11))),
        )
        return Day(on=on, shift_kind="DAY", workers=(worker(**more),), calls=(call(1), call(2), call(3)), rows=rows)

    def test_counts_done_and_names_the_first_that_is_not_R29(self, cast: Cast) -> None:
        day = self.day(TUESDAY_DATE)

        found = mates.standing(day, day.workers[0], done=frozenset({1}), now=build.at(time(9, 12)))

        assert (found.done, found.visits, found.next_at) == (1, 3, build.at(time(9)))
        assert [(one.starts_at, one.ends_at) for one in found.free] == [
            (build.at(time(9, 45)), build.at(time(11))),
            (build.at(time(11, 30)), build.at(time(12))),
        ]

    def test_meetings_are_taken_and_short_pieces_are_no_free_time(self, cast: Cast) -> None:
        meeting = Meeting("Møte", build.at(time(9, 45)), build.at(time(10, 45)))
        day = self.day(TUESDAY_DATE, meetings=(meeting,))

        found = mates.standing(day, day.workers[0], done=frozenset({1, 2}), now=build.at(time(9, 31)))

        assert [(one.starts_at, one.ends_at) for one in found.free] == [(build.at(time(11, 30)), build.at(time(12)))]
