"""What the templates about the conversation get."""

from tillit.care.needs.contexts.reading import ReadPage, StartPage, read_page, start_page
from tillit.care.needs.contexts.templates import TemplatesPage, templates_page
from tillit.care.needs.contexts.writing import (
    FIELD,
    MARK,
    ConversationPage,
    SavedPage,
    conversation_page,
    saved_page,
)

__all__ = [
    "FIELD",
    "MARK",
    "ConversationPage",
    "ReadPage",
    "SavedPage",
    "StartPage",
    "TemplatesPage",
    "conversation_page",
    "read_page",
    "saved_page",
    "start_page",
    "templates_page",
]
