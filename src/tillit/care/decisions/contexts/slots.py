"""What others draw on the page of a case: the decision and what follows it, and appeals."""

from dataclasses import dataclass
from datetime import datetime

from tillit.care.decisions.contexts import appeals, decide
from tillit.care.decisions.contexts.who_decides import deciders_of_case
from tillit.care.decisions.models import Case
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui.parts import RowList
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class CaseSlots:
    """Parts drawn on the case page, None where there is nothing to show."""

    decision: Part | None
    appeals: Part | None
    deciders: RowList | None


def parts_of_case(*, actor: Actor, case: Case, at: datetime) -> CaseSlots:
    """Return the parts of a case that others draw. Callers have come through `queries.get_case`."""
    on = oslo.day_of(at)
    return CaseSlots(
        decision=decide.part_of_case(actor=actor, case=case, on=on),
        appeals=appeals.part_of_case(actor=actor, case=case, on=on),
        deciders=deciders_of_case(actor=actor, case=case, on=on),
    )
