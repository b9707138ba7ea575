"""The few words a letter says by itself, in the language of the letter – not in that of whoever makes it."""

from collections.abc import Sequence
from datetime import date

from tillit.care.letters.rules.kinds import Language

_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip

LABELS: dict[Language, dict[str, str]] = {
    Language.BOKMAL: {
        "date": "Dato",
        "case": "Saksnummer",
        "case_worker": "Saksbehandler",
        "phone": "Telefon",
        "regards": "Vennlig hilsen",
        "approved": "Brevet er godkjent elektronisk og har derfor ingen underskrift.",
        "copies": "Kopi til",
        "page": "Side",
        "of": "av",
        "signer_phone": "telefon",
        "and": "og",
    },
    Language.NYNORSK: {
        "date": "Dato",
        "case": "Saksnummer",
        "case_worker": "Saksbehandlar",
        "phone": "Telefon",
        "regards": "Vennleg helsing",
        "approved": "Brevet er godkjent elektronisk og har difor inga underskrift.",
        "copies": "Kopi til",
        "page": "Side",
        "of": "av",
        "signer_phone": "telefon",
        "and": "og",
    },
}


def day(on: date) -> str:
    """Return the day as it is written in a letter: 9. november 2026. The months are the same in both languages."""
    return f"{on.day}. {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """Return the day as it stands at the top of a letter: 24.11.2026."""
    return f"{on.day}.{on.month}.{on.year}"


def listed(things: Sequence[str], language: Language) -> str:
    """Return "a", "a og b" or "a, b og c"."""
    if len(things) < 2:
        return "".join(things)
    joined = LABELS[language]["and"]
    return f"{', '.join(things[:-1])} {joined} {things[-1]}"
