"""The teams beside each other on a page above them: in the map's order, with uncertainty, never sorted by value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS, units_below
from tillit.learning.insight.contexts.drawn import n_text
from tillit.learning.insight.contexts.judged import Judged, judge
from tillit.learning.insight.contexts.periods import Chosen
from tillit.learning.insight.queries.series import series_of_units
from tillit.learning.insight.rules.series import Point
from tillit.learning.insight.words import figures, verdicts
from tillit.ui.parts import (
    Column,
    Content,
    DataTable,
    HiddenNumber,
    IntervalChart,
    IntervalRow,
    Measured,
    TableRow,
    Tag,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The teams under a unit, for one indicator."""

    title: str
    chart: IntervalChart | None
    table: DataTable
    note: str


def teams_of(unit: Unit, today: date) -> tuple[Unit, ...]:
    """Return the teams below a unit in the map's order; none for a team itself."""
    if unit.kind in TEAM_KINDS:
        return ()
    return tuple(units_below(unit, on=today, kinds=TEAM_KINDS))


def beside(
    *, actor: Actor, unit: Unit, teams: Sequence[Unit], one: Judged, asked: Chosen, today: date
) -> Beside | None:
    """Return the teams beside each other for the indicator drawn large; None where there are none below."""
    if not teams:
        return None
    code = one.series.indicator.code
    found = series_of_units(actor=actor, unit_ids=[team.pk for team in teams], codes=[code], within=asked.within(today))
    judged = {unit_id: judge(series[0]) for unit_id, series in found.items() if series}
    return Beside(
        title=_("Teamene ved siden av hverandre"),
        chart=_chart(one, teams, judged),
        table=_table(one, teams, judged, asked),
        note=_(
            "Teamene står i kartets rekkefølge, ikke etter tallene. De har ulike brukere og ulike avstander, "
            "så tallene kan ikke sammenliknes rett fram. Overlapper strekene, kan forskjellen være tilfeldig."
        ),
    )


def _table(one: Judged, teams: Sequence[Unit], judged: Mapping[int, Judged], asked: Chosen) -> DataTable:
    indicator = one.series.indicator
    rows = []
    for team in teams:
        its = judged.get(team.pk)
        point = its.found.points[-1] if its and its.found.points else None
        last = its.last if its else None
        href = reverse("insight:indicator", args=[team.pk, indicator.code]) + asked.query(tall="")
        answer: Content = ""
        if its is not None:
            look = verdicts.look(its.found)
            answer = Tag(verdicts.answer(indicator, its.found), look.colour, look.icon)
        rows.append(TableRow((team.name, *_latest(one, point, last), answer), href=href))
    return DataTable(
        caption=_("Siste tall i hvert team: %(name)s") % {"name": indicator.name},
        columns=(
            Column(_("Team")),
            Column(_("Siste tall"), right=True),
            Column(_("Usikkerhet (95 %)"), right=True),
            Column(_("Antall %(what)s") % {"what": indicator.counts}, right=True),
            Column(indicator.question),
        ),
        rows=tuple(rows),
    )


def _latest(one: Judged, newest: Point | None, last: Point | None) -> tuple[Content, Content, Content]:
    """Return value, uncertainty and n of a team: its newest point, hidden when that one is hidden."""
    indicator = one.series.indicator
    if newest is not None and newest.hidden:
        return HiddenNumber(_("Vises ikke")), "–", "–"
    if last is None:
        return "–", "–", "–"
    when = figures.times(indicator.step, last.starts_on)
    value = _("%(value)s (%(when)s)") % {"value": figures.value_text(indicator, last.value), "when": when}
    return value, figures.interval_text(indicator, last.low, last.high) or "–", n_text(last)


def _chart(one: Judged, teams: Sequence[Unit], judged: Mapping[int, Judged]) -> IntervalChart | None:
    """Return the teams' newest values with their intervals; None when none has an interval."""
    indicator = one.series.indicator
    rows = []
    for team in teams:
        its = judged.get(team.pk)
        newest = its.found.points[-1] if its and its.found.points else None
        last = its.last if its else None
        if newest is not None and newest.hidden:
            why = _("Vises ikke. Bygger på færre enn %(least)s %(counts)s.") % {
                "least": indicator.least, "counts": indicator.counts,
            }  # fmt: skip
            rows.append(IntervalRow(team.name, why=why))
        elif last is None or last.value is None or last.low is None or last.high is None:
            rows.append(IntervalRow(team.name, why=_("Ingen tall ennå.")))
        else:
            low, value, high = (figures.shown(indicator, each) for each in (last.low, last.value, last.high))
            note = _("n = %(n)s %(counts)s") % {"n": n_text(last), "counts": indicator.counts}
            rows.append(
                IntervalRow(
                    team.name,
                    note,
                    Measured(value, low, high),
                    change=figures.value_text(indicator, last.value),
                    change_note=figures.interval_text(indicator, last.low, last.high),
                )
            )
    if not any(row.now for row in rows):
        return None
    told = "; ".join(f"{row.label}: {row.change or row.why}" for row in rows)
    return IntervalChart(
        id="teamene",
        title=_("Siste tall i hvert team: %(name)s") % {"name": indicator.name},
        finding=told,
        unit=figures.unit_word(indicator),
        rows=tuple(rows),
        least=0.0,
        most=100.0 if figures.shown(indicator, 1.0) == 100.0 else None,
    )
