"""Offers that nobody can accept any more are closed where that is decided, so that nobody waits for them."""

from collections.abc import Collection
from datetime import datetime

from tillit.care.citizens.models import OPEN_STATES, Handover, HandoverState
from tillit.care.citizens.permissions import OFFER_HANDOVER
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope


def close_offers(
    *, actor: Actor, citizen_id: int, scope: Scope, at: datetime, from_unit_ids: Collection[int] | None = None
) -> list[int]:
    """Close the citizen's open offers, of some units or of all, and return their ids. Each is in the audit trail.

    Called by actions that let somebody stop following her, or end all help. They have checked everything.
    """
    rows = Handover.objects.select_for_update(of=("self",)).filter(citizen_id=citizen_id, state__in=OPEN_STATES)
    if from_unit_ids is not None:
        rows = rows.filter(from_unit_id__in=from_unit_ids)
    closed = []
    for row in rows.order_by("pk"):
        row.state = HandoverState.CLOSED
        row.closed_by_id, row.closed_at = actor.employee_id, at
        row.save(update_fields=["state", "closed_by", "closed_at"])
        audit.record(actor, OFFER_HANDOVER, str(row), scope, at=at, change={"state": row.state})
        closed.append(row.pk)
    return closed
