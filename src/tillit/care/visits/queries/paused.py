"""Visits that are, or were, on pause while a citizen is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tillit.care.visits.models import CancelledBy, Visit, VisitState


@dataclass(frozen=True, slots=True)
class PausedVisit:
    """A visit on pause. at: the last moment it was to begin. minutes: how long it is, for one helper or two."""

    citizen_id: int
    at: datetime
    minutes: int


def paused_visits(citizen_ids: Iterable[int], *, since: datetime, until: datetime) -> list[PausedVisit]:
    """Return the visits of [since, until) that were paused because the citizen was away, in order; one query.

    Two helpers at one visit count twice in `minutes`. Callers have checked reach; nothing of what they are is told.
    """
    rows = Visit.objects.filter(
        citizen_id__in=list(citizen_ids),
        state=VisitState.CANCELLED,
        cancelled_by=CancelledBy.AWAY,
        latest_at__gte=since,
        latest_at__lt=until,
    ).order_by("latest_at", "pk")
    return [
        PausedVisit(citizen_id, at, minutes * helpers)
        for citizen_id, at, minutes, helpers in rows.values_list("citizen_id", "latest_at", "minutes", "helpers")
    ]
