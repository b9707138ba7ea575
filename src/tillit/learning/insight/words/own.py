"""A municipality's own indicators in words: the facts and their columns, and «Slik telles det»."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tillit.foundation.access.roles import name_of
from tillit.learning.insight.rules.indicators import Better, Step
from tillit.learning.insight.rules.own import FACTS, Recipe, Way

Words = Mapping[str, str | Promise]

THINGS: Words = {
    "visits": lazy("besøk"),
    "stays_begun": lazy("opphold borte som begynte"),
    "stays_ended": lazy("opphold borte som tok slutt"),
    "cases_received": lazy("søknader som kom"),
    "cases_decided": lazy("søknader som ble avgjort"),
    "help_looked_at": lazy("ganger hjelp ble gitt eller beholdt"),
    "plans_started": lazy("tiltaksplaner tatt i bruk"),
    "goals_looked_at": lazy("mål sett på med brukeren"),
    "deviations": lazy("avvik"),
    "employed": lazy("ansatte"),
}
"""What a fact's rows are, many of them."""

ABOUT: Words = {
    "visits": lazy(
        "Et besøk hører til dagen det var planlagt, og teamet som hadde det. Også de avlyste og de ingen har sagt noe "
        "om er med."
    ),
    "stays_begun": lazy("Et opphold hører til dagen brukeren reiste, og teamene som fulgte brukeren da."),
    "stays_ended": lazy("Et opphold hører til dagen brukeren kom hjem, og teamene som fulgte brukeren da."),
    "cases_received": lazy("En søknad hører til dagen den kom, og enheten som har eller avgjorde den."),
    "cases_decided": lazy("En søknad hører til dagen den ble avgjort første gang, og enheten som avgjorde den."),
    "help_looked_at": lazy(
        "Hører til dagen vedtaket eller revurderingen ble gjort, og teamene som fulgte brukeren da."
    ),
    "plans_started": lazy(
        "Hver ny versjon av en plan teller. Den hører til dagen den ble tatt i bruk, og teamene som fulgte brukeren da."
    ),
    "goals_looked_at": lazy("Hører til dagen noen så på målet med brukeren, og teamene som fulgte brukeren da."),
    "deviations": lazy("Et avvik hører til dagen det ble meldt, og teamet det gjelder. Trukne er ikke med."),
    "employed": lazy(
        "De som har en del av stillingen sin i teamet den siste dagen i måneden. En ansatt teller én gang i hver enhet."
    ),
}
"""Which day and which unit a row belongs to."""

SOURCES: Words = {
    "visits": lazy("Arbeidslistene. Ingen fyller ut noe."),
    "stays_begun": lazy("Oppholdene under Ikke hjemme. Ingen fyller ut noe ekstra."),
    "stays_ended": lazy("Oppholdene under Ikke hjemme. Ingen fyller ut noe ekstra."),
    "cases_received": lazy("Sakene. Ingen fyller ut noe."),
    "cases_decided": lazy("Sakene. Ingen fyller ut noe."),
    "help_looked_at": lazy("Vedtakene. Ingen fyller ut noe."),
    "plans_started": lazy("Planene. Ingen fyller ut noe."),
    "goals_looked_at": lazy("Evalueringene. Ingen fyller ut noe ekstra."),
    "deviations": lazy("Avvikene. Ingen fyller ut noe ekstra."),
    "employed": lazy("Stillingene. Ingen fyller ut noe."),
}

FLAGS: Words = {
    "done": lazy("som ble gjennomført"),
    "cancelled": lazy("som ble avlyst"),
    "told": lazy("der hjelperen sa at det tok en annen tid"),
    "ready": lazy("der sykehuset meldte brukeren utskrivningsklar"),
    "dated": lazy("der det ble satt en dato for neste gang"),
    "permanent": lazy("som har fast stilling"),
    "full": lazy("som har hel stilling"),
}
"""After «andelen besøk …»."""

NUMBERS: Words = {
    "planned_min": lazy("planlagte minutter"),
    "told_min": lazy("minutter hjelperen sa at det tok"),
    "stays_ended.days": lazy("døgn borte"),
    "cases_decided.days": lazy("dager fra søknad til vedtak"),
}

COLUMNS: Words = {
    "visits.state": lazy("hva det ble av besøket"),
    "visits.cancelled_by": lazy("hvorfor det ble avlyst"),
    "stays_begun.kind": lazy("hvor brukeren var"),
    "stays_ended.kind": lazy("hvor brukeren var"),
    "deviations.kind": lazy("hva som skjedde"),
}

_STAYS: Words = {
    "HOSPITAL": lazy("På sykehus"),
    "HEALTH_HOUSE": lazy("På helsehus"),
    "ACUTE_UNIT": lazy("På KAD"),
    "SHORT_STAY": lazy("På korttidsopphold"),
    "REHABILITATION": lazy("På rehabilitering"),
    "RESPITE": lazy("På avlastning"),
    "AWAY": lazy("Bortreist"),
}
VALUES: Mapping[str, Words] = {
    "visits.state": {"PLANNED": lazy("Planlagt"), "DONE": lazy("Gjennomført"), "CANCELLED": lazy("Avlyst")},
    "visits.cancelled_by": {
        "CITIZEN": lazy("Brukeren sa nei i dag"),
        "RELATIVE": lazy("Pårørende tar det"),
        "NOT_HOME": lazy("Ingen hjemme"),
        "AWAY": lazy("På sykehus eller bortreist"),
        "TEAM": lazy("Vi rakk det ikke"),
        "PLAN": lazy("Står ikke lenger i planen"),
    },
    "stays_begun.kind": _STAYS,
    "stays_ended.kind": _STAYS,
    "deviations.kind": {
        "FALL": lazy("Fall"),
        "MEDICINE": lazy("Medisiner"),
        "MISSED": lazy("Besøk som ikke ble noe av"),
        "INJURY": lazy("Skade"),
        "THREAT": lazy("Trusler eller vold"),
        "EQUIPMENT": lazy("Utstyr"),
        "INFORMATION": lazy("Feil informasjon"),
        "OTHER": lazy("Noe annet"),
    },
}


