"""A verdict in words: the tag beside the question, and the rule that was used, told so that anyone can follow it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.rules.indicators import Better, Indicator, Step
from tillit.learning.insight.rules.verdict import LASTING, Said, Verdict
from tillit.learning.insight.words.figures import in_a_row, span, value_text

Colour = Literal["neutral", "info", "success", "warning"]


@dataclass(frozen=True, slots=True)
class Look:
    """How an answer is shown: a tag's colour and sign. The word carries the meaning."""

    colour: Colour
    icon: str
    mini: str


_LOOKS: dict[Said, Look] = {
    Said.BETTER: Look("success", "CheckmarkCircleFill", "yes"),
    Said.WORSE: Look("warning", "ExclamationmarkTriangle", "worse"),
    Said.OTHER: Look("info", "InformationSquare", "other"),
    Said.CHANGED: Look("info", "InformationSquare", "other"),
    Said.PASSED: Look("info", "InformationSquare", "other"),
    Said.POINT: Look("info", "InformationSquare", "other"),
    Said.SAME: Look("neutral", "MinusCircle", "no"),
    Said.EARLY: Look("neutral", "Hourglass", "wait"),
    Said.SHORT_BASELINE: Look("neutral", "Hourglass", "wait"),
    Said.HIDDEN: Look("neutral", "EyeSlash", "wait"),
    Said.NOTHING: Look("neutral", "CircleSlash", "wait"),
}


def look(found: Verdict) -> Look:
    """Return how the answer is shown."""
    return _LOOKS[found.said]


def answer(indicator: Indicator, found: Verdict) -> str:
    """Return the answer to the indicator's question, short: «Ja, det er et varig skifte»."""
    match found.said:
        case Said.BETTER:
            return _("Ja, det er et varig skifte")
        case Said.WORSE:
            return _("Nei, det er et varig skifte den andre veien")
        case Said.OTHER:
            return _("Det er et varig skifte")
        case Said.CHANGED:
            return _("Noe har endret seg")
        case Said.PASSED:
            return _("Bare for en tid")
        case Said.POINT:
            count = len(found.beyond)
            return ngettext("%(count)s punkt skiller seg ut", "%(count)s punkter skiller seg ut", count) % {
                "count": count
            }
        case Said.SAME:
            return _("Som før") if indicator.better == Better.NEITHER else _("Nei, som før")
        case Said.EARLY:
            return _("For tidlig å si, %(have)s av %(needed)s punkter") % _progress(found)
        case Said.SHORT_BASELINE:
            return _("For tidlig å si, nullpunktet har %(have)s av %(needed)s punkter") % _progress(found)
        case Said.HIDDEN:
            return _("Vises ikke")
        case Said.NOTHING:
            return _("Ingen tall ennå")


def answer_beside(indicator: Indicator, found: Verdict) -> str:
    """Return the answer under a small chart, where the rule stands with it: «Ja, 8 uker på rad under»."""
    if found.said in LASTING and found.stretch is not None:
        lead = {Said.BETTER: _("Ja"), Said.WORSE: _("Nei")}.get(found.said, "")
        row = _row(indicator, found.stretch.length)
        told = (_("%(row)s over") if found.stretch.above else _("%(row)s under")) % {"row": row}
        return f"{lead}, {told}" if lead else told[:1].upper() + told[1:]
    if found.said == Said.SAME and found.centre is not None:
        said, line = answer(indicator, found), value_text(indicator, found.centre)
        return _("%(answer)s. Midtlinja er %(line)s") % {"answer": said, "line": line}
    return answer(indicator, found)


def rule(indicator: Indicator, found: Verdict) -> str:
    """Return why: which rule was used, on which points, in whole sentences."""
    told = [_why(indicator, found), _passed_over(found), _apart(indicator, found), _midline(found)]
    return " ".join(each for each in told if each)


