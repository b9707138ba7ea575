"""Letters on the way to a decision: the interim reply and the advance notice."""

from collections.abc import Sequence
from datetime import date

from tillit.care.decisions.models import Case, DecisionLine, Line
from tillit.care.decisions.queries.facts import newest_assessment, open_lines, practice_on
from tillit.care.decisions.queries.letter_fields import (
    LetterDraft,
    draft,
    is_to_carer,
    language_of,
    law_of,
    letter_head,
    named,
    procedure_of,
    worker_signer,
)
from tillit.care.decisions.rules.deadlines import last_day_of_weeks
from tillit.care.decisions.rules.letter_words import WORDS
from tillit.care.decisions.rules.states import GIVING, TAKES_AWAY, Outcome
from tillit.care.letters.rules import LetterKind
from tillit.care.needs.queries import newest_words
from tillit.kernel.red_days import is_red


def interim_letter(*, case: Case, reason: str, expected_on: date, on: date) -> LetterDraft:
    """Return the letter that says that the answer comes later, why, and when (fvl § 11 a). Constant queries."""
    asked = list(case.lines.select_related("service").order_by("rank", "pk"))
    return draft(
        LetterKind.INTERIM_REPLY,
        {
            "received_on": case.received_on,
            "applied_for": [named(line, language_of(case), inside=True) for line in asked] or [case.words],
            "delay_reason": reason,
            "answer_by": expected_on,
            "procedure_references": procedure_of("INTERIM_REPLY", "PARTY_ACCESS", on=on, language=language_of(case)),
        },
        language=language_of(case),
        head=letter_head(case, on=on, signers=worker_signer(case, language_of(case))),
        on=on,
    )


def advance_letter(*, case: Case, considered: str, on: date) -> LetterDraft:
    """Return the warning before less help (fvl § 16): what we consider, why, and until when she may answer.

    considered: what we consider, as it shall stand in the letter. A carer who has the help herself gets nothing of what
    the citizen has said or of her assessment. Constant queries.
    """
    assessment = newest_assessment(case)
    lines = concerned_lines(case)
    to_carer = is_to_carer(case)
    said = None if to_carer else newest_words([case.citizen_id]).get(case.citizen_id)
    known = WORDS[language_of(case)]["carer_facts"] if to_carer else assessment.summary if assessment else ""
    return draft(
        LetterKind.ADVANCE_NOTICE,
        {
            "services": [named(line, language_of(case), inside=True) for line in lines],
            "considered_lines": [text for text in considered.splitlines() if text.strip()],
            "facts": "\n".join(filter(None, (known, case.reasons))),
            "legal_references": law_of(lines, on=on, language=language_of(case)),
            "reply_by": reply_by(on),
            "matters": said.words if said else None,
            "procedure_references": procedure_of("ADVANCE_NOTICE", "PARTY_ACCESS", on=on, language=language_of(case)),
        },
        language=language_of(case),
        head=letter_head(case, on=on, signers=worker_signer(case, language_of(case))),
        on=on,
    )


def reply_by(sent_on: date) -> date:
    """Return the last day to answer: the municipality's whole weeks from dispatch, to a working day. One query."""
    return last_day_of_weeks(sent_on, practice_on(sent_on).advance_notice_weeks, is_red=is_red)


def concerned_lines(case: Case) -> Sequence[Line | DecisionLine]:
    """Return what would become less: the proposal's own lines that take away, else all she has in this case."""
    proposed = [line for line in open_lines(case) if line.outcome and Outcome(line.outcome) in TAKES_AWAY]
    if proposed:
        return proposed
    standing = DecisionLine.objects.filter(decision__case=case, stopped_on__isnull=True, outcome__in=GIVING)
    return list(standing.select_related("service").order_by("rank", "pk"))
