"""How numbers of a survey are said: names, changes, and why something is not shown."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tillit.learning.surveys.queries import View
from tillit.learning.surveys.rules import scoring
from tillit.learning.surveys.rules.instruments import Instrument, Scale
from tillit.learning.surveys.rules.scoring import Change, Shown
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Content, Delta, HiddenNumber

#: An end of an interval this near nought would be printed as 0,0, as if it could be nothing.
ROUNDS_TO_NOUGHT = 0.05


def name_of(instrument: Instrument, code: str) -> str:
    """Return the name of a part, or the words of a question."""
    part = next((part.name for part in instrument.parts if part.code == code), None)
    return (part or next(item.text for item in instrument.items if item.code == code)).in_language(page_language())


def says_of(instrument: Instrument, code: str) -> str:
    """Return what a high number means; empty for a question that says so itself."""
    part = next((part for part in instrument.parts if part.code == code), None)
    return part.says.in_language(page_language()) if part else ""


def mean_of(shown: Shown, scale: Scale) -> Content:
    """Return the mean with one decimal, or the share in per cent, or why it is not shown."""
    if shown.mean is None:
        return HiddenNumber(why_not(shown))
    return value_of(shown.mean, scale)


def value_of(mean: float, scale: Scale) -> str:
    """Return a mean with one decimal; of what is answered with yes or no, the share in whole per cent."""
    if scoring.is_share(scale):
        return formats.percent(mean, 0, page_language())
    return formats.number(mean, 1, page_language())


def asked_of_some(shown: Shown) -> str:
    """Return how many answers a number rests on when some were led past the question; empty when all were asked."""
    if not shown.of_some:
        return ""
    if shown.n.startswith("under"):
        return _("Ikke alle fikk spørsmålet.")
    few = shown.n.endswith("+")
    said = _("minst %(count)s") % {"count": shown.n[:-1]} if few else shown.n
    return _("Ikke alle fikk spørsmålet. Svar: %(count)s.") % {"count": said}


def why_not(shown: Shown) -> str:
    """Return why a number is not shown, in a few words."""
    if "too_few" in shown.why:
        return _("For få svar")
    if "low_response" in shown.why:
        return _("Under halvparten har svart")
    if "all_alike" in shown.why:
        return _("Alle svarte likt, og er få")
    return _("Vises ikke")


def interval_of(change: Change, scale: Scale) -> str:
    """Return the interval of a change: «0,2 til 1,2»; of shares in percentage points."""
    if scoring.is_share(scale):
        low, high = (formats.signed(100 * each, 0, page_language()) for each in (change.low, change.high))
        return _("%(low)s til %(high)s") % {"low": low, "high": high}
    decimals = 2 if change.verdict != "UNSURE" and min(abs(change.low), abs(change.high)) < ROUNDS_TO_NOUGHT else 1
    low, high = (formats.number(each, decimals, page_language()) for each in (change.low, change.high))
    return _("%(low)s til %(high)s") % {"low": low, "high": high}


def change_of(shown: Shown, *, more_is_stronger: bool = True) -> Content:
    """Return what a change means. One that can be chance is said to be uncertain, whatever its size."""
    if shown.change is None:
        return ""
    verdict = shown.change.verdict
    if verdict == "UNSURE":
        return Delta(_("Usikkert"))
    if not more_is_stronger:
        return Delta(_("Større") if verdict == "UP" else _("Mindre"), "same", "up" if verdict == "UP" else "down")
    return Delta(_("Sterkere"), "better", "up") if verdict == "UP" else Delta(_("Svakere"), "worse", "down")


def lead_of(instrument: Instrument, shown: Sequence[Shown], view: View, then: str) -> str:
    """Return what the numbers say, in a sentence or two, before the numbers. then: the wave before; may be empty."""
    if not view.groups:
        few = _("Færre enn fem svarte i %(team)s.") % {"team": view.name}
        if view.joined_at:
            return f"{few} " + _("Svarene er lagt sammen med andre teams i %(unit)s.") % {"unit": view.joined_at}
        return f"{few} " + _("Svarene er slettet, for ingen tall kunne vist dem uten å vise hvem.")
    if all(one.mean is None for one in shown):
        return _("For få har svart til at tall kan vises.")
    if not then:
        return _("Dette er første gang det spørres. Tallene sier hvor dere står, ikke hva som har endret seg.")
    if not instrument.scored:
        return _("Hvert spørsmål står for seg. Det lages ingen sum.")
    shown = [one for one in shown if instrument.items_of(one.code)]  # of the others nobody has said which end is good
    said = []
    if up := _names(instrument, shown, "UP"):
        said.append(_("Sterkere siden %(then)s: %(what)s.") % {"then": then, "what": up})
    if down := _names(instrument, shown, "DOWN"):
        said.append(_("Svakere siden %(then)s: %(what)s.") % {"then": then, "what": down})
    if unsure := _names(instrument, shown, "UNSURE"):
        said.append(_("Om noe har endret seg i dette, kan vi ikke si: %(what)s.") % {"what": unsure})
    return " ".join(said)


def _names(instrument: Instrument, shown: Sequence[Shown], verdict: str) -> str:
    found = [name_of(instrument, one.code).lower() for one in shown if one.change and one.change.verdict == verdict]
    if len(found) < 2:
        return "".join(found)
    return _("%(some)s og %(last)s") % {"some": ", ".join(found[:-1]), "last": found[-1]}
