"""The case's states, which step leads where, and what stops a step.

The machine is data: `LEADS` says where a step leads, `blocks` what the law demands first. Pages, actions, imports and
jobs all ask here. Source: casework notes (forvaltningsloven §§ 11 a–42, pasient- og brukerrettighetsloven §§ 2-7, 3-1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a case has come."""

    CONTACT = "CONTACT"
    RECEIVED = "RECEIVED"
    ASSESSMENT = "ASSESSMENT"
    PROPOSED = "PROPOSED"
    DECIDED = "DECIDED"
    NOTIFIED = "NOTIFIED"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    REASSESSMENT = "REASSESSMENT"
    REFUSED = "REFUSED"
    DISMISSED = "DISMISSED"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"
    DIED = "DIED"
    MOVED = "MOVED"


CLOSED = frozenset({State.REFUSED, State.DISMISSED, State.ENDED, State.WITHDRAWN, State.DIED, State.MOVED})
"""States that a case rests in. An appeal body's answer may open a refused or ended one again."""
WITH_HELP = frozenset({State.ACTIVE, State.PAUSED, State.REASSESSMENT})
"""States in which a decision is being carried out."""


class Step(StrEnum):
    """Something that happens in a case and may move it."""

    APPLY = "APPLY"  # a contact becomes an application
    START_ASSESSMENT = "START_ASSESSMENT"
    START_URGENTLY = "START_URGENTLY"  # help before the decision
    SEND_INTERIM_REPLY = "SEND_INTERIM_REPLY"
    SEND_ADVANCE_NOTICE = "SEND_ADVANCE_NOTICE"
    PROPOSE = "PROPOSE"
    SEND_BACK = "SEND_BACK"
    DECIDE = "DECIDE"
    NOTIFY = "NOTIFY"
    START = "START"  # delivery under the decision
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    REASSESS = "REASSESS"
    KEEP = "KEEP"  # reassessed, nothing changes
    END = "END"
    WITHDRAW = "WITHDRAW"
    DIE = "DIE"
    MOVE = "MOVE"
    REOPEN = "REOPEN"  # the appeal body sent it back, or a closing was wrong
    TAKE_BACK = "TAKE_BACK"  # what closed it was a mistake (she lives, the help goes on): as if it had not been said


_BEFORE_DECISION = frozenset({State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.PROPOSED})

FROM: dict[Step, frozenset[State]] = {
    Step.APPLY: frozenset({State.CONTACT}),
    Step.START_ASSESSMENT: frozenset({State.RECEIVED}),
    Step.START_URGENTLY: _BEFORE_DECISION,
    Step.SEND_INTERIM_REPLY: frozenset({State.RECEIVED, State.ASSESSMENT, State.PROPOSED}),
    Step.SEND_ADVANCE_NOTICE: frozenset({State.ASSESSMENT, State.PROPOSED, State.REASSESSMENT}),
    Step.PROPOSE: frozenset({State.RECEIVED, State.ASSESSMENT, State.REASSESSMENT}),
    Step.SEND_BACK: frozenset({State.PROPOSED}),
    Step.DECIDE: frozenset({State.PROPOSED}),
    Step.NOTIFY: frozenset({State.DECIDED}),
    Step.START: frozenset({State.NOTIFIED}),
    Step.PAUSE: frozenset({State.ACTIVE, State.REASSESSMENT}),
    Step.RESUME: frozenset({State.PAUSED}),
    Step.REASSESS: frozenset({State.ACTIVE, State.PAUSED, State.NOTIFIED}),
    Step.KEEP: frozenset({State.REASSESSMENT}),
    Step.END: WITH_HELP | {State.NOTIFIED},
    Step.WITHDRAW: _BEFORE_DECISION,
    Step.DIE: frozenset(State) - CLOSED,
    Step.MOVE: frozenset(State) - CLOSED,
    Step.REOPEN: CLOSED - {State.DIED},
    Step.TAKE_BACK: frozenset({State.DIED, State.MOVED, State.ENDED}),
}
"""In which states each step can be taken at all."""


class Outcome(StrEnum):
    """What a decision says of one service, or as a whole."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REFUSED = "REFUSED"
    DISMISSED = "DISMISSED"
    REDUCED = "REDUCED"
    ENDED = "ENDED"


GIVES = frozenset({Outcome.GRANTED, Outcome.PARTLY, Outcome.REDUCED})
"""Outcomes that give something. The others give nothing, so that no limit on extent or length stops them."""
GIVING = tuple(sorted(each.value for each in GIVES))
"""The same as they are stored, for queries."""
NEEDS_REASONS = frozenset(Outcome) - {Outcome.GRANTED}
"""Refusals, partial grants, reductions and endings always have full reasons (fvl §§ 24–25)."""
TAKES_AWAY = frozenset({Outcome.REDUCED, Outcome.ENDED})
"""What is to the citizen's detriment compared with what she has: advance notice first (fvl § 16)."""


