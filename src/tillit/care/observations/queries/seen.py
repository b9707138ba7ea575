"""What was seen and measured, and what is usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tillit.care.observations.models import Observation, ObservationKind, Usual
from tillit.care.observations.rules.news2 import Measured
from tillit.foundation.access import reading


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """One observation. kind: an ObservationKind; total: the least it can be when something is missing."""

    observation_id: int
    citizen_id: int
    kind: str
    seen_at: datetime
    measured: Measured
    total: int | None
    level: str
    weight: Decimal | None
    about: str
    words: str
    told_by_id: int | None
    told_by_name: str


#: So many checks are shown: a day of hourly ones.
SHOWN = 24


def observations_of(
    citizen_id: int, *, watch_id: int | None = None, since: datetime | None = None, most: int = SHOWN
) -> list[ObservationLine]:
    """Return a citizen's newest observations, newest first: all, or those of one watch. One query."""
    rows = Observation.objects.filter(citizen_id=citizen_id)
    if watch_id is not None:
        rows = rows.filter(watch_id=watch_id)
    if since is not None:
        rows = rows.filter(seen_at__gte=since)
    reading.note(citizen_id)
    found = [observation_line(row) for row in rows.select_related("told_by").order_by("-seen_at", "-pk")[:most]]
    return [line for line in found if not _is_removed(line)]


def weights_of(citizen_id: int, *, most: int = SHOWN) -> list[ObservationLine]:
    """Return the newest weights, newest first. One query."""
    rows = Observation.objects.filter(citizen_id=citizen_id, kind=ObservationKind.WEIGHT, weight__isnull=False)
    reading.note(citizen_id)
    return [observation_line(row) for row in rows.select_related("told_by").order_by("-seen_at", "-pk")[:most]]


def usual_of(citizen_id: int) -> Usual | None:
    """Return what is usual for the citizen; None when nobody has said. One query."""
    reading.note(citizen_id)
    rows = Usual.objects.filter(citizen_id=citizen_id, scale__gt=0).select_related("set_by")
    return rows.order_by("-set_at", "-pk").first()


def usual_of_each(citizen_ids: Iterable[int]) -> dict[int, Usual]:
    """Return citizen → what is usual, for those of whom somebody has said. One query."""
    rows = Usual.objects.filter(citizen_id__in=list(citizen_ids), scale__gt=0).order_by("set_at", "pk")
    found = {row.citizen_id: row for row in rows}
    reading.note_all(found)
    return found


def observation_line(row: Observation) -> ObservationLine:
    """Return a row as plain values."""
    return ObservationLine(
        observation_id=row.pk,
        citizen_id=row.citizen_id,
        kind=row.kind,
        seen_at=row.seen_at,
        measured=Measured(
            row.respiration, row.saturation, row.oxygen, row.systolic, row.pulse, row.consciousness, row.temperature,
            row.scale or 1,
        ),
        total=row.total,
        level=row.level,
        weight=row.weight,
        about=row.about,
        words=row.words,
        told_by_id=row.told_by_id,
        told_by_name=row.told_by.name if row.told_by else "",
    )  # fmt: skip


def _is_removed(line: ObservationLine) -> bool:
    return line.measured.is_empty and line.weight is None and not line.words
