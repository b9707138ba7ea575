"""What one can do with letters: keep what is sent, and change the templates."""

from tillit.care.letters.actions.sending import LetterNotReady, NoWay, keep_letter
from tillit.care.letters.actions.templates import (
    DayHasPassed,
    NoDraft,
    TemplateNotUsable,
    drop_draft,
    save_draft,
    ship_templates,
    use_draft,
)

__all__ = [
    "DayHasPassed",
    "LetterNotReady",
    "NoDraft",
    "NoWay",
    "TemplateNotUsable",
    "drop_draft",
    "keep_letter",
    "save_draft",
    "ship_templates",
    "use_draft",
]
