"""What follows in the cases themselves from what has happened."""

from django.utils.translation import gettext as _

from tillit.care.citizens.events import CitizenMovesIn
from tillit.care.citizens.rules.moving import MovesIn
from tillit.care.decisions.actions.application import Asked
from tillit.care.decisions.actions.holding import close_offers
from tillit.care.decisions.actions.receiving import receive_case
from tillit.care.decisions.events import CaseMoved
from tillit.care.decisions.models import CaseEvent, Origin
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.kernel import oslo


def on_case_moved(event: CaseMoved) -> None:
    """A case has come to its end: what is offered of it is taken back, so that nobody else reaches it any more."""
    if State(event.became) in CLOSED:
        by = CaseEvent.objects.filter(case_id=event.case_id).order_by("-pk").values_list("by_id", flat=True).first()
        close_offers(case_id=event.case_id, employee_id=by, at=event.at)


def on_citizen_moves_in(event: CitizenMovesIn) -> None:
    """Somebody who moves here is received where the table says, as a contact: nobody has applied yet (R04)."""
    said = MovesIn(event.moves_on, event.help_before)
    receive_case(
        actor=event.actor,
        citizen=event.citizen_id,
        asked=Asked(
            origin=Origin.OWN_INITIATIVE,
            channel="",
            words=event.help_before or _("Flytter hit, og kan trenge hjelp."),
            received_on=oslo.day_of(event.at),
            is_application=False,
            moves_in=said,
            move_is_told=True,
        ),
        at=event.at,
    )
