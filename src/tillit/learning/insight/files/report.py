"""A report on paper: every number of a unit with its chart, its answer, what cannot be known, and its latest values.

A tagged PDF (PDF/UA-1 and PDF/A-2a) set by typst, in the letters' fonts. What is written reaches the typesetting as
JSON and is never read as typst.
"""

import json
import threading
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from tillit.care.letters.rendering.pdf import drawable, fonts_home
from tillit.learning.insight.contexts.drawn import finding, picture, table
from tillit.learning.insight.contexts.judged import Judged, why_nothing
from tillit.learning.insight.files.picture import bare_svg, rests_on
from tillit.learning.insight.rules import claims
from tillit.learning.insight.words import claims as said
from tillit.learning.insight.words import verdicts
from tillit.learning.insight.words.headline import headline
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import HiddenNumber

_HOME = Path(__file__).resolve().parent.parent / "typesetting"
_ONE_AT_A_TIME = threading.Lock()
LATEST = 13
"""So many of the newest points stand in the table of each number; the sheets have them all."""


def as_pdf(judged: Sequence[Judged], *, unit_name: str, teams: int, on: date) -> bytes:
    """Return the report. teams: how many are followed by the same numbers."""
    told = {"report": json.dumps(drawable(_report(judged, unit_name, teams, on)), ensure_ascii=False)}
    with _ONE_AT_A_TIME:
        made = _compiler().compile(format="pdf", sys_inputs=told, pdf_standards=["ua-1", "a-2a"])
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(font_paths=[fonts_home()], include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(input=_HOME / "report.typ", root=_HOME, font_paths=fonts)


def _report(judged: Sequence[Judged], unit_name: str, teams: int, on: date) -> dict[str, Any]:
    day = formats.short_date(on, page_language())
    return {
        "title": _("Hvordan går det med %(unit)s?") % {"unit": unit_name},
        "unit": unit_name,
        "language": page_language(),
        "lead": headline([(one.series.indicator, one.found) for one in judged]),
        "foot": _("%(unit)s, tatt ut %(day)s") % {"unit": unit_name, "day": day},
        "page": _("Side"),
        "of": _("av"),
        "labels": {
            "may_say": _("Dette kan sies:"),
            "cannot_say": _("Det vi ikke kan si"),
            "latest": _("De siste tallene"),
        },
        "indicators": [_indicator(one, teams) for one in judged],
    }


def _indicator(one: Judged, teams: int) -> dict[str, Any]:
    series, found = one.series, one.found
    indicator = series.indicator
    numbers = table(series, found) if one.has_figures else None
    return {
        "question": indicator.question,
        "answer": verdicts.answer(indicator, found),
        "picture": bare_svg(picture(series, found, ident="tall")) if one.has_figures else "",
        "finding": finding(indicator, found),
        "rule": verdicts.rule(indicator, found) if one.has_figures else why_nothing(one),
        "may_say": said.may_say(indicator, found),
        "cannot_say": list(said.cannot_say(claims.doubts(series, found, teams=teams))),
        "head": [column.label for column in numbers.columns] if numbers else [],
        "rows": [[_text(cell) for cell in row.cells] for row in numbers.rows[-LATEST:]] if numbers else [],
        "rests_on": list(rests_on(one)),
    }


def _text(cell: object) -> str:
    return cell.text if isinstance(cell, HiddenNumber) else str(cell)
