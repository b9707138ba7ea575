"""The way to less help (R14), step by step. No step of the law can be left out; the order is the order of the list.

Sources: pasient- og brukerrettighetsloven § 3-1 (together), forvaltningsloven §§ 16–17 (warning, fresh facts), 24–25
(reasons), 27 (notice); casework notes § 6: every reduction needs an individual reassessment.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """A step, in order."""

    TOGETHER = "TOGETHER"
    ASSESS = "ASSESS"
    WARN = "WARN"
    ANSWER = "ANSWER"
    PROPOSE = "PROPOSE"
    DECIDE = "DECIDE"
    TELL = "TELL"


class Done(StrEnum):
    """How far a step has come."""

    DONE = "DONE"
    NOW = "NOW"
    LATER = "LATER"
    NOT_NEEDED = "NOT_NEEDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionFacts:
    """What has happened in this round. needs_notice: she has not asked for it herself (fvl § 16).

    talked_on: a conversation, or an assessment with her own view. reply_by: the last day to answer.
    """

    begun: bool
    since: date | None = None
    talked_on: date | None = None
    assessed_on: date | None = None
    needs_notice: bool = True
    warned_on: date | None = None
    reply_by: date | None = None
    replied_on: date | None = None
    proposed_on: date | None = None
    takes_away: bool = False
    decided_on: date | None = None
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class StageDone:
    """A step and the day it was done."""

    stage: Stage
    done: Done
    on: date | None = None


def stages(facts: ReductionFacts, *, on: date) -> tuple[StageDone, ...]:
    """Return all seven steps. Exactly one is NOW until all are done, and nothing after it is done before it.

    A step that was done out of order does not count before those ahead of it are done.
    """
    answered = facts.replied_on
    if answered is None and facts.reply_by is not None and on > facts.reply_by:
        answered = facts.reply_by
    days = {
        Stage.TOGETHER: facts.talked_on,
        Stage.ASSESS: facts.assessed_on,
        Stage.WARN: facts.warned_on,
        Stage.ANSWER: answered if facts.warned_on is not None else None,
        Stage.PROPOSE: facts.proposed_on,
        Stage.DECIDE: facts.decided_on,
        Stage.TELL: facts.told_on,
    }
    found, reached = [], facts.begun
    for stage in Stage:
        if stage in (Stage.WARN, Stage.ANSWER) and not facts.needs_notice:
            found.append(StageDone(stage, Done.NOT_NEEDED))
        elif not reached:
            found.append(StageDone(stage, Done.LATER))
        elif days[stage] is not None:
            found.append(StageDone(stage, Done.DONE, days[stage]))
        else:
            found.append(StageDone(stage, Done.NOW))
            reached = False
    return tuple(found)
