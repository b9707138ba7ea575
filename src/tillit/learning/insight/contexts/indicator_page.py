"""insight/indicator.html: one indicator for one unit, with its whole definition."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.queries import scope_of
from tillit.learning.insight.contexts.before_after import BeforeAfterPanel, before_after_panel
from tillit.learning.insight.contexts.behind_page import behind_href
from tillit.learning.insight.contexts.drawn import table
from tillit.learning.insight.contexts.judged import BigChart, Judged, big, judge
from tillit.learning.insight.contexts.lacking import lacks
from tillit.learning.insight.contexts.periods import Chosen, chooser
from tillit.learning.insight.contexts.teams import teams_of
from tillit.learning.insight.permissions import ADD_MARK
from tillit.learning.insight.queries.definitions import indicator as definition_of
from tillit.learning.insight.queries.placing import get_unit_with_figures
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules.indicators import Better, Indicator, Step
from tillit.learning.insight.words import figures, verdicts
from tillit.ui.parts import Crumb, Crumbs, DataTable, Fact, Facts, ListRow, RowList, ToggleGroup


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """insight/indicator.html."""

    unit_id: int
    unit_name: str
    code: str
    crumbs: Crumbs
    title: str
    lead: str
    periods: ToggleGroup
    query: str
    big: BigChart
    change: BeforeAfterPanel | None = field(metadata={"help": "None: no baseline of it is frozen for this unit"})
    definition: Facts
    beside: RowList | None
    table: DataTable
    may_note: bool


def indicator_page(*, actor: Actor, unit_id: int, code: str, asked: Chosen, today: date) -> IndicatorPage:
    """Return the page. Raises NotFound for a unit out of reach and a code nobody has defined."""
    unit = get_unit_with_figures(actor=actor, unit_id=unit_id)
    indicator = definition_of(code)
    codes = [code, *indicator.balanced_by]
    found = {
        one.indicator.code: judge(one)
        for one in series_of(actor=actor, unit_id=unit_id, codes=codes, within=asked.within(today))
    }
    one = found[code]
    home = reverse("insight:unit", args=[unit.pk]) + asked.query(tall="")
    return IndicatorPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        code=code,
        crumbs=Crumbs((Crumb(_("Innsikt"), home), Crumb(indicator.name))),
        title=indicator.name,
        lead=indicator.why,
        periods=chooser(asked, _("Periode")),
        query=asked.query(tall=""),
        big=big(
            one,
            href=reverse("insight:indicator", args=[unit.pk, code]),
            teams=max(1, len(teams_of(unit, today))),
            with_table=False,
            lacks=lacks(unit, one, today=today),
            behind_href=behind_href(actor, unit, one),
        ),
        change=before_after_panel(actor=actor, unit_id=unit.pk, indicator=indicator, today=today),
        definition=definition(indicator),
        beside=_beside(unit.pk, [found[each] for each in indicator.balanced_by if each in found], asked),
        table=table(one.series, one.found, newest_first=True),
        may_note=holds(actor, ADD_MARK, scope_of(unit)),
    )


def judged_indicator(*, actor: Actor, unit_id: int, code: str, asked: Chosen, today: date) -> Judged:
    """Return one indicator of a unit with its answer. Raises NotFound."""
    indicator = definition_of(code)
    (series,) = series_of(actor=actor, unit_id=unit_id, codes=[indicator.code], within=asked.within(today))
    return judge(series)


def definition(indicator: Indicator) -> Facts:
    """Return everything the definition says, as people read it."""
    better = {
        Better.UP: _("Høyere er bedre"),
        Better.DOWN: _("Lavere er bedre"),
        Better.NEITHER: _("Tallet beskriver. Det skal ikke noen vei"),
    }[indicator.better]
    step = _("Hver uke") if indicator.step == Step.WEEK else _("Hver måned")
    chart = {
        "run": _("Seriediagram med median, vurdert med Anhøjs regler"),
        "p": _("P-diagram: andeler med grenser som følger antallet"),
        "u": _("U-diagram: hendelser med grenser som følger antallet"),
        "xmr": _("XmR-diagram: enkeltverdier med grenser fra forskjellen mellom naboer"),
    }[indicator.chart]
    least = _("%(least)s %(counts)s. Færre vises ikke") % {"least": indicator.least, "counts": indicator.counts}
    reached = (Fact(_("Hva vi vil nå"), indicator.target),) if indicator.target else ()
    version = _("%(code)s, versjon %(version)s") % {"code": indicator.code, "version": indicator.version}
    return Facts(
        (
            Fact(_("Hvorfor"), indicator.why),
            Fact(_("Slik teller vi"), indicator.counted),
            Fact(_("Kilde"), indicator.source),
            Fact(_("Retning"), better),
            *reached,
            Fact(_("Hentes inn") if indicator.brought else _("Telles"), step),
            Fact(_("Diagram"), chart),
            Fact(_("Minste gruppe"), least),
            Fact(_("Eier"), indicator.owner),
            Fact(_("Definisjon"), version),
            Fact(_("Regnemåten"), f"docs/how-we-count/{indicator.page}.md"),
        )
    )


def _beside(unit_id: int, others: list[Judged], asked: Chosen) -> RowList | None:
    """Return the numbers this one is read together with, as each can be made better at the price of another."""
    rows = tuple(
        ListRow(
            one.series.indicator.name,
            verdicts.answer(one.series.indicator, one.found),
            href=reverse("insight:indicator", args=[unit_id, one.series.indicator.code]) + asked.query(tall=""),
            end=figures.value_text(one.series.indicator, one.last.value) if one.last else "",
        )
        for one in others
    )
    return RowList(rows, label=_("Les sammen med")) if rows else None