class Block(StrEnum):
    """Why a step cannot be taken now. The page says each in words, and where it is mended."""

    NOT_FROM_HERE = "NOT_FROM_HERE"
    NO_WORDS = "NO_WORDS"
    NO_LINES = "NO_LINES"
    NO_ASSESSMENT = "NO_ASSESSMENT"
    OLD_ASSESSMENT = "OLD_ASSESSMENT"
    NO_OWN_VIEW = "NO_OWN_VIEW"
    FACTS_NOT_SHOWN = "FACTS_NOT_SHOWN"
    LINE_UNCLEAR = "LINE_UNCLEAR"
    NO_REASONS = "NO_REASONS"
    NO_EVALUATION_DATE = "NO_EVALUATION_DATE"
    NO_AUTHORITY = "NO_AUTHORITY"
    DISQUALIFIED = "DISQUALIFIED"
    LEADER_DISQUALIFIED = "LEADER_DISQUALIFIED"
    FOUR_EYES = "FOUR_EYES"
    NO_ADVANCE_NOTICE = "NO_ADVANCE_NOTICE"
    REPLY_WINDOW_OPEN = "REPLY_WINDOW_OPEN"
    LETTER_INCOMPLETE = "LETTER_INCOMPLETE"
    NO_LETTER = "NO_LETTER"
    NO_RESPONSIBLE = "NO_RESPONSIBLE"
    NO_PLAN = "NO_PLAN"
    NOT_BY_US = "NOT_BY_US"
    APPLICANT_ONLY = "APPLICANT_ONLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What the machine needs to know of one proposed service."""

    outcome: Outcome
    has_content: bool = True
    has_extent: bool = True
    has_start: bool = True
    has_end_or_evaluation: bool = True
    has_reasons: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What a case is on a day, as far as its next step depends on it.

    by_citizen: the change was asked for by the citizen, who has thereby spoken: no advance notice is needed.
    may_decide, disqualified, four_eyes_broken: of the one who wants to decide, on the decision's date.
    plan_in_use: a care plan with amounts is in use; asked for when the decision sets a frame (is_frame).
    """

    state: State
    has_words: bool = True
    lines: tuple[LineFacts, ...] = ()
    own_view: bool = False
    assessed_on: date | None = None
    reassessed_from: date | None = None
    facts_not_shown: int = 0
    by_citizen: bool = True
    notice_sent_on: date | None = None
    reply_by: date | None = None
    replied_on: date | None = None
    may_decide: bool = False
    disqualified: bool = False
    four_eyes_broken: bool = False
    letter_gaps: int = 0
    letter_kept: bool = False
    responsible: bool = False
    is_frame: bool = False
    plan_in_use: bool = False
    decided: Outcome | None = None
    notified: bool = False
    withdrawn_by_party: bool = True
    ended_by_itself: bool = field(default=False, metadata={"help": "The decision's own last day has passed"})
    closed_from: State | None = field(
        default=None, metadata={"help": "What it was, when what closed it turns out to be a mistake"}
    )


def blocks(case: CaseFacts, step: Step, *, on: date) -> tuple[Block, ...]:
    """Return what stops a step on a day, in the order it is best mended; empty: the step may be taken."""
    if case.state not in FROM[step]:
        return (Block.NOT_FROM_HERE,)
    match step:
        case Step.APPLY | Step.START_ASSESSMENT:
            found = _unless(case.has_words, Block.NO_WORDS)
        case Step.PROPOSE:
            found = (() if _only_dismissed(case) else _assessed(case)) + _unless(bool(case.lines), Block.NO_LINES)
        case Step.DECIDE:
            found = _decidable(case, on)
        case Step.NOTIFY:
            found = _unless(case.letter_kept, Block.NO_LETTER)
        case Step.START:
            found = _unless(case.responsible, Block.NO_RESPONSIBLE) + _unless(
                not case.is_frame or case.plan_in_use, Block.NO_PLAN
            )
        case Step.KEEP:
            found = _assessed(case)
        case Step.END:
            # Ending before time on our own initiative is a decision with its own steps; here only what ends by itself.
            found = _unless(case.ended_by_itself or case.decided is Outcome.ENDED, Block.NOT_BY_US)
        case Step.WITHDRAW:
            found = _unless(case.withdrawn_by_party, Block.APPLICANT_ONLY)
        case Step.TAKE_BACK:
            found = _unless(case.closed_from is not None, Block.NOT_FROM_HERE)
        case _:
            found = ()
    return found


def after(case: CaseFacts, step: Step) -> State:
    """Return the state a step leads to. The caller has asked `blocks` first."""
    match step:
        case Step.NOTIFY if case.decided is Outcome.REFUSED:
            return State.REFUSED
        case Step.NOTIFY if case.decided is Outcome.DISMISSED:
            return State.DISMISSED
        case Step.NOTIFY if case.decided is Outcome.ENDED:
            return State.ENDED
        case Step.SEND_BACK if case.reassessed_from is not None:
            return State.REASSESSMENT
        case Step.TAKE_BACK if case.closed_from is not None:
            return case.closed_from
    return _LEADS.get(step, case.state)


_LEADS: dict[Step, State] = {
    Step.APPLY: State.RECEIVED,
    Step.START_ASSESSMENT: State.ASSESSMENT,
    Step.PROPOSE: State.PROPOSED,
    Step.SEND_BACK: State.ASSESSMENT,
    Step.DECIDE: State.DECIDED,
    Step.NOTIFY: State.NOTIFIED,
    Step.START: State.ACTIVE,
    Step.PAUSE: State.PAUSED,
    Step.RESUME: State.ACTIVE,
    Step.REASSESS: State.REASSESSMENT,
    Step.KEEP: State.ACTIVE,
    Step.END: State.ENDED,
    Step.WITHDRAW: State.WITHDRAWN,
    Step.DIE: State.DIED,
    Step.MOVE: State.MOVED,
    Step.REOPEN: State.ASSESSMENT,
}
"""Where a step leads; the interim reply, the advance notice and the urgent start leave the case where it is."""


def possible(case: CaseFacts, *, on: date) -> tuple[Step, ...]:
    """Return the steps that may be taken on a day, in the order of `Step`."""
    return tuple(step for step in Step if not blocks(case, step, on=on))


def overall(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what a decision says as a whole.

    All alike: that. Something taken away: REDUCED. Something granted and something not: PARTLY.
    """
    found = frozenset(outcomes)
    if len(found) == 1:
        return next(iter(found))
    if found & TAKES_AWAY:
        return Outcome.REDUCED
    if found <= {Outcome.REFUSED, Outcome.DISMISSED}:
        return Outcome.REFUSED
    return Outcome.PARTLY


