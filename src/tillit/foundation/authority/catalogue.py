"""The services the product ships with, and the law they rest on.

Sources: domain notes casework.md §1, §8 and §10 (acts read in the consolidated versions of April 2026), KPR service
codes 9151 in assessment.md §2. A municipality adds its own services; shipped ones are kept up by the product.

Days: the sections are older than `FIRST_VALID`; it is only as far back as the product answers. The right to necessary
help was § 2-1 a and is § 2-1 (Prop. 40 L (2022–2023) 8.3: § 2-1 «erstatter tidligere § 2-1 a»; the Directorate's
circular on the health and care services act, chapter 3, cites § 2-1 second paragraph). The day it took effect was not
found, so that the new number holds from the day the acts were read. No letter is made backwards in time: those that
were sent are kept as they were. The act of 20 June 2025 no. 81 is adopted without a day: `None`, until somebody sets
it.

Services without a section are those that no act names. § 3-1 is the duty to see to necessary services as a whole and no
basis for a single one (the Directorate's circular, chapter 3), so that it is not cited for them. The municipality
registers what its own decision rests on; until then the letter says so, and the page about the decision tells that it
is missing. What was found of each stands with `HINTS`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.foundation.authority.models import ExtentIn, ServiceGroup

FIRST_VALID = date(2020, 1, 1)
ACTS_READ = date(2026, 4, 1)

HOL = "2011-06-24-30"
PBRL = "1999-07-02-63"
FVL_1967 = "1967-02-10"
FVL_2025 = "2025-06-20-81"

#: What an act is called in a letter.
ACT_NAMES: dict[str, str] = {
    HOL: "helse- og omsorgstjenesteloven",
    PBRL: "pasient- og brukerrettighetsloven",
    FVL_1967: "forvaltningsloven",
    FVL_2025: "forvaltningsloven av 2025",
}

#: In nynorsk letters. The acts have one official title each; these are the short titles used in nynorsk text.
ACT_NAMES_NN: dict[str, str] = {
    HOL: "helse- og omsorgstenestelova",
    PBRL: "pasient- og brukarrettslova",
    FVL_1967: "forvaltingslova",
    FVL_2025: "forvaltingslova av 2025",
}

#: The topic of a section that a service rests on.
BASIS = "BASIS"


@dataclass(frozen=True, slots=True)
class Law:
    """A section, as it is cited in a letter and in plain words. valid_from None: adopted, without a day yet."""

    act: str
    section: str
    words: str
    valid_from: date | None = FIRST_VALID
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One shipped service."""

    code: str
    name: str
    group: ServiceGroup
    extent_in: ExtentIn
    is_health_care: bool
    may_be_charged: bool
    kpr_code: str
    responsibility_code: str
    law: tuple[Law, ...]
    charge_note: str = ""


_RIGHT = (
    Law(PBRL, "§ 2-1 a", "Du har rett til nødvendig hjelp fra kommunen", valid_to=ACTS_READ),
    Law(PBRL, "§ 2-1", "Du har rett til nødvendig hjelp fra kommunen", valid_from=ACTS_READ),
)
_NURSING = Law(HOL, "§ 3-2 første ledd nr. 6 bokstav a", "Kommunen skal tilby helsetjenester i hjemmet")
_ASSISTANCE = Law(
    HOL,
    "§ 3-2 første ledd nr. 6 bokstav b",
    "Kommunen skal tilby personlig assistanse, med praktisk bistand, opplæring og støttekontakt",
)
_INSTITUTION = Law(HOL, "§ 3-2 første ledd nr. 6 bokstav c", "Kommunen skal tilby plass i institusjon")
_REHABILITATION = Law(HOL, "§ 3-2 første ledd nr. 5", "Kommunen skal tilby habilitering og rehabilitering")
_CARERS = Law(HOL, "§ 3-6", "Kommunen skal støtte pårørende med særlig tyngende omsorgsarbeid")

HOME, STAY, SPECIAL = ServiceGroup.HOME, ServiceGroup.STAY, ServiceGroup.SPECIAL
HOURS, TIMES, DAYS = ExtentIn.HOURS_A_WEEK, ExtentIn.TIMES_A_WEEK, ExtentIn.DAYS
PIECES, NONE = ExtentIn.PIECES, ExtentIn.NONE

