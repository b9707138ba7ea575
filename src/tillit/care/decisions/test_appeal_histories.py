"""Random histories of an appeal through the actions: whatever people press, the law holds (R23).

Letters are not rendered here: what they hold is tested beside; a stand-in keeps a row so that thousands of steps are
quick.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import builders_appeals
from tests.cast import MONDAY, Cast
from tillit.care.decisions.actions import appealing, appealing_letters, appealing_review, appealing_stay
from tillit.care.decisions.models import (
    Appeal,
    AppealEvent,
    Case,
    Decision,
    Disqualification,
    Ground,
)
from tillit.care.decisions.queries.appeals import in_time_of, list_appeals, stays_in_force
from tillit.care.decisions.rules.appeal_steps import GOVERNOR_ANSWERS
from tillit.care.decisions.rules.appeals import LEADS, OPEN, AppealState, AppealStep, InTime
from tillit.care.decisions.rules.states import State
from tillit.care.letters.models import SentLetter
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

pytestmark = pytest.mark.django_db
REACHES = {
    Ground.LATE: (AppealState.RECEIVED, AppealState.INCOMPLETE),
    Ground.INCOMPLETE: (AppealState.INCOMPLETE,),
    Ground.NOT_ENTITLED: (AppealState.RECEIVED, AppealState.INCOMPLETE),
}


class AnyAppeal(RuleBasedStateMachine):
    """People press what they like, on any day; what is refused changes nothing."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.saved = transaction.atomic()
        self.saved.__enter__()
        self.at = MONDAY
        self.steps: list[tuple[str, str, str]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.saved.__exit__(None, None, None)

    @initialize(
        decided=st.sampled_from([date(2026, 11, 2), date(2026, 10, 20), date(2025, 11, 20)]),
        told=st.booleans(),
        refused=st.booleans(),
    )
    def a_decision(self, decided: date, told: bool, refused: bool) -> None:
        self.decision = builders_appeals.decision(
            self.cast,
            decided_on=decided,
            known_on=decided if told else None,
            outcome="REFUSED" if refused else "PARTLY",
            state=State.REFUSED if refused else State.ACTIVE,
        )
        self.appeal = builders_appeals.appeal(self.cast, self.decision, at=self.at)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(barred=st.booleans())
    def somebody_is_barred(self, barred: bool) -> None:
        Disqualification.objects.all().delete()
        if barred:
            Disqualification.objects.create(
                employee=self.cast.marit.employee,
                citizen=self.cast.olga,
                reason="Søster",
                valid_from=oslo.day_of(MONDAY),
                recorded_at=self.at,
            )

    @rule(holds=st.booleans())
    def authority_changes(self, holds: bool) -> None:
        self.decision.authority.valid_to = None if holds else oslo.day_of(MONDAY)
        self.decision.authority.save()

    @rule(missing=st.sampled_from(["", "Underskrift"]), days=st.integers(-1, 9))
    def ask_for_more(self, missing: str, days: int) -> None:
        self.press(appealing.ask_for_more, missing=missing, complete_by=oslo.day_of(self.at) + timedelta(days=days))

    @rule()
    def complete(self) -> None:
        self.press(appealing.complete_appeal)

    @rule(reason=st.sampled_from(["", "Lå på sykehus."]))
    def take_up(self, reason: str) -> None:
        self.press(appealing.take_up_appeal, late_reason=reason)

    @rule(ground=st.sampled_from(["", *Ground.values]), reason=st.sampled_from(["", "Kom for sent."]))
    def dismiss(self, ground: str, reason: str) -> None:
        self.press(appealing.dismiss_appeal, ground=ground, reason=reason, ways=())

    @rule(words=st.sampled_from(["", "Vi ser det slik."]))
    def review(self, words: str) -> None:
        self.press(appealing_review.save_review, words=words)

    @rule(wholly=st.booleans())
    def change(self, wholly: bool) -> None:
        self.press(appealing_review.change_decision, wholly=wholly)

    @rule()
    def forward(self) -> None:
        self.press(appealing_review.forward_appeal, ways=(), reply_by=oslo.day_of(self.at) + timedelta(days=14))

    @rule(step=st.sampled_from([*GOVERNOR_ANSWERS, AppealStep.TAKE_UP]), days=st.integers(-30, 3))
    def the_governor_answers(self, step: AppealStep, days: int) -> None:
        answered_on = oslo.day_of(self.at) + timedelta(days=days)
        self.press(appealing_review.record_answer, step=step, answered_on=answered_on, words="Se på det igjen.")

    @rule()
    def withdraw(self) -> None:
        self.press(appealing.withdraw_appeal)

    @rule()
    def ask_for_stay(self) -> None:
        self.press(appealing_stay.ask_for_stay)

    @rule(granted=st.booleans(), reasons=st.sampled_from(["", "Det kan skade."]))
    def answer_stay(self, granted: bool, reasons: str) -> None:
        self.press(appealing_stay.answer_stay, granted=granted, reasons=reasons)

    def press(self, action: Any, **told: Any) -> None:
        """Do it, or nothing at all."""
        before = self.stored()
        seen = Appeal.objects.select_related("decision__case", "on_dismissal_of").get(pk=self.appeal.pk)
        try:
            with transaction.atomic():
                action(actor=self.marit(), appeal_id=seen.pk, edition=seen.edition, at=self.at, **told)
        except TillitError:
            assert self.stored() == before
        else:
            self.look(seen)

    def marit(self) -> Actor:
        return actor_of(user_id=self.cast.marit.user.pk, name="Marit", at=self.at)

    def stored(self) -> tuple[Any, ...]:
        appeal = Appeal.objects.filter(pk=self.appeal.pk).values().get()
        cases = tuple(Case.objects.order_by("pk").values_list("state", "edition"))
        return (appeal, cases, AppealEvent.objects.count(), AuditEntry.objects.count(), SentLetter.objects.count())

    def look(self, was: Appeal) -> None:
        """What has just been done was lawful."""
        now = Appeal.objects.select_related("decision__case", "on_dismissal_of").get(pk=was.pk)
        event = AppealEvent.objects.order_by("-pk").first()
        assert event is not None and (event.was, event.became) == (was.state, now.state)
        assert now.edition == was.edition + 1
        barred = Disqualification.objects.exists()
        if was.state != now.state:
            assert LEADS[AppealState(was.state), AppealStep(event.step)] == AppealState(now.state)
        match event.step:
            case "TAKE_UP":
                assert not barred and in_time_of(now) is not InTime.TOO_LATE
                assert in_time_of(now) is InTime.IN_TIME or now.late_reason
            case "DISMISS":
                assert not barred and self.decision.authority.valid_to is None
                assert now.authority_id and now.letter_id and now.late_reason
                assert AppealState(was.state) in REACHES[Ground(now.dismissed_for)]
                if now.dismissed_for == Ground.LATE:
                    assert in_time_of(now) is not InTime.IN_TIME
                if now.dismissed_for == Ground.INCOMPLETE:
                    assert now.complete_by is not None and oslo.day_of(self.at) > now.complete_by
            case "CHANGE" | "CHANGE_PARTLY" | "FORWARD" | "REVIEW_WRITTEN":
                assert not barred
                if event.step != "REVIEW_WRITTEN":
                    assert now.review
                if event.step == "FORWARD":
                    assert now.letter_id and now.forwarded_on == oslo.day_of(self.at)
            case "GOVERNOR_UPHOLDS" | "GOVERNOR_CHANGES" | "GOVERNOR_RETURNS":
                assert now.forwarded_on and now.outcome_on and now.forwarded_on <= now.outcome_on
            case "STAY_GRANTED" | "STAY_REFUSED":
                assert not barred and now.stay_reasons and now.stay_asked_on is not None

    @invariant()
    def nothing_is_decided_here(self) -> None:
        assert Decision.objects.count() <= 1

    @invariant()
    def what_is_open_is_seen(self) -> None:
        if not hasattr(self, "appeal"):
            return
        state = AppealState(Appeal.objects.values_list("state", flat=True).get(pk=self.appeal.pk))
        listed = [line.appeal_id for line in list_appeals(self.marit(), on=oslo.day_of(self.at))]
        if state in OPEN:
            assert listed == [self.appeal.pk]
        elif state in (AppealState.DISMISSED, AppealState.WITHDRAWN):
            assert listed == []
            assert stays_in_force([self.decision.pk]) == {}

    @invariant()
    def a_change_is_looked_at_in_the_case(self) -> None:
        if not hasattr(self, "appeal"):
            return
        changed = AppealEvent.objects.filter(
            step__in=["CHANGE", "CHANGE_PARTLY", "GOVERNOR_CHANGES", "GOVERNOR_RETURNS"]
        ).exists()
        state = Case.objects.values_list("state", flat=True).get(pk=self.decision.case_id)
        assert (state in (State.REASSESSMENT, State.ASSESSMENT)) == changed


@pytest.fixture
def _letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def keep(*, actor: Actor, citizen_id: int, content: Any, at: datetime, **_rest: Any) -> SentLetter:
        return SentLetter.objects.create(
            citizen_id=citizen_id, kind=content.kind, language="nb", case_reference="1", title="t", content={},
            html="", pdf=b"", sha256="", ways=[], made_at=at, sent_at=at,
        )  # fmt: skip

    monkeypatch.setattr(appealing_letters, "keep_letter", keep)
    yield


@pytest.mark.usefixtures("_letters")
def test_any_history_keeps_the_law_R23(cast: Cast) -> None:
    cast.bekkedal.phone, cast.bekkedal.base_street = "555 00 100", "Bekkeveien 1"
    cast.bekkedal.save()
    builders_appeals.home_nursing()
    AnyAppeal.cast = cast
    run_state_machine_as_test(
        AnyAppeal,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