def question(name: str, better: Better) -> str:
    """Return the heading of the chart, such that «ja» answers it when it has gone the better way."""
    low = name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]
    match better:
        case Better.UP:
            return _("Øker tallet for %(name)s?") % {"name": low}
        case Better.DOWN:
            return _("Minker tallet for %(name)s?") % {"name": low}
        case _neither:
            return _("Hvordan går det med %(name)s?") % {"name": low}


def counts(recipe: Recipe) -> str:
    """Return what n is."""
    return str(THINGS[recipe.fact])


def source(recipe: Recipe) -> str:
    """Return where the number comes from."""
    return " ".join(dict.fromkeys(str(SOURCES[code]) for code in (recipe.fact, recipe.other) if code))


def role(code: str) -> str:
    """Return a role by its name."""
    return name_of(code)


def number(recipe: Recipe) -> str:
    """Return what a median or a mean is of."""
    return str(NUMBERS.get(recipe.column) or NUMBERS[f"{recipe.fact}.{recipe.column}"])


def only(recipe: Recipe) -> str:
    """Return which rows are counted alone: empty when all are."""
    if not recipe.only_column:
        return ""
    key = f"{recipe.fact}.{recipe.only_column}"
    return _("Bare de med «%(value)s» som svar på %(column)s.") % {
        "column": COLUMNS[key],
        "value": VALUES[key][recipe.only_value],
    }


def formula(recipe: Recipe) -> str:
    """Return how the rows become a value, in one sentence."""
    things = THINGS[recipe.fact]
    when = _("uka") if recipe.step is Step.WEEK else _("måneden")
    match recipe.way:
        case Way.COUNT:
            return _("Antall %(things)s i %(when)s.") % {"things": things, "when": when}
        case Way.SHARE:
            return _("Andelen %(things)s i %(when)s %(flag)s: de delt på alle.") % {
                "things": things, "when": when, "flag": FLAGS[recipe.column],
            }  # fmt: skip
        case Way.MEDIAN:
            return _(
                "Medianen av %(number)s for %(things)s i %(when)s: halvparten har mindre og halvparten mer. "
                "De uten et slikt tall er holdt utenfor."
            ) % {"number": number(recipe), "things": things, "when": when}
        case Way.MEAN:
            return _(
                "Gjennomsnittet av %(number)s for %(things)s i %(when)s: summen delt på antallet. "
                "De uten et slikt tall er holdt utenfor."
            ) % {"number": number(recipe), "things": things, "when": when}
        case Way.PER_100:
            return _("Antall %(things)s i %(when)s, for hvert hundre %(other)s.") % {
                "things": things, "when": when, "other": THINGS[recipe.other],
            }  # fmt: skip


def counted(recipe: Recipe, *, is_retired: bool = False) -> str:
    """Return «Slik telles det»: the formula in words, which rows, and where a row belongs."""
    gone = _("Telles ikke lenger.") if is_retired else ""
    about = [str(ABOUT[code]) for code in (recipe.fact, recipe.other) if code]
    return " ".join(part for part in (gone, formula(recipe), only(recipe), *about) if part)


def ways(fact: str) -> list[tuple[str, str]]:
    """Return the ways to count a fact, each as `WAY:column` with what it is called on the form."""
    one = FACTS[fact]
    found = [(Way.COUNT.value, _("Hvor mange det er"))]
    found += [(f"{Way.SHARE}:{name}", _("Andelen %(flag)s") % {"flag": FLAGS[name]}) for name in one.flags]
    for way, text in ((Way.MEDIAN, _("Medianen av %(number)s")), (Way.MEAN, _("Gjennomsnittet av %(number)s"))):
        found += [
            (f"{way}:{name}", text % {"number": NUMBERS.get(name) or NUMBERS[f"{fact}.{name}"]}) for name in one.numbers
        ]
    found += [
        (f"{Way.PER_100}:{other.code}", _("Hvor mange for hvert hundre %(things)s") % {"things": THINGS[other.code]})
        for other in FACTS.values()
        if other.code != fact and set(other.steps) & set(one.steps)
    ]
    return found


def filters(fact: str) -> list[tuple[str, str]]:
    """Return the values that can be counted alone, each as `column=VALUE` with its words; empty first: all."""
    every: list[tuple[str, str]] = [("", _("Alle"))]
    return every + [
        (
            f"{column}={value}",
            _("%(column)s: %(value)s")
            % {"column": _first_upper(str(COLUMNS[f"{fact}.{column}"])), "value": VALUES[f"{fact}.{column}"][value]},
        )
        for column, values in FACTS[fact].choices.items()
        for value in values
    ]


def title(fact: str) -> str:
    """Return a fact's name as a heading."""
    return _first_upper(str(THINGS[fact]))


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
