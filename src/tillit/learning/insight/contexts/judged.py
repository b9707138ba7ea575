"""One series with its answer, as the pages show it: large with all that is known, or small beside others."""

import re
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.contexts.drawn import figure, marks_within, n_text, picture
from tillit.learning.insight.rules import claims
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.series import Point, Series
from tillit.learning.insight.rules.verdict import Said, Verdict, in_order, verdict
from tillit.learning.insight.words import claims as said
from tillit.learning.insight.words import figures, verdicts
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Fact, Facts, Figure, ListRow, RowList, SeriesChart, Tag


@dataclass(frozen=True, slots=True)
class Judged:
    """A series and what it says."""

    series: Series
    found: Verdict

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to draw."""
        return self.found.said not in (Said.NOTHING, Said.HIDDEN)

    @property
    def last(self) -> Point | None:
        """The newest point with a value."""
        return next((point for point in reversed(self.found.points) if point.value is not None), None)


@dataclass(frozen=True, slots=True)
class BigChart:
    """One indicator drawn large, with what it rests on and what one cannot know."""

    code: str
    question: str
    tag: Tag
    figure: Figure | None
    nothing: str = field(metadata={"help": "Why there is no figure; empty when there is one"})
    facts: Facts
    may_say: str
    cannot_say: tuple[str, ...]
    marks: RowList | None
    href: str = field(metadata={"help": "The indicator's own page"})
    lacks: str = field(default="", metadata={"help": "The newest month, where nobody has brought it in"})
    behind_href: str = field(default="", metadata={"help": "Whom the newest value rests on, for those who may see it"})


@dataclass(frozen=True, slots=True)
class MiniChart:
    """One of several beside each other. The whole card leads to its own page."""

    question: str
    answer: str
    icon: str
    look: str
    chart: SeriesChart | None
    nothing: str
    href: str
    table_href: str


def judge(series: Series) -> Judged:
    """Return the series with its answer. The empty time before its first point is left out: nobody counted then."""
    points = in_order(series.points)
    first = next((at for at, point in enumerate(points) if point.value is not None or point.hidden), len(points))
    begun = replace(series, points=points[first:])
    return Judged(begun, verdict(begun))


def big(
    one: Judged,
    *,
    href: str,
    teams: int,
    target: float | None = None,
    with_table: bool = True,
    lacks: str = "",
    behind_href: str = "",
) -> BigChart:
    """Return the indicator as it stands large on a page. teams: how many are followed by the same numbers."""
    series, found = one.series, one.found
    indicator = series.indicator
    look = verdicts.look(found)
    return BigChart(
        code=indicator.code,
        question=indicator.question,
        tag=Tag(verdicts.answer(indicator, found), look.colour, look.icon),
        figure=figure(series, found, ident=_id("stor", indicator), target=target, with_table=with_table)
        if one.has_figures
        else None,
        nothing="" if one.has_figures else why_nothing(one),
        facts=facts(one),
        may_say=said.may_say(indicator, found),
        cannot_say=said.cannot_say(claims.doubts(series, found, teams=teams)),
        marks=_marks(one),
        href=href,
        lacks=lacks,
        behind_href=behind_href,
    )


def mini(one: Judged, *, href: str) -> MiniChart:
    """Return the indicator as it stands small on a page."""
    indicator, found = one.series.indicator, one.found
    look = verdicts.look(found)
    return MiniChart(
        question=indicator.question,
        answer=verdicts.answer_beside(indicator, found),
        icon=look.icon,
        look=look.mini,
        chart=picture(one.series, found, ident=_id("liten", indicator), small=True) if one.has_figures else None,
        nothing="" if one.has_figures else why_nothing(one),
        href=href,
        table_href=f"{href}#tall",
    )


def why_nothing(one: Judged) -> str:
    """Return why there is nothing to draw."""
    if one.found.said == Said.HIDDEN:
        least = one.series.indicator.least
        counts = one.series.indicator.counts
        return _("Tallet bygger på færre enn %(least)s %(counts)s, og da kan noen kjenne seg igjen.") % {
            "least": least, "counts": counts,
        }  # fmt: skip
    if one.series.indicator.brought:
        return _("Ingen har hentet inn tallene ennå. De ligger i lønns- eller regnskapssystemet.")
    return _("Tallene kommer av seg selv når arbeidet er gjort. Ingen trenger å fylle ut noe.")


def facts(one: Judged) -> Facts:
    """Return «Slik teller vi»: what, who, from where, by which definition, when."""
    indicator = one.series.indicator
    last = one.last
    items = [Fact(_("Hva"), indicator.counted)]
    if last is not None:
        looks_back = indicator.looks_back > 1
        who = (
            _("%(count)s %(counts)s, til og med %(when)s") if looks_back else _("%(count)s %(counts)s i %(when)s")
        ) % {
            "count": n_text(last),
            "counts": indicator.counts,
            "when": figures.time_and_year(indicator.step, last.starts_on),
        }
        if last.excluded:
            who += ". " + ngettext("%(count)s er holdt utenfor", "%(count)s er holdt utenfor", last.excluded) % {
                "count": last.excluded
            }
        items.append(Fact(_("Hvem"), who))
    items.append(Fact(_("Kilde"), indicator.source))
    items.append(Fact(_("Definisjon"), _("%(code)s, versjon %(version)s") % {
        "code": indicator.code, "version": indicator.version,
    }))  # fmt: skip
    if one.series.counted_at is not None:
        when = _("Sist hentet inn") if indicator.brought else _("Sist regnet")
        items.append(Fact(when, formats.date_and_time(one.series.counted_at, page_language())))
    return Facts(tuple(items), column=True)


def _id(before: str, indicator: Indicator) -> str:
    """Return the chart's name on the page."""
    return f"{before}-{re.sub(r'[^a-z0-9]+', '-', indicator.code.lower())}"


def _marks(one: Judged) -> RowList | None:
    rows = tuple(
        ListRow(mark.text, formats.short_date(mark.on, page_language()))
        for mark in marks_within(one.series.marks, one.found.points)
    )
    return RowList(rows, label=_("Det som har skjedd")) if rows else None
