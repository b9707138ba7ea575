"""The log of a pilot."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotFound
from tillit.learning.improvement.models import LogEntry, Pilot


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line. team_name: empty when it is about all. is_own: the reader wrote it, and may take it back."""

    entry_id: int
    kind: str
    disturbance: str
    team_id: int | None
    team_name: str
    happened_on: date
    words: str
    written_by_name: str
    written_at: datetime
    is_own: bool


def log_of(*, actor: Actor, pilot: Pilot) -> tuple[LogLine, ...]:
    """Return the log, the newest day first, without what was taken back. One query."""
    rows = LogEntry.objects.filter(pilot=pilot, taken_back_at__isnull=True)
    rows = rows.select_related("team__unit", "written_by").order_by("-happened_on", "-pk")
    return tuple(
        LogLine(
            entry_id=row.pk,
            kind=row.kind,
            disturbance=row.disturbance,
            team_id=row.team_id,
            team_name=row.team.unit.name if row.team else "",
            happened_on=row.happened_on,
            words=row.words,
            written_by_name=row.written_by.name if row.written_by else "",
            written_at=row.written_at,
            is_own=actor.employee_id is not None and row.written_by_id == actor.employee_id,
        )
        for row in rows
    )


def get_entry(*, pilot: Pilot, entry_id: int) -> LogEntry:
    """Return a line of the pilot's log, held until the transaction ends. Raises NotFound, also when taken back."""
    rows = LogEntry.objects.select_for_update(of=("self",)).filter(pilot=pilot, taken_back_at__isnull=True)
    found = rows.filter(pk=entry_id).first()
    if found is None:
        raise NotFound(_("Fant ikke linja i loggen."))
    return found
