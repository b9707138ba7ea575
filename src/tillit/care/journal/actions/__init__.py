"""Every change of the journal, as named acts."""

from tillit.care.journal.actions.correcting import NothingChanged, correct_entry
from tillit.care.journal.actions.notes import EmptyNote, discard_draft, keep_draft, sign_draft, write_note
from tillit.care.journal.actions.requests import (
    AlreadyAnswered,
    AlreadyAsked,
    HeldNow,
    NotYours,
    ReasonMissing,
    ask_change,
    decide_request,
    withdraw_request,
)
from tillit.care.journal.actions.signing import countersign, sign, sign_everything, sign_many
from tillit.care.journal.actions.terms import decide_signing_terms

__all__ = [
    "AlreadyAnswered",
    "AlreadyAsked",
    "EmptyNote",
    "HeldNow",
    "NotYours",
    "NothingChanged",
    "ReasonMissing",
    "ask_change",
    "correct_entry",
    "countersign",
    "decide_request",
    "decide_signing_terms",
    "discard_draft",
    "keep_draft",
    "sign",
    "sign_draft",
    "sign_everything",
    "sign_many",
    "withdraw_request",
    "write_note",
]
