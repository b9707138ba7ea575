"""What others draw on the page of a case: the decision and what follows it, appeals, that she moves here."""

from dataclasses import dataclass
from datetime import date

from tillit.care.decisions.contexts import appeals, decide
from tillit.care.decisions.contexts.moving import moving_part
from tillit.care.decisions.contexts.who_decides import deciders_of_case
from tillit.care.decisions.queries.file import CaseFile
from tillit.care.decisions.queries.placing import Next
from tillit.foundation.access.actor import Actor
from tillit.ui.parts import RowList
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class CaseSlots:
    """Parts drawn on the case page, None where there is nothing to show."""

    decision: Part | None
    appeals: Part | None
    deciders: RowList | None
    moving: Part | None


def parts_of_case(*, actor: Actor, found: CaseFile, to: Next, on: date) -> CaseSlots:
    """Return the parts of a case that others draw. to: where the table has it next.

    Callers have come through `queries.get_case`.
    """
    return CaseSlots(
        decision=decide.part_of_case(actor=actor, found=found, to=to, on=on),
        appeals=appeals.part_of_case(found, on=on),
        deciders=deciders_of_case(actor=actor, found=found, to=to, on=on),
        moving=moving_part(actor=actor, case=found.case, on=on),
    )
