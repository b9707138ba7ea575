"""What is asked to be corrected or removed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import readable
from tillit.care.journal.models import Request
from tillit.care.journal.queries.waiting import to_decide
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request that waits for an answer."""

    request_id: int
    citizen_id: int
    citizen_name: str
    kind: str
    kind_name: str
    from_citizen: bool
    asked_by_name: str
    asked_at: datetime


def get_request(*, actor: Actor, request_id: int, at: datetime, lock: bool = False) -> Request:
    """Return the request if the actor reaches the citizen it is about, and note the reading. Raises NotFound."""
    rows = Request.objects.filter(entry__citizen__in=readable(actor, on=oslo.day_of(at)))
    rows = rows.select_related("entry__citizen", "right_citizen", "placed")
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        found = rows.get(pk=request_id)
    except Request.DoesNotExist:
        raise NotFound(_("Fant ikke kravet.")) from None
    reading.note(found.entry.citizen_id)
    return found


def requests_to_decide(*, actor: Actor, at: datetime) -> list[RequestLine]:
    """Return the requests she is to decide, oldest first, in one query, and note the reading."""
    rows = list(to_decide(actor, at=at).select_related("entry__citizen").order_by("asked_at", "pk"))
    reading.note_all(row.entry.citizen_id for row in rows)
    return [
        RequestLine(
            request_id=row.pk,
            citizen_id=row.entry.citizen_id,
            citizen_name=row.entry.citizen.name,
            kind=row.kind,
            kind_name=str(Request.Kind(row.kind).label),
            from_citizen=row.from_citizen,
            asked_by_name=row.asked_by_name,
            asked_at=row.asked_at,
        )
        for row in rows
    ]
