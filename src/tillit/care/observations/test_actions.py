"""«Ikke som vanlig»: written down, placed with who is at work, followed until somebody closes it."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import Error, transaction

from tests import builders, builders_plan
from tests import builders_responsibility as organised
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen, Responsible, ResponsibleKind
from tillit.care.journal.models import Entry
from tillit.care.observations import actions, queries
from tillit.care.observations.actions.following import AlreadyClosed, NurseDecides
from tillit.care.observations.actions.observing import NothingSeen, NotMeasurable
from tillit.care.observations.actions.usual import ScaleNotYours
from tillit.care.observations.models import Observation, Usual, Watch
from tillit.care.observations.rules.news2 import Measured
from tillit.care.observations.rules.placing import Why
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.responsibility.models import DutyHolding, DutyKind
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound

AT = oslo.moment(MONDAY_DATE, time(9))
WELL = Measured(16, 97, False, 130, 70, "A", Decimal("37.0"))
ILL = replace(WELL, pulse=111, oxygen=True, temperature=Decimal("38.1"))  # 2 + 2 + 1


def checked(cast: Cast, measured: Measured = ILL, *, by: Member | None = None, key: str = "k1") -> Observation:
    return actions.check(
        actor=(by or cast.amir).actor, citizen_id=cast.olga.pk, measured=measured, words="Slapp og varm.",
        seen_at=AT, press_key=key, at=AT,
    )  # fmt: skip


def at_work(member: Member, cast: Cast) -> None:
    builders.shift(member.employee, cast.bekkedal, MONDAY_DATE)


class TestCheck:
    def test_is_an_entry_of_the_journal_and_opens_a_watch_with_deadlines_R18(self, cast: Cast) -> None:
        found = checked(cast)

        watch = Watch.objects.get()
        assert (found.total, found.level, found.watch_id) == (5, "MEDIUM", watch.pk)
        assert (watch.act_by, watch.check_by) == (AT + timedelta(minutes=15), AT + timedelta(hours=1))
        entry = Entry.objects.get(kind="OBSERVED", row_id=found.pk)
        assert (entry.author_id, entry.signed_at) == (cast.amir.employee.pk, AT)
        assert AuditEntry.objects.get().action == "observations.observe"

    def test_the_next_check_goes_on_with_the_same_watch_R18(self, cast: Cast) -> None:
        first, again = checked(cast), checked(cast, WELL, key="k2")

        assert again.watch_id == first.watch_id
        watch = Watch.objects.get()
        assert (watch.level, watch.act_by, watch.check_by) == ("NONE", None, AT + timedelta(hours=12))

    def test_the_same_press_twice_is_one_R12(self, cast: Cast) -> None:
        assert checked(cast).pk == checked(cast).pk
        assert Observation.objects.count() == Watch.objects.count() == 1

    def test_what_is_missing_is_never_counted_as_nought_R18(self, cast: Cast) -> None:
        found = checked(cast, Measured(pulse=70))

        assert (found.total, found.level) == (0, "INCOMPLETE")
        assert Watch.objects.get().act_by == AT + timedelta(hours=2)

    def test_words_alone_go_to_a_nurse_without_a_sum_R18(self, cast: Cast) -> None:
        found = checked(cast, Measured())

        assert (found.total, found.level) == (None, "INCOMPLETE")

    def test_a_child_gets_no_sum_R18(self, cast: Cast) -> None:
        Citizen.objects.filter(pk=cast.olga.pk).update(born_on=date(2016, 1, 1))

        assert (checked(cast).total, Watch.objects.get().level) == (None, "INCOMPLETE")

    def test_the_scale_is_the_citizens_own_and_not_the_callers_R18(self, cast: Cast) -> None:
        low = replace(WELL, saturation=90)
        assert checked(cast, replace(low, scale=2)).total == 3

        usual(cast, scale=2, scale_by="Lege Moe", by=cast.ingrid)
        assert checked(cast, low, key="k2").total == 0

    def test_refuses_nothing_and_what_nobody_has_and_times_to_come_R18(self, cast: Cast) -> None:
        for measured, words, seen_at, error in (
            (Measured(), "  ", AT, NothingSeen),
            (replace(WELL, pulse=7000), "", AT, NotMeasurable),
            (WELL, "", AT + timedelta(minutes=1), NotMeasurable),
            (WELL, "", AT - timedelta(days=3), NotMeasurable),
        ):
            with pytest.raises(error):
                actions.check(
                    actor=cast.amir.actor, citizen_id=cast.olga.pk, measured=measured, words=words, seen_at=seen_at,
                    press_key="", at=AT,
                )  # fmt: skip
        assert not Observation.objects.exists() and not AuditEntry.objects.exists()

    def test_out_of_reach_is_not_there_R06(self, cast: Cast) -> None:
        visit = builders_plan.visit(cast.arne, cast.bekkedal, on=MONDAY_DATE)
        with pytest.raises(NotFound):
            actions.check(actor=cast.nils.actor, citizen_id=cast.olga.pk, measured=WELL, words="", seen_at=AT,
                          press_key="", at=AT)  # fmt: skip
        with pytest.raises(NotFound):  # another's visit
            actions.check(actor=cast.amir.actor, citizen_id=cast.olga.pk, measured=WELL, words="", seen_at=AT,
                          press_key="", at=AT, visit_id=visit.pk)  # fmt: skip

    def test_is_locked_once_signed_R14(self, cast: Cast) -> None:
        found = checked(cast)

        with pytest.raises(Error, match="signed"), transaction.atomic():
            Observation.objects.filter(pk=found.pk).update(pulse=70)
        with pytest.raises(Error, match="signed"), transaction.atomic():
            found.delete()


class TestWhoHasIt:
    """The table gives it to the team; who there, the shifts and duties of the moment say."""

    def test_a_nurse_at_work_when_it_cannot_wait_R31(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        checked(cast)

        assert queries.open_watches(owner_id=cast.ingrid.employee.pk)[0].why == Why.NURSE

    def test_the_one_on_acute_duty_before_any_other_R31(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        at_work(cast.kari, cast)
        duty = organised.duty(cast.bekkedal, cast.kari.employee, kind=DutyKind.ACUTE)
        DutyHolding.objects.create(duty=duty, employee=cast.kari.employee, on=MONDAY_DATE, at=MONDAY)
        checked(cast)

        watch = Watch.objects.get()
        assert (watch.owner_id, watch.why) == (cast.kari.employee.pk, Why.ACUTE)

    def test_her_own_when_it_can_wait_and_she_is_at_work_R31(self, cast: Cast) -> None:
        Responsible.objects.create(
            citizen=cast.olga,
            kind=ResponsibleKind.SERVICE_RESPONSIBLE,
            employee=cast.kari.employee,
            valid_from=date(2024, 1, 1),
        )
        at_work(cast.ingrid, cast)
        checked(cast, WELL)
        assert Watch.objects.get().owner_id == cast.ingrid.employee.pk

        at_work(cast.kari, cast)
        checked(cast, WELL, key="k2")
        assert (Watch.objects.get().owner_id, Watch.objects.get().why) == (cast.kari.employee.pk, Why.RESPONSIBLE)

    def test_nobody_at_work_is_said_R31(self, cast: Cast) -> None:
        checked(cast)

        assert (Watch.objects.get().owner_id, Watch.objects.get().why) == (None, Why.NOBODY)


class TestFollow:
    def test_goes_on_with_words_and_a_new_deadline_R18(self, cast: Cast) -> None:
        watch_id = checked(cast).watch_id
        assert watch_id is not None

        actions.decide_watch(
            actor=cast.ingrid.actor, watch_id=watch_id, words="Ringte legevakta.", hours=2, press_key="s1", at=AT
        )

        watch = Watch.objects.get()
        assert (watch.owner_id, watch.act_by, watch.check_by) == (
            cast.ingrid.employee.pk, None, AT + timedelta(hours=2),
        )  # fmt: skip
        assert Entry.objects.filter(kind="OBSERVED").count() == 2

    def test_a_care_worker_does_not_let_it_wait_longer_than_the_scale_R18(self, cast: Cast) -> None:
        watch_id = checked(cast).watch_id
        assert watch_id is not None

        with pytest.raises(ActionRefused):
            actions.decide_watch(actor=cast.amir.actor, watch_id=watch_id, words="Sover.", hours=6, press_key="", at=AT)
        actions.decide_watch(actor=cast.amir.actor, watch_id=watch_id, words="Sover.", hours=1, press_key="", at=AT)

    def test_is_closed_with_words_by_a_nurse_or_by_whom_took_over_R18(self, cast: Cast) -> None:
        watch_id = checked(cast).watch_id
        assert watch_id is not None
        with pytest.raises(NurseDecides):
            actions.close_watch(actor=cast.amir.actor, watch_id=watch_id, ending="BETTER", answer="Fin nå.", at=AT)
        with pytest.raises(ActionRefused):
            actions.close_watch(actor=cast.ingrid.actor, watch_id=watch_id, ending="BETTER", answer=" ", at=AT)

        actions.close_watch(actor=cast.amir.actor, watch_id=watch_id, ending="HOSPITAL", answer="Ambulanse.", at=AT)

        assert queries.open_watch_of(cast.olga.pk) is None
        assert Entry.objects.filter(kind="WATCH_END", row_id=watch_id).count() == 1
        with pytest.raises(AlreadyClosed):
            actions.take_watch(actor=cast.ingrid.actor, watch_id=watch_id, at=AT)

    def test_a_new_check_after_it_is_closed_opens_another_R18(self, cast: Cast) -> None:
        first = checked(cast).watch_id
        assert first is not None
        actions.close_watch(actor=cast.ingrid.actor, watch_id=first, ending="BETTER", answer="Fin nå.", at=AT)

        assert checked(cast, key="k2").watch_id != first

    def test_somebody_takes_it_R31(self, cast: Cast) -> None:
        watch_id = checked(cast).watch_id
        assert watch_id is not None

        actions.take_watch(actor=cast.kari.actor, watch_id=watch_id, at=AT)

        assert Watch.objects.get().owner_id == cast.kari.employee.pk
        with pytest.raises(NotFound):
            actions.take_watch(actor=cast.nils.actor, watch_id=watch_id, at=AT)

    def test_is_late_when_the_first_deadline_is_past_R31(self, cast: Cast) -> None:
        checked(cast)

        line = queries.open_watches(citizen_ids=[cast.olga.pk])[0]
        assert [line.is_late(AT + timedelta(minutes=minutes)) for minutes in (14, 15)] == [False, True]


class TestObserve:
    def test_a_weight_and_words_ask_nobody_R18(self, cast: Cast) -> None:
        found = actions.observe(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, weight=Decimal("62.4"), about="FLUID", words="Spiser lite.",
            seen_at=AT, press_key="w1", at=AT,
        )  # fmt: skip

        assert (found.kind, found.about, Watch.objects.count()) == ("WEIGHT", "FLUID", 0)
        assert queries.weights_of(cast.olga.pk)[0].weight == Decimal("62.4")
        assert Entry.objects.get().kind == "OBSERVED"

    @pytest.mark.parametrize(("weight", "about"), [(None, ""), (Decimal(7), ""), (Decimal(60), "XX")])
    def test_refuses_nothing_and_what_nobody_weighs_R18(self, cast: Cast, weight: Decimal | None, about: str) -> None:
        with pytest.raises(ActionRefused):
            actions.observe(actor=cast.amir.actor, citizen_id=cast.olga.pk, weight=weight, about=about, words="",
                            seen_at=AT, press_key="", at=AT)  # fmt: skip


def usual(cast: Cast, *, scale: int = 1, scale_by: str = "", seen: int = 0, by: Member | None = None) -> Usual:
    return actions.set_usual(
        actor=(by or cast.amir).actor, citizen_id=cast.olga.pk, words="Litt tungpust i trappa.", saturation=91,
        scale=scale, scale_by=scale_by, seen=seen, at=AT,
    )  # fmt: skip


class TestUsual:
    def test_the_newest_counts_and_older_stand_in_the_journal_R18(self, cast: Cast) -> None:
        first = usual(cast)
        second = usual(cast, seen=first.pk)

        assert queries.usual_of(cast.olga.pk) == second
        assert Entry.objects.filter(kind="USUAL").count() == 2

    def test_scale_2_is_a_nurses_to_set_and_says_who_decided_it_R18(self, cast: Cast) -> None:
        with pytest.raises(ScaleNotYours):
            usual(cast, scale=2, scale_by="Lege Moe")
        with pytest.raises(ActionRefused):
            usual(cast, scale=2, by=cast.ingrid)
        first = usual(cast, scale=2, scale_by="Lege Moe", by=cast.ingrid)

        with pytest.raises(ScaleNotYours):  # nor takes it away
            usual(cast, scale=1, seen=first.pk)
        usual(cast, scale=2, scale_by="Lege Moe", seen=first.pk)  # words alone are anybody's

    def test_the_second_of_two_is_told_R06(self, cast: Cast) -> None:
        first = usual(cast)

        with pytest.raises(ChangedMeanwhile):
            usual(cast, seen=0)
        assert Usual.objects.get() == first
