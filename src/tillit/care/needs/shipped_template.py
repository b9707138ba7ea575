"""The conversation template that Tillit ships: our own text, in ten parts (domain/assessment.md §3). Data, not rules.

A municipality makes its own version of it; this one is never changed after it has been used.
"""

from tillit.care.needs.rules.template import Question

CODE = "hva-er-viktig"
NAME = "Hva er viktig for deg?"

_WHO = "Hvem som får vite"
_WORDS = "Med dine egne ord"
_DAY = "En vanlig dag"
_STRENGTH = "Det du har og får til"
_WORRY = "Det som bekymrer"
_WISHES = "Ønsker og mål"
_WHO_DOES = "Hvem gjør hva"
_HELP = "Det vi er enige om"
_AGAIN = "Når vi ses på det igjen"
_SUMMARY = "Oppsummering, lest høyt"

QUESTIONS: tuple[Question, ...] = (
    Question(
        code="words",
        part=_WORDS,
        text="Hva er viktig for deg?",
        help="Skriv ordene slik de ble sagt. Ikke pynt på dem. La det være stille en stund før du spør videre.",
        kind="words",
        short=True,
    ),
    Question(
        code="good_days",
        part=_WORDS,
        text="Hva gir gode dager?",
        help="Små ting: radioen på, kaffe før stell, å hente avisa selv.",
        short=True,
    ),
    Question(
        code="rather_not",
        part=_WORDS,
        text="Hva vil du helst slippe?",
        help="Det som gjør dagen dårlig, også det vi gjør.",
        short=True,
    ),
    Question(
        code="present",
        part=_WHO,
        text="Er det noe å si om hvem som er med, og hvem som får vite?",
        help="Trengs tolk? Vil du at noen av dine egne skal få se planen? Er det noen som ikke skal?",
    ),
    Question(
        code="day_works",
        part=_DAY,
        text="Hvordan er en vanlig dag? Hva går bra?",
        help="Fra du står opp til du legger deg. Også netta.",
    ),
    Question(
        code="day_missed",
        part=_DAY,
        text="Hva har du sluttet med, og hva savner du?",
        help="Noe du gjorde før og gjerne ville gjort igjen.",
    ),
    Question(
        code="strengths",
        part=_STRENGTH,
        text="Hva er du god på, og hva klarer du selv?",
    ),
    Question(
        code="around",
        part=_STRENGTH,
        text="Hvem og hva har du rundt deg?",
        help="Familie, venner og naboer. Boligen, hjelpemidler, telefon og nettbrett.",
    ),
    Question(
        code="worries",
        part=_WORRY,
        text="Er det noe som bekymrer deg, eller dem rundt deg?",
        help="Å falle, mat og vekt, medisiner, søvn, å være alene, at de nærmeste blir slitne, at noen ikke er snille.",
    ),
    Question(
        code="wishes",
        part=_WISHES,
        text="Hva ønsker du å få til?",
        help="Tre til fem ønsker holder. Dine egne ord, og hvordan vi ser at det er nådd.",
        short=True,
    ),
    Question(
        code="who_does",
        part=_WHO_DOES,
        text="Hva gjør du selv, hva gjør dine egne, og hva gjør vi?",
        help="Også frivillige, naboer og andre tjenester.",
    ),
    Question(
        code="agreed",
        part=_HELP,
        text="Hva er vi enige om å begynne med?",
        help="Dette blir til tiltak i planen. Når det passer deg, og det som må gjøres av en bestemt faggruppe.",
        short=True,
    ),
    Question(
        code="again",
        part=_AGAIN,
        text="Hva skal vi se etter til neste gang?",
        help="Datoen for neste samtale setter dere nederst på siden.",
    ),
    Question(
        code="summary",
        part=_SUMMARY,
        text="Slik har vi forstått deg",
        help="Skriv kort, og les det høyt før dere går. Rett det som ble feil mens dere sitter der.",
        short=True,
    ),
)
