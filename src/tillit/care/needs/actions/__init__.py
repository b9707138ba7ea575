"""Everything one can do with conversations about what matters, and with their template."""

from tillit.care.needs.actions.conversation import (
    NothingSaid,
    TextsMeet,
    drop_conversation,
    finish_conversation,
    pick_up_conversation,
    start_conversation,
    write_down_words,
)
from tillit.care.needs.actions.opening import NotDraft
from tillit.care.needs.actions.saving import SHORT_WORDS_LENGTH, Saved, choose_text, save_conversation
from tillit.care.needs.actions.template import TemplateNotUsable, make_template_version, ship_template, words_for

__all__ = [
    "SHORT_WORDS_LENGTH",
    "NotDraft",
    "NothingSaid",
    "Saved",
    "TemplateNotUsable",
    "TextsMeet",
    "choose_text",
    "drop_conversation",
    "finish_conversation",
    "make_template_version",
    "pick_up_conversation",
    "save_conversation",
    "ship_template",
    "start_conversation",
    "words_for",
    "write_down_words",
]
