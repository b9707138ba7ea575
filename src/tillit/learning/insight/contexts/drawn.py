"""A series as it is drawn: the chart, its table, and what both say in words."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.rules.indicators import Indicator, Step, Unit
from tillit.learning.insight.rules.series import Mark, Point, Series
from tillit.learning.insight.rules.verdict import Verdict
from tillit.learning.insight.words import figures, verdicts
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Column,
    Content,
    DataTable,
    Figure,
    HiddenNumber,
    SeriesChart,
    SeriesMark,
    SeriesPoint,
    TableRow,
)

#: Under this many n is printed as a range (docs/how-we-count/measures-disclosure.md).
FEW_N = 10
_LEAST_N = 5
_LONG_MARK = 34
_SOURCES = 2


def picture(
    series: Series, found: Verdict, *, ident: str, small: bool = False, target: float | None = None
) -> SeriesChart:
    """Return the chart. ident: unique on the page."""
    indicator = series.indicator
    signals = found.signals
    limits = bool(found.low) and not small
    short = small or indicator.step == Step.MONTH
    points = tuple(
        SeriesPoint(
            when=_label(indicator, point.starts_on, short=short),
            value=None if point.value is None else figures.shown(indicator, point.value),
            year=str(figures.year_of(indicator.step, point.starts_on)),
            signal=at in signals,
            hidden=point.hidden,
            brought=point.imported and not indicator.brought,
            low=_drawn(indicator, found.low[at]) if limits else None,
            high=_drawn(indicator, found.high[at]) if limits else None,
        )
        for at, point in enumerate(found.points)
    )
    line = figures.value_text(indicator, found.centre)
    return SeriesChart(
        id=ident,
        title=title(series, found),
        finding=finding(indicator, found),
        unit=figures.unit_word(indicator) if small else f"{indicator.name}, {figures.unit_word(indicator)}",
        points=points,
        centre=_drawn(indicator, found.centre),
        centre_word=_("Midtlinje %(value)s") % {"value": line} if line else "",
        baseline=found.baseline,
        baseline_word=_("Nullpunkt"),
        marks=_marks(series.marks, found.points),
        target=_drawn(indicator, target),
        target_word=_("Mål %(value)s") % {"value": figures.value_text(indicator, target)} if target is not None else "",
        small=small,
        least=0.0 if indicator.unit != Unit.SCORE else None,
        most=100.0 if indicator.unit == Unit.SHARE and indicator.most == 1 else None,
    )


def figure(
    series: Series, found: Verdict, *, ident: str, target: float | None = None, with_table: bool = True
) -> Figure:
    """Return the big chart with the rule under it and its table beside."""
    return Figure(
        picture=picture(series, found, ident=ident, target=target),
        table=table(series, found) if with_table else None,
        label=_("Diagrammet"),
        caption=" ".join(each for each in (caption(series.indicator, found), brought(series, found)) if each),
        from_end=True,
    )


def title(series: Series, found: Verdict) -> str:
    """Return what is drawn: name, unit and time."""
    when = figures.span(series.indicator.step, found.points[0], found.points[-1]) if found.points else ""
    return ", ".join(each for each in (series.indicator.name, series.unit_name, when) if each)


def finding(indicator: Indicator, found: Verdict) -> str:
    """Return what the chart shows, for whoever does not see it."""
    last = next((point for point in reversed(found.points) if point.value is not None), None)
    told = [f"{verdicts.answer(indicator, found)}."]
    if last is not None:
        told.append(
            _("Siste tall er %(value)s (%(when)s).")
            % {
                "value": figures.value_text(indicator, last.value),
                "when": figures.time_and_year(indicator.step, last.starts_on),
            }
        )
    told.append(verdicts.rule(indicator, found))
    return " ".join(each for each in told if each)


def caption(indicator: Indicator, found: Verdict) -> str:
    """Return what stands under the chart: the rule, and how many points are not shown."""
    hidden = sum(point.hidden for point in found.points)
    gaps = sum(point.value is None and not point.hidden for point in found.points)
    told = [verdicts.rule(indicator, found)]
    if hidden:
        told.append(
            ngettext(
                "%(count)s punkt vises ikke, fordi tallet bygger på for få.",
                "%(count)s punkter vises ikke, fordi tallene bygger på for få.",
                hidden,
            )
            % {"count": hidden}
        )
    if gaps:
        told.append(
            ngettext("%(count)s punkt har ikke tall.", "%(count)s punkter har ikke tall.", gaps) % {"count": gaps}
        )
    return " ".join(each for each in told if each)


def brought(series: Series, found: Verdict) -> str:
    """Return how many of the points were not counted by Tillit, and where they are from; empty when all were."""
    if series.indicator.brought:
        return _brought_always(series, found)
    count = sum(point.imported and point.value is not None for point in found.points)
    if not count:
        return ""
    return ngettext(
        "%(count)s punkt er hentet fra «%(source)s», ikke talt av Tillit, og tegnet som en ring.",
        "%(count)s punkter er hentet fra «%(source)s», ikke talt av Tillit, og tegnet som ringer.",
        count,
    ) % {"count": count, "source": "», «".join(series.brought_from)}


def _brought_always(series: Series, found: Verdict) -> str:
    """Return where figures that lie in another system are from, and how many are sums of what was brought in."""
    summed = sum(point.value is not None and not point.imported for point in found.points)
    told = []
    if series.brought_from:
        more = len(series.brought_from) - _SOURCES
        told.append(
            _("Hentet fra «%(source)s».") % {"source": "», «".join(series.brought_from[:_SOURCES])}
            if more <= 0
            else ngettext(
                "Sist hentet fra «%(source)s», og fra %(count)s kilde til.",
                "Sist hentet fra «%(source)s», og fra %(count)s kilder til.",
                more,
            )
            % {"source": "», «".join(series.brought_from[:_SOURCES]), "count": more}
        )
    if summed:
        told.append(
            ngettext(
                "%(count)s punkt er teamenes tall lagt sammen.",
                "%(count)s punkter er teamenes tall lagt sammen.",
                summed,
            )
            % {"count": summed}
        )
    return " ".join(told)


def table(series: Series, found: Verdict, *, newest_first: bool = False) -> DataTable:
    """Return the numbers behind the chart, in the order of time unless the newest is wanted first."""
    indicator = series.indicator
    intervals = any(point.low is not None for point in found.points)
    signals = found.signals
    rows = []
    for at, point in enumerate(found.points):
        cells: list[Content] = [figures.time_and_year(indicator.step, point.starts_on), value_cell(indicator, point)]
        if intervals:
            cells.append(figures.interval_text(indicator, point.low, point.high))
        if indicator.parts is not None:
            cells += [figures.part_text(part) or "–" for part in (point.numerator, point.denominator)]
        cells += [n_text(point), remark(found, at, signal=at in signals, brought=indicator.brought)]
        rows.append(TableRow(tuple(cells)))
    columns = [Column(_("Uke") if indicator.step == Step.WEEK else _("Måned")), Column(_("Verdi"), right=True)]
    if intervals:
        columns.append(Column(_("Usikkerhet (95 %)"), right=True))
    if indicator.parts is not None:
        columns += [Column(part, right=True) for part in indicator.parts]
    columns += [Column(_("Antall %(what)s") % {"what": indicator.counts}, right=True), Column(_("Merknad"))]
    if newest_first:
        rows.reverse()
    return DataTable(caption=title(series, found), columns=tuple(columns), rows=tuple(rows))


def value_cell(indicator: Indicator, point: Point) -> Content:
    """Return the value, or why it is not shown."""
    if point.hidden:
        return HiddenNumber(_("Vises ikke"))
    if point.value is None:
        return "–"
    return figures.value_text(indicator, point.value)


def n_text(point: Point) -> str:
    """Return n as it may be printed: «5–9» under ten (docs/how-we-count/measures-disclosure.md)."""
    if point.hidden or point.n <= 0:
        return "–" if point.value is None else "0"
    if _LEAST_N <= point.n < FEW_N:
        return "5–9"
    return formats.number(point.n, 0, page_language())


def remark(found: Verdict, at: int, *, signal: bool, brought: bool = False) -> str:
    """Return what else is to be known of a point. brought: all are brought in, so none need say it."""
    point = found.points[at]
    told = []
    if at < found.baseline:
        told.append(_("Nullpunkt"))
    if signal:
        told.append(_("Forteller at noe er endret"))
    if point.hidden:
        told.append(_("Bygger på for få"))
    if point.imported and not brought:
        told.append(_("Hentet inn, ikke talt av Tillit"))
    if point.value is not None and point.complete < 1:
        told.append(_("%(share)s av registreringene") % {"share": formats.percent(point.complete, 0, page_language())})
    if point.revision > 1:
        told.append(_("Rettet") if point.imported or brought else _("Talt på nytt"))
    return ". ".join(told)


def marks_within(marks: Sequence[Mark], points: Sequence[Point]) -> tuple[Mark, ...]:
    """Return what happened in the time shown, in order."""
    if not points:
        return ()
    first, after = points[0].starts_on, points[-1].ends_on
    return tuple(sorted((mark for mark in marks if first <= mark.on < after), key=lambda mark: (mark.on, mark.text)))


def _marks(marks: Sequence[Mark], points: Sequence[Point]) -> tuple[SeriesMark, ...]:
    starts = [point.starts_on for point in points]
    found = []
    for mark in marks_within(marks, points):
        at = bisect_right(starts, mark.on) - 1
        words = mark.text if len(mark.text) <= _LONG_MARK else mark.text[: _LONG_MARK - 1].rstrip() + "…"
        found.append(SeriesMark(at - 0.5 if at and mark.on == starts[at] else float(at), words))
    return tuple(found)


def _drawn(indicator: Indicator, value: float | None) -> float | None:
    return None if value is None else figures.shown(indicator, value)


def _label(indicator: Indicator, starts_on: date, *, short: bool) -> str:
    if indicator.step == Step.MONTH and short:
        return formats.month_short(starts_on, page_language())
    return figures.times(indicator.step, starts_on)
