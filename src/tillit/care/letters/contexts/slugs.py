"""The kinds as they stand in the address bar."""

from tillit.care.letters.rules import LetterKind

SLUGS: dict[LetterKind, str] = {
    LetterKind.DECISION_GRANTED: "innvilget",
    LetterKind.DECISION_PARTLY: "delvis-innvilget",
    LetterKind.DECISION_REFUSED: "avslag",
    LetterKind.DECISION_REDUCED: "mindre-hjelp",
    LetterKind.DECISION_ENDED: "hjelpen-slutter",
    LetterKind.DISMISSED: "avvist",
    LetterKind.RECEIPT: "mottatt",
    LetterKind.INTERIM_REPLY: "forelopig-svar",
    LetterKind.ADVANCE_NOTICE: "forhandsvarsel",
    LetterKind.APPEAL_RECEIPT: "klage-mottatt",
    LetterKind.APPEAL_FORWARDED: "klage-sendt-videre",
    LetterKind.APPEAL_CHANGED: "endret-etter-klage",
    LetterKind.APPEAL_DISMISSED: "klage-avvist",
}
KINDS: dict[str, LetterKind] = {slug: kind for kind, slug in SLUGS.items()}
