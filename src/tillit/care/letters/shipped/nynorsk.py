"""The letters Tillit ships, in nynorsk: the same letters as in bokmål, section by section. Data, not rules."""

from tillit.care.letters.rules import LetterKind
from tillit.care.letters.rules.template import TemplateSection as Part

MATTERS = Part("matters", "Dette er viktig for deg", "Du sa: «{{matters}}»")
_OPENING = Part(
    "opening",
    "",
    "Vi viser til søknaden vi fekk {{applied_on}}. Han gjeld {{applied_for}}.\nVi snakka med deg {{conversation_on}}.",
)
_PLAN = (
    "Kva vi gjer på kvart besøk, står i planen du lagar saman med oss. Planen vi har no, er frå {{plan_on}}. "
    "Han kan endrast utan nytt vedtak når behovet ditt endrar seg, så lenge hjelpa held seg innanfor det som står her."
)
RULES = "Desse reglane har vi brukt:\n{{legal_references}}"
_REASONS = f"{{{{facts}}}}\n\n{{{{considerations}}}}\n\n{{{{citizen_view}}}}\n\n{RULES}"
_FREE = Part("free", "Hjelpa er gratis", "Du betaler ikkje eigendel for {{free_services}}.")
_CHARGE = Part(
    "charge",
    "Kva hjelpa kostar",
    "{{charge_lines}}\n\n"
    "Dette er gratis: {{free_services}}.\n\n"
    "Meiner du at eigendelen er feil, eller har inntekta di endra seg? Sei frå til oss, så reknar vi på han på nytt.",
)
_APPEAL = Part(
    "appeal",
    "Viss du er ueinig",
    "Du kan klage innan fire veker etter at du fekk brevet. Siste dag er {{appeal_last_day}}. "
    "Fekk du brevet seinare enn vanleg, har du lengre tid.\n\n"
    "Skriv kva du er ueinig i, skriv under og send klaga til oss. Adressa står øvst i brevet.\n"
    "Ring oss på telefon {{phone}} viss du vil ha hjelp til å skrive.\n"
    "Pasient- og brukarombodet hjelper deg gratis.\n\n"
    "Vi ser på saka på nytt. Endrar vi ikkje vedtaket slik du ønskjer, sender vi klaga til {{appeal_body}}, "
    "som avgjer.\n"
    "Reglane om klage og innsyn står i {{procedure_references}}.",
)
_ACCESS = Part("access", "", "Du har rett til å sjå dokumenta i saka di. Sei frå til oss, så får du dei.")
_STAY = Part("stay", "", "Klagar du, kan du be oss vente med å gjennomføre vedtaket til klaga er avgjord.")
_STAY_KEEP = Part(
    "stay",
    "Du kan be om å behalde hjelpa imens",
    "Klagar du, kan du be om å få hjelpa som før til klaga er avgjord. Sei frå så fort du kan. "
    "Vi svarer deg raskt på det. Blir vedtaket endra slik du ønskjer, kan du få dekt nødvendige utgifter til klaga.",
)
_NEXT = Part(
    "next",
    "Vi ser på hjelpa på nytt",
    "Seinast {{review_on}} går vi gjennom hjelpa saman med deg. "
    "Du må seie frå til oss viss noko endrar seg, til dømes helsa di, bustaden eller kven du bur saman med. "
    "Treng du meir eller mindre hjelp, seier du frå når som helst.",
)
_OTHER_HELP = Part("other", "Andre som kan hjelpe", "{{other_help}}")
GOALS = Part("goals", "Dette har du fått til", "{{goal_lines}}")
_PROVIDER = Part("provider", "Kven som hjelper deg", "{{provider_lines}}")

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
                "Du kan få ei grunngiving",
                "Du får det du søkte om. Derfor har vi ikkje skrive ei lang grunngiving. "
                "Du kan be om henne så lenge du kan klage. Då byrjar klagefristen på nytt når du får henne.",
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
        "Du får {{services}}, men ikkje {{refused_services}}",
        (
            _OPENING,
            MATTERS,
            Part("decided", "Dette får du", f"{{{{service_lines}}}}\n\n{_PLAN}"),
            Part("refused", "Dette får du ikkje", "{{refused_lines}}"),
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
        "Du får ikkje {{refused_services}}",
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
                "Du kan søkje på nytt",
                "Du kan søkje igjen når som helst. Sei frå til oss viss noko endrar seg, til dømes helsa di eller "
                "kven du bur saman med. Treng du helsehjelp med ein gong, ring 116 117. Er det akutt, ring 113.",
            ),
        ),
    ),
    LetterKind.DECISION_REDUCED: (
        "Du får mindre {{services}} frå {{effective_on}}",
        (
            Part(
                "opening",
                "",
                "Vi skreiv til deg {{warned_on}} og sa frå om at vi vurderte å endre hjelpa.\n"
                "Vi vurderte behovet ditt på nytt {{assessed_on}}.",
            ),
            MATTERS,
            GOALS,
            Part(
                "decided",
                "Dette har vi bestemt",
                f"{{{{change_table}}}}\n\nVedtaket gjeld frå {{{{effective_on}}}}.\n\n{_PLAN}",
            ),
            _PROVIDER,
            Part("your_reply", "Dette svarte du då vi sa frå", "{{reply}}"),
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
        "Du får ikkje lenger {{services}} frå {{effective_on}}",
        (
            Part(
                "opening",
                "",
                "Vi skreiv til deg {{warned_on}} og sa frå om at vi vurderte å avslutte hjelpa.\n"
                "Vi vurderte behovet ditt på nytt {{assessed_on}}.",
            ),
            MATTERS,
            GOALS,
            Part("decided", "Dette har vi bestemt", "{{service_lines}}\n\nVedtaket gjeld frå {{effective_on}}."),
            Part("your_reply", "Dette svarte du då vi sa frå", "{{reply}}"),
            Part("reasons", "Derfor", _REASONS),
            _OTHER_HELP,
            _APPEAL,
            _ACCESS,
            _STAY_KEEP,
            Part(
                "next",
                "Du kan søkje på nytt",
                "Du kan søkje igjen når som helst. Sei frå til oss viss noko endrar seg og du treng hjelp.\n"
                "Hastar det, ring oss på telefon {{phone}}.",
            ),
        ),
    ),
    LetterKind.DISMISSED: (
        "Vi kan ikkje behandle søknaden din",
        (
            Part("opening", "", "Vi viser til søknaden vi fekk {{applied_on}}. Han gjeld {{applied_for}}."),
            Part(
                "decided",
                "Dette har vi bestemt",
                "Vi avviser søknaden. Det betyr at vi ikkje har vurdert om du har rett til hjelpa.",
            ),
            Part(
                "reasons",
                "Derfor",
                f"{{{{considerations}}}}\n\n{RULES}",
            ),
            Part("way_on", "Dette kan du gjere", "{{what_to_do}}"),
            _APPEAL,
            _ACCESS,
            _STAY,
        ),
    ),
    LetterKind.APPEAL_CHANGED: (
        "Vi har endra vedtaket: du får {{services}}",
        (
            Part(
                "opening",
                "",
                "Vi fekk klaga di {{received_on}}. Ho gjeld vedtaket frå {{decision_on}}. "
                "Vi har sett på saka på nytt og endrar vedtaket.",
            ),
            Part("decided", "Dette har vi bestemt", f"{{{{service_lines}}}}\n\n{_PLAN}"),
            Part("refused", "Dette endrar vi ikkje", "{{refused_lines}}"),
            Part("reasons", "Derfor", _REASONS),
            _FREE,
            _CHARGE,
            _APPEAL,
            _ACCESS,
            Part(
                "stay",
                "",
                "Klagar du på det nye vedtaket, kan du be oss vente med å gjennomføre det.\n"
                "Har du hatt større utgifter som var nødvendige for å få vedtaket endra, kan du få dei dekte. "
                "Be om det innan tre veker etter at du fekk dette brevet.",
            ),
            _NEXT,
        ),
    ),
    LetterKind.APPEAL_DISMISSED: (
        "Vi kan ikkje behandle klaga di",
        (
            Part("opening", "", "Vi viser til klaga vi fekk {{received_on}}. Ho gjeld vedtaket frå {{decision_on}}."),
            Part(
                "decided",
                "Dette har vi bestemt",
                "Vi avviser klaga. Det betyr at vi ikkje har vurdert det du klagar på, og at vedtaket gjeld som før.",
            ),
            Part("reasons", "Derfor", f"{{{{considerations}}}}\n\n{RULES}"),
            Part("way_on", "Dette kan du gjere", "{{what_to_do}}"),
            _APPEAL,
            _ACCESS,
            Part(
                "stay", "", "Klagar du på avvisinga, kan du be oss vente med å gjennomføre vedtaket til det er avgjort."
            ),
        ),
    ),
}
