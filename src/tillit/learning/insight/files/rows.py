"""One row for each point, with all that a number carries: period, n, definition, when it was counted.

Numerator and denominator are told where they are brought in as such, as kroner or hours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tillit.learning.insight.contexts.drawn import n_text, remark
from tillit.learning.insight.contexts.judged import Judged
from tillit.learning.insight.words import figures, verdicts
from tillit.ui import formats
from tillit.ui.language import page_language

Cell = str | float | int | date | None


@dataclass(frozen=True, slots=True)
class Header:
    """What a column holds: its name, and how wide it is in a workbook."""

    name: str
    width: int = 12


def headers() -> tuple[Header, ...]:
    """Return the columns, in order."""
    return (
        Header(_("Enhet"), 22), Header(_("Kode")), Header(_("Tall"), 34), Header(_("Versjon")), Header(_("Fra")),
        Header(_("Til og med")), Header(_("Verdi")), Header(_("Måles i")), Header(_("Nedre 95 %")),
        Header(_("Øvre 95 %")), Header(_("Antall")), Header(_("Antall av"), 14), Header(_("Teller")),
        Header(_("Nevner")), Header(_("Holdt utenfor")), Header(_("Midtlinje")),
        Header(_("Nedre grense")), Header(_("Øvre grense")), Header(_("Svar"), 34), Header(_("Merknad"), 34),
        Header(_("Regnet"), 18),
    )  # fmt: skip


def rows(judged: Iterable[Judged]) -> Iterator[tuple[Cell, ...]]:
    """Return every point of every series, the oldest first. A hidden value is empty, and the remark says why."""
    for one in judged:
        indicator, found = one.series.indicator, one.found
        counted = one.series.counted_at
        when = formats.date_and_time(counted, page_language()) if counted is not None else ""
        answer = verdicts.answer(indicator, found)
        signals = found.signals
        for at, point in enumerate(found.points):
            shown = [
                None if value is None else round(figures.shown(indicator, value), 6)
                for value in (
                    point.value, point.low, point.high, found.centre,
                    found.low[at] if found.low else None, found.high[at] if found.high else None,
                )
            ]  # fmt: skip
            parts = (
                (point.numerator, point.denominator) if indicator.parts and point.value is not None else (None, None)
            )
            yield (
                one.series.unit_name, indicator.code, indicator.name, indicator.version, point.starts_on,
                point.ends_on - timedelta(days=1), shown[0], figures.unit_word(indicator), shown[1], shown[2],
                n_text(point), indicator.counts, *parts, point.excluded if point.value is not None else None,
                shown[3], shown[4], shown[5], answer,
                remark(found, at, signal=at in signals, brought=indicator.brought), when,
            )  # fmt: skip
