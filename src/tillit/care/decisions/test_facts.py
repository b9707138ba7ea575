"""What indicators and the team board read of cases: right, without names, in as many queries for many as for few."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders_appeals
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.decisions import facts
from tillit.care.decisions.actions import appealing, appealing_stay
from tillit.care.decisions.models import AdvanceNotice, Case, CaseEvent, Decision, Holding
from tillit.care.decisions.queries.due_today import BoardKind, lines_for_board
from tillit.care.decisions.rules import lead_times
from tillit.care.decisions.rules.states import State
from tillit.kernel.periods import Days

pytestmark = pytest.mark.django_db
NOVEMBER = Days(date(2026, 11, 1), date(2026, 12, 1))


def received(decision: Decision, on: date) -> None:
    Case.objects.filter(pk=decision.case_id).update(received_on=on)


def event(decision: Decision, step: str, on: date, **data: str) -> None:
    CaseEvent.objects.create(
        case=decision.case, step=step, was="ASSESSMENT", became="ASSESSMENT", on=on, at=MONDAY, data=data
    )


class TestDecisions:
    def test_days_from_received_through_told_to_help(self, cast: Cast) -> None:
        decision = builders_appeals.decision(cast, decided_on=date(2026, 11, 12), known_on=date(2026, 11, 13))
        received(decision, date(2026, 11, 2))
        event(decision, "START", date(2026, 11, 16))

        [found] = facts.decisions_made(unit_ids=(cast.south.pk,), period=NOVEMBER)

        times = found.times
        assert (lead_times.to_decision(times), lead_times.to_notice(times), lead_times.to_start(times)) == (10, 1, 3)
        assert (found.unit_id, found.outcomes, found.is_reassessment) == (
            cast.bekkedal.pk,
            (("HOME_NURSING", "PARTLY"),),
            False,
        )

    def test_an_interim_reply_counts_only_when_it_came_in_time(self, cast: Cast) -> None:
        early = builders_appeals.decision(cast, decided_on=date(2026, 11, 18))
        late = builders_appeals.decision(cast, decided_on=date(2026, 11, 18))
        for one, sent in ((early, date(2026, 10, 30)), (late, date(2026, 11, 5))):
            received(one, date(2026, 10, 1))
            event(one, "SEND_INTERIM_REPLY", sent, expected_on="2026-11-20")

        found = facts.decisions_made(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)

        assert {one.decision_id: lead_times.in_time(one.times) for one in found} == {early.pk: True, late.pk: False}

    def test_a_reassessment_is_counted_from_when_it_began(self, cast: Cast) -> None:
        decision = builders_appeals.decision(cast, decided_on=date(2026, 11, 20))
        received(decision, date(2026, 1, 5))
        event(decision, "REASSESS", date(2026, 11, 10))

        [found] = facts.decisions_made(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)

        assert found.is_reassessment and lead_times.to_decision(found.times) == 10

    def test_urgent_help_counts_for_the_first_decision_only(self, cast: Cast) -> None:
        first = builders_appeals.decision(cast, decided_on=date(2026, 11, 9))
        again = builders_appeals.decision(cast, decided_on=date(2026, 11, 20))
        Decision.objects.filter(pk=again.pk).update(case_id=first.case_id)
        Case.objects.filter(pk=first.case_id).update(urgent_from=date(2026, 11, 5))

        found = facts.decisions_made(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)

        assert [lead_times.before_decision(one.times) for one in found] == [4, None]

    def test_the_period_is_half_open_and_the_unit_is_the_one_that_decided(self, cast: Cast) -> None:
        for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)):
            builders_appeals.decision(cast, decided_on=day)
        builders_appeals.decision(cast, citizen=cast.per, unit=cast.fjelldal)

        found = facts.decisions_made(unit_ids=(cast.south.pk,), period=NOVEMBER)

        assert [one.decided_on.day for one in found] == [1, 30]

    def test_asks_as_often_for_many_as_for_few(self, cast: Cast) -> None:
        counts = []
        for more in (1, 8):
            for _number in range(more):
                builders_appeals.appeal(cast, builders_appeals.decision(cast))
            with CaptureQueriesContext(connection) as asked:
                facts.decisions_made(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)
                facts.appeals_received(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)
                facts.advance_notices_sent(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)
            counts.append(len(asked))

        assert counts[0] == counts[1]

    def test_holds_no_names_and_no_words(self, cast: Cast) -> None:
        builders_appeals.appeal(cast, builders_appeals.decision(cast))
        told = repr(facts.decisions_made(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER))
        told += repr(facts.appeals_received(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER))

        assert "Olga" not in told and "stell" not in told


class TestAppealsAndNotices:
    def test_an_appeal_that_is_taken_back_has_no_answer(self, cast: Cast) -> None:
        appeal = builders_appeals.appeal(cast)
        appealing.withdraw_appeal(actor=cast.amir.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)

        [found] = facts.appeals_received(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)

        assert (found.is_open, found.days_to_review, found.days_to_answer, found.was_changed) == (
            False,
            None,
            None,
            False,
        )

    def test_advance_notices_and_whether_they_were_answered(self, cast: Cast) -> None:
        decision = builders_appeals.decision(cast)
        AdvanceNotice.objects.create(
            case=decision.case, sent_on=date(2026, 11, 3), reply_by=date(2026, 11, 17), sent_at=MONDAY
        )

        [found] = facts.advance_notices_sent(unit_ids=(cast.bekkedal.pk,), period=NOVEMBER)

        assert (found.unit_id, found.answered) == (cast.bekkedal.pk, False)


class TestBoard:
    def test_says_what_is_late_or_due_this_week_R22(self, cast: Cast) -> None:
        proposed = builders_appeals.decision(cast, state=State.PROPOSED)
        received(proposed, date(2026, 10, 20))
        renewed = builders_appeals.decision(cast, ends_on=MONDAY_DATE + timedelta(days=7))
        builders_appeals.decision(cast, ends_on=MONDAY_DATE + timedelta(days=8))  # next week
        appealed = builders_appeals.decision(cast)
        appeal = builders_appeals.appeal(cast, appealed)
        appealing_stay.ask_for_stay(actor=cast.amir.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)

        lines = lines_for_board((cast.bekkedal.pk,), on=MONDAY_DATE)

        assert [(line.kind, line.count, line.by, line.case_id) for line in lines] == [
            (BoardKind.DECIDE, 1, date(2026, 11, 20), proposed.case_id),
            (BoardKind.APPEAL, 1, date(2026, 11, 25), appealed.case_id),
            (BoardKind.REASSESS, 1, date(2026, 11, 30), renewed.case_id),
        ]

    def test_says_what_is_offered_to_us_and_only_to_us(self, cast: Cast) -> None:
        decision = builders_appeals.decision(cast)
        Holding.objects.create(
            case=decision.case, from_unit=cast.bekkedal, unit=cast.solvik, responsibility="X", offered_at=MONDAY
        )

        [line] = lines_for_board((cast.solvik.pk,), on=MONDAY_DATE)

        assert (line.kind, line.by) == (BoardKind.OFFERED, date(2026, 11, 25))
        assert lines_for_board((cast.fjelldal.pk,), on=MONDAY_DATE) == ()
