"""Answers, notices and appeals in bokmål: see bokmal.py, which has the decisions."""

from tillit.care.letters.rules import LetterKind
from tillit.care.letters.rules.template import TemplateSection as Part
from tillit.care.letters.shipped.bokmal import GOALS, MATTERS, RULES

LETTERS: dict[LetterKind, tuple[str, tuple[Part, ...]]] = {
    LetterKind.RECEIPT: (
        "Vi har fått søknaden din",
        (
            Part("opening", "", "Vi fikk søknaden din {{received_on}}. Den gjelder {{applied_for}}."),
            MATTERS,
            Part(
                "next",
                "Dette skjer nå",
                "{{case_worker}} ringer deg for å avtale en samtale. Du kan ha med deg noen hvis du vil. "
                "Du får svar innen {{answer_by}}. Tar det lenger tid, skriver vi til deg og sier hvorfor.\n\n"
                "Si fra til oss hvis du trenger hjelp før det. "
                "Vi kan begynne å hjelpe deg før søknaden er ferdig behandlet.\n"
                "Du når oss på telefon {{phone}}.",
            ),
            Part("documents", "Dette trenger vi fra deg", "{{documents}}"),
            Part(
                "access",
                "Det vi får vite om deg",
                "Du har rett til å se dokumentene i saken din. Får vi opplysninger fra andre, for eksempel sykehuset "
                "eller fastlegen, får du se dem og si hva du mener, før vi bestemmer noe.\n"
                "Reglene om saksbehandlingen står i {{procedure_references}}.",
            ),
        ),
    ),
    LetterKind.INTERIM_REPLY: (
        "Svaret på søknaden din kommer senere",
        (
            Part("opening", "", "Vi fikk søknaden din {{received_on}}. Den gjelder {{applied_for}}."),
            Part("reasons", "Derfor tar det lenger tid", "{{delay_reason}}"),
            Part(
                "next",
                "Dette skjer nå",
                "Vi regner med å svare deg innen {{answer_by}}. Blir det senere, skriver vi til deg igjen. "
                "Du trenger ikke å gjøre noe.\n\n"
                "Si fra til oss hvis situasjonen er blitt verre, eller hvis det haster. "
                "Vi kan begynne å hjelpe deg før søknaden er ferdig behandlet.\n"
                "Du når oss på telefon {{phone}}.\n"
                "Reglene om saksbehandlingen står i {{procedure_references}}.",
            ),
            Part("way_on", "Dette kan du hjelpe oss med", "{{what_to_do}}"),
        ),
    ),
    LetterKind.ADVANCE_NOTICE: (
        "Vi vurderer å endre hjelpen din: {{services}}",
        (
            Part(
                "opening",
                "",
                "Vi har ikke bestemt noe ennå. Før vi gjør det, vil vi høre hva du mener. "
                "Hjelpen er som før til du får et nytt vedtak.",
            ),
            MATTERS,
            GOALS,
            Part(
                "considered",
                "Dette vurderer vi",
                "{{considered_lines}}\n\nEndringen kan tidligst gjelde fra {{effective_on}}.",
            ),
            Part("reasons", "Derfor", "{{facts}}\n\nDisse reglene bruker vi:\n{{legal_references}}"),
            Part(
                "reply",
                "Si hva du mener",
                "Svar oss innen {{reply_by}}. Du kan skrive til oss, eller si det til oss når vi er hos deg. "
                "Da skriver vi det ned sammen med deg. Du kan få noen til å hjelpe deg.\n"
                "Du kan også ringe {{case_worker}} på telefon {{phone}}.",
            ),
            Part(
                "access",
                "Du kan se papirene",
                "Du har rett til å se dokumentene i saken din før du svarer. Si fra, så får du dem.\n"
                "Reglene om saksbehandlingen står i {{procedure_references}}.",
            ),
        ),
    ),
    LetterKind.APPEAL_RECEIPT: (
        "Vi har fått klagen din",
        (
            Part(
                "opening",
                "",
                "Vi fikk klagen din {{received_on}}. Den gjelder vedtaket fra {{decision_on}}.",
            ),
            Part(
                "next",
                "Dette skjer nå",
                "Vi ser på saken på nytt. Du får høre fra oss innen {{answer_by}}. Endrer vi ikke vedtaket slik du "
                "ønsker, sender vi klagen til {{appeal_body}}, som avgjør. Du får kopi av det vi skriver.\n\n"
                "Vil du legge til noe, skriv til oss.\n"
                "Du kan også ringe {{case_worker}} på telefon {{phone}}.",
            ),
            Part("documents", "Dette trenger vi fra deg", "{{documents}}"),
            Part(
                "stay",
                "Mens du venter",
                "{{stay_outcome}}\n\n"
                "Du kan be oss vente med å gjennomføre vedtaket til klagen er avgjort. Du har rett til å se "
                "dokumentene i saken. Pasient- og brukerombudet hjelper deg gratis.\n"
                "Reglene om klage står i {{procedure_references}}.",
            ),
        ),
    ),
    LetterKind.APPEAL_FORWARDED: (
        "Vi sender klagen din til {{appeal_body}}",
        (
            Part(
                "opening",
                "",
                "Vi fikk klagen din {{received_on}}. Den gjelder vedtaket fra {{decision_on}}. Vi har sett på saken på "
                "nytt og endrer ikke {{what_stands}}. Vi sender klagen videre {{forwarded_on}}. "
                "Nå er det {{appeal_body}} som avgjør.",
            ),
            Part(
                "reasons",
                "Slik ser vi på saken",
                f"{{{{considerations}}}}\n\n{RULES}",
            ),
            Part("documents", "Dette sender vi", "{{documents}}"),
            Part(
                "next",
                "Dette skjer nå",
                "Du får svar rett fra {{appeal_body}}.\n"
                "Vil du si noe til det vi har skrevet, gjør det innen {{reply_by}}.\n"
                "Skriv til oss, så sender vi det videre. Du kan også skrive rett til {{appeal_body}}.\n\n"
                "{{stay_outcome}}",
            ),
            Part(
                "access",
                "Du kan se papirene",
                "Du har rett til å se dokumentene i saken. Pasient- og brukerombudet hjelper deg gratis.\n"
                "Reglene om klage og innsyn står i {{procedure_references}}.",
            ),
        ),
    ),
}
