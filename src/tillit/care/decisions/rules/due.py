"""What must happen in a case by when, the most urgent first. Nothing passes silently: what is late stays first.

Sources: forvaltningsloven §§ 11 a, 16, 27, 33 and 42, pasient- og brukerrettighetsloven § 7-5; the days before which we
warn are the product's own. Worked examples: docs/how-we-count/deadlines.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from tillit.care.decisions.rules import deadlines
from tillit.care.decisions.rules.appeals import AppealState
from tillit.care.decisions.rules.states import CLOSED, WITH_HELP, State


class Duty(StrEnum):
    """What must be done."""

    ANSWER_OR_INTERIM = "ANSWER_OR_INTERIM"  # a decision, or an interim reply, within a month
    ANSWER_AS_TOLD = "ANSWER_AS_TOLD"  # by the day the interim reply named
    DECIDE_AFTER_URGENT = "DECIDE_AFTER_URGENT"  # help has begun before the decision
    FINAL_ASSESSMENT = "FINAL_ASSESSMENT"  # the assessment team's four weeks
    NOTIFY = "NOTIFY"  # decided, not told yet
    REPLY_WINDOW = "REPLY_WINDOW"  # the citizen may answer the advance notice until then
    GO_ON = "GO_ON"  # the answer has come, or the time for it is over
    SEND_REASONS = "SEND_REASONS"
    START_HELP = "START_HELP"
    REASSESS = "REASSESS"
    RENEW = "RENEW"  # the decision ends: a new one in time, or the help ends
    ANSWER_HANDOVER = "ANSWER_HANDOVER"  # offered to somebody who has not answered
    REVIEW_APPEAL = "REVIEW_APPEAL"
    DECIDE_STAY = "DECIDE_STAY"
    COMPLETE_APPEAL = "COMPLETE_APPEAL"


class Urgency(StrEnum):
    """How near it is."""

    LATE = "LATE"
    SOON = "SOON"
    AHEAD = "AHEAD"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that must happen. by: the last day. urgency on the day asked about."""

    duty: Duty
    by: date
    urgency: Urgency
    subject: int = 0

    def days_left(self, on: date) -> int:
        """Whole days from a day to the last one; negative when it has passed."""
        return (self.by - on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDates:
    """An open appeal's dates. stay_asked_on: stay of execution was asked for and is not answered."""

    appeal_id: int
    state: AppealState
    received_on: date
    complete_by: date | None = None
    stay_asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDates:
    """The dates that a case's duties follow from. All are days in Oslo; None: has not happened or does not apply.

    expected_on: the day the interim reply named. urgent_from: help began before the decision.
    assessment_until: when the assessment team's time is over. starts_on: the earliest day decided help begins.
    ends_on: the first last day among what is in force. evaluate_on: the day set for reassessment.
    """

    state: State
    received_on: date | None = None
    expected_on: date | None = None
    urgent_from: date | None = None
    assessment_until: date | None = None
    decided_on: date | None = None
    notified: bool = False
    starts_on: date | None = None
    evaluate_on: date | None = None
    ends_on: date | None = None
    reply_by: date | None = None
    replied: bool = False
    reasons_asked_on: date | None = None
    handover_offered_on: date | None = None
    appeals: tuple[AppealDates, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The municipality's own targets, in days; the law's are not here.

    notify: from decision to notice («as soon as possible», fvl § 27). review: from an appeal to its review (fvl § 33).
    stay: answer to a plea for stay of execution. go_on: from the last day to answer an advance notice. handover: answer
    to an offer. warn: how many days before a target we say «soon». renew: how long before a decision ends a new one
    is prepared.
    """

    notify: int = 3
    review: int = 28
    stay: int = 2
    reasons: int = 7
    go_on: int = 14
    handover: int = 2
    warn: int = 9
    renew: int = 28


class _Add(Protocol):
    """Notes a duty when its day is known."""

    def __call__(self, duty: Duty, by: date | None, *, warn: int = ..., subject: int = ...) -> None: ...


def dues(case: CaseDates, *, on: date, practice: Practice) -> tuple[Due, ...]:
    """Return what must happen in a case as seen on a day, by the last day; the late ones are thereby first.

    Guarantee: a duty stays until what it asks for has happened; that its day has passed only makes it LATE.
    """
    found: list[Due] = []

    def add(duty: Duty, by: date | None, *, warn: int = practice.warn, subject: int = 0) -> None:
        if by is not None:
            urgency = Urgency.LATE if on > by else Urgency.SOON if on >= by - timedelta(days=warn) else Urgency.AHEAD
            found.append(Due(duty, by, urgency, subject))

    if case.state in (State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.PROPOSED):
        if case.received_on is not None and case.decided_on is None:
            if case.expected_on is None:
                add(Duty.ANSWER_OR_INTERIM, deadlines.interim_reply_by(case.received_on))
            else:
                add(Duty.ANSWER_AS_TOLD, case.expected_on)
        if case.urgent_from is not None and case.decided_on is None:
            add(Duty.DECIDE_AFTER_URGENT, case.urgent_from + timedelta(days=deadlines.URGENT_DAYS), warn=4)
        add(Duty.FINAL_ASSESSMENT, case.assessment_until)
    if case.reply_by is not None and case.state in (State.ASSESSMENT, State.REASSESSMENT, State.PROPOSED):
        if not case.replied and on <= case.reply_by:
            add(Duty.REPLY_WINDOW, case.reply_by, warn=2)
        else:
            add(Duty.GO_ON, case.reply_by + timedelta(days=practice.go_on), warn=practice.go_on)
    if case.state is State.DECIDED and case.decided_on is not None:
        add(Duty.NOTIFY, case.decided_on + timedelta(days=practice.notify), warn=practice.notify)
    if case.state is State.NOTIFIED:
        add(Duty.START_HELP, case.starts_on, warn=3)
    if case.state in WITH_HELP or case.state is State.NOTIFIED:
        add(Duty.REASSESS, case.evaluate_on, warn=14)
        add(Duty.RENEW, case.ends_on, warn=practice.renew)
    if case.reasons_asked_on is not None:
        add(Duty.SEND_REASONS, case.reasons_asked_on + timedelta(days=practice.reasons), warn=practice.reasons)
    if case.handover_offered_on is not None and case.state not in CLOSED:
        add(Duty.ANSWER_HANDOVER, case.handover_offered_on + timedelta(days=practice.handover), warn=practice.handover)
    for appeal in case.appeals:
        _appeal(appeal, practice, add)
    return tuple(sorted(found, key=lambda due: (due.by, list(Duty).index(due.duty), due.subject)))


def _appeal(appeal: AppealDates, practice: Practice, add: _Add) -> None:
    if appeal.state in (AppealState.RECEIVED, AppealState.REVIEW, AppealState.PARTLY_CHANGED):
        add(Duty.REVIEW_APPEAL, appeal.received_on + timedelta(days=practice.review), subject=appeal.appeal_id)
    if appeal.state is AppealState.INCOMPLETE:
        add(Duty.COMPLETE_APPEAL, appeal.complete_by, warn=3, subject=appeal.appeal_id)
    if appeal.stay_asked_on is not None:
        by = appeal.stay_asked_on + timedelta(days=practice.stay)
        add(Duty.DECIDE_STAY, by, warn=practice.stay, subject=appeal.appeal_id)
