"""What holds about conversations and their templates, without a database."""

from tillit.care.needs.rules.merge import Merged, both, mark, merge
from tillit.care.needs.rules.template import (
    GOOD_DAYS,
    RATHER_NOT,
    WORDS,
    Part,
    Question,
    TemplateProblem,
    code_for,
    parts_of,
    problems_in,
    read,
    write,
)

__all__ = [
    "GOOD_DAYS",
    "RATHER_NOT",
    "WORDS",
    "Merged",
    "Part",
    "Question",
    "TemplateProblem",
    "both",
    "code_for",
    "mark",
    "merge",
    "parts_of",
    "problems_in",
    "read",
    "write",
]
