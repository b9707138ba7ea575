"""Which texts somebody should read before they are handed over, on plain values."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]{3,}", re.UNICODE)
#: Words for people who are not named. Whoever reads finds more; these are read first.
KIN = frozenset(
    [
        "mor",
        "far",
        "mamma",
        "pappa",
        "sønn",
        "sønnen",
        "datter",
        "datteren",
        "bror",
        "broren",
        "søster",
        "søsteren",
        "kone",
        "kona",
        "mann",
        "mannen",
        "ektefelle",
        "samboer",
        "samboeren",
        "barnebarn",
        "nabo",
        "naboen",
        "venn",
        "vennen",
        "venninne",
        "svigersønn",
        "svigerdatter",
        "niese",
        "nevø",
        "pårørende",
    ]
)


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names, without case: three letters or more."""
    return frozenset(word.casefold() for name in names for word in _WORD.findall(name))


def mentions(text: str, others: frozenset[str]) -> bool:
    """Whether a text seems to tell of somebody else: a name of hers, or a word for kin and neighbours.

    others: from `words_of`. Never the last word: the one who reads decides.
    """
    found = {word.casefold() for word in _WORD.findall(text)}
    return bool(found & others or found & KIN)
