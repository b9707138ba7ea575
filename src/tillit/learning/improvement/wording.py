"""What phases, goals, variants and values are called, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.learning.improvement.models import Variant
from tillit.learning.improvement.rules.benefits import Kind, Progress, Status
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.rules.phases import Phase
from tillit.learning.insight.rules.indicators import Indicator, Step, Unit
from tillit.ui import formats
from tillit.ui.language import page_language

PHASES: dict[Phase, str | Promise] = {
    Phase.PREPARING: gettext_lazy("Forberedelse"),
    Phase.BASELINE: gettext_lazy("Nullpunkt"),
    Phase.RUNNING: gettext_lazy("I pilot"),
    Phase.EVALUATING: gettext_lazy("Evaluering"),
    Phase.ENDED: gettext_lazy("Avsluttet"),
}
GOALS: dict[Goal, str | Promise] = {
    Goal.CITIZENS: gettext_lazy("Brukerne er fornøyde og med på å bestemme"),
    Goal.AUTHORITY: gettext_lazy("Ansatte har myndighet"),
    Goal.RESOURCES: gettext_lazy("Effektivitet og bruk av ressurser"),
    Goal.PRIDE: gettext_lazy("Ansatte trives og er stolte av faget"),
    Goal.ABSENCE: gettext_lazy("Fravær"),
    Goal.REPORTING: gettext_lazy("Mindre rapportering"),
}


KINDS: dict[Kind, str | Promise] = {
    Kind.BUDGET: gettext_lazy("Budsjettvirkning"),
    Kind.TIME: gettext_lazy("Frigjort tid"),
    Kind.QUALITY: gettext_lazy("Kvalitet"),
}
STATUSES: dict[Status, str | Promise] = {
    Status.IDENTIFIED: gettext_lazy("Identifisert"),
    Status.PLANNED: gettext_lazy("Planlagt"),
    Status.MEASURED: gettext_lazy("Målt"),
    Status.CONFIRMED: gettext_lazy("Bekreftet av økonomi"),
}
PROGRESS: dict[Progress, str | Promise] = {
    Progress.TOO_EARLY: gettext_lazy("For tidlig å si"),
    Progress.ON_TRACK: gettext_lazy("I rute"),
    Progress.NOT_ON_TRACK: gettext_lazy("Ikke i rute"),
    Progress.REACHED: gettext_lazy("Målet er nådd"),
}
#: What a plan for a benefit must have.
LACKING: dict[str, str | Promise] = {
    "measure": gettext_lazy("hva som måles"),
    "baseline": gettext_lazy("nullpunkt"),
    "target": gettext_lazy("mål"),
    "owner": gettext_lazy("eier"),
    "day": gettext_lazy("dato"),
}


def variant_text(variant: str, own_words: str = "") -> str:
    """Return what a team tries, in words."""
    return own_words or str(Variant(variant).label)


def value_text(indicator: Indicator, value: float | None) -> str:
    """Return a value as it is read: 84 %, 14,2, 31 min. Nothing to show is a dash."""
    if value is None:
        return "–"
    language = page_language()
    if indicator.unit is Unit.SHARE:
        return formats.percent(value, indicator.decimals, language)
    text = formats.number(value, indicator.decimals, language)
    suffix = {Unit.MINUTES: _("min"), Unit.HOURS: _("t"), Unit.DAYS: _("dager")}.get(indicator.unit, "")
    return f"{text} {suffix}" if suffix else text


def p_number(p: float) -> str:
    """Return a p with three decimals; never as none at all."""
    return _("under 0,001") if p < 0.0005 else formats.number(p, 3, page_language())


def n_text(indicator: Indicator, least: int, most: int) -> str:
    """Return what the values rest on: «61–68 brukere hver måned»."""
    number = str(least) if least == most else f"{least}–{most}"
    form = _("%(number)s %(what)s hver uke") if indicator.step is Step.WEEK else _("%(number)s %(what)s hver måned")
    return form % {"number": number, "what": indicator.counts}
