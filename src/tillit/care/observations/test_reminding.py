"""A check that is late: whoever has it is told, then the one in charge, each once (R18)."""

from contextvars import copy_context
from datetime import time, timedelta

import pytest

from tests import builders
from tests import builders_responsibility as organised
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.observations import actions, queries
from tillit.care.observations.actions.reminding import remind_late
from tillit.care.observations.models import Watch
from tillit.care.observations.rules.reaction import Act, Due
from tillit.care.observations.rules.reminding import GOES_ON, Reminder, Told, reminder_due
from tillit.care.observations.test_actions import AT, ILL, WELL, at_work, checked
from tillit.foundation.access import reading
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.responsibility.models import DutyHolding, DutyKind
from tillit.foundation.workforce.models import ShiftKind

MINUTE = timedelta(minutes=1)
UNTIL = Due(AT + 15 * MINUTE, AT + 60 * MINUTE)


class TestTheRule:
    def test_tells_nobody_before_the_first_deadline_R18(self) -> None:
        assert reminder_due(Act.CALL_DOCTOR, UNTIL, Told(), now=UNTIL.first - timedelta(seconds=1)) is None
        assert reminder_due(Act.CALL_DOCTOR, UNTIL, Told(), now=UNTIL.first) is Reminder.OWNER

    @pytest.mark.parametrize("act", list(Act))
    def test_goes_on_to_the_one_in_charge_after_its_time_and_no_further_R18(self, act: Act) -> None:
        told = Told(reminded_at=AT + 20 * MINUTE)
        after = AT + 20 * MINUTE + GOES_ON[act]

        assert reminder_due(act, UNTIL, told, now=after - timedelta(seconds=1)) is None
        assert reminder_due(act, UNTIL, told, now=after) is Reminder.IN_CHARGE
        assert reminder_due(act, UNTIL, Told(told.reminded_at, after), now=after + timedelta(days=1)) is None


class TestRemindLate:
    def test_the_one_who_has_it_is_told_once_and_then_the_leader_R18(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        checked(cast)
        watch = Watch.objects.get()
        assert watch.owner_id == cast.ingrid.employee.pk

        assert remind_late(at=AT + 14 * MINUTE) == 0
        assert remind_late(at=AT + 15 * MINUTE) == 1
        assert remind_late(at=AT + 16 * MINUTE) == 0
        assert remind_late(at=AT + 30 * MINUTE) == 1
        assert remind_late(at=AT + 90 * MINUTE) == 0

        watch.refresh_from_db()
        assert (watch.reminded_id, watch.raised_id) == (cast.ingrid.employee.pk, cast.marit.employee.pk)
        with reading.watching():
            assert [one.watch_id for one in queries.open_watches(owner_id=cast.marit.employee.pk)] == [watch.pk]
        told = AuditEntry.objects.filter(actor_name="Påminnelser").order_by("pk")
        assert [entry.change["told"] for entry in told] == ["OWNER", "IN_CHARGE"]
        assert AccessEntry.objects.filter(door="observations:remind", citizen_id=cast.olga.pk).exists()

    def test_goes_to_who_is_at_work_when_the_one_who_had_it_has_gone_home_R18(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        checked(cast, WELL)  # again within twelve hours: in the evening
        evening = ShiftKind.EVENING
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE, kind=evening, starts=time(15), ends=time(22, 30))
        duty = organised.duty(cast.bekkedal, cast.amir.employee, kind=DutyKind.MESSAGES, shift_kind=evening.value)
        DutyHolding.objects.create(duty=duty, employee=cast.amir.employee, on=MONDAY_DATE, at=MONDAY)

        remind_late(at=AT + timedelta(hours=12))

        assert Watch.objects.get().reminded_id == cast.amir.employee.pk

    def test_a_new_measurement_begins_anew_R18(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        checked(cast)
        remind_late(at=AT + 15 * MINUTE)

        actions.check(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, measured=ILL, words="", seen_at=AT + 20 * MINUTE,
            press_key="k2", at=AT + 20 * MINUTE,
        )  # fmt: skip

        assert Watch.objects.get().reminded_at is None
        assert remind_late(at=AT + 34 * MINUTE) == 0
        assert remind_late(at=AT + 35 * MINUTE) == 1

    def test_reads_through_a_door_of_its_own_alone_R14(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        checked(cast)

        def without_a_door() -> int:
            reading._watch.set(None)
            return remind_late(at=AT + timedelta(hours=1))

        assert copy_context().run(without_a_door) == 1  # reading outside every door raises in tests

    def test_what_is_closed_is_left_alone(self, cast: Cast) -> None:
        at_work(cast.ingrid, cast)
        watch_id = checked(cast).watch_id
        actions.close_watch(
            actor=cast.ingrid.actor, watch_id=watch_id or 0, ending="BETTER", answer="Feber. Sover nå.", at=AT
        )

        assert remind_late(at=AT + timedelta(hours=5)) == 0
