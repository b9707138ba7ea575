"""Answers, notices and appeals in nynorsk: see nynorsk.py, which has the decisions."""

from tillit.care.letters.rules import LetterKind
from tillit.care.letters.rules.template import TemplateSection as Part
from tillit.care.letters.shipped.nynorsk import GOALS, MATTERS, RULES

LETTERS: dict[LetterKind, tuple[str, tuple[Part, ...]]] = {
    LetterKind.RECEIPT: (
        "Vi har fått søknaden din",
        (
            Part("opening", "", "Vi fekk søknaden din {{received_on}}. Han gjeld {{applied_for}}."),
            MATTERS,
            Part(
                "next",
                "Dette skjer no",
                "{{case_worker}} ringjer deg for å avtale ein samtale. Du kan ha med deg nokon viss du vil. "
                "Du får svar innan {{answer_by}}. Tek det lengre tid, skriv vi til deg og seier kvifor.\n\n"
                "Sei frå til oss viss du treng hjelp før det. "
                "Vi kan byrje å hjelpe deg før søknaden er ferdig behandla.\n"
                "Du når oss på telefon {{phone}}.",
            ),
            Part("documents", "Dette treng vi frå deg", "{{documents}}"),
            Part(
                "access",
                "Det vi får vite om deg",
                "Du har rett til å sjå dokumenta i saka di. Får vi opplysningar frå andre, til dømes sjukehuset eller "
                "fastlegen, får du sjå dei og seie kva du meiner, før vi bestemmer noko.\n"
                "Reglane om saksbehandlinga står i {{procedure_references}}.",
            ),
        ),
    ),
    LetterKind.INTERIM_REPLY: (
        "Svaret på søknaden din kjem seinare",
        (
            Part("opening", "", "Vi fekk søknaden din {{received_on}}. Han gjeld {{applied_for}}."),
            Part("reasons", "Derfor tek det lengre tid", "{{delay_reason}}"),
            Part(
                "next",
                "Dette skjer no",
                "Vi reknar med å svare deg innan {{answer_by}}. Blir det seinare, skriv vi til deg igjen. "
                "Du treng ikkje å gjere noko.\n\n"
                "Sei frå til oss viss situasjonen er blitt verre, eller viss det hastar. "
                "Vi kan byrje å hjelpe deg før søknaden er ferdig behandla.\n"
                "Du når oss på telefon {{phone}}.\n"
                "Reglane om saksbehandlinga står i {{procedure_references}}.",
            ),
            Part("way_on", "Dette kan du hjelpe oss med", "{{what_to_do}}"),
        ),
    ),
    LetterKind.ADVANCE_NOTICE: (
        "Vi vurderer å endre hjelpa di: {{services}}",
        (
            Part(
                "opening",
                "",
                "Vi har ikkje bestemt noko enno. Før vi gjer det, vil vi høyre kva du meiner. "
                "Hjelpa er som før til du får eit nytt vedtak.",
            ),
            MATTERS,
            GOALS,
            Part(
                "considered",
                "Dette vurderer vi",
                "{{considered_lines}}\n\nEndringa kan tidlegast gjelde frå {{effective_on}}.",
            ),
            Part("reasons", "Derfor", "{{facts}}\n\nDesse reglane bruker vi:\n{{legal_references}}"),
            Part(
                "reply",
                "Sei kva du meiner",
                "Svar oss innan {{reply_by}}. Du kan skrive til oss, eller seie det til oss når vi er hos deg. "
                "Då skriv vi det ned saman med deg. Du kan få nokon til å hjelpe deg.\n"
                "Du kan òg ringje {{case_worker}} på telefon {{phone}}.",
            ),
            Part(
                "access",
                "Du kan sjå papira",
                "Du har rett til å sjå dokumenta i saka di før du svarer. Sei frå, så får du dei.\n"
                "Reglane om saksbehandlinga står i {{procedure_references}}.",
            ),
        ),
    ),
    LetterKind.APPEAL_RECEIPT: (
        "Vi har fått klaga di",
        (
            Part("opening", "", "Vi fekk klaga di {{received_on}}. Ho gjeld vedtaket frå {{decision_on}}."),
            Part(
                "next",
                "Dette skjer no",
                "Vi ser på saka på nytt. Du får høyre frå oss innan {{answer_by}}. Endrar vi ikkje vedtaket slik du "
                "ønskjer, sender vi klaga til {{appeal_body}}, som avgjer. Du får kopi av det vi skriv.\n\n"
                "Vil du leggje til noko, skriv til oss.\n"
                "Du kan òg ringje {{case_worker}} på telefon {{phone}}.",
            ),
            Part("documents", "Dette treng vi frå deg", "{{documents}}"),
            Part(
                "stay",
                "Medan du ventar",
                "{{stay_outcome}}\n\n"
                "Du kan be oss vente med å gjennomføre vedtaket til klaga er avgjord. Du har rett til å sjå dokumenta "
                "i saka. Pasient- og brukarombodet hjelper deg gratis.\n"
                "Reglane om klage står i {{procedure_references}}.",
            ),
        ),
    ),
    LetterKind.APPEAL_FORWARDED: (
        "Vi sender klaga di til {{appeal_body}}",
        (
            Part(
                "opening",
                "",
                "Vi fekk klaga di {{received_on}}. Ho gjeld vedtaket frå {{decision_on}}. Vi har sett på saka på nytt "
                "og endrar ikkje {{what_stands}}. Vi sender klaga vidare {{forwarded_on}}. "
                "No er det {{appeal_body}} som avgjer.",
            ),
            Part(
                "reasons",
                "Slik ser vi på saka",
                f"{{{{considerations}}}}\n\n{RULES}",
            ),
            Part("documents", "Dette sender vi", "{{documents}}"),
            Part(
                "next",
                "Dette skjer no",
                "Du får svar rett frå {{appeal_body}}.\n"
                "Vil du seie noko til det vi har skrive, gjer det innan {{reply_by}}.\n"
                "Skriv til oss, så sender vi det vidare. Du kan òg skrive rett til {{appeal_body}}.\n\n"
                "{{stay_outcome}}",
            ),
            Part(
                "access",
                "Du kan sjå papira",
                "Du har rett til å sjå dokumenta i saka. Pasient- og brukarombodet hjelper deg gratis.\n"
                "Reglane om klage og innsyn står i {{procedure_references}}.",
            ),
        ),
    ),
}
