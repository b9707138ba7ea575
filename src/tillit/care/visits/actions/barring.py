"""Take somebody off the coming visits of a citizen whom she must not meet."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.queries import scope_of
from tillit.care.visits.models import VisitHelper, VisitState
from tillit.care.visits.permissions import ASSIGN_VISITS
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def take_off(*, actor: Actor, citizen_id: int, employee_id: int, at: datetime) -> list[int]:
    """Take an employee off a citizen's planned visits that have not begun, and return their ids.

    Lists in use have given up theirs already (`planning`, told of the same event); these are those on no list.
    """
    rows = VisitHelper.objects.filter(
        employee_id=employee_id,
        visit__citizen_id=citizen_id,
        visit__state=VisitState.PLANNED,
        visit__latest_at__gte=at,
    )
    visit_ids = sorted(rows.values_list("visit_id", flat=True))
    VisitHelper.objects.filter(employee_id=employee_id, visit_id__in=visit_ids).delete()
    if visit_ids:
        scope = scope_of(citizen_id, on=oslo.day_of(at))
        change = {"visits": visit_ids, "without": employee_id}
        audit.record(actor, ASSIGN_VISITS, f"citizen:{citizen_id}", scope, at=at, change=change)
    return visit_ids
