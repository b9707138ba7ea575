"""The few words that a case puts into its letters, in the language of the letter. Everything else is the template's."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tillit.care.letters.rules import Language, day

_AMOUNTS: dict[Language, dict[str, tuple[str, str]]] = {
    Language.BOKMAL: {
        "HOURS_A_WEEK": ("time i uka", "timer i uka"),
        "DAYS": ("døgn", "døgn"),
        "TIMES_A_WEEK": ("gang i uka", "ganger i uka"),
        "PIECES": ("stykk", "stykker"),
    },
    Language.NYNORSK: {
        "HOURS_A_WEEK": ("time i veka", "timar i veka"),
        "DAYS": ("døgn", "døgn"),
        "TIMES_A_WEEK": ("gong i veka", "gonger i veka"),
        "PIECES": ("stykk", "stykke"),
    },
}
WORDS: dict[Language, dict[str, str]] = {
    Language.BOKMAL: {
        "between": "vanligvis mellom {least} og {most}",
        "from_day": "fra {day}",
        "from_to": "fra {first} til og med {last}",
        "ends": "slutter {day}",
        "not_all": "så mye som du søkte om",
        "help": "hjelpen",
        "own_rules": "kommunens egne regler for {services}",
        "carer_facts": "Vi bygger på søknaden din og på det du har fortalt oss om omsorgsarbeidet ditt. "
        "Opplysninger om helsa til den du hjelper, står ikke i dette brevet.",
        "contact": "{title} og din kontakt",
        "provider": "gir hjelpen.",
        "others_decide": "Dette avgjør {unit}. Du får et eget brev om det.",
        "others_decide_unknown": "Dette avgjøres av andre i kommunen. Du får et eget brev om det.",
        "service": "Tjeneste",
        "before": "Før",
        "now": "Nå",
        "nothing": "Ingen hjelp",
        "as_before": "Som før",
        "free": "Gratis",
        "may_cost": "Du kan måtte betale. Satsen er ikke klar ennå.",
        "charge_by_phone": "Du kan måtte betale for {service}. Vi sender deg satsen. "
        "Ring oss på telefon {phone} hvis du vil vite mer.",
        "charge_by_letter": "Du kan måtte betale for {service}. Vi sender deg satsen. "
        "Skriv til oss hvis du vil vite mer. Adressen står øverst i brevet.",
        "appeal_body": "Statsforvalteren",
        "comma": ",",
    },
    Language.NYNORSK: {
        "between": "vanlegvis mellom {least} og {most}",
        "from_day": "frå {day}",
        "from_to": "frå {first} til og med {last}",
        "ends": "sluttar {day}",
        "not_all": "så mykje som du søkte om",
        "help": "hjelpa",
        "own_rules": "kommunen sine eigne reglar for {services}",
        "carer_facts": "Vi byggjer på søknaden din og på det du har fortalt oss om omsorgsarbeidet ditt. "
        "Opplysningar om helsa til den du hjelper, står ikkje i dette brevet.",
        "contact": "{title} og kontakten din",
        "provider": "gir hjelpa.",
        "others_decide": "Dette avgjer {unit}. Du får eit eige brev om det.",
        "others_decide_unknown": "Dette blir avgjort av andre i kommunen. Du får eit eige brev om det.",
        "service": "Teneste",
        "before": "Før",
        "now": "No",
        "nothing": "Inga hjelp",
        "as_before": "Som før",
        "free": "Gratis",
        "may_cost": "Du kan måtte betale. Satsen er ikkje klar enno.",
        "charge_by_phone": "Du kan måtte betale for {service}. Vi sender deg satsen. "
        "Ring oss på telefon {phone} viss du vil vite meir.",
        "charge_by_letter": "Du kan måtte betale for {service}. Vi sender deg satsen. "
        "Skriv til oss viss du vil vite meir. Adressa står øvst i brevet.",
        "appeal_body": "Statsforvaltaren",
        "comma": ",",
    },
}
TITLES: dict[Language, dict[str, str]] = {
    Language.BOKMAL: {
        "CARE_WORKER": "medarbeider",
        "NURSE": "sykepleier",
        "THERAPIST": "terapeut",
        "CASE_WORKER": "saksbehandler",
        "TEAM_LEADER": "teamleder",
        "DISTRICT_LEADER": "leder",
        "PROJECT_LEADER": "prosjektleder",
        "REPRESENTATIVE": "tillitsvalgt",
        "HEALTH_WORKER": "helsefagarbeider",
        "HOME_HELPER": "hjemmehjelp",
        "OCCUPATIONAL_THERAPIST": "ergoterapeut",
        "PHYSIOTHERAPIST": "fysioterapeut",
        "SOCIAL_EDUCATOR": "vernepleier",
        "LEADER": "leder",
        "OTHER": "ansatt",
        "acting": "fungerende {title}",
        "office": "leder av {unit}",
    },
    Language.NYNORSK: {
        "CARE_WORKER": "medarbeidar",
        "NURSE": "sjukepleiar",
        "THERAPIST": "terapeut",
        "CASE_WORKER": "saksbehandlar",
        "TEAM_LEADER": "teamleiar",
        "DISTRICT_LEADER": "leiar",
        "PROJECT_LEADER": "prosjektleiar",
        "REPRESENTATIVE": "tillitsvald",
        "HEALTH_WORKER": "helsefagarbeidar",
        "HOME_HELPER": "heimehjelp",
        "OCCUPATIONAL_THERAPIST": "ergoterapeut",
        "PHYSIOTHERAPIST": "fysioterapeut",
        "SOCIAL_EDUCATOR": "vernepleiar",
        "LEADER": "leiar",
        "OTHER": "tilsett",
        "acting": "fungerande {title}",
        "office": "leiar av {unit}",
    },
}
"""What somebody is called under a letter: by the role she decides in, or by her profession."""


def number(value: Decimal) -> str:
    """Return a number as it is written: 9,5 and 10, never 10,00."""
    plain = value.normalize()
    return f"{plain:f}".replace(".", ",")


def amount(extent: Decimal, extent_in: str, language: Language) -> str:
    """Return «9,5 timer i uka»; "" for a service without extent."""
    words = _AMOUNTS[language].get(extent_in)
    return f"{number(extent)} {words[0] if extent == 1 else words[1]}" if words else ""


def span(extent: Decimal, span_percent: int, language: Language) -> str:
    """Return «vanligvis mellom 7,6 og 11,4»: what a frame's span is in hours."""
    least, most = extent * (100 - span_percent) / 100, extent * (100 + span_percent) / 100
    one = Decimal("0.1")
    return WORDS[language]["between"].format(least=number(least.quantize(one)), most=number(most.quantize(one)))


def period(starts_on: date | None, ends_on: date | None, language: Language) -> str:
    """Return «fra 26. november 2026», with «til og med …» when there is a last day."""
    if starts_on is None:
        return ""
    if ends_on is None:
        return WORDS[language]["from_day"].format(day=day(starts_on))
    return WORDS[language]["from_to"].format(first=day(starts_on), last=day(ends_on))


def called(name: str, name_nn: str, language: Language) -> str:
    """Return what a service is called in a letter: a municipality's own has its one name in both languages."""
    return (name_nn or name) if language is Language.NYNORSK else name


def lower(name: str) -> str:
    """Return a service's name inside a sentence: «hjemmesykepleie», but «BPA» and «TT-kort» as they are."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def sentence(parts: Iterable[str]) -> str:
    """Join what stands after a service's name: the words as they were written, then amount and period, with full stops.

    «Hjelp til medisiner og stell. Omtrent 5 timer i uka, fra 26. november 2026.»
    """
    found = [part.strip().rstrip(".") for part in parts if part.strip()]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in found)