def _why(indicator: Indicator, found: Verdict) -> str:
    match found.said:
        case Said.BETTER | Said.WORSE | Said.OTHER | Said.PASSED:
            return _of_the_stretch(indicator, found)
        case Said.CHANGED:
            return _(
                "Linja krysser midtlinja %(crossings)s ganger. Med så mange punkter venter vi minst %(needed)s: "
                "noe har endret seg. Ingen rekke på samme side er lang nok til å kalles et varig skifte."
            ) % {"crossings": found.crossings, "needed": found.crossings_needed}
        case Said.POINT:
            names = ", ".join(span(indicator.step, found.points[at], found.points[at]) for at in found.beyond[-3:])
            return _(
                "Rutene (%(when)s) ligger utenfor grensene. Det er verdt å spørre hva som skjedde da, "
                "men det er ikke et varig skifte."
            ) % {"when": names}
        case Said.SAME:
            if not found.useful:
                return _("Alle punktene ligger på midtlinja.")
            return _(
                "Punktene svinger rundt midtlinja slik tilfeldigheter gjør: ingen rekke på samme side er lengre enn "
                "%(most)s, og linja krysser midtlinja ofte nok."
            ) % {"most": found.longest_allowed}
        case Said.EARLY if found.baseline:
            return _("Det trengs %(needed)s punkter etter nullpunktet. Vi har %(have)s.") % _progress(found)
        case Said.EARLY:
            return _(
                "Det trengs %(needed)s punkter som ikke ligger på midtlinja, før vi kan si noe. Vi har %(have)s."
            ) % _progress(found)
        case Said.SHORT_BASELINE:
            return _("Nullpunktet må ha %(needed)s punkter med tall. Det har %(have)s.") % _progress(found)
        case Said.HIDDEN:
            return _("Tallet bygger på for få, og da kan noen kjenne seg igjen.")
        case Said.NOTHING:
            return ""


def _of_the_stretch(indicator: Indicator, found: Verdict) -> str:
    if found.stretch is None:
        return ""
    first, last = found.points[found.stretch.first], found.points[found.stretch.last]
    row = _row(indicator, found.stretch.length)
    row = row[:1].upper() + row[1:]
    values = {"row": row, "when": span(indicator.step, first, last), "most": found.longest_allowed}
    if found.said == Said.PASSED:
        said = (
            _("%(row)s over midtlinja (%(when)s), men det varte ikke.")
            if found.stretch.above
            else _("%(row)s under midtlinja (%(when)s), men det varte ikke.")
        )
    else:
        said = (
            _("%(row)s over midtlinja (%(when)s): noe har endret seg.")
            if found.stretch.above
            else _("%(row)s under midtlinja (%(when)s): noe har endret seg.")
        )
    rare = _("Tilfeldigheter gir sjelden mer enn %(most)s på rad.") % values
    return f"{said % values} {rare}"


def _row(indicator: Indicator, length: int) -> str:
    """Return how many in a row: weeks or months, or points where each looks back over several."""
    if indicator.looks_back > 1:
        return ngettext("%(count)s punkt på rad", "%(count)s punkter på rad", length) % {"count": length}
    return in_a_row(indicator.step, length)


def _apart(indicator: Indicator, found: Verdict) -> str:
    """Return that points which share days are not judged, where they do."""
    if indicator.looks_back <= 1 or found.said in (Said.HIDDEN, Said.NOTHING):
        return ""
    if indicator.step == Step.MONTH:
        told = _(
            "Hvert tall ser %(count)s måneder tilbake, så punkter ved siden av hverandre deler dager. Derfor vurderer "
            "vi bare hvert %(count)s. punkt."
        )
    else:
        told = _(
            "Hvert tall ser %(count)s uker tilbake, så punkter ved siden av hverandre deler dager. Derfor vurderer vi "
            "bare hvert %(count)s. punkt."
        )
    return told % {"count": indicator.looks_back}


def _passed_over(found: Verdict) -> str:
    if found.stretch is None or not found.stretch.passed:
        return ""
    return _("Punkter på midtlinja og punkter uten tall er hoppet over.")


def _midline(found: Verdict) -> str:
    """Return where the midline comes from. It never moves by itself, and the page says so."""
    if found.centre is None:
        return ""
    if found.baseline:
        return _("Midtlinja er nullpunktets, og flyttes ikke av seg selv.")
    if found.chart == "run":
        return _("Midtlinja er medianen av alle punktene som vises.")
    return _("Midtlinja er gjennomsnittet av alle punktene som vises.")


def _progress(found: Verdict) -> dict[str, int]:
    return {"have": found.have, "needed": found.needed}
