"""The letters Tillit ships, in bokmål: our own text. Data, not rules. A municipality makes its own versions.

The titles say the answer. No section of any act stands here: references come with the letter, as data with a date.
Periods that an act sets stand in the text: four weeks to appeal (pbrl § 7-5), three weeks to ask for costs when a
decision is changed in her favour (fvl § 36 third paragraph: within three weeks after the notice of the new decision has
reached her; read in statements of the Ministry of Justice, 14 October 2004 and 2008, on just that sentence).
"""

from tillit.care.letters.rules import LetterKind
from tillit.care.letters.rules.template import TemplateSection as Part

MATTERS = Part("matters", "Dette er viktig for deg", "Du sa: «{{matters}}»")
_OPENING = Part(
    "opening",
    "",
    "Vi viser til søknaden vi fikk {{applied_on}}. Den gjelder {{applied_for}}.\n"
    "Vi snakket med deg {{conversation_on}}.",
)
_PLAN = (
    "Hva vi gjør på hvert besøk, står i planen du lager sammen med oss. Planen vi har nå, er fra {{plan_on}}. "
    "Den kan endres uten nytt vedtak når behovet ditt endrer seg, så lenge hjelpen holder seg innenfor det som "
    "står her."
)
RULES = "Disse reglene har vi brukt:\n{{legal_references}}"
_REASONS = f"{{{{facts}}}}\n\n{{{{considerations}}}}\n\n{{{{citizen_view}}}}\n\n{RULES}"
_FREE = Part("free", "Hjelpen er gratis", "Du betaler ikke egenandel for {{free_services}}.")
_CHARGE = Part(
    "charge",
    "Hva hjelpen koster",
    "{{charge_lines}}\n\n"
    "Dette er gratis: {{free_services}}.\n\n"
    "Mener du at egenandelen er feil, eller har inntekten din endret seg? Si fra til oss, så regner vi på den på nytt.",
)
_APPEAL = Part(
    "appeal",
    "Hvis du er uenig",
    "Du kan klage innen fire uker etter at du fikk brevet. Siste dag er {{appeal_last_day}}. "
    "Fikk du brevet senere enn vanlig, har du lenger tid.\n\n"
    "Skriv hva du er uenig i, skriv under og send klagen til oss. Adressen står øverst i brevet.\n"
    "Ring oss på telefon {{phone}} hvis du vil ha hjelp til å skrive.\n"
    "Pasient- og brukerombudet hjelper deg gratis.\n\n"
    "Vi ser på saken på nytt. Endrer vi ikke vedtaket slik du ønsker, sender vi klagen til {{appeal_body}}, "
    "som avgjør.\n"
    "Reglene om klage og innsyn står i {{procedure_references}}.",
)
_ACCESS = Part("access", "", "Du har rett til å se dokumentene i saken din. Si fra til oss, så får du dem.")
_STAY = Part("stay", "", "Klager du, kan du be oss vente med å gjennomføre vedtaket til klagen er avgjort.")
_STAY_KEEP = Part(
    "stay",
    "Du kan be om å beholde hjelpen imens",
    "Klager du, kan du be om å få hjelpen som før til klagen er avgjort. Si fra så fort du kan. "
    "Vi svarer deg raskt på det. Endres vedtaket slik du ønsker, kan du få dekket nødvendige utgifter til klagen.",
)
_NEXT = Part(
    "next",
    "Vi ser på hjelpen på nytt",
    "Senest {{review_on}} går vi gjennom hjelpen sammen med deg. "
    "Du må si fra til oss hvis noe endrer seg, for eksempel helsa di, boligen eller hvem du bor sammen med. "
    "Trenger du mer eller mindre hjelp, sier du fra når som helst.",
)
_OTHER_HELP = Part("other", "Andre som kan hjelpe", "{{other_help}}")
GOALS = Part("goals", "Dette har du fått til", "{{goal_lines}}")
_PROVIDER = Part("provider", "Hvem som hjelper deg", "{{provider_lines}}")

