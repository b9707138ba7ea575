"""Correct by adding: the old stands struck and readable, with who wrote it and who corrected it (hpl § 42)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import last_scope_of
from tillit.care.journal.actions.signing import sign, sign_note
from tillit.care.journal.models import Entry, EntryKind, Note
from tillit.care.journal.permissions import CORRECT_ENTRY
from tillit.care.journal.queries.entries import get_entry, thread_rows
from tillit.care.journal.sources import keeper_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission, require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class NothingChanged(ActionRefused):
    """The correction says nothing, or what stood there already."""


@transaction.atomic
def correct_entry(*, actor: Actor, entry_id: int, text: str, why: str = "", at: datetime) -> Entry:
    """Add an entry that corrects another, signed by the press. The old one is never changed.

    Raises NotFound, NotAllowed, NothingChanged, and ChangedMeanwhile when the entry no longer stands.
    """
    entry = get_entry(actor=actor, entry_id=entry_id, at=at, lock=True)
    scope = last_scope_of(entry.citizen_id, on=oslo.day_of(at))
    require(actor, CORRECT_ENTRY, scope)
    return add_correction(actor=actor, entry=entry, text=text, why=why, scope=scope, permission=CORRECT_ENTRY, at=at)


def add_correction(
    *, actor: Actor, entry: Entry, text: str, why: str, scope: Scope, permission: Permission, at: datetime
) -> Entry:
    """Write the correction of an entry that is locked by the caller, who has checked permission."""
    standing = next((line for line in thread_rows(entry) if line.entry_id == entry.pk and line.stands), None)
    if standing is None:
        raise ChangedMeanwhile(
            _("Dette er rettet eller fjernet av noen andre. Se hva som står i journalen nå."), seen=entry.pk, now=0
        )
    if not text.strip():
        raise NothingChanged(_("Skriv hva som er riktig."))
    if text.strip() == standing.content.text.strip():
        raise NothingChanged(_("Teksten er lik den som står. Endre den, eller gå tilbake."))
    again = keeper_of(entry.kind).write_again(entry.row_id, text=text.strip(), actor=actor, at=at)
    why = why.strip()[:200]
    if again is None:
        note = Note.objects.create(
            citizen_id=entry.citizen_id,
            author_id=actor.employee_id,
            happened_at=entry.happened_at,
            text=text.strip(),
            written_at=at,
            saved_at=at,
        )
        added = sign_note(actor=actor, note=note, scope=scope, at=at, corrects=entry, why=why, pegs=standing.pegs)
    else:
        added = sign(
            actor=actor,
            kind=EntryKind(entry.kind),
            row_id=again,
            citizen_id=entry.citizen_id,
            scope=scope,
            happened_at=entry.happened_at,
            at=at,
            corrects=entry,
            why=why,
            pegs=standing.pegs,
        )
    audit.record(actor, permission, str(added), scope, at=at, change={"corrects": entry.pk})
    return added
