"""The panel «Før og etter» of insight/indicator.html: the baseline, the months since, how sure the difference is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel.periods import Days
from tillit.learning.insight.contexts.drawn import FEW_N
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules.before_after import LEAST_MONTHS, BeforeAfter, Unsaid, before_after
from tillit.learning.insight.rules.changing import Change, Side
from tillit.learning.insight.rules.claims import Doubt, Unsure
from tillit.learning.insight.rules.indicators import Indicator, Unit
from tillit.learning.insight.rules.months import Month
from tillit.learning.insight.sources import frozen_of
from tillit.learning.insight.words.changes import change_and_interval, months_text
from tillit.learning.insight.words.claims import cannot_say
from tillit.learning.insight.words.figures import interval_text, value_text
from tillit.ui.parts import Column, DataTable, TableRow


@dataclass(frozen=True, slots=True)
class BeforeAfterPanel:
    """Part of insight/indicator.html."""

    finding: str = field(metadata={"help": "The difference with its interval, or why none is told"})
    is_told: bool = field(metadata={"help": "False: it cannot be said yet"})
    means: str = field(metadata={"help": "What the interval says; empty when there is none"})
    table: DataTable | None = field(metadata={"help": "None when there is nothing on a side"})
    doubts: tuple[str, ...]


def before_after_panel(*, actor: Actor, unit_id: int, indicator: Indicator, today: date) -> BeforeAfterPanel | None:
    """Return the panel; None where no baseline of it is frozen. One query, and those of the series when there is."""
    frozen = frozen_of(unit_id, indicator.code)
    if frozen is None:
        return None
    (series,) = series_of(
        actor=actor, unit_id=unit_id, codes=[indicator.code], within=Days(frozen.days.first, today), today=today
    )
    return panel(indicator, before_after(indicator, frozen, series.points, today=today), frozen_version=frozen.version)


def panel(indicator: Indicator, found: BeforeAfter, *, frozen_version: int) -> BeforeAfterPanel:
    """Return what was found, in words."""
    change = found.change if found.unsaid is None else None
    return BeforeAfterPanel(
        finding=_finding(indicator, change) if change else _unsaid(indicator, found, frozen_version),
        is_told=change is not None,
        means=_means(change) if change else "",
        table=_table(indicator, found) if found.before and found.after else None,
        doubts=_doubts(found),
    )


def _finding(indicator: Indicator, change: Change) -> str:
    said = {
        "after": value_text(indicator, change.after.mean), "before": value_text(indicator, change.before.mean),
        "change": change_and_interval(indicator, change.difference, change.low, change.high),
    }  # fmt: skip
    if indicator.unit is Unit.SHARE:
        return _("%(after)s etterpå, mot %(before)s før. Forskjellen i prosentpoeng er %(change)s.") % said
    return _("%(after)s etterpå, mot %(before)s før. Forskjellen er %(change)s.") % said


def _means(change: Change) -> str:
    """Return what the interval says, and no more: whether a change lasts, the chart's own rule tells."""
    if change.low is None or change.high is None:
        return ""
    if change.low <= 0 <= change.high:
        return _("Usikkerheten går over null: forskjellen kan være tilfeldig.")
    if change.high < 0:
        return _("Hele usikkerheten ligger under null. Om det varer, sier svaret ved diagrammet.")
    return _("Hele usikkerheten ligger over null. Om det varer, sier svaret ved diagrammet.")


def _unsaid(indicator: Indicator, found: BeforeAfter, frozen_version: int) -> str:
    match found.unsaid:
        case Unsaid.NOT_BEGUN:
            return _("Nullpunktet er fryst, men teamet har ikke begynt. Da er det ikke noe «etter» ennå.")
        case Unsaid.COUNTED_ANEW:
            return _(
                "Nullpunktet er talt etter versjon %(then)d av definisjonen, og tallene nå etter versjon %(now)d. "
                "Da kan de ikke sammenlignes."
            ) % {"then": frozen_version, "now": indicator.version}
        case Unsaid.NO_MONTH_SINCE:
            return _(
                "Det er ingen hel måned å sammenligne med ennå. En måned er med fjorten dager etter at den er over."
            )
        case _other:
            return _(
                "For tidlig å si. Det trengs minst %(least)d måneder før og %(least)d etter, og det er %(before)d og "
                "%(after)d som kan vises."
            ) % {"least": LEAST_MONTHS, "before": len(found.before), "after": len(found.after)}


def _table(indicator: Indicator, found: BeforeAfter) -> DataTable | None:
    if found.change is None or found.days_after is None:
        return None
    rows = (
        (_("Før"), found.days_before, found.before, found.change.before),
        (_("Etter"), found.days_after, found.after, found.change.after),
    )
    return DataTable(
        caption=_("Før og etter"),
        columns=(
            Column(_("Når")), Column(_("Måneder med tall"), right=True), Column(_("Bygger på"), right=True),
            Column(_("Gjennomsnitt"), right=True), Column(_("Usikkerhet (95 %)"), right=True),
        ),
        rows=tuple(TableRow(_cells(indicator, *row)) for row in rows),
    )  # fmt: skip


def _cells(indicator: Indicator, name: str, days: Days, months: Sequence[Month], side: Side) -> tuple[str, ...]:
    low, high = side.low, side.high
    if low is not None and high is not None:  # a mean of shares, days or persons is never below none
        low = max(0.0, low) if indicator.unit is not Unit.SCORE else low
        high = min(1.0, high) if indicator.unit is Unit.SHARE else high
    return (
        f"{name}: {months_text(days)}",
        str(side.months), n_range(indicator, months), value_text(indicator, side.mean),
        interval_text(indicator, low, high) or "–",
    )  # fmt: skip


def n_range(indicator: Indicator, months: Sequence[Month]) -> str:
    """Return what the months rest on, from the fewest to the most: «61–68 brukere»; under ten «5–9»."""
    least, most = min(one.n for one in months), max(one.n for one in months)
    if most < FEW_N:
        number = "5–9"
    elif least < FEW_N:
        number = _("fra 5–9 til %(most)d") % {"most": most}
    else:
        number = str(least) if least == most else f"{least}–{most}"
    return f"{number} {indicator.counts}"


def _doubts(found: BeforeAfter) -> tuple[str, ...]:
    told = [Doubt(Unsure.HIDDEN, number=found.hidden)] if found.hidden else []
    told += [Doubt(Unsure.IMPORTED, number=found.imported)] if found.imported else []
    return cannot_say(told)
