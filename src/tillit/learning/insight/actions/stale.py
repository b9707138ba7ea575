"""Say that figures may not be right any more. No actor: it follows from what somebody else did."""

from collections.abc import Iterable
from datetime import date, datetime

from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS
from tillit.learning.insight.models import StaleMark


def mark_stale(*, unit_ids: Iterable[int], first: date, after: date | None, at: datetime) -> None:
    """Mark the days [first, after) of these units, and so of all above them. after: None is everything since.

    One insertion, in the caller's transaction.
    """
    StaleMark.objects.bulk_create(
        StaleMark(unit_id=unit_id, first=first, after=after, marked_at=at) for unit_id in sorted(set(unit_ids))
    )


def mark_every_unit(*, first: date, at: datetime) -> None:
    """Mark everything since a day, for all teams."""
    mark_stale(
        unit_ids=Unit.objects.filter(kind__in=TEAM_KINDS).values_list("pk", flat=True), first=first, after=None, at=at
    )