SERVICES: tuple[Service, ...] = (
    Service("HOME_NURSING", "Hjemmesykepleie", HOME, HOURS, True, False, "15", "NEW_DECIDE", (_NURSING, *_RIGHT)),
    Service(
        "PRACTICAL_ASSISTANCE", "Praktisk bistand", HOME, HOURS, False, True, "1", "NEW_DECIDE",
        (_ASSISTANCE, *_RIGHT), "Personlig stell er gratis",
    ),
    Service(
        "PRACTICAL_TRAINING", "Opplæring i daglige gjøremål", HOME, HOURS, False, True, "2", "NEW_DECIDE",
        (_ASSISTANCE, *_RIGHT), "Opplæring i personlig stell er gratis",
    ),
    Service(
        "REABLEMENT", "Hverdagsrehabilitering", HOME, HOURS, True, False, "", "REABLEMENT", (_REHABILITATION, *_RIGHT)
    ),
    Service(
        "THERAPY_AT_HOME", "Ergo- og fysioterapi hjemme", HOME, HOURS, True, False, "", "REABLEMENT",
        (_REHABILITATION, *_RIGHT),
    ),
    Service("MEALS", "Matombringing", HOME, TIMES, False, True, "5", "NEW_DECIDE", ()),
    Service(
        "SAFETY_ALARM", "Trygghetsalarm", HOME, PIECES, False, True, "", "LONG_STAY", (),
        "Gratis når alarmen erstatter en helsetjeneste",
    ),
    Service(
        "WELFARE_TECHNOLOGY", "Velferdsteknologi", HOME, PIECES, True, False, "", "LONG_STAY", (_NURSING, *_RIGHT),
        "Gratis som helsehjelp. Kommunen bestemmer for annet utstyr",
    ),
    Service("DAY_CENTRE", "Dagsenter", STAY, TIMES, False, True, "4", "LONG_STAY", ()),
    Service("OMSORG_PLUS", "Omsorg+", STAY, NONE, False, True, "", "LONG_STAY", ()),
    Service("SHORT_STAY", "Korttidsopphold", STAY, DAYS, True, True, "20", "SHORT_STAY", (_INSTITUTION, *_RIGHT)),
    Service(
        "LONG_STAY", "Langtidsopphold", STAY, NONE, True, True, "21", "LONG_STAY",
        (
            Law(HOL, "§ 3-2 a", "Kommunen skal tilby langtidsplass når det er det eneste forsvarlige tilbudet"),
            _INSTITUTION,
            *_RIGHT,
        ),
    ),
    Service(
        "RESPITE", "Individuell avlastning", SPECIAL, HOURS, False, False, "7", "SPECIALIST_SERVICES",
        (_CARERS, Law(PBRL, "§ 2-8", "Pårørende kan kreve vedtak om avlastning")),
    ),
    Service(
        "BPA", "Brukerstyrt personlig assistanse", SPECIAL, HOURS, False, True, "3", "SPECIALIST_SERVICES",
        (
            Law(HOL, "§ 3-8", "Kommunen skal ha tilbud om brukerstyrt personlig assistanse"),
            Law(PBRL, "§ 2-1 d", "Rett til å få hjelpen som brukerstyrt personlig assistanse"),
        ),
        "Personlig stell er gratis",
    ),
    Service(
        "CARE_PAY", "Omsorgsstønad", SPECIAL, HOURS, False, False, "11", "SPECIALIST_SERVICES",
        (_CARERS, Law(PBRL, "§ 2-8", "Pårørende kan kreve vedtak om omsorgsstønad")),
    ),
    Service(
        "SUPPORT_CONTACT", "Støttekontakt", SPECIAL, HOURS, False, False, "9", "SPECIALIST_SERVICES",
        (_ASSISTANCE, *_RIGHT),
    ),
    Service(
        "TT_TRANSPORT", "TT-kort", SPECIAL, PIECES, False, True, "", "SPECIALIST_SERVICES",
        (), "Etter kommunens regler",
    ),
)  # fmt: skip

#: What whoever registers the municipality's own basis should know of a service that no act names. Sources: municipal
#: pages on meals (Sør-Varanger, Voss) and alarms (Færder, Målselv), Helsenorge on alarms, county pages on TT
#: (Møre og Romsdal, Innlandet), § 3-2 first paragraph no. 7 in the act.
HINTS: dict[str, str | Promise] = {
    "MEALS": _(
        "Ingen lov nevner matombringing. Noen kommuner gir det som en del av praktisk bistand, etter helse- og "
        "omsorgstjenesteloven § 3-2 første ledd nr. 6 bokstav b. Andre gir det etter egne regler."
    ),
    "SAFETY_ALARM": _(
        "Ingen lov nevner trygghetsalarm. Kommunen kan ha egne regler, eller gi alarmen for å dekke et behov som gir "
        "rett til hjelp etter helse- og omsorgstjenesteloven."
    ),
    "DAY_CENTRE": _(
        "Loven nevner dagaktivitet bare for hjemmeboende med demens: helse- og omsorgstjenesteloven § 3-2 første ledd "
        "nr. 7. Tillit viser ikke til den av seg selv, for da sier brevet noe om helsa til den som får det."
    ),
    "OMSORG_PLUS": _("Omsorg+ er kommunens eget tilbud. Skriv vedtaket eller forskriften det bygger på."),
    "TT_TRANSPORT": _(
        "TT-ordningen er fylkeskommunens eller kommunens egen. Skriv forskriften eller retningslinjene. Klage følger "
        "forvaltningsloven og ordningens egne regler: se at frist og klageinstans i brevet stemmer."
    ),
}

