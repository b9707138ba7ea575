"""Look at what went wrong, and answer the one who told."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.deviations.events import DeviationAnswered
from tillit.teamwork.deviations.models import Deviation, DeviationState
from tillit.teamwork.deviations.permissions import ANSWER_DEVIATION
from tillit.teamwork.deviations.queries import get_deviation


class AlreadyAnswered(ActionRefused):
    """Somebody has answered it."""


class OwnDeviation(ActionRefused):
    """Nobody answers herself."""


@transaction.atomic
def look_at_deviation(*, actor: Actor, deviation_id: int, at: datetime) -> Deviation:
    """Say that one looks at it: the one who told sees that. Raises NotFound, NotAllowed, AlreadyAnswered."""
    row, scope = _waiting(actor, deviation_id)
    if row.state == DeviationState.LOOKING and row.holder_id == actor.employee_id:
        return row
    row.state, row.holder_id = DeviationState.LOOKING, actor.employee_id
    row.save(update_fields=["state", "holder"])
    audit.record(actor, ANSWER_DEVIATION, str(row), scope, at=at, change={"looking": True})
    return row


@transaction.atomic
def answer_deviation(*, actor: Actor, deviation_id: int, answer: str, learned: str, at: datetime) -> Deviation:
    """Answer the one who told. learned: what the team does otherwise from now, without names; may be empty.

    Raises NotFound, NotAllowed, AlreadyAnswered, OwnDeviation, ActionRefused. Publishes DeviationAnswered.
    """
    row, scope = _waiting(actor, deviation_id)
    if not answer.strip():
        raise ActionRefused(_("Skriv hva dere gjør med det."))
    if len(learned) > 200:
        raise ActionRefused(_("Kort det dere gjør annerledes, ned til én linje."))
    row.state, row.answer, row.learned = DeviationState.ANSWERED, answer.strip(), " ".join(learned.split())
    row.answered_by_id, row.answered_at = actor.employee_id, at
    row.save(update_fields=["state", "answer", "learned", "answered_by", "answered_at"])
    audit.record(actor, ANSWER_DEVIATION, str(row), scope, at=at, change={"answered": True, "learned": bool(learned)})
    events.publish(DeviationAnswered(deviation_id=row.pk, at=at))
    return row


def _waiting(actor: Actor, deviation_id: int) -> tuple[Deviation, Scope]:
    row = get_deviation(actor=actor, deviation_id=deviation_id, lock=True)
    scope = Scope((row.unit.path,))
    require(actor, ANSWER_DEVIATION, scope)
    if row.reported_by_id == actor.employee_id:
        raise OwnDeviation(_("Avvik du har meldt selv, svarer lederen over på."))
    if row.state == DeviationState.ANSWERED:
        raise AlreadyAnswered(_("En kollega har svart allerede."))
    return row, scope
