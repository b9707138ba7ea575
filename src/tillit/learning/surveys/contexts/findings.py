"""How what is wrong with an own instrument, and what one should think of, is said."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.learning.surveys.rules.building.checks import LEAST_IN_A_PART, MOST_MINUTES, Found, Problem, Warn
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.ui.language import page_language

#: other: number of the question it hangs on. theme: its name. word: what it was found by.
_TEXTS: dict[Problem | Warn, Promise | str] = {
    Problem.NO_NAME: _("Gi spørreskjemaet et navn."),
    Problem.NO_ITEMS: _("Legg til et spørsmål."),
    Problem.ROUTE_GONE: _("Det vises etter et spørsmål som ikke finnes. Velg på nytt når det skal vises."),
    Problem.ROUTE_BACK: _("Det vises etter svaret på spørsmål %(other)d, som kommer senere. Flytt det ned."),
    Problem.ROUTE_WORDS: _("Det vises etter svaret på spørsmål %(other)d, men der svares det med egne ord."),
    Problem.ROUTE_STEPS: _("Svaret som leder hit, finnes ikke lenger på spørsmål %(other)d. Velg på nytt."),
    Problem.PART_MIXED: _("Spørsmålene i «%(theme)s» svares på ulike måter. Da kan de ikke få ett gjennomsnitt."),
    Problem.PART_WORDS: _("Egne ord har ikke noe gjennomsnitt. Ta spørsmålet ut av «%(theme)s»."),
    Warn.TOO_LONG: _(
        "Det tar om lag %(minutes)d minutter. Over %(most)d minutter svarer folk uten å lese. Ta bort noe."
    ),
    Warn.DOUBLE: _("Her står «%(word)s». Spør om én ting om gangen, ellers vet dere ikke hva svaret gjelder."),
    Warn.NAMES: _("Her står «%(word)s». Spør aldri etter navn eller en bestemt person: da er ikke svarene anonyme."),
    Warn.HEALTH: _("Her står «%(word)s». Opplysninger om helsa til en bruker hører hjemme i journalen, ikke her."),
    Warn.FEW_IN_PART: _("«%(theme)s» har færre enn %(least)d spørsmål. Da er gjennomsnittet ikke til å stole på."),
    Warn.ONLY_REVERSED: _(
        "Alle spørsmålene i «%(theme)s» er snudd. Ta med noen som ikke er det, ellers svarer folk på vane."
    ),
    Warn.PART_EMPTY: _("«%(theme)s» har ingen spørsmål, og blir ikke med."),
    Warn.ROUTED_IN_PART: _(
        "Ikke alle får hvert spørsmål i «%(theme)s». Gjennomsnittet regnes av det hver enkelt ble spurt om."
    ),
}


def number_of(instrument: Instrument, code: str) -> int:
    """Return the place of a question, from 1; 0 for one that is not there."""
    return next((at for at, item in enumerate(instrument.items, 1) if item.code == code), 0)


def said(instrument: Instrument, found: Found) -> str:
    """Return one finding in plain words."""
    language = page_language()
    return str(_TEXTS[found.what]) % {
        "other": number_of(instrument, found.other),
        "theme": next((part.name.in_language(language) for part in instrument.parts if part.code == found.part), ""),
        "word": found.other,
        "minutes": found.number,
        "most": MOST_MINUTES,
        "least": LEAST_IN_A_PART,
    }
