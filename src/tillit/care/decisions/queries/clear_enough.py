"""What the list «Er det tydelig nok?» rests on: the rules' blocks, the letter's gaps, frame and plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tillit.care.decisions import sources
from tillit.care.decisions.models import Case, OutsideFact
from tillit.care.decisions.queries.authority import LineAnswer
from tillit.care.decisions.queries.facts import facts_of
from tillit.care.decisions.queries.frame import proposed_frame
from tillit.care.decisions.queries.letter_fields import LetterDraft
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


def clear_enough(*, case: Case, answers: Sequence[LineAnswer], letter: LetterDraft | None, on: date) -> ClearEnough:
    """Return whether a proposal is clear enough to decide. Constant queries. Who may decide it is asked elsewhere."""
    lines = [one.line for one in answers if one.line.outcome]
    found = blocks(facts_of(case, on=on, may_decide=True), Step.DECIDE, on=on)
    plan = sources.plan_facts([case.citizen_id], on=on).get(case.citizen_id)
    frame, fits, lacking = proposed_frame([line for line in lines if Outcome(line.outcome) in GIVES], plan)
    points = check(
        Clarity(
            blocks=frozenset(found),
            gaps=letter.gaps if letter else (),
            unclear=lacking,
            fit=fits,
            grants=any(Outcome(line.outcome) in GIVES for line in lines) or not lines,
            takes_away=any(Outcome(line.outcome) in TAKES_AWAY for line in lines),
            by_citizen=case.by_citizen,
            has_frame=frame is not None,
            outside_facts=OutsideFact.objects.filter(case=case).count(),
            rate_missing=bool(letter and letter.rates_missing),
        )
    )
    return ClearEnough(points, found, frame, plan)
