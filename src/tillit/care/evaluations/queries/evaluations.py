"""What was said of goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tillit.care.evaluations.models import Evaluation, HowMuch, OutcomeChoice, Thought


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One evaluation. line: the goal's."""

    evaluation_id: int
    line: int
    goal_words: str
    own_words: str
    why_no_words: str
    with_whom: str
    seen: str
    level: int | None
    outcome: str
    outcome_name: str
    next_on: date | None
    draft_id: int | None
    case_id: int | None
    by_name: str
    at: datetime
    asked: bool
    thought: "ThoughtLine | None" = None


@dataclass(frozen=True, slots=True)
class ThoughtLine:
    """What she answered herself on Min side, afterwards. helped, decided: in words."""

    helped: str
    decided: str
    words: str
    said_at: datetime


def evaluations_of_citizen(citizen_id: int) -> list[EvaluationLine]:
    """Return every evaluation of a citizen's goals, the newest first. One query."""
    rows = (
        Evaluation.objects.filter(goal__plan__citizen_id=citizen_id)
        .select_related("goal", "evaluated_by", "asked__thought")
        .order_by("-evaluated_at", "-pk")
    )
    return [_line(row) for row in rows]


def count_of_goal(*, citizen_id: int, line: int) -> int:
    """Return how many evaluations a goal has: what two who write are told apart by."""
    return Evaluation.objects.filter(goal__plan__citizen_id=citizen_id, line=line).count()


def newest_levels(lines: Sequence[EvaluationLine]) -> dict[int, EvaluationLine]:
    """Return the newest evaluation with a level of each goal's line. lines: newest first."""
    found: dict[int, EvaluationLine] = {}
    for one in lines:
        if one.level is not None:
            found.setdefault(one.line, one)
    return found


def _line(row: Evaluation) -> EvaluationLine:
    return EvaluationLine(
        evaluation_id=row.pk,
        line=row.line,
        goal_words=row.goal.words,
        own_words=row.own_words,
        why_no_words=row.why_no_words,
        with_whom=row.with_whom,
        seen=row.seen,
        level=row.level,
        outcome=row.outcome,
        outcome_name=str(OutcomeChoice(row.outcome).label),
        next_on=row.next_on,
        draft_id=row.draft_id,
        case_id=row.case_id,
        by_name=row.evaluated_by.name if row.evaluated_by else "",
        at=row.evaluated_at,
        asked=hasattr(row, "asked"),
        thought=_thought(row.asked.thought) if hasattr(row, "asked") and hasattr(row.asked, "thought") else None,
    )


def _thought(row: Thought) -> ThoughtLine:
    return ThoughtLine(str(HowMuch(row.helped).label), str(HowMuch(row.decided).label), row.words, row.said_at)
