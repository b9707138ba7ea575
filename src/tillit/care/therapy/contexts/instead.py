"""What stands in place of a form about a case when sending it could only be refused: who has it, or that it waits."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.care.therapy.models import CaseState, Result, TherapyCase
from tillit.foundation.access.actor import Actor
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class Instead:
    """What is said instead of a form. status: of the answer; 409 when the case is not where the form needs it."""

    title: str
    text: str
    status: int = 409


def unless_hers(actor: Actor, case: TherapyCase, *, may_wait: bool = False) -> Instead | None:
    """Return what is said to who does not have the case; None: it is hers.

    may_wait: also one nobody has is fine.
    """
    found = unless_taken(case)
    if found is not None:
        return None if may_wait and case.state == CaseState.WAITING else found
    if case.holder is not None and case.holder_id != actor.employee_id:
        return Instead(
            _("%(who)s har saken") % {"who": case.holder.name}, _("Bare den som har saken, kan gjøre dette.")
        )
    return None


def unless_taken(case: TherapyCase) -> Instead | None:
    """Return what is said of a case that nobody has; None: somebody has it."""
    if case.state == CaseState.WAITING:
        return Instead(_("Ingen har saken nå"), _("Den venter på lista. Dette kan gjøres når noen har tatt den."))
    return unless_open(case)


def unless_open(case: TherapyCase) -> Instead | None:
    """Return what is said of a case that is ended; None: it is not."""
    if case.state != CaseState.CLOSED or case.closed_on is None:
        return None
    day = formats.short_date(case.closed_on, page_language())
    return Instead(
        _("Saken er avsluttet"), _("%(day)s: %(result)s.") % {"day": day, "result": Result(case.result).label}
    )
