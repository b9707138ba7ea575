"""Where a case goes next by the table, when somebody sends it on (R04, R07).

Several rows may name others than those who have it; only one of them is the next step. Nothing here knows a model.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tillit.care.decisions.rules.states import State
from tillit.foundation.responsibility.rules.routing import Rows

#: Nothing is decided yet.
_BEFORE = frozenset({State.CONTACT, State.RECEIVED, State.ASSESSMENT})


@dataclass(frozen=True, slots=True)
class NextRow:
    """Who is next. code: the row of the first step that others have; "" when none is left for others.

    is_now: that step is the one at hand; else those who have the case have a step to do first.
    """

    code: str = ""
    is_now: bool = False


def next_row(
    state: State, *, rows: Rows, known: Rows, is_assessed: bool, holder_id: int, units: Mapping[str, tuple[int, ...]]
) -> NextRow:
    """Return the row whose holder takes over next.

    rows: of the case. known: of citizens with help, for what follows a decision. is_assessed: an assessment is done.
    units: row → who holds it. Before the decision: the one who receives, assesses, prepares, decides, in that order,
    from where the case stands. Afterwards: the one who looks at it again. A row that leads to nobody is passed over.
    """
    if state in _BEFORE:
        begun = holder_id in (*units.get(rows.receive, ()), *units.get(rows.assess, ()))
        steps = [] if begun else [rows.receive]
        steps += [rows.case_work, rows.decide] if is_assessed else [rows.assess, rows.case_work, rows.decide]
    elif state is State.PROPOSED:
        steps = [rows.decide, rows.case_work]
    else:
        steps = [known.receive]
    held = [code for code in steps if code and units.get(code)]
    for number, code in enumerate(held):
        if holder_id not in units[code]:
            return NextRow(code, is_now=number == 0)
    return NextRow()
