"""Reads of the journal. Those that take an actor filter by reach; the others are for callers that have checked it."""

from tillit.care.journal.queries.asking import likely_people
from tillit.care.journal.queries.entries import (
    EntryLine,
    Page,
    SignedBy,
    corrected_words,
    entry_of,
    get_entry,
    journal_of,
    notes_before,
    notes_of_many,
    notes_since,
    reads_journal,
    signed_by,
    thread_rows,
)
from tillit.care.journal.queries.pegs import PegThread, pegs_of, pegs_of_rows, threads_of
from tillit.care.journal.queries.requests import RequestLine, get_request, requests_to_decide
from tillit.care.journal.queries.terms import countersign_for
from tillit.care.journal.queries.waiting import (
    WaitingLine,
    count_waiting,
    drafts_of,
    get_draft,
    unsigned_in,
    waiting_for,
)

__all__ = [
    "EntryLine",
    "Page",
    "PegThread",
    "RequestLine",
    "SignedBy",
    "WaitingLine",
    "corrected_words",
    "count_waiting",
    "countersign_for",
    "drafts_of",
    "entry_of",
    "get_draft",
    "get_entry",
    "get_request",
    "journal_of",
    "likely_people",
    "notes_before",
    "notes_of_many",
    "notes_since",
    "pegs_of",
    "pegs_of_rows",
    "reads_journal",
    "requests_to_decide",
    "signed_by",
    "thread_rows",
    "threads_of",
    "unsigned_in",
    "waiting_for",
]
