"""The journal's own notes, as a keeper of words (`sources.Keeper`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.journal.models import Note
from tillit.care.journal.sources import Content
from tillit.foundation.access.actor import Actor


class NoteKeeper:
    """Answers for NOTE."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return the notes' words, in one query."""
        rows = Note.objects.filter(pk__in=list(row_ids)).values_list("pk", "text")
        return {pk: Content(title=_("Notat"), text=text) for pk, text in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each note is about."""
        return dict(Note.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the note."""
        Note.objects.filter(pk=row_id).update(text="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A note is corrected by a note."""
        return None
