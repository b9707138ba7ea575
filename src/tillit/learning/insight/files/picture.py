"""A chart as a picture that stands alone: its style inlined, and under it what a number must carry wherever it goes."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tillit.learning.insight.contexts.drawn import n_text, picture, title
from tillit.learning.insight.contexts.judged import Judged
from tillit.learning.insight.words import figures, verdicts
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import SeriesChart

#: The kit's colours in the light (tokens.css), for a picture without a style sheet. A test holds them together.
COLOURS = {
    "--ti-chart-data": "#0b5566",
    "--ti-chart-base": "#737a7e",
    "--ti-chart-signal": "#8a5a00",
    "--ti-chart-grid": "#e4e8ea",
    "--ti-chart-band": "#eef1f2",
}
_INK, _INK_2, _LINE, _GREEN = "#1f2a30", "#50595d", "#9aa5aa", "#2f7d4f"
_TEXT = f'font-family="Inter, Arial, sans-serif" font-size="12" fill="{_INK_2}"'
#: How each class of the component is drawn, as attributes: every program that reads SVG knows them, not all know CSS.
_DRAWN: dict[str, dict[str, str]] = {
    "t-ink": {"fill": _INK},
    "t-strong": {"fill": _INK, "font-weight": "600"},
    "t-ring": {},
    "grid": {"stroke": COLOURS["--ti-chart-grid"]},
    "axis": {"stroke": _LINE},
    "band": {"fill": COLOURS["--ti-chart-band"]},
    "gone": {"fill": _LINE},
    "line": {
        "fill": "none", "stroke": COLOURS["--ti-chart-data"], "stroke-width": "1.75", "stroke-linejoin": "round",
    },
    "centre": {"stroke": _INK, "stroke-width": "1.5"},
    "limit": {"fill": "none", "stroke": COLOURS["--ti-chart-base"], "opacity": "0.7"},
    "target": {"stroke": _GREEN, "stroke-width": "1.5", "stroke-dasharray": "2 4"},
    "event": {"stroke": _INK_2, "stroke-dasharray": "3 3"},
    "dot": {"fill": COLOURS["--ti-chart-data"], "stroke": "#ffffff", "stroke-width": "1.5"},
    "dot-signal": {"fill": "#ffffff", "stroke": COLOURS["--ti-chart-signal"], "stroke-width": "2.5"},
}  # fmt: skip
_HEAD_HIGH, _FOOT_LINE = 62, 17


def as_svg(one: Judged) -> str:
    """Return the chart as an SVG file with its question, its answer, and what it rests on."""
    chart = picture(one.series, one.found, ident="tall")
    indicator = one.series.indicator
    foot = rests_on(one)
    answer = verdicts.answer(indicator, one.found)
    high = _HEAD_HIGH + chart.height + 14 + _FOOT_LINE * len(foot)
    lines = "".join(
        f'<text x="12" y="{_HEAD_HIGH + chart.height + 16 + _FOOT_LINE * at}">{escape(line)}</text>'
        for at, line in enumerate(foot)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{chart.width + 24}" height="{high}" '
        f'viewBox="0 0 {chart.width + 24} {high}" lang="{page_language()}" {_TEXT}>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text fill="{_INK}" font-size="18" font-weight="600" x="12" y="26">{escape(indicator.question)}</text>'
        f'<text fill="{_INK}" font-size="14" font-weight="600" x="12" y="48">{escape(answer)}</text>'
        f'<svg x="12" y="{_HEAD_HIGH}" width="{chart.width}" height="{chart.height}" '
        f'viewBox="0 0 {chart.width} {chart.height}">{_inside(chart)}</svg>{lines}</svg>\n'
    )


def bare_svg(chart: SeriesChart) -> str:
    """Return the chart alone, with its style: for paper, where the words around it are set as text."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{chart.width}" height="{chart.height}" '
        f'viewBox="0 0 {chart.width} {chart.height}" {_TEXT}>{_inside(chart)}</svg>'
    )


def rests_on(one: Judged) -> tuple[str, ...]:
    """Return what a number carries wherever it goes: what and when, n, definition, when it was counted."""
    series, indicator = one.series, one.series.indicator
    told = [title(series, one.found)]
    last = one.last
    if last is not None:
        told.append(
            _("Siste tall %(value)s bygger på %(count)s %(counts)s.")
            % {"value": figures.value_text(indicator, last.value), "count": n_text(last), "counts": indicator.counts}
        )
    version = _("Definisjon %(code)s, versjon %(version)s.") % {"code": indicator.code, "version": indicator.version}
    if series.counted_at is not None:
        when = formats.date_and_time(series.counted_at, page_language())
        version += " " + _("Regnet %(when)s.") % {"when": when}
    return (*told, version)


def _inside(chart: SeriesChart) -> str:
    """Return what the component draws, without the svg element around it, and with attributes for its classes."""
    drawn = render_to_string(chart.template(), {chart.variable(): chart}).strip()
    bare = re.sub(r"^<svg[^>]*>|</svg>$", "", drawn)
    return re.sub(r'class="([^"]+)"', lambda found: _attributes(found[1].split()), bare)


def _attributes(classes: Sequence[str]) -> str:
    together = {name: value for each in classes for name, value in _DRAWN[each].items()}
    return " ".join(f'{name}="{value}"' for name, value in together.items())
