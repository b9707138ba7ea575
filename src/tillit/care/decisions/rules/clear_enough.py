"""Is it clear enough? What a decision and the plan together must tell the citizen before anybody decides (R19, R20).

The law's demands on the letter are checked in `letters.rules.parts`, the frame in `rules.frame`. Here they are put on
one short list, in the words of the one who decides, each with what mends it. Only what `blocks` stops the decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tillit.care.decisions.rules.frame import Fit, Unclear
from tillit.care.decisions.rules.states import Block
from tillit.care.letters.rules import Gap, PartCode


class Point(StrEnum):
    """One thing that must be clear, in the order it is shown."""

    GIVES = "GIVES"  # what she gets, how often, from when
    OWN_WORDS = "OWN_WORDS"  # her own view, and how it weighed
    MATTERS = "MATTERS"  # what matters to her in life; shown only when nobody has asked
    REASONS = "REASONS"
    LAW = "LAW"
    APPEAL = "APPEAL"
    CHARGE = "CHARGE"
    NEXT = "NEXT"  # when we look at it again
    FACTS = "FACTS"  # what others told, she has seen
    WARNED = "WARNED"  # advance notice, when she gets less
    RECIPIENT = "RECIPIENT"  # where the letter goes, when a carer asks for herself
    LETTER = "LETTER"  # who signs, to whom
    GOALS = "GOALS"  # frame: goals in her own words, with a day to look at them
    PLAN = "PLAN"  # frame: decision and plan hang together


class Mend(StrEnum):
    """What mends it: where one press leads."""

    NOTHING = ""
    PROPOSAL = "PROPOSAL"
    REASONS = "REASONS"
    ASSESSMENT = "ASSESSMENT"
    TALK = "TALK"
    PLAN = "PLAN"
    NOTICE = "NOTICE"
    RATES = "RATES"
    LAW = "LAW"
    RECIPIENT = "RECIPIENT"


@dataclass(frozen=True, slots=True)
class Checked:
    """One point and whether it is in order. blocks: the decision cannot be made before it is."""

    point: Point
    ok: bool
    blocks: bool = False
    mend: Mend = Mend.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarity:
    """What is known of a proposal. blocks: of the step DECIDE. gaps: of the letter as it stands.

    takes_away: it gives less than she has. has_frame: it sets a span. rate_missing: a service that may be charged for
    has no rate that day, so that the letter says only that it may cost something. law_missing: nothing is registered
    that decisions on a service rest on. to_carer: the letter goes to a carer who asks for herself.
    """

    blocks: frozenset[Block] = frozenset()
    gaps: tuple[Gap, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    fit: Fit = Fit.NOTHING_KNOWN
    grants: bool = True
    takes_away: bool = False
    by_citizen: bool = True
    has_frame: bool = False
    outside_facts: int = 0
    rate_missing: bool = False
    law_missing: bool = False
    to_carer: bool = False


_OF_PART: dict[PartCode, Point] = {
    PartCode.DECIDER: Point.LETTER,
    PartCode.CASE_WORKER: Point.LETTER,
    PartCode.CASE_REFERENCE: Point.LETTER,
    PartCode.RECIPIENT: Point.LETTER,
    PartCode.TITLE: Point.LETTER,
    PartCode.APPLIED: Point.GIVES,
    PartCode.OUTCOME: Point.GIVES,
    PartCode.REFUSED: Point.REASONS,
    PartCode.RULES: Point.LAW,
    PartCode.FACTS: Point.REASONS,
    PartCode.CONSIDERATIONS: Point.REASONS,
    PartCode.CITIZEN_VIEW: Point.OWN_WORDS,
    PartCode.MATTERS: Point.MATTERS,
    PartCode.CHARGE: Point.CHARGE,
    PartCode.APPEAL: Point.APPEAL,
    PartCode.ACCESS: Point.APPEAL,
    PartCode.STAY: Point.APPEAL,
    PartCode.NEXT: Point.NEXT,
    PartCode.ANSWER_BY: Point.NEXT,
    PartCode.DELAY: Point.REASONS,
    PartCode.REPLY: Point.WARNED,
}
_OF_BLOCK: dict[Block, tuple[Point, Mend]] = {
    Block.NO_LINES: (Point.GIVES, Mend.PROPOSAL),
    Block.LINE_UNCLEAR: (Point.GIVES, Mend.PROPOSAL),
    Block.NO_ASSESSMENT: (Point.OWN_WORDS, Mend.ASSESSMENT),
    Block.OLD_ASSESSMENT: (Point.OWN_WORDS, Mend.ASSESSMENT),
    Block.NO_OWN_VIEW: (Point.OWN_WORDS, Mend.ASSESSMENT),
    Block.FACTS_NOT_SHOWN: (Point.FACTS, Mend.ASSESSMENT),
    Block.NO_REASONS: (Point.REASONS, Mend.REASONS),
    Block.NO_EVALUATION_DATE: (Point.NEXT, Mend.PROPOSAL),
    Block.NO_ADVANCE_NOTICE: (Point.WARNED, Mend.NOTICE),
    Block.REPLY_WINDOW_OPEN: (Point.WARNED, Mend.NOTICE),
}
_MENDS: dict[Point, Mend] = {
    Point.GIVES: Mend.PROPOSAL,
    Point.OWN_WORDS: Mend.ASSESSMENT,
    Point.MATTERS: Mend.TALK,
    Point.REASONS: Mend.REASONS,
    Point.NEXT: Mend.PROPOSAL,
    Point.FACTS: Mend.ASSESSMENT,
    Point.WARNED: Mend.NOTICE,
    Point.CHARGE: Mend.RATES,
    Point.RECIPIENT: Mend.RECIPIENT,
}


def check(known: Clarity) -> tuple[Checked, ...]:
    """Return the points that concern this proposal, in the order of `Point`; each appears once.

    What the law demands blocks; what the letter merely ought to have, and how decision and plan hang together before
    the plan is in use, is advice: the help cannot start without the plan (`states.Block.NO_PLAN`).
    """
    stopped: dict[Point, Mend] = {}
    advised: dict[Point, Mend] = {}
    for block in Block:
        if block in known.blocks and block in _OF_BLOCK:
            point, mend = _OF_BLOCK[block]
            stopped.setdefault(point, mend)
    for gap in known.gaps:
        point = _OF_PART[gap.code]
        if known.to_carer and gap.code is PartCode.RECIPIENT:
            point = Point.RECIPIENT
        (stopped if gap.blocks else advised).setdefault(point, _MENDS.get(point, Mend.NOTHING))
    if known.rate_missing:
        advised.setdefault(Point.CHARGE, Mend.RATES)
    if known.law_missing:
        advised.setdefault(Point.LAW, Mend.LAW)
    if Unclear.NO_PLAN in known.unclear or Unclear.PLAN_OUTSIDE_FRAME in known.unclear:
        advised.setdefault(Point.PLAN, Mend.PLAN)
    if Unclear.NO_GOAL_IN_OWN_WORDS in known.unclear or Unclear.GOAL_WITHOUT_EVALUATION in known.unclear:
        advised.setdefault(Point.GOALS, Mend.PLAN)
    concerns = _concerning(known)
    return tuple(
        Checked(point, False, True, stopped[point])
        if point in stopped
        else Checked(point, False, False, advised[point])
        if point in advised
        else Checked(point, True)
        for point in Point
        if point in stopped or point in advised or point in concerns
    )


def _concerning(known: Clarity) -> frozenset[Point]:
    """The points that mean something for this proposal."""
    shown: Iterable[tuple[Point, bool]] = (
        (Point.GIVES, True),
        (Point.OWN_WORDS, True),
        (Point.MATTERS, False),
        (Point.REASONS, True),
        (Point.LAW, True),
        (Point.APPEAL, True),
        (Point.CHARGE, known.grants),
        (Point.NEXT, known.grants),
        (Point.FACTS, known.outside_facts > 0),
        (Point.WARNED, known.takes_away and not known.by_citizen),
        (Point.RECIPIENT, known.to_carer),
        (Point.LETTER, False),
        (Point.GOALS, known.has_frame and Unclear.NO_PLAN not in known.unclear),
        (Point.PLAN, known.has_frame),
    )
    return frozenset(point for point, holds in shown if holds)
