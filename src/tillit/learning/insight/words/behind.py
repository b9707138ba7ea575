"""What each citizen gave a number, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.rules.behind import Behind
from tillit.learning.insight.rules.indicators import Indicator, Unit
from tillit.learning.insight.words import figures
from tillit.ui import formats
from tillit.ui.language import page_language


def order(code: str) -> str:
    """Return who stands first in the list."""
    return {
        "K-1-28": _("De som møtte flest, står først"),
        "K-1-14": _("De som møtte flest, står først"),
        "K-2": _("De som sjeldnest møtte den samme, står først"),
        "K-3": _("De som sjeldnest møtte den samme, står først"),
        "V-1": _("De med flest besøk vi ikke rakk, står først"),
        "P-1": _("De som mangler mål eller dato, står først"),
        "P-2": _("Mål som ikke ble sett på i tide, står først"),
        "P-5": _("Hjelp som skulle vært vurdert på nytt, står først"),
    }[code]


def number(indicator: Indicator, one: Behind) -> str:
    """Return what stands large in the row: a number, or nothing where a sentence says it."""
    if one.value is None:
        return ""
    if indicator.unit == Unit.PERSONS:
        return formats.number(one.value, 0, page_language())
    return figures.value_text(indicator, one.value)


def told(indicator: Indicator, one: Behind) -> str:
    """Return what the number has of this citizen."""
    day = formats.short_date(one.due, page_language()) if one.due else ""
    match indicator.code:
        case "K-1-28" | "K-1-14":
            return _met(one)
        case "K-2":
            return ngettext(
                "av %(count)s besøk var ved den som kom oftest",
                "av %(count)s besøk var ved den som kom oftest",
                one.of,
            ) % {"count": one.of}
        case "K-3":
            return ngettext(
                "sjanse for samme hjelper ved to av %(count)s besøk",
                "sjanse for samme hjelper ved to av %(count)s besøk",
                one.of,
            ) % {"count": one.of}
        case "V-1":
            return _("%(part)s av %(whole)s besøk rakk vi ikke") % {"part": one.part, "whole": one.of}
        case "P-1" if not one.of:
            return _("Har ingen plan med mål")
        case "P-1" if one.due is None:
            return _("Har mål, men ingen dato for å se på dem")
        case "P-1":
            return _("Har mål. Ses på innen %(day)s") % {"day": day}
        case "P-2" if one.done is None:
            return _("Skulle vært sett på innen %(day)s") % {"day": day}
        case "P-2":
            looked = formats.short_date(one.done, page_language()) if one.done else ""
            return _("Skulle ses på innen %(day)s. Ble sett på %(done)s") % {"day": day, "done": looked}
        case _p_5 if one.telling:
            return _("Skulle vært vurdert på nytt innen %(day)s") % {"day": day}
        case _p_5:
            return _("Vurderes på nytt innen %(day)s") % {"day": day}


def _met(one: Behind) -> str:
    return ngettext("hjelper på %(visits)s besøk", "ulike hjelpere på %(visits)s besøk", round(one.value or 0)) % {
        "visits": one.of
    }
