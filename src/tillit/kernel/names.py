"""Names as people search for them and sort them. SQLite knows no Æ Ø Å, so both keys are made here."""

import unicodedata

_ORDER = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}


def search_key(*parts: str) -> str:
    """Return the parts in one lower-case, NFC-normalised string, for `contains` on any database.

    Without NUL, which PostgreSQL cannot hold and so never finds.
    """
    joined = " ".join(part for part in parts if part).replace("\x00", "")
    return unicodedata.normalize("NFC", joined).casefold()


def sort_key(*parts: str) -> str:
    """Return a key whose plain byte order is Norwegian alphabetical order: … z æ ø å, and aa sorted as å."""
    text = search_key(*parts).replace("aa", "å")
    return "".join(_ORDER.get(sign) or unicodedata.normalize("NFD", sign)[0] for sign in text)


def initials(given_name: str, family_name: str) -> str:
    """Return two letters for the coloured mark of a colleague; one when a name is missing."""
    return (given_name.strip()[:1] + family_name.strip()[:1]).upper()
