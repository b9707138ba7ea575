"""What the list «Er det tydelig nok?» rests on: the rules' blocks, the letter's gaps, frame and plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tillit.care.decisions.queries.authority import LineAnswer
from tillit.care.decisions.queries.background import Background
from tillit.care.decisions.queries.facts import facts_from
from tillit.care.decisions.queries.frame import proposed_frame
from tillit.care.decisions.queries.letter_fields import LetterDraft, is_to_carer
from tillit.care.decisions.rules.clear_enough import Checked, Clarity, check
from tillit.care.decisions.rules.frame import Frame, PlanFacts
from tillit.care.decisions.rules.states import GIVES, TAKES_AWAY, Block, Outcome, Step, blocks


@dataclass(frozen=True, slots=True)
class ClearEnough:
    """The points, what stops the decision besides who decides, and the frame with its plan."""

    points: tuple[Checked, ...]
    blocks: tuple[Block, ...]
    frame: Frame | None
    plan: PlanFacts | None


def clear_enough(
    known: Background, *, answers: Sequence[LineAnswer], letter: LetterDraft | None, on: date
) -> ClearEnough:
    """Return whether a proposal is clear enough to decide. Who may decide it is asked elsewhere. No query."""
    lines = [one.line for one in answers if one.line.outcome]
    facts = facts_from(known.rows, plan=known.plan, responsible=known.brief.is_answered_for, on=on)
    found = blocks(replace(facts, may_decide=True), Step.DECIDE, on=on)
    plan = known.plan
    frame, fits, lacking = proposed_frame([line for line in lines if Outcome(line.outcome) in GIVES], plan)
    points = check(
        Clarity(
            blocks=frozenset(found),
            gaps=letter.gaps if letter else (),
            unclear=lacking,
            fit=fits,
            grants=any(Outcome(line.outcome) in GIVES for line in lines) or not lines,
            takes_away=any(Outcome(line.outcome) in TAKES_AWAY for line in lines),
            by_citizen=known.rows.case.by_citizen,
            has_frame=frame is not None,
            outside_facts=len(known.rows.outside_facts),
            rate_missing=bool(letter and letter.rates_missing),
            law_missing=bool(letter and letter.law_missing),
            to_carer=is_to_carer(known.rows.case),
        )
    )
    return ClearEnough(points, found, frame, plan)
