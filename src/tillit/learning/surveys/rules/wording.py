"""What people write in their own words: taken apart from their other answers, read by one person, names covered.

Pure rules. A text is one line of words with one space between them: line breaks and double spaces are somebody's way
of writing, and say nothing else. Words are counted from 0.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from measures.disclosure.display import LEAST
from tillit.learning.surveys.rules.instruments import Asks, Instrument

COVER = "[…]"
LEAST_ANSWERED = LEAST["free_text"]
"""Answers a group must have before anything it wrote is read or shown (measures.md §3, A-2)."""
LEAST_WRITTEN = 5
"""Texts to one question, of one group. Fewer could be known by who had something to say."""


class Verdict(StrEnum):
    """What the one who reads says of a text. COVERED: let through with words covered."""

    UNREAD = ""
    THROUGH = "THROUGH"
    COVERED = "COVERED"
    HELD = "HELD"


class Why(StrEnum):
    """Why a text is held back. Never because it is hard to hear: that is not among them."""

    WHO = "WHO"  # says who somebody is, and covering does not help
    HEALTH = "HEALTH"  # a citizen's health or private life
    HURTS = "HURTS"  # hangs out or threatens a person
    EMPTY = "EMPTY"  # says nothing


def worded(instrument: Instrument) -> tuple[str, ...]:
    """Return the codes of the questions that are answered in own words, in order."""
    return tuple(item.code for item in instrument.items if instrument.scale_of(item).asks is Asks.TEXT)


def without_words(ballot: Mapping[str, Any], codes: Collection[str]) -> dict[str, Any]:
    """Return a ballot without what was written: nobody reads words beside the steps of the one who wrote them."""
    return {code: answer for code, answer in ballot.items() if code not in codes}


def words_to_keep(ballots: Sequence[Mapping[str, Any]], codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return (question, text) for what one group wrote and may ever be shown; the rest is deleted unseen.

    By hand: eleven answer, six of them write something to P8: six texts. Nine answer and all write: none. Twenty
    answer and four write: none. Order says nothing: the caller shuffles.
    """
    if len(ballots) < LEAST_ANSWERED:
        return []
    found = []
    for code in codes:
        texts = [text for one in ballots if (text := " ".join(str(one.get(code, "")).split()))]
        if len(texts) >= LEAST_WRITTEN:
            found += [(code, text) for text in texts]
    return found


def words_of(text: str) -> tuple[str, ...]:
    """Return the words one can cover, one by one."""
    return tuple(text.split())


def covered(text: str, places: Collection[int]) -> str:
    """Return a text with the words at these places covered. Words beside each other are one cover.

    A sentence's end is kept: «Spør Kari Nilsen.» with 1 and 2 covered is «Spør […].».
    """
    found: list[str] = []
    words = words_of(text)
    for place, word in enumerate(words):
        if place not in places:
            found.append(word)
        elif place + 1 >= len(words) or place + 1 not in places:
            found.append(COVER + _END.search(word)[0])  # type: ignore[index]  # matches the empty end too
    return " ".join(found)


_END = re.compile(r"[.,;:!?»)]*$")
_EDGES = " .,;:!?«»\"'()–-/"
_SENTENCE_ENDS = (".", "!", "?", ":", "»")
#: Names that mostly are ordinary words when written small.
_SMALL = "ask berg bakke bjørn bo dag dal even haug holm lie li liv lund moen siv sol strand vik"
_ORDINARY = frozenset(_SMALL.split())
MOST_LOOSE_DIGITS = 4
"""More digits than these beside each other may be a telephone, a date of birth or a national id."""


def suggested(text: str, names: Collection[str]) -> frozenset[int]:
    """Return the places of words that may say who somebody is. A help to the one who reads, who alone covers.

    names: known ones, casefolded, one word each. Besides: words with a capital inside a sentence, addresses of
    e-mail, and digits that may be a telephone, a day of birth or a national id.
    """
    words = words_of(text)
    found = set(_numbers(words))
    for place, word in enumerate(words):
        bare = word.strip(_EDGES)
        small = bare.casefold()
        starts = place == 0 or words[place - 1].endswith(_SENTENCE_ENDS)
        is_name = any(part in names for part in (small, small.removesuffix("s"), *small.split("-")))
        written_so = bare[:1].isupper() or small not in _ORDINARY
        capital = bare[:1].isupper() and not bare.isupper() and not starts
        if (is_name and written_so) or capital or "@" in bare:
            found.add(place)
    return frozenset(found)


def _numbers(words: Sequence[str]) -> set[int]:
    """Return the places of digits beside each other that are too many to be an ordinary number."""
    found: set[int] = set()
    run: list[int] = []
    for place, word in enumerate((*words, "")):
        if word and all(sign.isdigit() or sign in _EDGES + "+" for sign in word) and any(map(str.isdigit, word)):
            run.append(place)
            continue
        if sum(sign.isdigit() for at in run for sign in words[at]) > MOST_LOOSE_DIGITS:
            found.update(run)
        run = []
    return found