def missing_assessment(case: CaseFacts) -> tuple[Block, ...]:
    """Return what an assessment still lacks before anything can be built on it."""
    return _assessed(case)


def _assessed(case: CaseFacts) -> tuple[Block, ...]:
    """An assessment with the citizen's own view (pbrl § 3-1), fresh when the case is a reassessment (fvl § 17)."""
    found: tuple[Block, ...] = ()
    if case.assessed_on is None:
        found += (Block.NO_ASSESSMENT,)
    elif case.reassessed_from is not None and case.assessed_on < case.reassessed_from:
        found += (Block.OLD_ASSESSMENT,)
    found += _unless(case.own_view, Block.NO_OWN_VIEW)
    return found + _unless(case.facts_not_shown == 0, Block.FACTS_NOT_SHOWN)


def _only_dismissed(case: CaseFacts) -> bool:
    """What is dismissed (avvist) is not examined, so it needs no assessment."""
    return bool(case.lines) and all(line.outcome is Outcome.DISMISSED for line in case.lines)


def _decidable(case: CaseFacts, on: date) -> tuple[Block, ...]:
    found = _unless(bool(case.lines), Block.NO_LINES)
    found += () if _only_dismissed(case) else _assessed(case)
    clear = all(line.has_content and line.has_extent and line.has_start for line in case.lines if line.outcome in GIVES)
    found += _unless(clear, Block.LINE_UNCLEAR)
    found += _unless(
        all(line.has_end_or_evaluation for line in case.lines if line.outcome in GIVES),
        Block.NO_EVALUATION_DATE,
    )
    found += _unless(all(line.has_reasons for line in case.lines if line.outcome in NEEDS_REASONS), Block.NO_REASONS)
    if not case.by_citizen and any(line.outcome in TAKES_AWAY for line in case.lines):
        if case.notice_sent_on is None or case.reply_by is None:
            found += (Block.NO_ADVANCE_NOTICE,)
        elif case.replied_on is None and on <= case.reply_by:
            found += (Block.REPLY_WINDOW_OPEN,)
    found += _unless(not case.disqualified, Block.DISQUALIFIED)
    found += _unless(case.may_decide, Block.NO_AUTHORITY)
    found += _unless(not case.four_eyes_broken, Block.FOUR_EYES)
    return found + _unless(case.letter_gaps == 0, Block.LETTER_INCOMPLETE)


def _unless(ok: bool, block: Block) -> tuple[Block, ...]:
    return () if ok else (block,)
