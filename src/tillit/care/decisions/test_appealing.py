"""Appeals from the day they come to the county governor's answer (R23)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests import builders, builders_appeals
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.decisions.actions import appealing, appealing_review, appealing_stay
from tillit.care.decisions.actions.appealing_steps import AppealBlocked
from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.events import DecisionMade
from tillit.care.decisions.models import (
    Appeal,
    AppealEvent,
    Case,
    Channel,
    Decision,
    Disqualification,
    Ground,
    Origin,
)
from tillit.care.decisions.queries.appeals import in_time_of, list_appeals, stays_in_force
from tillit.care.decisions.rules.appeal_steps import Missing
from tillit.care.decisions.rules.appeals import AppealState, AppealStep, InTime
from tillit.care.decisions.rules.states import State
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rules import Way
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import events
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
BY_POST = (Way.PAPER,)
LATER = MONDAY + timedelta(days=9)


@pytest.fixture
def decision(cast: Cast) -> Decision:
    cast.bekkedal.phone, cast.bekkedal.base_street = "555 00 100", "Bekkeveien 1"
    cast.bekkedal.save()
    return builders_appeals.decision(cast)


def bar(cast: Cast) -> None:
    """Let Marit be disqualified in Olga's cases."""
    Disqualification.objects.create(
        employee=cast.marit.employee,
        citizen=cast.olga,
        reason="Er søsteren hennes",
        valid_from=MONDAY_DATE,
        recorded_at=MONDAY,
    )


def in_review(cast: Cast, decision: Decision, *, words: str = "Såret er dypere enn vi trodde.") -> Appeal:
    """Bring an appeal to where the review is written."""
    appeal = builders_appeals.appeal(cast, decision)
    appeal = appealing.take_up_appeal(actor=cast.marit.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)
    return appealing_review.save_review(
        actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, words=words, at=MONDAY
    )


def forwarded(cast: Cast, decision: Decision) -> Appeal:
    appeal = in_review(cast, decision)
    return appealing_review.forward_appeal(
        actor=cast.marit.actor,
        appeal_id=appeal.pk,
        edition=appeal.edition,
        ways=BY_POST,
        reply_by=MONDAY_DATE + timedelta(days=14),
        at=MONDAY,
    )


