"""Authority in plain Norwegian. Other apps import from here."""

from tillit.foundation.authority.words.answers import Words, tag_for, words_for, words_for_all
from tillit.foundation.authority.words.pieces import (
    capital,
    days_in_words,
    decider_in_words,
    extent_in_words,
    in_sentence,
    last_day,
    limits_in_words,
    listed,
    place_in_words,
    source_of,
    until,
)

__all__ = [
    "Words",
    "capital",
    "days_in_words",
    "decider_in_words",
    "extent_in_words",
    "in_sentence",
    "last_day",
    "limits_in_words",
    "listed",
    "place_in_words",
    "source_of",
    "tag_for",
    "until",
    "words_for",
    "words_for_all",
]
