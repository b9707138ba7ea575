"""What must happen by when: nothing passes silently."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tillit.care.decisions.rules.appeals import (
    LEADS,
    OPEN,
    AppealState,
    AppealStep,
    InTime,
    step,
    timeliness,
)
from tillit.care.decisions.rules.due import AppealDates, CaseDates, Duty, Practice, Urgency, dues
from tillit.care.decisions.rules.states import State

RECEIVED = date(2026, 11, 9)
PRACTICE = Practice()


def duties(case: CaseDates, on: date) -> list[tuple[Duty, date, Urgency]]:
    """What is due, in order."""
    return [(each.duty, each.by, each.urgency) for each in dues(case, on=on, practice=PRACTICE)]


class TestAnApplication:
    case = CaseDates(state=State.RECEIVED, received_on=RECEIVED)

    def test_is_answered_within_a_month(self) -> None:
        assert duties(self.case, RECEIVED) == [(Duty.ANSWER_OR_INTERIM, date(2026, 12, 9), Urgency.AHEAD)]

    def test_is_warned_of_from_day_21_and_late_after_the_month(self) -> None:
        assert duties(self.case, RECEIVED + timedelta(days=20))[0][2] is Urgency.AHEAD
        assert duties(self.case, RECEIVED + timedelta(days=21))[0][2] is Urgency.SOON
        assert duties(self.case, date(2026, 12, 9))[0][2] is Urgency.SOON
        assert duties(self.case, date(2026, 12, 10))[0][2] is Urgency.LATE

    def test_an_interim_reply_names_a_new_day(self) -> None:
        case = CaseDates(state=State.ASSESSMENT, received_on=RECEIVED, expected_on=date(2027, 1, 15))
        assert duties(case, RECEIVED) == [(Duty.ANSWER_AS_TOLD, date(2027, 1, 15), Urgency.AHEAD)]

    def test_help_before_the_decision_is_followed_by_one(self) -> None:
        case = CaseDates(state=State.ASSESSMENT, received_on=RECEIVED, urgent_from=date(2026, 11, 12))
        assert duties(case, date(2026, 11, 22))[0] == (Duty.DECIDE_AFTER_URGENT, date(2026, 11, 26), Urgency.SOON)


class TestADecision:
    def test_is_told_soon(self) -> None:
        case = CaseDates(state=State.DECIDED, received_on=RECEIVED, decided_on=date(2026, 11, 20))
        assert duties(case, date(2026, 11, 24)) == [(Duty.NOTIFY, date(2026, 11, 23), Urgency.LATE)]

    def test_that_ends_is_renewed_in_time_R22(self) -> None:
        case = CaseDates(state=State.ACTIVE, ends_on=date(2027, 1, 7), evaluate_on=date(2026, 12, 20))
        assert [each[0] for each in duties(case, date(2026, 12, 1))] == [Duty.REASSESS, Duty.RENEW]


class TestAnAdvanceNotice:
    case = CaseDates(state=State.REASSESSMENT, reply_by=date(2026, 12, 7))

    def test_is_waited_for_and_then_gone_on_from_R14(self) -> None:
        assert duties(self.case, date(2026, 12, 7)) == [(Duty.REPLY_WINDOW, date(2026, 12, 7), Urgency.SOON)]
        assert duties(self.case, date(2026, 12, 8)) == [(Duty.GO_ON, date(2026, 12, 21), Urgency.SOON)]
        assert duties(self.case, date(2026, 12, 22)) == [(Duty.GO_ON, date(2026, 12, 21), Urgency.LATE)]

    def test_that_is_answered_is_gone_on_from_at_once(self) -> None:
        answered = CaseDates(state=State.REASSESSMENT, reply_by=date(2026, 12, 7), replied=True)
        assert [each[0] for each in duties(answered, date(2026, 12, 1))] == [Duty.GO_ON]


class TestNothingPassesSilently:
    @given(
        st.sampled_from([State.RECEIVED, State.ASSESSMENT, State.PROPOSED]),
        st.integers(0, 2_000),
    )
    def test_an_unanswered_application_stays_however_late(self, state: State, days: int) -> None:
        found = duties(CaseDates(state=state, received_on=RECEIVED), RECEIVED + timedelta(days=days))
        assert found and found[0][0] is Duty.ANSWER_OR_INTERIM
        assert (found[0][2] is Urgency.LATE) == (days > 30)

    @given(st.sampled_from(sorted(OPEN)), st.integers(0, 500))
    def test_an_open_appeal_before_us_stays(self, state: AppealState, days: int) -> None:
        appeal = AppealDates(appeal_id=7, state=state, received_on=RECEIVED, complete_by=RECEIVED + timedelta(days=7))
        found = dues(
            CaseDates(state=State.ACTIVE, appeals=(appeal,)), on=RECEIVED + timedelta(days=days), practice=PRACTICE
        )
        with_governor = state is AppealState.FORWARDED
        assert [each.subject for each in found] == ([] if with_governor else [7])


class TestAppeals:
    def test_every_open_state_can_be_left_and_every_end_is_an_end(self) -> None:
        for state in AppealState:
            assert (state in OPEN) == any(step(state, each) is not None for each in AppealStep)

    def test_every_state_can_be_reached(self) -> None:
        assert set(LEADS.values()) | {AppealState.RECEIVED} == set(AppealState)

    def test_a_late_one_is_never_refused_by_the_rule(self) -> None:
        last, latest = date(2026, 12, 21), date(2027, 11, 20)
        assert timeliness(last, last_day=last, latest=latest) is InTime.IN_TIME
        assert timeliness(last + timedelta(days=1), last_day=last, latest=latest) is InTime.LATE
        assert timeliness(latest + timedelta(days=1), last_day=last, latest=latest) is InTime.TOO_LATE
        assert step(AppealState.RECEIVED, AppealStep.TAKE_UP) is AppealState.REVIEW

    def test_no_period_has_begun_before_the_decision_reached_her(self) -> None:
        assert timeliness(date(2026, 12, 30), last_day=None, latest=date(2027, 11, 20)) is InTime.IN_TIME
