"""A visit keeps its time: somebody comes along who is on no list of the team."""

from datetime import datetime

from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import Visit
from tillit.kernel import events


def hold_time(visit: Visit, *, starts_at: datetime, at: datetime) -> None:
    """Let a visit start then and at no other time, and leave it alone when the plan changes. Publishes VisitsChanged.

    In the transaction of an act that has locked the row, checked permission and writes the audit.
    """
    visit.earliest_at = visit.latest_at = starts_at
    visit.is_locked = True
    visit.save(update_fields=["earliest_at", "latest_at", "is_locked"])
    events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at))


def let_go_of_time(visit: Visit, *, earliest_at: datetime, latest_at: datetime, locked: bool, at: datetime) -> None:
    """Give a visit the window back that it had. One that was moved meanwhile keeps its start within it."""
    start = visit.starts_at or earliest_at
    visit.earliest_at, visit.latest_at = min(earliest_at, start), max(latest_at, start)
    visit.is_locked = locked
    visit.save(update_fields=["earliest_at", "latest_at", "is_locked"])
    events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at))