#: What a shipped service is called in nynorsk letters, where that differs.
NAMES_NN: dict[str, str] = {
    "HOME_NURSING": "Heimesjukepleie",
    "PRACTICAL_ASSISTANCE": "Praktisk hjelp",
    "PRACTICAL_TRAINING": "Opplæring i daglege gjeremål",
    "REABLEMENT": "Kvardagsrehabilitering",
    "THERAPY_AT_HOME": "Ergo- og fysioterapi heime",
    "SAFETY_ALARM": "Tryggleiksalarm",
    "SHORT_STAY": "Korttidsopphald",
    "LONG_STAY": "Langtidsopphald",
    "RESPITE": "Individuell avlasting",
    "BPA": "Brukarstyrt personleg assistanse",
}

#: What both acts on public administration say of each step, old section and new (casework.md §8).
_STEPS: tuple[tuple[str, str, str, str], ...] = (
    ("DISQUALIFICATION", "§ 6", "§§ 26–27", "Når noen er inhabil"),
    ("GUIDANCE", "§ 11", "§§ 14–15", "Kommunen skal veilede deg"),
    ("INTERIM_REPLY", "§ 11 a", "§ 17", "Du skal få foreløpig svar når saken tar lang tid"),
    ("REPRESENTATION", "§ 12", "§ 18", "Du kan la noen representere deg"),
    ("ADVANCE_NOTICE", "§ 16", "§ 42", "Du skal få varsel og kunne uttale deg før vedtaket"),
    ("INVESTIGATION", "§ 17", "§§ 43–44", "Saken skal være godt nok opplyst, og du skal få se nye opplysninger"),
    ("PARTY_ACCESS", "§ 18", "§§ 46–53", "Du har rett til å se dokumentene i saken"),
    ("WRITTEN_FORM", "§ 23", "§ 55", "Vedtaket skal være skriftlig"),
    ("REASONS", "§§ 24–25", "§§ 56–57", "Vedtaket skal være begrunnet"),
    ("NOTICE", "§ 27", "§§ 58–59", "Du skal få vite om vedtaket så snart som mulig"),
    ("APPEAL_PERIOD", "§ 29", "§ 63", "Når klagefristen begynner å løpe"),
    ("LATE_APPEAL", "§ 31", "§ 65", "Når en klage kommer for sent"),
    ("APPEAL_CONTENT", "§ 32", "§ 66", "Hva en klage skal inneholde"),
    ("APPEAL_HANDLING", "§ 33", "§ 67", "Hvordan vi behandler klagen"),
    ("APPEAL_BODY", "§ 34", "§ 68", "Hva klageinstansen kan prøve"),
    ("CHANGE", "§ 35", "§ 71", "Når kommunen kan endre sitt eget vedtak"),
    ("COSTS", "§ 36", "§ 69", "Når du kan få dekket sakskostnader"),
    ("STAY_OF_EXECUTION", "§ 42", "§§ 75–76", "Vedtaket kan settes på vent til klagen er avgjort"),
)

#: Rules of procedure, by step. An appeal on these services follows the act on patients' rights before the general act.
PROCEDURE: tuple[tuple[str, Law], ...] = (
    ("INDIVIDUAL_DECISION", Law(PBRL, "§ 2-7", "Reglene om enkeltvedtak gjelder hjelp som varer over to uker")),
    ("PARTICIPATION", Law(PBRL, "§ 3-1", "Du har rett til å medvirke, og vi legger stor vekt på hva du mener")),
    ("APPEAL_RIGHT", Law(PBRL, "§ 7-2", "Du kan klage til Statsforvalteren")),
    ("APPEAL_DEADLINE", Law(PBRL, "§ 7-5", "Klagefristen er fire uker")),
    *((topic, Law(FVL_1967, old, words)) for topic, old, _new, words in _STEPS),
    *((topic, Law(FVL_2025, new, words, valid_from=None)) for topic, _old, new, words in _STEPS),
)
