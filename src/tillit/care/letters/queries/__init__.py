"""Reads of letter templates and of sent letters."""

from tillit.care.letters.queries.sent import LetterLine, get_letter, letters_of
from tillit.care.letters.queries.templates import (
    Draft,
    as_template,
    coming,
    draft_of,
    drafted,
    get_template,
    stored_kinds,
    template_for,
    templates_in_use,
    versions_of,
)

__all__ = [
    "Draft",
    "LetterLine",
    "as_template",
    "coming",
    "draft_of",
    "drafted",
    "get_letter",
    "get_template",
    "letters_of",
    "stored_kinds",
    "template_for",
    "templates_in_use",
    "versions_of",
]
