"""Visits when all help ends, and when that is taken back. Called by events."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from tillit.care.citizens.queries import last_scope_of
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import CancelledBy, Origin, Visit, VisitState
from tillit.care.visits.permissions import MAKE_VISITS
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events, oslo


@transaction.atomic
def cancel_the_rest(*, actor: Actor, citizen_id: int, ends_on: date, is_death: bool, at: datetime) -> tuple[int, ...]:
    """Cancel those coming visits that making from plans leaves alone: agreed with the citizen, or added on the day.

    After a death, also those of the days since that nobody has reported. Visits from before stay as they are.
    Returns their ids. One audit entry; publishes VisitsChanged.
    """
    planned = Visit.objects.filter(citizen_id=citizen_id, state=VisitState.PLANNED)
    gone = planned.filter(coming(at) | Q(on__gt=ends_on)) if is_death else planned.filter(coming(at), on__gte=ends_on)
    return turn(actor, gone, citizen_id, state=VisitState.CANCELLED, by=CancelledBy.PLAN, at=at)


@transaction.atomic
def bring_back_the_rest(*, actor: Actor, citizen_id: int, at: datetime) -> tuple[int, ...]:
    """Plan those coming visits again that `cancel_the_rest` cancelled. Returns their ids."""
    gone = Visit.objects.filter(
        coming(at), citizen_id=citizen_id, state=VisitState.CANCELLED, cancelled_by=CancelledBy.PLAN
    ).filter(Q(is_locked=True) | Q(origin=Origin.ADDED))
    return turn(actor, gone, citizen_id, state=VisitState.PLANNED, by="", at=at)


def coming(at: datetime) -> Q:
    """Visits that have not begun, by the agreed start or else the latest moment they may begin."""
    return Q(starts_at__gt=at) | Q(starts_at__isnull=True, latest_at__gt=at)


def turn(
    actor: Actor, rows: QuerySet[Visit], citizen_id: int, *, state: VisitState, by: str, at: datetime
) -> tuple[int, ...]:
    """Let visits be cancelled, or planned again. Returns their ids. One audit entry; publishes VisitsChanged."""
    visits = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not visits:
        return ()
    for visit in visits:
        visit.state, visit.cancelled_by = state, by
        if visit.starts_at is not None:
            visit.changed_at = at
    Visit.objects.bulk_update(visits, ["state", "cancelled_by", "changed_at"], batch_size=200)
    ids = tuple(visit.pk for visit in visits)
    audit.record(
        actor,
        MAKE_VISITS,
        f"citizen:{citizen_id}",
        last_scope_of(citizen_id, on=oslo.day_of(at)),
        at=at,
        change={"visits": list(ids), "state": state.value},
    )
    events.publish(VisitsChanged(visit_ids=ids, at=at))
    return ids
