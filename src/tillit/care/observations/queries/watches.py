"""What is not as usual, and is followed until somebody closes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import readable
from tillit.care.observations.models import Watch
from tillit.care.observations.rules.reaction import Due
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class WatchLine:
    """Something that is not as usual with a citizen. level: a WatchLevel; why: a code of `rules.placing.Why`."""

    watch_id: int
    citizen_id: int
    level: str
    owner_id: int | None
    owner_name: str
    why: str
    opened_at: datetime
    due: Due
    ending: str
    answer: str
    closed_at: datetime | None
    closed_by_id: int | None
    reminded_at: datetime | None = None
    reminded_id: int | None = None
    reminded_name: str = ""
    raised_at: datetime | None = None
    raised_id: int | None = None
    raised_name: str = ""

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has answered, or measured again, in time."""
        return self.closed_at is None and self.due.first <= at


def get_watch(*, actor: Actor, watch_id: int, at: datetime, lock: bool = False) -> Watch:
    """Return the watch if a unit the actor reaches follows the citizen at `at`. Raises NotFound otherwise."""
    rows = Watch.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at)))
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        row = rows.get(pk=watch_id)
    except Watch.DoesNotExist:
        raise NotFound(_("Fant ikke oppfølgingen.")) from None
    reading.note(row.citizen_id)
    return row


def open_watches(
    *, citizen_ids: Iterable[int] | None = None, owner_id: int | None = None, noted: bool = True
) -> list[WatchLine]:
    """Return what nobody has closed, soonest due first: of some citizens, or what one employee has or was told of.

    One query. noted: False for a number on a wall that names nobody. Raises ValueError when nothing is asked.
    """
    rows = Watch.objects.filter(closed_at__isnull=True)
    if citizen_ids is not None:
        rows = rows.filter(citizen_id__in=list(citizen_ids))
    elif owner_id is not None:
        rows = rows.filter(Q(owner_id=owner_id) | Q(reminded_id=owner_id) | Q(raised_id=owner_id))
    else:
        raise ValueError("Whose?")
    found = sorted(_lines(rows), key=lambda line: (line.due.first, line.watch_id))
    if noted:
        reading.note_all(line.citizen_id for line in found)
    return found


def open_watch_of(citizen_id: int) -> WatchLine | None:
    """Return what is not as usual with one citizen now, the newest; None when all is as usual. One query."""
    reading.note(citizen_id)
    return next(iter(_lines(Watch.objects.filter(citizen_id=citizen_id, closed_at__isnull=True))), None)


def watches_of(citizen_id: int, *, before: datetime | None = None, most: int = 10) -> list[WatchLine]:
    """Return what has been followed with one citizen, newest first. before: only what was opened earlier. One query."""
    reading.note(citizen_id)
    rows = Watch.objects.filter(citizen_id=citizen_id)
    if before is not None:
        rows = rows.filter(opened_at__lt=before)
    return _lines(rows, most=most)


def line_of(row: Watch) -> WatchLine:
    """Return a row as plain values."""
    return WatchLine(
        watch_id=row.pk,
        citizen_id=row.citizen_id,
        level=row.level,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        why=row.why,
        opened_at=row.opened_at,
        due=Due(row.act_by, row.check_by),
        ending=row.ending,
        answer=row.answer,
        closed_at=row.closed_at,
        closed_by_id=row.closed_by_id,
        reminded_at=row.reminded_at,
        reminded_id=row.reminded_id,
        reminded_name=row.reminded.name if row.reminded else "",
        raised_at=row.raised_at,
        raised_id=row.raised_id,
        raised_name=row.raised.name if row.raised else "",
    )


def _lines(rows: QuerySet[Watch], *, most: int | None = None) -> list[WatchLine]:
    found = rows.select_related("owner", "reminded", "raised").order_by("-opened_at", "-pk")
    return [line_of(row) for row in found[:most]]
