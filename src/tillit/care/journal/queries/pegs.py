"""Notes by what in the plan they hang on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tillit.care.journal.models import Entry, EntryPeg
from tillit.care.journal.queries.entries import EntryLine, lines_of, pegs_by_entry
from tillit.care.journal.rules.pegs import Peg, PegKind
from tillit.foundation.access import reading

#: So many notes are looked through for the threads of one plan.
_MOST = 400


@dataclass(frozen=True, slots=True)
class PegThread:
    """The notes of one goal or intervention, newest first; only the first of them. count: how many there are."""

    lines: tuple[EntryLine, ...]
    count: int


def pegs_of(entry_id: int) -> tuple[Peg, ...]:
    """Return what an entry hangs on. Callers have checked reach."""
    return pegs_by_entry([entry_id]).get(entry_id, ())


def pegs_of_rows(kind: str, row_ids: Iterable[int]) -> dict[int, tuple[Peg, ...]]:
    """Return what the entries of some rows hang on, by row, in one query. Callers have checked reach."""
    found: dict[int, list[Peg]] = defaultdict(list)
    rows = EntryPeg.objects.filter(entry__kind=kind, entry__row_id__in=list(row_ids)).order_by("kind", "pk")
    for row_id, what, line, words in rows.values_list("entry__row_id", "kind", "line", "words"):
        found[row_id].append(Peg(PegKind(what), line, words))
    return {row_id: tuple(pegs) for row_id, pegs in found.items()}


def threads_of(citizen_id: int, *, most: int = 3) -> dict[tuple[PegKind, int], PegThread]:
    """Return (kind, line) → the newest notes that stand and hang there, in a constant number of queries.

    Callers have checked that the reader reads the journal; the reading is noted here.
    """
    reading.note(citizen_id)
    entries = Entry.objects.filter(citizen_id=citizen_id)
    taken_back = entries.filter(takes_back=True).values("corrects_id")
    over = entries.filter(corrects__isnull=False).exclude(pk__in=taken_back).values("corrects_id")
    rows = (
        EntryPeg.objects.filter(entry__citizen_id=citizen_id, entry__removal__isnull=True, entry__has_words=True)
        .exclude(entry_id__in=over)
        .order_by("-entry__happened_at", "-entry_id")
        .values_list("kind", "line", "entry_id")[:_MOST]
    )
    hung: dict[tuple[PegKind, int], list[int]] = defaultdict(list)
    for kind, line, entry_id in rows:
        hung[PegKind(kind), line].append(entry_id)
    shown = {entry_id for ids in hung.values() for entry_id in ids[:most]}
    lines = {line.entry_id: line for line in lines_of(Entry.objects.filter(pk__in=shown))} if shown else {}
    return {key: PegThread(tuple(lines[entry_id] for entry_id in ids[:most]), len(ids)) for key, ids in hung.items()}
