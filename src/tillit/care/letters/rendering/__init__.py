"""From template to letter, and from letter to screen and paper."""

from tillit.care.letters.rendering.composing import MissingField, Value, compose
from tillit.care.letters.rendering.pdf import to_pdf, to_pictures, undrawable
from tillit.care.letters.rendering.screen import LetterView, as_html, view_of

__all__ = [
    "LetterView",
    "MissingField",
    "Value",
    "as_html",
    "compose",
    "to_pdf",
    "to_pictures",
    "undrawable",
    "view_of",
]
