"""A note of its own: written and signed in one press, or kept as a draft that only its author sees."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, last_scope_of
from tillit.care.journal.actions.signing import sign_note
from tillit.care.journal.models import Entry, EntryKind, Note
from tillit.care.journal.permissions import WRITE_NOTE
from tillit.care.journal.queries.waiting import get_draft
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class EmptyNote(ActionRefused):
    """There are no words, or it is about a time that has not been."""


@transaction.atomic
def write_note(
    *, actor: Actor, citizen_id: int, text: str, happened_at: datetime, press_key: str, at: datetime, signed: bool
) -> Note:
    """Write a note, signed by the press or kept as a draft. The same press key again returns the first one.

    Raises NotFound, NotAllowed, EmptyNote.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = last_scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, WRITE_NOTE, scope)
    if press_key and (known := citizen.journal_notes.filter(press_key=press_key).first()):
        return known
    _refuse(text, happened_at, at)
    note = Note.objects.create(
        citizen=citizen,
        author_id=actor.employee_id,
        happened_at=happened_at,
        text=text.strip(),
        written_at=at,
        saved_at=at,
        press_key=press_key,
    )
    if signed:
        sign_note(actor=actor, note=note, scope=scope, at=at)
    audit.record(actor, WRITE_NOTE, str(note), scope, at=at, change={"signed": signed})
    return note


@transaction.atomic
def keep_draft(*, actor: Actor, note_id: int, text: str, happened_at: datetime, at: datetime, signed: bool) -> Note:
    """Change one's own draft, and sign it if asked. Raises NotFound, NotAllowed, EmptyNote."""
    note = get_draft(actor=actor, note_id=note_id, at=at, lock=True)
    scope = last_scope_of(note.citizen_id, on=oslo.day_of(at))
    require(actor, WRITE_NOTE, scope)
    _refuse(text, happened_at, at)
    note.text, note.happened_at, note.saved_at = text.strip(), happened_at, at
    note.save(update_fields=["text", "happened_at", "saved_at"])
    if signed:
        sign_note(actor=actor, note=note, scope=scope, at=at)
    audit.record(actor, WRITE_NOTE, str(note), scope, at=at, change={"changed": True, "signed": signed})
    return note


def sign_draft(*, actor: Actor, note_id: int, at: datetime) -> Entry:
    """Sign one's own draft as it stands. Raises NotFound, NotAllowed, EmptyNote."""
    with transaction.atomic():
        note = get_draft(actor=actor, note_id=note_id, at=at, lock=True)
        keep_draft(actor=actor, note_id=note_id, text=note.text, happened_at=note.happened_at, at=at, signed=True)
        return Entry.objects.get(kind=EntryKind.NOTE, row_id=note.pk)


@transaction.atomic
def discard_draft(*, actor: Actor, note_id: int, at: datetime) -> None:
    """Throw one's own draft away: it was never part of the journal. Raises NotFound, NotAllowed."""
    note = get_draft(actor=actor, note_id=note_id, at=at, lock=True)
    scope = last_scope_of(note.citizen_id, on=oslo.day_of(at))
    require(actor, WRITE_NOTE, scope)
    name = str(note)
    note.delete()
    audit.record(actor, WRITE_NOTE, name, scope, at=at, change={"discarded": True})


def _refuse(text: str, happened_at: datetime, at: datetime) -> None:
    if not text.strip():
        raise EmptyNote(_("Skriv hva som skjedde eller hva dere ble enige om."))
    if happened_at > at:
        raise EmptyNote(_("Velg et tidspunkt som har vært."))
