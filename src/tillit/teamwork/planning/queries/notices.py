"""What one employee must be told about her lists: read by her phone page."""

from dataclasses import dataclass
from datetime import date, datetime

from tillit.teamwork.planning.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing she has not yet seen. `visit_id` and `citizen_id` are None for READY, which is about the whole list."""

    notice_id: int
    kind: str
    unit_id: int
    on: date
    shift_kind: str
    visit_id: int | None
    citizen_id: int | None
    was_at: datetime | None
    becomes_at: datetime | None
    at: datetime


def notices_for(*, employee_id: int, on: date | None = None) -> list[NoticeLine]:
    """Return what the employee has not seen, newest first, in one query. on: only that day's lists.

    Callers ask for the signed-in employee herself. Names of citizens are the caller's to fetch and note.
    """
    rows = Notice.objects.filter(employee_id=employee_id, seen_at__isnull=True)
    if on is not None:
        rows = rows.filter(lists__on=on)
    return [
        NoticeLine(
            notice_id=row.pk,
            kind=row.kind,
            unit_id=row.lists.unit_id,
            on=row.lists.on,
            shift_kind=row.lists.shift_kind,
            visit_id=row.visit_id,
            citizen_id=row.visit.citizen_id if row.visit else None,
            was_at=row.was_at,
            becomes_at=row.becomes_at,
            at=row.at,
        )
        for row in rows.select_related("lists", "visit").order_by("-at", "-pk")
    ]


def count_notices(*, employee_id: int) -> int:
    """Return how many things she has not seen: for the bell."""
    return Notice.objects.filter(employee_id=employee_id, seen_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Whether somebody who was told of a change has seen it."""

    employee_id: int
    seen_at: datetime | None


def seen_by(*, lists_id: int) -> dict[int, tuple[SeenBy, ...]]:
    """Return visit → who was told of changes and whether they have seen the newest, in one query."""
    rows = (
        Notice.objects.filter(lists_id=lists_id, visit_id__isnull=False)
        .order_by("at", "pk")
        .values_list("visit_id", "employee_id", "seen_at")
    )
    newest: dict[int, dict[int, datetime | None]] = {}
    for visit_id, employee_id, seen_at in rows:
        if visit_id is not None:
            newest.setdefault(visit_id, {})[employee_id] = seen_at
    return {
        visit_id: tuple(SeenBy(employee_id, seen_at) for employee_id, seen_at in people.items())
        for visit_id, people in newest.items()
    }
