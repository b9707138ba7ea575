"""«Hvem avgjør» on the page of a case, long before there is a proposal: nobody shall wonder where it ends (E9, R06)."""

from datetime import date
from decimal import Decimal

from tillit.care.decisions.queries.file import CaseFile
from tillit.care.decisions.queries.placing import Next
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.queries import Answer, Asked, may_decide_many
from tillit.foundation.authority.words import decider_in_words, tag_for
from tillit.ui.parts import ListRow, RowList, Tag

#: From the proposal on the page about the decision says it, with the document behind it.
_BEFORE = frozenset({State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.REASSESSMENT})


def deciders_of_case(*, actor: Actor, found: CaseFile, to: Next, on: date) -> RowList | None:
    """Return who decides each service that is asked for; None when nothing is, or it is proposed already.

    What is not known yet (extent, length) is asked about as the least there can be, so that no limit keeps anybody out:
    the limits are told where the proposal is written. While a case lies with those who only assess it, those are named
    whom the table lets decide it afterwards. Five queries, or eight.
    """
    case = found.case
    lines = found.rows.open_lines if State(case.state) in _BEFORE else []
    if not lines:
        return None

    by_table = to.held[to.rows.decide].unit_ids if to.rows.decide in to.held else ()
    answers = may_decide_many(
        actor=actor,
        asked=[Asked(line.service_id, line.extent or Decimal(0), 1) for line in lines],
        unit_id=case.unit_id if case.unit_id in by_table or not by_table else by_table[0],
        on=on,
        prepared_by_id=case.proposed_by_id or 0,
        disqualified_ids=frozenset(row.employee_id for row in found.disqualified),
    )
    return RowList(tuple(_row(answer) for answer in answers))


def _row(answer: Answer) -> ListRow:
    if answer.may:
        return ListRow(answer.service.name, end=Tag(tag_for(answer), "success", "Checkmark"))
    who = "; ".join(decider_in_words(one) for one in answer.deciders)
    icon = "ArrowForward" if answer.deciders else "ExclamationmarkTriangle"
    return ListRow(answer.service.name, who, end=Tag(tag_for(answer), "neutral" if who else "warning", icon))
