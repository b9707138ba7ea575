"""Visits added on the day, while the citizen is away: those made from a plan are paused where they are made."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tillit.care.citizens.queries import Away, away_periods
from tillit.care.visits.actions.ending import coming, turn
from tillit.care.visits.models import CancelledBy, Origin, Visit, VisitState
from tillit.foundation.access.actor import Actor
from tillit.kernel.periods import Period

FURTHEST = timedelta(days=366)


@transaction.atomic
def pause_added(*, actor: Actor, citizen_id: int, at: datetime) -> tuple[int, ...]:
    """Pause the coming visits added by hand that she cannot be met at, when she leaves. Returns their ids.

    One that is added while she is away is meant so, as a talk at the hospital: nothing pauses it.
    """
    away = _away(citizen_id, at)
    rows = _added(citizen_id, at).filter(state=VisitState.PLANNED)
    ids = [visit.pk for visit in rows if any(one.contains(visit.starts_at or visit.latest_at) for one in away)]
    return turn(
        actor, Visit.objects.filter(pk__in=ids), citizen_id, state=VisitState.CANCELLED, by=CancelledBy.AWAY, at=at
    )


@transaction.atomic
def let_added_go_on(*, actor: Actor, citizen_id: int, at: datetime) -> tuple[int, ...]:
    """Plan those again that were paused and lie after she is home. Returns their ids."""
    away = _away(citizen_id, at)
    rows = _added(citizen_id, at).filter(state=VisitState.CANCELLED, cancelled_by=CancelledBy.AWAY)
    ids = [visit.pk for visit in rows if not any(one.contains(visit.starts_at or visit.latest_at) for one in away)]
    return turn(actor, Visit.objects.filter(pk__in=ids), citizen_id, state=VisitState.PLANNED, by="", at=at)


def _away(citizen_id: int, at: datetime) -> list[Away]:
    return away_periods([citizen_id], Period(at, at + FURTHEST)).get(citizen_id, [])


def _added(citizen_id: int, at: datetime) -> QuerySet[Visit]:
    return Visit.objects.filter(coming(at), citizen_id=citizen_id, origin=Origin.ADDED)
