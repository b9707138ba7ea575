"""What follows in the cases themselves from what has happened."""

from tillit.care.decisions.actions.holding import close_offers
from tillit.care.decisions.events import CaseMoved
from tillit.care.decisions.models import CaseEvent
from tillit.care.decisions.rules.states import CLOSED, State


def on_case_moved(event: CaseMoved) -> None:
    """A case has come to its end: what is offered of it is taken back, so that nobody else reaches it any more."""
    if State(event.became) in CLOSED:
        by = CaseEvent.objects.filter(case_id=event.case_id).order_by("-pk").values_list("by_id", flat=True).first()
        close_offers(case_id=event.case_id, employee_id=by, at=event.at)
