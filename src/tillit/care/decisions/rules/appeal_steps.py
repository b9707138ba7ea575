"""What stops a step of an appeal: the law's guards, as data. Pages and actions ask here.

Sources: forvaltningsloven §§ 6–8 (disqualification), 29–34 (appeals), pasient- og brukerrettighetsloven §§ 7-2 to 7-5.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tillit.care.decisions.rules.appeals import LEADS, AppealState, AppealStep, InTime

GOVERNOR_ANSWERS = (AppealStep.GOVERNOR_UPHOLDS, AppealStep.GOVERNOR_CHANGES, AppealStep.GOVERNOR_RETURNS)
CHANGES = frozenset(
    {AppealStep.CHANGE, AppealStep.CHANGE_PARTLY, AppealStep.GOVERNOR_CHANGES, AppealStep.GOVERNOR_RETURNS}
)
"""Steps after which there must be a new decision."""
CHANGED_STATES = frozenset(
    {
        AppealState.CHANGED,
        AppealState.PARTLY_CHANGED,
        AppealState.CHANGED_BY_GOVERNOR,
        AppealState.RETURNED_BY_GOVERNOR,
    }
)
"""States that a new decision belongs to."""


class Missing(StrEnum):
    """Why an appeal cannot take a step now."""

    NOT_FROM_HERE = "NOT_FROM_HERE"
    DISQUALIFIED = "DISQUALIFIED"
    NOTHING_ASKED = "NOTHING_ASKED"
    NO_TIME_TO_ANSWER = "NO_TIME_TO_ANSWER"
    YEAR_PASSED = "YEAR_PASSED"
    NO_LATE_REASON = "NO_LATE_REASON"
    NO_GROUND = "NO_GROUND"
    NOT_LATE = "NOT_LATE"
    STILL_TIME = "STILL_TIME"
    NO_REASON = "NO_REASON"
    NO_AUTHORITY = "NO_AUTHORITY"
    NO_REVIEW = "NO_REVIEW"
    NO_ANSWER_WORDS = "NO_ANSWER_WORDS"
    ANSWER_BEFORE_FORWARDED = "ANSWER_BEFORE_FORWARDED"
    LETTER_INCOMPLETE = "LETTER_INCOMPLETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFacts:
    """What an appeal is on a day, as far as its next step depends on it.

    ground: LATE, INCOMPLETE or NOT_ENTITLED when it is to be dismissed. may_decide: she has authority over all that
    the decision was about, on the day; disqualified: she may not take part in this citizen's cases.
    """

    state: AppealState
    in_time: InTime = InTime.IN_TIME
    missing: str = ""
    complete_by: date | None = None
    late_reason: str = ""
    ground: str = ""
    review: str = ""
    may_decide: bool = False
    disqualified: bool = False
    forwarded_on: date | None = None
    answered_on: date | None = None
    answer_words: str = ""
    letter_gaps: int = 0


def missing_for(appeal: AppealFacts, step: AppealStep, *, on: date) -> tuple[Missing, ...]:
    """Return what stops a step on a day, in the order it is best mended; empty: the step may be taken.

    Coming late never stops an appeal from being received, and alone never dismisses it: a person does, with authority.
    More than a year after the decision it cannot be taken up (fvl § 31); then she may be helped by a new assessment.
    """
    if (appeal.state, step) not in LEADS:
        return (Missing.NOT_FROM_HERE,)
    match step:
        case AppealStep.ASK_FOR_MORE:
            found = _unless(bool(appeal.missing.strip()), Missing.NOTHING_ASKED)
            found += _unless(appeal.complete_by is not None and appeal.complete_by > on, Missing.NO_TIME_TO_ANSWER)
        case AppealStep.TAKE_UP:
            found = _unless(not appeal.disqualified, Missing.DISQUALIFIED)
            found += _unless(appeal.in_time is not InTime.TOO_LATE, Missing.YEAR_PASSED)
            excused = appeal.in_time is not InTime.LATE or bool(appeal.late_reason.strip())
            found += _unless(excused, Missing.NO_LATE_REASON)
        case AppealStep.DISMISS:
            found = _unless(not appeal.disqualified, Missing.DISQUALIFIED) + _ground(appeal, on)
            found += _unless(bool(appeal.late_reason.strip()), Missing.NO_REASON)
            found += _unless(appeal.may_decide, Missing.NO_AUTHORITY)
            found += _unless(appeal.letter_gaps == 0, Missing.LETTER_INCOMPLETE)
        case AppealStep.CHANGE | AppealStep.CHANGE_PARTLY | AppealStep.FORWARD:
            found = _unless(not appeal.disqualified, Missing.DISQUALIFIED)
            found += _unless(bool(appeal.review.strip()), Missing.NO_REVIEW)
            if step is AppealStep.FORWARD:
                found += _unless(appeal.letter_gaps == 0, Missing.LETTER_INCOMPLETE)
        case AppealStep.GOVERNOR_UPHOLDS | AppealStep.GOVERNOR_CHANGES | AppealStep.GOVERNOR_RETURNS:
            found = _unless(bool(appeal.answer_words.strip()), Missing.NO_ANSWER_WORDS)
            sent, answered = appeal.forwarded_on, appeal.answered_on
            in_order = sent is not None and answered is not None and sent <= answered <= on
            found += _unless(in_order, Missing.ANSWER_BEFORE_FORWARDED)
        case _:
            found = ()
    return found


def _ground(appeal: AppealFacts, on: date) -> tuple[Missing, ...]:
    match appeal.ground:
        case "LATE":
            return _unless(appeal.in_time is not InTime.IN_TIME, Missing.NOT_LATE)
        case "INCOMPLETE":
            over = appeal.state is AppealState.INCOMPLETE and appeal.complete_by is not None and on > appeal.complete_by
            return _unless(over, Missing.STILL_TIME)
        case "NOT_ENTITLED":
            return ()
    return (Missing.NO_GROUND,)


def _unless(ok: bool, missing: Missing) -> tuple[Missing, ...]:
    return () if ok else (missing,)
