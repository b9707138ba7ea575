"""Checks as a table, and their sums as a line: shared by the pages that show them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.observations.queries import ObservationLine
from tillit.care.observations.rules.news2 import Parameter, score
from tillit.care.observations.words import (
    PARAMETERS,
    SHORT,
    missing_words,
    points_text,
    short_value,
    value_words,
    weight_text,
)
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ChartLine, ChartPoint, Column, DataTable, LineChart, ListRow, RowList, TableRow

_NOTHING = "–"


def breakdown(line: ObservationLine) -> RowList:
    """One check: each measurement with its points."""
    found = score(line.measured)
    counts = line.total is not None
    rows = []
    for parameter, name in PARAMETERS.items():
        points = found.points.get(parameter)
        rows.append(
            ListRow(
                title=str(name),
                note=value_words(parameter, line.measured) or _("Ikke målt"),
                end=ngettext("%(number)d poeng", "%(number)d poeng", points) % {"number": points}
                if points is not None and counts
                else "",
            )
        )
    return RowList(tuple(rows))


def checks_table(lines: Sequence[ObservationLine], *, today: date) -> DataTable | None:
    """Several checks, newest first; None when there is none."""
    checks = [line for line in lines if line.level]
    if not checks:
        return None
    columns = (Column(_("Når")), Column(_("NEWS2"), right=True), *(Column(str(SHORT[one])) for one in Parameter))
    rows = tuple(
        TableRow(
            (
                formats.near_moment(line.seen_at, today=today, language=page_language()),
                sum_text(line),
                *(short_value(one, line.measured) or _NOTHING for one in Parameter),
            )
        )
        for line in checks
    )
    return DataTable(caption=_("Hurtigsjekker, den nyeste øverst"), columns=columns, rows=rows)


def sum_text(line: ObservationLine) -> str:
    """The sum in a cell: 6, or «minst 3» when something is missing."""
    if line.total is None:
        return _NOTHING
    return str(line.total) if score(line.measured).is_complete else _("minst %(number)d") % {"number": line.total}


def told(line: ObservationLine) -> str:
    """The sum in words, with what is missing."""
    found = score(line.measured)
    return " ".join(
        part for part in (f"{points_text(line.total, complete=found.is_complete)}.", missing_words(found)) if part
    )


def sums_chart(lines: Sequence[ObservationLine], *, identity: str, today: date) -> LineChart | None:
    """The sums over time, oldest first; only whole ones are drawn, so that a gap is never read as better."""
    whole = [line for line in reversed(lines) if line.total is not None and score(line.measured).is_complete]
    if len(whole) < 2:
        return None
    first, last = whole[0], whole[-1]
    return LineChart(
        id=identity,
        title=_("Poeng på NEWS2"),
        finding=ngettext(
            "Fra %(first)d til %(last)d poeng på %(count)d måling.",
            "Fra %(first)d til %(last)d poeng på %(count)d målinger.",
            len(whole),
        )
        % {"first": first.total, "last": last.total, "count": len(whole)},
        points=tuple(
            ChartPoint(_minutes(line.seen_at), float(line.total or 0), _when(line.seen_at, today), str(line.total))
            for line in whole
        ),
        least=0,
        most=max(8, *(line.total or 0 for line in whole)),
        lines=(ChartLine(5, "5"), ChartLine(7, "7")),
    )


def weights_table(lines: Sequence[ObservationLine], *, today: date) -> DataTable | None:
    """Weights, newest first; None when there is none."""
    rows = tuple(
        TableRow(
            (
                formats.near_moment(line.seen_at, today=today, language=page_language()),
                weight_text(line.weight),
                line.words,
            )
        )
        for line in lines
        if line.weight is not None
    )
    columns = (Column(_("Når")), Column(_("Vekt"), right=True), Column(_("Notert")))
    return DataTable(caption=_("Vekt, den nyeste øverst"), columns=columns, rows=rows) if rows else None


def weights_chart(lines: Sequence[ObservationLine], *, today: date) -> LineChart | None:
    """Weights over time, oldest first."""
    known = [(line, line.weight) for line in reversed(lines) if line.weight is not None]
    if len(known) < 2:
        return None
    values = [float(weight) for _line, weight in known]
    return LineChart(
        id="vekt-linje",
        title=_("Vekt over tid"),
        finding=_("Fra %(first)s til %(last)s.") % {
            "first": weight_text(known[0][1]), "last": weight_text(known[-1][1]),
        },
        points=tuple(
            ChartPoint(
                _minutes(line.seen_at),
                float(weight),
                _when(line.seen_at, today),
                formats.number(weight, 1, page_language()) if index in (0, len(known) - 1) else "",
            )
            for index, (line, weight) in enumerate(known)
        ),
        least=min(values) - 2,
        most=max(values) + 2,
    )  # fmt: skip


def _minutes(moment: datetime) -> float:
    return moment.timestamp() / 60


def _when(moment: datetime, today: date) -> str:
    return formats.near_moment(moment, today=today, language=page_language())
