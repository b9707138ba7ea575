"""Notes that hang on a goal or an intervention, under it: the newest outright, some older, the rest in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.journal.queries import EntryLine, PegThread, threads_of
from tillit.care.journal.rules.pegs import Peg, PegKind
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class ThreadNote:
    """One note."""

    text: str
    who: str
    when: str
    iso: str


@dataclass(frozen=True, slots=True)
class NoteThread:
    """careplans/thread.html: the notes of one goal or intervention."""

    newest: ThreadNote
    older: tuple[ThreadNote, ...]
    older_title: str
    all_text: str = field(metadata={"help": "Empty: all of them stand here"})
    all_href: str


Threads = Mapping[tuple[PegKind, int], NoteThread]


def note_threads(citizen_id: int, *, today: date) -> Threads:
    """Return the threads by what they hang on. Callers have checked that the reader reads the journal."""
    return {key: _thread(citizen_id, Peg(*key), found, today=today) for key, found in threads_of(citizen_id).items()}


def _thread(citizen_id: int, peg: Peg, found: PegThread, *, today: date) -> NoteThread:
    first, *rest = (_note(line, today=today) for line in found.lines)
    return NoteThread(
        newest=first,
        older=tuple(rest),
        older_title=ngettext("%(count)d notat før dette", "%(count)d notater før dette", len(rest))
        % {"count": len(rest)},
        all_text=_("Alle %(count)d i journalen") % {"count": found.count} if found.count > len(found.lines) else "",
        all_href=f"{reverse('journal:record', args=[citizen_id])}?om={peg.code}",
    )


def _note(line: EntryLine, *, today: date) -> ThreadNote:
    return ThreadNote(
        text=line.content.text or " ".join(line.content.facts),
        who=line.author_name,
        when=formats.near_moment(line.happened_at, today=today, language=page_language()),
        iso=line.happened_at.isoformat(),
    )
