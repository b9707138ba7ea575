"""The journal when two registrations were one person, and when they were two after all. Called by events."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, move_all, put_back
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.journal.models import Entry, Note
from tillit.care.journal.sources import keeper_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

ENTRIES = Table("journal_entries", Entry)
NOTES = Table("journal_notes", Note, ("citizen_id", "press_key"))
TABLES = (ENTRIES, NOTES)


@transaction.atomic
def move_journal(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let entries and notes hang on another registration. One audit entry with how many."""
    moved = move_all(merge_id, TABLES, wrong_id=wrong_id, right_id=right_id)
    scope = last_scope_of(right_id, on=oslo.day_of(at))
    change = {"wrong": wrong_id, **{part: len(ids) for part, ids in moved.items()}}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{right_id}", scope, at=at, change=change)


@transaction.atomic
def put_back_journal(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let entries and notes hang on the other registration again. One audit entry with the ids that went back.

    Runs after those who keep the words: an entry stays where its words stayed.
    """
    back = {NOTES.part: put_back(merge_id, NOTES)}
    rows = list(Entry.objects.filter(citizen_id=right_id).values_list("pk", "kind", "row_id"))
    stay: list[int] = []
    for kind in sorted({kind for _pk, kind, _row in rows}):
        about = keeper_of(kind).citizens_of([row_id for _pk, of, row_id in rows if of == kind])
        stay += [pk for pk, of, row_id in rows if of == kind and about.get(row_id) != wrong_id]
    back[ENTRIES.part] = put_back(merge_id, ENTRIES, leave=stay)
    scope = last_scope_of(wrong_id, on=oslo.day_of(at))
    change = {"undone": True, "right": right_id, **back}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{wrong_id}", scope, at=at, change=change)
