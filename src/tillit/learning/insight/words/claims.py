"""«Dette kan sies» and «Det vi ikke kan si», by the ladder of claims."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.rules.claims import Doubt, Rung, Study, Unsure, reached
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.marks import Kind
from tillit.learning.insight.rules.verdict import LASTING, Said, Verdict
from tillit.learning.insight.words.figures import interval_text, span, value_text
from tillit.ui import formats
from tillit.ui.language import page_language


def rung_name(rung: Rung) -> str:
    """Return what the step is called."""
    return {
        Rung.DESCRIPTION: _("Beskrivelse"),
        Rung.CHANGE: _("Endring over tid"),
        Rung.BEYOND: _("Endring utover sammenligningen"),
        Rung.EFFECT: _("Effekt"),
    }[rung]


def may_say(indicator: Indicator, found: Verdict, study: Study | None = None) -> str:
    """Return the strongest sentence the result can bear; empty when there is nothing to describe."""
    described = [at for at, point in enumerate(found.points) if point.value is not None]
    if not described:
        return ""
    rung = reached(found, study)
    name = indicator.name
    if rung == Rung.EFFECT and study is not None and study.interval is not None:
        return _("%(name)s: modellen ga en endring (95 %% KI %(interval)s).") % {
            "name": name, "interval": interval_text(indicator, *study.interval),
        }  # fmt: skip
    if rung == Rung.BEYOND and study is not None and study.interval is not None:
        return _("%(name)s endret seg mer enn i sammenligningsteamene (95 %% KI %(interval)s).") % {
            "name": name, "interval": interval_text(indicator, *study.interval),
        }  # fmt: skip
    if rung >= Rung.CHANGE and found.said in LASTING and found.stretch is not None:
        start = found.points[found.stretch.first]
        return _("%(name)s endret seg. Skiftet begynte i %(when)s.") % {
            "name": name, "when": span(indicator.step, start, start),
        }  # fmt: skip
    if rung >= Rung.CHANGE and found.said in (Said.CHANGED, Said.PASSED):
        return _("%(name)s har endret seg i perioden.") % {"name": name}
    first, last = found.points[described[0]], found.points[described[-1]]
    return _("%(name)s: siste tall i perioden %(when)s var %(value)s.") % {
        "name": name, "when": span(indicator.step, first, last), "value": value_text(indicator, last.value),
    }  # fmt: skip


def cannot_say(doubts: Iterable[Doubt]) -> tuple[str, ...]:
    """Return the sentences of «Det vi ikke kan si», the weightiest first."""
    return tuple(_doubt(each) for each in doubts)


def _doubt(doubt: Doubt) -> str:
    match doubt.kind:
        case Unsure.CAUSE:
            return _("Hva som er årsaken til endringen. Tallene viser at noe er endret, ikke hvorfor.")
        case Unsure.MARK:
            return _mark(doubt)
        case Unsure.FEW_TEAMS:
            return ngettext(
                "Om andre team ville fått det samme. Vi følger bare ett team.",
                "Om andre team ville fått det samme. Vi følger bare %(count)s team.",
                doubt.number,
            ) % {"count": doubt.number}
        case Unsure.NO_BASELINE:
            return _("Hvor mye som er endret siden før. Det er ikke satt et nullpunkt.")
        case Unsure.MISSING:
            return ngettext(
                "Hva som skjedde da det ikke finnes tall: %(count)s punkt mangler.",
                "Hva som skjedde da det ikke finnes tall: %(count)s punkter mangler.",
                doubt.number,
            ) % {"count": doubt.number}
        case Unsure.INCOMPLETE:
            return ngettext(
                "%(count)s punkt bygger på færre enn fire av fem registreringer.",
                "%(count)s punkter bygger på færre enn fire av fem registreringer.",
                doubt.number,
            ) % {"count": doubt.number}
        case Unsure.HIDDEN:
            return ngettext(
                "%(count)s punkt vises ikke, fordi tallet bygger på for få.",
                "%(count)s punkter vises ikke, fordi tallene bygger på for få.",
                doubt.number,
            ) % {"count": doubt.number}
        case Unsure.IMPORTED:
            return ngettext(
                "Om alt er talt likt. %(count)s punkt er fra før Tillit og hentet inn av noen.",
                "Om alt er talt likt. %(count)s punkter er fra før Tillit og hentet inn av noen.",
                doubt.number,
            ) % {"count": doubt.number}
        case Unsure.FOLLOWS_THE_LAST:
            return _("Om grensene er vide nok. Hvert punkt følger tett etter det forrige.")


def _mark(doubt: Doubt) -> str:
    assert doubt.mark is not None
    values = {"when": formats.short_date(doubt.mark.on, page_language()), "text": doubt.mark.text}
    match doubt.mark.kind:
        case Kind.STAFFING:
            return _("Om endret bemanning forklarer det: %(text)s (%(when)s).") % values
        case Kind.LEADER:
            return _("Om ny leder forklarer det: %(text)s (%(when)s).") % values
        case Kind.ROUTINE:
            return _("Om en ny rutine forklarer det: %(text)s (%(when)s).") % values
        case _other:
            return _("Om endret registrering forklarer det: %(text)s (%(when)s).") % values