class TestReceive:
    def test_anybody_in_the_team_takes_it_in_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision, by=cast.amir)

        assert appeal.state == AppealState.RECEIVED
        assert in_time_of(appeal) is InTime.IN_TIME
        entry = AuditEntry.objects.get(subject=f"appeal:{appeal.pk}")
        assert "stellet" not in str(entry.change)
        assert AppealEvent.objects.get().step == "REGISTERED"

    def test_what_is_told_by_mouth_is_written_down_for_her_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = appealing.register_appeal(
            actor=cast.amir.actor,
            decision_id=decision.pk,
            origin=Origin.CITIZEN,
            channel=Channel.PHONE,
            words="Jeg vil ha hjelp hver dag.",
            posted_on=MONDAY_DATE,
            received_on=MONDAY_DATE,
            at=MONDAY,
        )

        assert appeal.helped_to_write

    def test_a_late_one_is_taken_in_all_the_same_R23(self, cast: Cast) -> None:
        old = builders_appeals.decision(cast, decided_on=date(2026, 10, 20), known_on=date(2026, 10, 20))

        appeal = builders_appeals.appeal(cast, old)

        assert in_time_of(appeal) is InTime.LATE  # the last day was 17 November
        assert appeal.state == AppealState.RECEIVED

    def test_the_same_press_twice_is_one_appeal(self, cast: Cast, decision: Decision) -> None:
        for _press in range(2):
            appealing.register_appeal(
                actor=cast.amir.actor,
                decision_id=decision.pk,
                origin=Origin.CITIZEN,
                channel=Channel.PAPER,
                words="Nei.",
                posted_on=MONDAY_DATE,
                received_on=MONDAY_DATE,
                press_key="k1",
                at=MONDAY,
            )

        assert Appeal.objects.count() == 1

    @pytest.mark.parametrize(
        ("words", "posted_on", "received_on"),
        [
            ("  ", MONDAY_DATE, MONDAY_DATE),
            ("Nei.", MONDAY_DATE, MONDAY_DATE - timedelta(days=1)),
            ("Nei.", MONDAY_DATE, MONDAY_DATE + timedelta(days=1)),
            ("Nei.", date(2026, 11, 1), MONDAY_DATE),
        ],
    )
    def test_refuses_what_cannot_be_so(
        self, cast: Cast, decision: Decision, words: str, posted_on: date, received_on: date
    ) -> None:
        with pytest.raises(CaseRefused):
            appealing.register_appeal(
                actor=cast.amir.actor,
                decision_id=decision.pk,
                origin=Origin.CITIZEN,
                channel=Channel.PAPER,
                words=words,
                posted_on=posted_on,
                received_on=received_on,
                at=MONDAY,
            )

    def test_somebody_in_another_team_does_not_find_the_decision(self, cast: Cast, decision: Decision) -> None:
        with pytest.raises(NotFound):
            builders_appeals.appeal(cast, decision, by=cast.frida)

    def test_the_receipt_is_kept_once(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        told: dict[str, Any] = {"actor": cast.marit.actor, "appeal_id": appeal.pk, "ways": BY_POST, "at": MONDAY}
        appeal = appealing.send_receipt(edition=1, answer_by=date(2026, 12, 21), **told)

        assert appeal.receipt_letter is not None
        assert "21. desember 2026" in appeal.receipt_letter.html
        with pytest.raises(CaseRefused):
            appealing.send_receipt(edition=appeal.edition, answer_by=date(2026, 12, 21), **told)


class TestTakeUp:
    def test_a_late_one_needs_a_reason_R23(self, cast: Cast) -> None:
        old = builders_appeals.decision(cast, decided_on=date(2026, 10, 20), known_on=date(2026, 10, 20))
        appeal = builders_appeals.appeal(cast, old)
        told: dict[str, Any] = {"actor": cast.marit.actor, "appeal_id": appeal.pk, "edition": 1, "at": MONDAY}

        with pytest.raises(AppealBlocked) as refused:
            appealing.take_up_appeal(**told)
        assert refused.value.missing == (Missing.NO_LATE_REASON,)

        assert appealing.take_up_appeal(late_reason="Lå på sykehus.", **told).state == AppealState.REVIEW

    def test_never_more_than_a_year_after_the_decision_R23(self, cast: Cast) -> None:
        old = builders_appeals.decision(cast, decided_on=date(2025, 11, 20), known_on=date(2025, 11, 20))
        appeal = builders_appeals.appeal(cast, old)

        with pytest.raises(AppealBlocked) as refused:
            appealing.take_up_appeal(
                actor=cast.marit.actor, appeal_id=appeal.pk, edition=1, late_reason="Lå på sykehus.", at=MONDAY
            )

        assert refused.value.missing == (Missing.YEAR_PASSED,)

    def test_not_by_somebody_disqualified_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        bar(cast)

        with pytest.raises(AppealBlocked) as refused:
            appealing.take_up_appeal(actor=cast.marit.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)

        assert refused.value.missing == (Missing.DISQUALIFIED,)

    def test_a_care_worker_may_not(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)

        with pytest.raises(NotAllowed):
            appealing.take_up_appeal(actor=cast.amir.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)

    def test_two_writers_are_told(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        appealing.take_up_appeal(actor=cast.marit.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)

        with pytest.raises(ChangedMeanwhile):
            appealing.withdraw_appeal(actor=cast.marit.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)

    def test_what_is_missing_gets_a_deadline_and_comes(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        appeal = appealing.ask_for_more(
            actor=cast.marit.actor,
            appeal_id=appeal.pk,
            edition=1,
            missing="Klagen er ikke underskrevet",
            complete_by=date(2026, 11, 30),
            at=MONDAY,
        )
        assert appeal.state == AppealState.INCOMPLETE

        appeal = appealing.complete_appeal(
            actor=cast.amir.actor, appeal_id=appeal.pk, edition=appeal.edition, at=MONDAY
        )
        assert appeal.state == AppealState.RECEIVED


class TestDismiss:
    def dismiss(self, cast: Cast, appeal: Appeal, *, ground: str, at: datetime = MONDAY) -> Appeal:
        return appealing.dismiss_appeal(
            actor=actor_of(user_id=cast.marit.user.pk, name="Marit", at=at),
            appeal_id=appeal.pk,
            edition=appeal.edition,
            ground=ground,
            reason="Klagen kom tre uker for sent, og du hadde fått vite om fristen.",
            ways=BY_POST,
            at=at,
        )

    def late_appeal(self, cast: Cast, decision: Decision) -> Appeal:
        decision.known_on = date(2026, 10, 20)
        decision.decided_on = date(2026, 10, 20)
        decision.save()
        return builders_appeals.appeal(cast, decision)

    def test_is_a_decision_with_authority_and_a_letter_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = self.dismiss(cast, self.late_appeal(cast, decision), ground=Ground.LATE)

        assert appeal.state == AppealState.DISMISSED
        assert appeal.authority == decision.authority
        assert appeal.letter is not None and appeal.letter.kind == "APPEAL_DISMISSED"
        assert "21. desember 2026" in appeal.letter.html  # the dismissal can be appealed within four weeks

    def test_without_authority_nobody_dismisses_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = self.late_appeal(cast, decision)
        builders.role(cast.nils.employee, Role.CASE_WORKER, cast.bekkedal)
        decision.authority.valid_to = MONDAY_DATE
        decision.authority.save()

        with pytest.raises(AppealBlocked) as refused:
            self.dismiss(cast, appeal, ground=Ground.LATE)

        assert refused.value.missing == (Missing.NO_AUTHORITY,)
        assert Appeal.objects.get().state == AppealState.RECEIVED
        assert not SentLetter.objects.exists()

    def test_one_in_time_is_not_dismissed_for_being_late_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)

        with pytest.raises(AppealBlocked) as refused:
            self.dismiss(cast, appeal, ground=Ground.LATE)

        assert refused.value.missing == (Missing.NOT_LATE,)

    def test_an_incomplete_one_only_when_the_deadline_has_passed_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        appeal = appealing.ask_for_more(
            actor=cast.marit.actor,
            appeal_id=appeal.pk,
            edition=1,
            missing="Underskrift",
            complete_by=date(2026, 11, 30),
            at=MONDAY,
        )

        with pytest.raises(AppealBlocked) as refused:
            self.dismiss(cast, appeal, ground=Ground.INCOMPLETE)
        assert refused.value.missing == (Missing.STILL_TIME,)

        assert self.dismiss(cast, appeal, ground=Ground.INCOMPLETE, at=LATER).state == AppealState.DISMISSED

    def test_the_dismissal_can_be_appealed_on_R23(self, cast: Cast, decision: Decision) -> None:
        dismissed = self.dismiss(cast, self.late_appeal(cast, decision), ground=Ground.LATE)

        again = appealing.register_appeal(
            actor=cast.amir.actor,
            decision_id=decision.pk,
            origin=Origin.CITIZEN,
            channel=Channel.PAPER,
            words="Jeg fikk ikke brevet.",
            posted_on=MONDAY_DATE,
            received_on=MONDAY_DATE,
            on_dismissal_of_id=dismissed.pk,
            at=MONDAY,
        )

        assert (
            in_time_of(Appeal.objects.select_related("decision", "on_dismissal_of").get(pk=again.pk)) is InTime.IN_TIME
        )


class TestReview:
    def test_a_change_takes_the_case_up_again_and_decides_nothing_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = in_review(cast, decision)

        appeal = appealing_review.change_decision(
            actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, wholly=True, at=MONDAY
        )

        case = Case.objects.get()
        assert appeal.state == AppealState.CHANGED
        assert (case.state, case.reassessed_from, case.by_citizen) == (State.REASSESSMENT, MONDAY_DATE, True)
        assert Decision.objects.count() == 1
        [line] = list_appeals(cast.marit.actor, on=MONDAY_DATE)
        assert line.waits_for_decision and line.is_open

    def test_a_refused_case_is_opened_again_R23(self, cast: Cast) -> None:
        refused = builders_appeals.decision(cast, outcome="REFUSED", state=State.REFUSED)
        appeal = in_review(cast, refused)

        appealing_review.change_decision(
            actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, wholly=True, at=MONDAY
        )

        case = Case.objects.get()
        assert (case.state, case.closed_on) == (State.ASSESSMENT, None)

    def test_nothing_goes_on_without_a_review_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = in_review(cast, decision, words="  ")

        with pytest.raises(AppealBlocked) as refused:
            appealing_review.change_decision(
                actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, wholly=True, at=MONDAY
            )

        assert refused.value.missing == (Missing.NO_REVIEW,)

    def test_not_by_somebody_disqualified_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = in_review(cast, decision)
        bar(cast)

        with pytest.raises(AppealBlocked):
            appealing_review.save_review(
                actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, words="Nei.", at=MONDAY
            )

    def test_what_is_upheld_goes_on_with_our_statement_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = forwarded(cast, decision)

        assert (appeal.state, appeal.forwarded_on) == (AppealState.FORWARDED, MONDAY_DATE)
        assert appeal.letter is not None
        assert "Såret er dypere enn vi trodde." in appeal.letter.html
        assert "7. desember 2026" in appeal.letter.html  # until then she may answer what we have written

    def test_what_is_not_changed_goes_on_too_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = in_review(cast, decision)
        appeal = appealing_review.change_decision(
            actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, wholly=False, at=MONDAY
        )

        appeal = appealing_review.forward_appeal(
            actor=cast.marit.actor,
            appeal_id=appeal.pk,
            edition=appeal.edition,
            ways=BY_POST,
            reply_by=date(2026, 12, 7),
            at=MONDAY,
        )

        assert appeal.state == AppealState.FORWARDED
        assert appeal.letter is not None and "resten av vedtaket" in appeal.letter.html


class TestAnswer:
    @pytest.mark.parametrize(
        ("step", "became", "case_state"),
        [
            (AppealStep.GOVERNOR_UPHOLDS, AppealState.UPHELD_BY_GOVERNOR, State.ACTIVE),
            (AppealStep.GOVERNOR_CHANGES, AppealState.CHANGED_BY_GOVERNOR, State.REASSESSMENT),
            (AppealStep.GOVERNOR_RETURNS, AppealState.RETURNED_BY_GOVERNOR, State.REASSESSMENT),
        ],
    )
    def test_is_followed_up_R23(
        self, cast: Cast, decision: Decision, step: AppealStep, became: AppealState, case_state: State
    ) -> None:
        appeal = forwarded(cast, decision)

        appeal = appealing_review.record_answer(
            actor=cast.marit.actor,
            appeal_id=appeal.pk,
            edition=appeal.edition,
            step=step,
            answered_on=MONDAY_DATE,
            words="Behovet er ikke godt nok utredet.",
            at=MONDAY,
        )

        assert (appeal.state, Case.objects.get().state) == (became, case_state)

    def test_cannot_be_older_than_the_forwarding(self, cast: Cast, decision: Decision) -> None:
        appeal = forwarded(cast, decision)

        with pytest.raises(AppealBlocked) as refused:
            appealing_review.record_answer(
                actor=cast.marit.actor,
                appeal_id=appeal.pk,
                edition=appeal.edition,
                step=AppealStep.GOVERNOR_UPHOLDS,
                answered_on=MONDAY_DATE - timedelta(days=1),
                words="Enig.",
                at=MONDAY,
            )

        assert refused.value.missing == (Missing.ANSWER_BEFORE_FORWARDED,)

    def test_the_new_decision_ends_the_waiting_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = in_review(cast, decision)
        appealing_review.change_decision(
            actor=cast.marit.actor, appeal_id=appeal.pk, edition=appeal.edition, wholly=True, at=MONDAY
        )
        other = builders_appeals.decision(cast, decided_on=date(2026, 11, 20))
        other.case = decision.case
        other.save()
        events.publish(DecisionMade(other.pk, other.case_id, cast.olga.pk, "GRANTED", MONDAY_DATE, MONDAY))

        assert Appeal.objects.get().new_decision == other
        assert list_appeals(cast.marit.actor, on=MONDAY_DATE) == []


class TestStay:
    def test_is_asked_for_and_answered_with_reasons_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        appeal = appealing_stay.ask_for_stay(actor=cast.amir.actor, appeal_id=appeal.pk, edition=1, at=MONDAY)
        [line] = list_appeals(cast.marit.actor, on=MONDAY_DATE)
        assert line.dues[0].by == date(2026, 11, 25)  # two days, long before the review

        with pytest.raises(CaseRefused):
            appealing_stay.answer_stay(
                actor=cast.marit.actor,
                appeal_id=appeal.pk,
                edition=appeal.edition,
                granted=True,
                reasons=" ",
                at=MONDAY,
            )
        appealing_stay.answer_stay(
            actor=cast.marit.actor,
            appeal_id=appeal.pk,
            edition=appeal.edition,
            granted=True,
            reasons="Det kan skade å vente.",
            at=MONDAY,
        )

        assert stays_in_force([decision.pk]) == {decision.pk: MONDAY_DATE}

    def test_ends_with_the_appeal_R23(self, cast: Cast, decision: Decision) -> None:
        appeal = builders_appeals.appeal(cast, decision)
        appeal = appealing_stay.answer_stay(
            actor=cast.marit.actor, appeal_id=appeal.pk, edition=1, granted=True, reasons="Ja.", at=MONDAY
        )
        appealing.withdraw_appeal(actor=cast.amir.actor, appeal_id=appeal.pk, edition=appeal.edition, at=MONDAY)

        assert stays_in_force([decision.pk]) == {}