LETTERS: dict[LetterKind, tuple[str, tuple[Part, ...]]] = {
    LetterKind.DECISION_GRANTED: (
        "Du får {{services}}",
        (
            _OPENING,
            MATTERS,
            Part("decided", "Dette har vi bestemt", f"{{{{service_lines}}}}\n\n{_PLAN}"),
            _PROVIDER,
            Part("reasons", "Derfor", _REASONS),
            Part(
                "ask_reasons",
                "Du kan få en begrunnelse",
                "Du får det du søkte om. Derfor har vi ikke skrevet en lang begrunnelse. "
                "Du kan be om den så lenge du kan klage. Da begynner klagefristen på nytt når du får den.",
            ),
            _FREE,
            _CHARGE,
            _APPEAL,
            _ACCESS,
            _STAY,
            _NEXT,
        ),
    ),
    LetterKind.DECISION_PARTLY: (
        "Du får {{services}}, men ikke {{refused_services}}",
        (
            _OPENING,
            MATTERS,
            Part("decided", "Dette får du", f"{{{{service_lines}}}}\n\n{_PLAN}"),
            Part("refused", "Dette får du ikke", "{{refused_lines}}"),
            _PROVIDER,
            Part("reasons", "Derfor", _REASONS),
            _OTHER_HELP,
            _FREE,
            _CHARGE,
            _APPEAL,
            _ACCESS,
            _STAY,
            _NEXT,
        ),
    ),
    LetterKind.DECISION_REFUSED: (
        "Du får ikke {{refused_services}}",
        (
            _OPENING,
            MATTERS,
            Part("decided", "Dette har vi bestemt", "{{refused_lines}}"),
            Part("reasons", "Derfor", _REASONS),
            _OTHER_HELP,
            _APPEAL,
            _ACCESS,
            _STAY,
            Part(
                "next",
                "Du kan søke på nytt",
                "Du kan søke igjen når som helst. Si fra til oss hvis noe endrer seg, for eksempel helsa di eller "
                "hvem du bor sammen med. Trenger du helsehjelp med én gang, ring 116 117. Er det akutt, ring 113.",
            ),
        ),
    ),
    LetterKind.DECISION_REDUCED: (
        "Du får mindre {{services}} fra {{effective_on}}",
        (
            Part(
                "opening",
                "",
                "Vi skrev til deg {{warned_on}} og sa fra om at vi vurderte å endre hjelpen.\n"
                "Vi vurderte behovet ditt på nytt {{assessed_on}}.",
            ),
            MATTERS,
            GOALS,
            Part(
                "decided",
                "Dette har vi bestemt",
                f"{{{{change_table}}}}\n\nVedtaket gjelder fra {{{{effective_on}}}}.\n\n{_PLAN}",
            ),
            _PROVIDER,
            Part("your_reply", "Dette svarte du da vi sa fra", "{{reply}}"),
            Part("reasons", "Derfor", _REASONS),
            _FREE,
            _CHARGE,
            _APPEAL,
            _ACCESS,
            _STAY_KEEP,
            _NEXT,
        ),
    ),
    LetterKind.DECISION_ENDED: (
        "Du får ikke lenger {{services}} fra {{effective_on}}",
        (
            Part(
                "opening",
                "",
                "Vi skrev til deg {{warned_on}} og sa fra om at vi vurderte å avslutte hjelpen.\n"
                "Vi vurderte behovet ditt på nytt {{assessed_on}}.",
            ),
            MATTERS,
            GOALS,
            Part("decided", "Dette har vi bestemt", "{{service_lines}}\n\nVedtaket gjelder fra {{effective_on}}."),
            Part("your_reply", "Dette svarte du da vi sa fra", "{{reply}}"),
            Part("reasons", "Derfor", _REASONS),
            _OTHER_HELP,
            _APPEAL,
            _ACCESS,
            _STAY_KEEP,
            Part(
                "next",
                "Du kan søke på nytt",
                "Du kan søke igjen når som helst. Si fra til oss hvis noe endrer seg og du trenger hjelp.\n"
                "Haster det, ring oss på telefon {{phone}}.",
            ),
        ),
    ),
    LetterKind.DISMISSED: (
        "Vi kan ikke behandle søknaden din",
        (
            Part("opening", "", "Vi viser til søknaden vi fikk {{applied_on}}. Den gjelder {{applied_for}}."),
            Part(
                "decided",
                "Dette har vi bestemt",
                "Vi avviser søknaden. Det betyr at vi ikke har vurdert om du har rett til hjelpen.",
            ),
            Part(
                "reasons",
                "Derfor",
                f"{{{{considerations}}}}\n\n{RULES}",
            ),
            Part("way_on", "Dette kan du gjøre", "{{what_to_do}}"),
            _APPEAL,
            _ACCESS,
            _STAY,
        ),
    ),
    LetterKind.APPEAL_CHANGED: (
        "Vi har endret vedtaket: du får {{services}}",
        (
            Part(
                "opening",
                "",
                "Vi fikk klagen din {{received_on}}. Den gjelder vedtaket fra {{decision_on}}. "
                "Vi har sett på saken på nytt og endrer vedtaket.",
            ),
            Part("decided", "Dette har vi bestemt", f"{{{{service_lines}}}}\n\n{_PLAN}"),
            Part("refused", "Dette endrer vi ikke", "{{refused_lines}}"),
            Part("reasons", "Derfor", _REASONS),
            _FREE,
            _CHARGE,
            _APPEAL,
            _ACCESS,
            Part(
                "stay",
                "",
                "Klager du på det nye vedtaket, kan du be oss vente med å gjennomføre det.\n"
                "Har du hatt større utgifter som var nødvendige for å få vedtaket endret, kan du få dem dekket. "
                "Be om det innen tre uker etter at du fikk dette brevet.",
            ),
            _NEXT,
        ),
    ),
    LetterKind.APPEAL_DISMISSED: (
        "Vi kan ikke behandle klagen din",
        (
            Part(
                "opening", "", "Vi viser til klagen vi fikk {{received_on}}. Den gjelder vedtaket fra {{decision_on}}."
            ),
            Part(
                "decided",
                "Dette har vi bestemt",
                "Vi avviser klagen. Det betyr at vi ikke har vurdert det du klager på, og at vedtaket gjelder som før.",
            ),
            Part("reasons", "Derfor", f"{{{{considerations}}}}\n\n{RULES}"),
            Part("way_on", "Dette kan du gjøre", "{{what_to_do}}"),
            _APPEAL,
            _ACCESS,
            Part(
                "stay",
                "",
                "Klager du på avvisningen, kan du be oss vente med å gjennomføre vedtaket til det er avgjort.",
            ),
        ),
    ),
}
