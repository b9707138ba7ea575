"""What waits for a signature: one's own drafts, and what others wrote that wants another name beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import reachable
from tillit.care.journal.models import Entry, EntryKind, Note, Request
from tillit.care.journal.permissions import COUNTERSIGN, DECIDE_CHANGE
from tillit.care.journal.queries.entries import as_what
from tillit.care.journal.sources import keeper_of
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Something that waits for a signature. draft: one's own; else another's, to be countersigned."""

    number: int
    citizen_id: int
    citizen_name: str
    text: str
    author_name: str
    as_what: str
    at: datetime
    draft: bool


def count_waiting(*, actor: Actor, at: datetime) -> int:
    """Return how much waits for her: drafts, countersigning, and what she is to decide. For the menu: one query."""
    if actor.employee_id is None:
        return 0
    parts: list[QuerySet[Any, Any]] = [_drafts(actor, at=at).values_list("pk")]
    if holds_anywhere(actor, COUNTERSIGN):
        parts.append(_countersign(actor, at=at).values_list("pk"))
    if holds_anywhere(actor, DECIDE_CHANGE):
        parts.append(to_decide(actor, at=at).values_list("pk"))
    return parts[0].union(*parts[1:], all=True).count() if len(parts) > 1 else parts[0].count()


def drafts_of(*, actor: Actor, at: datetime) -> list[WaitingLine]:
    """Return her own unsigned notes, oldest first, and note the reading."""
    rows = list(_drafts(actor, at=at).select_related("citizen").order_by("saved_at", "pk"))
    reading.note_all(row.citizen_id for row in rows)
    return [
        WaitingLine(row.pk, row.citizen_id, row.citizen.name, row.text, actor.name, "", row.happened_at, True)
        for row in rows
    ]


def get_draft(*, actor: Actor, note_id: int, at: datetime, lock: bool = False) -> Note:
    """Return her own unsigned note. Raises NotFound: another's draft is nobody's business."""
    rows = _drafts(actor, at=at).select_related("citizen")
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        found = rows.get(pk=note_id)
    except Note.DoesNotExist:
        raise NotFound(_("Fant ikke utkastet. Er det signert, står det i journalen.")) from None
    reading.note(found.citizen_id)
    return found


def waiting_for(*, actor: Actor, at: datetime) -> list[WaitingLine]:
    """Return what she may countersign, oldest first, in two queries for each kind, and note the reading."""
    rows = list(_countersign(actor, at=at).select_related("citizen").order_by("signed_at", "pk"))
    texts = _texts(rows)
    reading.note_all(row.citizen_id for row in rows)
    return [
        WaitingLine(
            number=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=row.citizen.name,
            text=texts.get((row.kind, row.row_id), ""),
            author_name=row.author_name,
            as_what=as_what(row.author_profession, row.author_role),
            at=row.signed_at,
            draft=False,
        )
        for row in rows
    ]


def countersignable(actor: Actor, *, at: datetime, among: Iterable[int]) -> QuerySet[Entry]:
    """Return those of the entries that she may countersign."""
    return _countersign(actor, at=at).filter(pk__in=list(among))


def unsigned_in(citizen_ids: Iterable[int]) -> int:
    """Return how many entries about the citizens wait for countersigning. A number, for the team's leader."""
    return _unsigned().filter(citizen_id__in=list(citizen_ids)).count()


def to_decide(actor: Actor, *, at: datetime) -> QuerySet[Request]:
    """Return the open requests about citizens where she may decide, but for her own: asked or written."""
    mine = actor.employee_id
    return (
        Request.objects.filter(state=Request.State.OPEN, entry__citizen__in=_with(actor, DECIDE_CHANGE.roles, at=at))
        .exclude(asked_by_id=mine)
        .exclude(entry__author_id=mine)
    )


def _drafts(actor: Actor, *, at: datetime) -> QuerySet[Note]:
    signed = Entry.objects.filter(kind=EntryKind.NOTE).values("row_id")
    own = Note.objects.filter(author_id=actor.employee_id, author__isnull=False).exclude(pk__in=signed)
    return own.filter(citizen__in=reachable(actor, on=oslo.day_of(at)))


def _unsigned() -> QuerySet[Entry]:
    taken_back = Entry.objects.filter(takes_back=True).values("corrects_id")
    over = Entry.objects.filter(corrects__isnull=False).exclude(pk__in=taken_back)  # written anew, or taken back
    waiting = Entry.objects.filter(wants_countersign=True, countersign__isnull=True, removal__isnull=True)
    return waiting.exclude(pk__in=over.values("corrects_id"))


def _countersign(actor: Actor, *, at: datetime) -> QuerySet[Entry]:
    hers = _with(actor, COUNTERSIGN.roles, at=at)
    return _unsigned().filter(citizen__in=hers).exclude(author_id=actor.employee_id)


def _with(actor: Actor, roles: Iterable[str], *, at: datetime) -> QuerySet[Citizen]:
    """Citizens she reaches by one of the roles: not those she was asked to read, or opened in an emergency."""
    wanted = frozenset(roles)
    hers = Actor(
        user_id=actor.user_id,
        name=actor.name,
        employee_id=actor.employee_id,
        grants=tuple(grant for grant in actor.grants if grant.role in wanted),
        home_path=actor.home_path,
        barred=actor.barred,
    )
    return reachable(hers, on=oslo.day_of(at))


def _texts(rows: list[Entry]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind in sorted({row.kind for row in rows}):
        ids = [row.row_id for row in rows if row.kind == kind]
        for row_id, content in keeper_of(kind).contents(ids).items():
            found[kind, row_id] = " ".join(part for part in (content.text, *content.facts) if part)
    return found
