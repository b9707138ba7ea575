"""Stores cases that have been written, with the decisions, appeals and assessments in them."""

from tillit.care.decisions.models import (
    Appeal,
    AppealEvent,
    Assessment,
    Assessor,
    Case,
    CaseEvent,
    Decision,
    DecisionLine,
    FunctionScore,
    Line,
    Notice,
)
from tillit.care.decisions.rules.states import GIVES, Outcome
from tillit.demo.casework.book import Granted, Made, Row
from tillit.demo.casework.file import File


def store_file(file: File, *, wanted: int = 0) -> int:
    """Store a case with all that hangs on it, and return its id. wanted: a number that is kept for it."""
    add, book = file.book.store.add, file.book
    case_id = add(
        Case,
        **file.values,
        number=book.number(file.opened, wanted=wanted),
        unit_id=file.unit_id,
        state=file.state.value,
        reassessed_from=file.reassessed_from,
        edition=1 + len(file.events),
    )
    for row, people, scores in file.assessments:
        assessment_id = add(Assessment, case_id=case_id, **row)
        for employee_id in people:
            add(Assessor, assessment_id=assessment_id, employee_id=employee_id)
        for variable, level in scores.items():
            add(
                FunctionScore,
                citizen_id=file.values["citizen_id"],
                assessment_id=assessment_id,
                variable=variable,
                level=level,
                valid_from=row["held_on"],
                scored_by_id=row["saved_by_id"],
                scored_at=row["saved_at"],
            )
    for made in file.decisions:
        _store_decision(file, case_id, made)
    for rank, line in enumerate(file.lines):
        _store_line(file, case_id, rank, line)
    for row in file.events:
        add(CaseEvent, case_id=case_id, **row)
    for model, row in file.others:
        add(model, case_id=case_id, **row)
    for other in file.split_off:
        other.values["split_from_id"] = case_id
        store_file(other)
    return case_id


def _store_decision(file: File, case_id: int, made: Made) -> None:
    add, book = file.book.store.add, file.book
    earlier = file.decisions[: file.decisions.index(made)]
    supersedes = earlier[-1].id if earlier else None
    made.id = add(Decision, case_id=case_id, supersedes_id=supersedes, **made.values)
    for rank, line in enumerate(made.lines):
        was = line.was.decision_line_id if line.was else None
        line.decision_line_id = add(
            DecisionLine,
            decision_id=made.id,
            authority_id=line.authority_id,
            service_id=book.powers.services[line.code].service_id,
            outcome=(line.outcome or Outcome.GRANTED).value,
            charge_words=book.charges.get(line.code, "") if line.outcome in GIVES else "",
            was_id=was,
            stopped_on=line.stopped_on,
            rank=rank,
            **_said(line),
        )
    for notice in made.notices:
        add(Notice, decision_id=made.id, **notice)
    for row, events in made.appeals:
        appeal_id = add(Appeal, decision_id=made.id, **row)
        for event in events:
            add(AppealEvent, appeal_id=appeal_id, **event)


def _store_line(file: File, case_id: int, rank: int, line: Granted) -> None:
    file.book.store.add(
        Line,
        case_id=case_id,
        service_id=file.book.powers.services[line.code].service_id,
        state="DECIDED" if line.decided else "OPEN",
        outcome=line.outcome.value if line.outcome else "",
        is_asked_for=not line.found_later,
        asked_words=line.asked,
        was_id=line.was.decision_line_id if line.was else None,
        rank=rank,
        **_said(line),
    )


def _said(line: Granted) -> Row:
    return {
        "content": line.content,
        "extent": line.extent,
        "span_percent": line.span,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "reasons": line.reasons,
    }
