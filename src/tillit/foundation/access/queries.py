"""Read the access log itself, folded. Callers have checked who asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, Q
from django.db.models.functions import TruncDate

from tillit.foundation.access.doors import door_is_a_list, kind_of
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.access.rules.folding import Look
from tillit.foundation.access.whence import REFUSED
from tillit.kernel import oslo
from tillit.kernel.periods import Period

#: What makes looks alike: their days and doors are gathered in the database, for a team's pages write many.
_ALIKE = ("user_id", "actor_name", "roles", "unit_path", "door", "changed", "ground", "ground_subject")


def looks_at(citizen_ids: Collection[int], period: Period) -> list[Look]:
    """Return who looked at the citizens' data in a period, one for each day and door. One query."""
    return _looks(Q(citizen_id__in=citizen_ids), period)


def _looks(whose: Q, period: Period) -> list[Look]:
    rows = (
        AccessEntry.objects.filter(whose, at__gte=period.start, at__lt=period.end)
        .exclude(outcome=REFUSED)  # she was told no, and saw nothing
        .annotate(day=TruncDate("at", tzinfo=oslo.OSLO))
        .values("day", *_ALIKE)
        .annotate(first_at=Min("at"), last_at=Max("at"))
        .order_by("first_at")
    )
    return [
        Look(
            day=row["day"],
            first_at=row["first_at"],
            last_at=row["last_at"],
            user_id=row["user_id"],
            name=row["actor_name"],
            roles=frozenset(code for code in row["roles"].split(",") if code),
            unit_path=row["unit_path"],
            kind=kind_of(row["door"]).code,
            changed=row["changed"],
            ground=row["ground"],
            ground_subject=row["ground_subject"],
        )
        for row in rows
    ]


def readers_since(citizen_id: int, *, since: datetime) -> int:
    """Return how many people have opened something about one citizen since a moment; a name in a list is not opened."""
    rows = AccessEntry.objects.filter(citizen_id=citizen_id, at__gte=since, user_id__isnull=False)
    return rows.exclude(door_is_a_list()).values("user_id").distinct().count()


def first_look_at(citizen_ids: Collection[int]) -> date | None:
    """Return the day the log of the citizens begins."""
    first = AccessEntry.objects.filter(citizen_id__in=citizen_ids).order_by("at").values_list("at", flat=True).first()
    return oslo.day_of(first) if first else None


@dataclass(frozen=True, slots=True)
class MyLook:
    """What somebody opened about a citizen on a day, through one door."""

    day: date
    citizen_id: int
    door: str
    changed: bool
    ground: str


def citizens_seen_by(user_id: int, period: Period) -> list[MyLook]:
    """Return what a user looked at, the newest day first, then by citizen. One query."""
    rows = (
        AccessEntry.objects.filter(user_id=user_id, at__gte=period.start, at__lt=period.end)
        .exclude(outcome=REFUSED)
        .annotate(day=TruncDate("at", tzinfo=oslo.OSLO))
        .values_list("day", "citizen_id", "door", "changed", "ground")
        .distinct()
        .order_by("-day", "citizen_id", "door", "changed")
    )
    return [MyLook(*row) for row in rows]
