"""What was measured, and what it asks for, in words. The same on the page, on the board and in the journal."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tillit.care.observations.models import Alertness
from tillit.care.observations.queries.seen import ObservationLine
from tillit.care.observations.rules.news2 import Consciousness, Measured, Parameter, Score, score
from tillit.care.observations.rules.placing import Why
from tillit.ui import formats
from tillit.ui.language import page_language

PARAMETERS: dict[Parameter, str | Promise] = {
    Parameter.RESPIRATION: gettext_lazy("Pust"),
    Parameter.SATURATION: gettext_lazy("Oksygenmetning"),
    Parameter.OXYGEN: gettext_lazy("Luft eller oksygen"),
    Parameter.SYSTOLIC: gettext_lazy("Blodtrykk"),
    Parameter.PULSE: gettext_lazy("Puls"),
    Parameter.CONSCIOUSNESS: gettext_lazy("Bevissthet"),
    Parameter.TEMPERATURE: gettext_lazy("Temperatur"),
}
#: In the head of a table, with the unit where it is not plain.
SHORT: dict[Parameter, str | Promise] = {
    Parameter.RESPIRATION: gettext_lazy("Pust"),
    Parameter.SATURATION: gettext_lazy("Metning"),
    Parameter.OXYGEN: gettext_lazy("Puster"),
    Parameter.SYSTOLIC: gettext_lazy("Trykk"),
    Parameter.PULSE: gettext_lazy("Puls"),
    Parameter.CONSCIOUSNESS: gettext_lazy("Våken"),
    Parameter.TEMPERATURE: gettext_lazy("Temp."),
}
WHY: dict[str, str | Promise] = {
    Why.ACUTE: gettext_lazy("har akuttvakta nå"),
    Why.NURSE: gettext_lazy("er sykepleier på vakt nå"),
    Why.RESPONSIBLE: gettext_lazy("følger opp brukeren"),
    Why.MESSAGES: gettext_lazy("har meldingsvakta nå"),
}


def value_words(parameter: Parameter, measured: Measured) -> str:
    """Return one value with its unit; empty when it was not measured."""
    language = page_language()
    match parameter:
        case Parameter.RESPIRATION if measured.respiration is not None:
            return _("%(number)d i minuttet") % {"number": measured.respiration}
        case Parameter.SATURATION if measured.saturation is not None:
            return _("%(number)d %%") % {"number": measured.saturation}
        case Parameter.OXYGEN if measured.oxygen is not None:
            return _("Oksygen") if measured.oxygen else _("Luft")
        case Parameter.SYSTOLIC if measured.systolic is not None:
            return _("%(number)d mmHg") % {"number": measured.systolic}
        case Parameter.PULSE if measured.pulse is not None:
            return _("%(number)d i minuttet") % {"number": measured.pulse}
        case Parameter.CONSCIOUSNESS if measured.consciousness:
            return str(Alertness(measured.consciousness).label)
        case Parameter.TEMPERATURE if measured.temperature is not None:
            return _("%(number)s °C") % {"number": formats.number(measured.temperature, 1, language)}
    return ""


def short_value(parameter: Parameter, measured: Measured) -> str:
    """Return one value as a table shows it; empty when it was not measured."""
    match parameter:
        case Parameter.RESPIRATION | Parameter.SYSTOLIC | Parameter.PULSE:
            number = getattr(measured, parameter.value.lower())
            return "" if number is None else str(number)
        case Parameter.CONSCIOUSNESS if measured.consciousness == Consciousness.ALERT:
            return _("Ja")
        case Parameter.TEMPERATURE if measured.temperature is not None:
            return formats.number(measured.temperature, 1, page_language())
    return value_words(parameter, measured)


def measured_words(measured: Measured) -> list[str]:
    """Return what was measured, a short sentence each."""
    found = []
    for parameter, name in PARAMETERS.items():
        value = value_words(parameter, measured)
        if value:
            found.append(f"{name}: {value}.")
    return found


def weight_words(weight: Decimal | None) -> list[str]:
    """Return a weight as a sentence."""
    return [] if weight is None else [f"{weight_text(weight)}."]


def weight_text(weight: Decimal) -> str:
    """Return a weight: 62,4 kg."""
    return _("%(number)s kg") % {"number": formats.number(weight, 1, page_language())}


def counted_words(line: ObservationLine) -> str:
    """Return the sum as it was told then, and what is missing in it."""
    found = score(line.measured)
    missing = missing_words(found)
    return f"{points_text(line.total, complete=found.is_complete)}. {missing}".strip()


def points_text(total: int | None, *, complete: bool) -> str:
    """Return «NEWS2: 6 poeng», or that it is the least it can be."""
    if total is None:
        return _("NEWS2: ikke regnet ut")
    text = (
        ngettext("NEWS2: %(number)d poeng", "NEWS2: %(number)d poeng", total)
        if complete
        else ngettext("NEWS2: minst %(number)d poeng", "NEWS2: minst %(number)d poeng", total)
    )
    return text % {"number": total}


def missing_words(found: Score) -> str:
    """Return what is missing, in a sentence; empty when nothing is."""
    if not found.missing:
        return ""
    names = [str(PARAMETERS[one]).lower() for one in found.missing]
    listed = names[0] if len(names) == 1 else _("%(first)s og %(last)s") % {
        "first": ", ".join(names[:-1]), "last": names[-1],
    }  # fmt: skip
    return _("Mangler %(what)s.") % {"what": listed}
