"""What a decision and its letter rest on besides the proposal: the case's rows, the citizen, her words, her plan."""

from dataclasses import dataclass, field
from datetime import date

from tillit.care.citizens.queries import CitizenBrief, briefs
from tillit.care.decisions.models import Case, CasePractice, ProviderChoice
from tillit.care.decisions.queries.facts import plan_of, practice_on
from tillit.care.decisions.queries.rows import CaseRows, rows_of
from tillit.care.decisions.rules.frame import PlanFacts
from tillit.care.needs.queries import Words, newest_words


@dataclass(frozen=True, slots=True)
class Background:
    """A case as the one who decides knows it."""

    rows: CaseRows
    brief: CitizenBrief
    words: Words | None
    plan: PlanFacts | None
    practice: CasePractice
    choices: list[ProviderChoice] = field(metadata={"help": "Who she wants the help from: the newest first"})


def background_of(case: Case, *, on: date) -> Background:
    """Read what a decision rests on, on a day, and note the reading. Constant queries."""
    return Background(
        rows=rows_of(case),
        brief=briefs([case.citizen_id], on=on)[case.citizen_id],
        words=newest_words([case.citizen_id], names=False).get(case.citizen_id),
        plan=plan_of(case, on=on),
        practice=practice_on(on),
        choices=list(case.choices.select_related("unit").order_by("-recorded_at", "-pk")),
    )
