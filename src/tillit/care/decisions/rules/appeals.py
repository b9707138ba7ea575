"""An appeal on a decision (klage): its states, which step leads where, and whether it came in time.

Sources: pasient- og brukerrettighetsloven §§ 7-2 to 7-5, forvaltningsloven §§ 29–34 and 42.
"""

from datetime import date
from enum import StrEnum


class AppealState(StrEnum):
    """How far an appeal has come."""

    RECEIVED = "RECEIVED"
    INCOMPLETE = "INCOMPLETE"
    REVIEW = "REVIEW"
    CHANGED = "CHANGED"
    PARTLY_CHANGED = "PARTLY_CHANGED"
    FORWARDED = "FORWARDED"
    UPHELD_BY_GOVERNOR = "UPHELD_BY_GOVERNOR"
    CHANGED_BY_GOVERNOR = "CHANGED_BY_GOVERNOR"
    RETURNED_BY_GOVERNOR = "RETURNED_BY_GOVERNOR"
    DISMISSED = "DISMISSED"
    WITHDRAWN = "WITHDRAWN"


class AppealStep(StrEnum):
    """Something that happens with an appeal."""

    ASK_FOR_MORE = "ASK_FOR_MORE"
    COMPLETE = "COMPLETE"
    TAKE_UP = "TAKE_UP"  # the deadline has been checked: it is reviewed
    DISMISS = "DISMISS"  # too late and no reason to take it: itself a decision that can be appealed
    CHANGE = "CHANGE"
    CHANGE_PARTLY = "CHANGE_PARTLY"  # what is not changed goes on to the county governor
    FORWARD = "FORWARD"
    GOVERNOR_UPHOLDS = "GOVERNOR_UPHOLDS"
    GOVERNOR_CHANGES = "GOVERNOR_CHANGES"
    GOVERNOR_RETURNS = "GOVERNOR_RETURNS"
    WITHDRAW = "WITHDRAW"


LEADS: dict[tuple[AppealState, AppealStep], AppealState] = {
    (AppealState.RECEIVED, AppealStep.ASK_FOR_MORE): AppealState.INCOMPLETE,
    (AppealState.INCOMPLETE, AppealStep.COMPLETE): AppealState.RECEIVED,
    (AppealState.RECEIVED, AppealStep.TAKE_UP): AppealState.REVIEW,
    (AppealState.INCOMPLETE, AppealStep.TAKE_UP): AppealState.REVIEW,
    (AppealState.RECEIVED, AppealStep.DISMISS): AppealState.DISMISSED,
    (AppealState.INCOMPLETE, AppealStep.DISMISS): AppealState.DISMISSED,
    (AppealState.REVIEW, AppealStep.CHANGE): AppealState.CHANGED,
    (AppealState.REVIEW, AppealStep.CHANGE_PARTLY): AppealState.PARTLY_CHANGED,
    (AppealState.REVIEW, AppealStep.FORWARD): AppealState.FORWARDED,
    (AppealState.PARTLY_CHANGED, AppealStep.FORWARD): AppealState.FORWARDED,
    (AppealState.FORWARDED, AppealStep.GOVERNOR_UPHOLDS): AppealState.UPHELD_BY_GOVERNOR,
    (AppealState.FORWARDED, AppealStep.GOVERNOR_CHANGES): AppealState.CHANGED_BY_GOVERNOR,
    (AppealState.FORWARDED, AppealStep.GOVERNOR_RETURNS): AppealState.RETURNED_BY_GOVERNOR,
} | {
    (state, AppealStep.WITHDRAW): AppealState.WITHDRAWN
    for state in (
        AppealState.RECEIVED,
        AppealState.INCOMPLETE,
        AppealState.REVIEW,
        AppealState.PARTLY_CHANGED,
        AppealState.FORWARDED,
    )
}
"""Where each step leads. What is not here cannot happen."""

OPEN = frozenset(state for state, _step in LEADS)
"""States from which something must still happen."""


class InTime(StrEnum):
    """Whether an appeal came in time. The product never refuses one: a person decides."""

    IN_TIME = "IN_TIME"
    LATE = "LATE"  # may be taken when she is not to blame, or there are special reasons (fvl § 31)
    TOO_LATE = "TOO_LATE"  # more than a year after the decision


def timeliness(posted_on: date, *, last_day: date | None, latest: date) -> InTime:
    """Return whether an appeal posted on a day came in time (posted in time is in time, fvl § 30).

    last_day: None when the decision has not reached the party: then no period has begun.
    """
    if posted_on > latest:
        return InTime.TOO_LATE
    return InTime.IN_TIME if last_day is None or posted_on <= last_day else InTime.LATE


def step(state: AppealState, taken: AppealStep) -> AppealState | None:
    """Return where a step leads from a state; None when it cannot be taken."""
    return LEADS.get((state, taken))
