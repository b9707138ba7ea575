"""The few words that an appeal puts into its letters, in the language of the letter."""

from datetime import date

from tillit.care.letters.rules import Language, day

_WORDS: dict[Language, dict[str, str]] = {
    Language.BOKMAL: {
        "appeal": "Klagen, som vi fikk {day}",
        "decision": "Vedtaket fra {day}",
        "case": "Dokumentene i sak {number}",
        "new_decision": "Det nye vedtaket fra {day}",
        "mend": "{missing}. Send det innen {day}.",
        "all": "vedtaket",
        "rest": "resten av vedtaket",
        "stay_yes": "Du ba oss vente med å gjennomføre vedtaket. Det gjør vi, til klagen er avgjort. {reasons}",
        "stay_no": "Du ba oss vente med å gjennomføre vedtaket. Det gjør vi ikke. {reasons}",
        "stay_asked": "Du har bedt oss vente med å gjennomføre vedtaket. Vi svarer deg på det for seg, så fort vi kan.",
    },
    Language.NYNORSK: {
        "appeal": "Klaga, som vi fekk {day}",
        "decision": "Vedtaket frå {day}",
        "case": "Dokumenta i sak {number}",
        "new_decision": "Det nye vedtaket frå {day}",
        "mend": "{missing}. Send det innan {day}.",
        "all": "vedtaket",
        "rest": "resten av vedtaket",
        "stay_yes": "Du bad oss vente med å gjennomføre vedtaket. Det gjer vi, til klaga er avgjord. {reasons}",
        "stay_no": "Du bad oss vente med å gjennomføre vedtaket. Det gjer vi ikkje. {reasons}",
        "stay_asked": "Du har bedt oss vente med å gjennomføre vedtaket. Vi svarer deg på det for seg, så fort vi kan.",
    },
}


def what_is_missing(missing: str, complete_by: date, language: Language) -> str:
    """Return what she is asked to mend, and by when; "" when nothing is missing."""
    plain = missing.strip().rstrip(".")
    return _WORDS[language]["mend"].format(missing=plain, day=day(complete_by)) if plain else ""


def what_stands(*, partly: bool, language: Language) -> str:
    """Return what we do not change: the decision, or the rest of it."""
    return _WORDS[language]["rest" if partly else "all"]


def documents(
    *, received_on: date, decided_on: date, number: str, new_on: date | None, language: Language
) -> tuple[str, ...]:
    """Return what is sent to the county governor."""
    words = _WORDS[language]
    found = [words["appeal"].format(day=day(received_on)), words["decision"].format(day=day(decided_on))]
    if new_on is not None:
        found.append(words["new_decision"].format(day=day(new_on)))
    return (*found, words["case"].format(number=number))


def stay_outcome(*, asked: bool, granted: bool | None, reasons: str, language: Language) -> str:
    """Return what we say about waiting to carry the decision out; "" when nobody asked."""
    words = _WORDS[language]
    if not asked:
        return ""
    if granted is None:
        return words["stay_asked"]
    return words["stay_yes" if granted else "stay_no"].format(reasons=reasons.strip()).strip()
