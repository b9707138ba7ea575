"""The templates Tillit ships, for every kind in both languages."""

from tillit.care.letters.rules import Language, LetterKind, Template
from tillit.care.letters.shipped import bokmal, bokmal_answers, nynorsk, nynorsk_answers

_LETTERS = {
    Language.BOKMAL: bokmal.LETTERS | bokmal_answers.LETTERS,
    Language.NYNORSK: nynorsk.LETTERS | nynorsk_answers.LETTERS,
}


def template(kind: LetterKind, language: Language) -> Template:
    """Return the text as shipped, not stored: version 0."""
    title, sections = _LETTERS[language][kind]
    return Template(kind=kind, language=language, title=title, sections=sections)
