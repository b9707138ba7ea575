"""insight/unit.html: how it goes with a team, a district or the municipality."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, whole_municipality
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import scope_of
from tillit.learning.insight.contexts.behind_page import behind_href
from tillit.learning.insight.contexts.judged import BigChart, Judged, MiniChart, big, judge, mini
from tillit.learning.insight.contexts.lacking import lacks
from tillit.learning.insight.contexts.periods import Chosen, chooser
from tillit.learning.insight.contexts.teams import Beside, beside, teams_of
from tillit.learning.insight.permissions import ADD_MARK, DEFINE_FIGURES
from tillit.learning.insight.queries.definitions import indicators
from tillit.learning.insight.queries.placing import get_unit_with_figures
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules.series import Series
from tillit.learning.insight.words.groups import group_name, group_of
from tillit.learning.insight.words.headline import headline
from tillit.ui.parts import ToggleGroup


@dataclass(frozen=True, slots=True)
class MiniGroup:
    """Small charts under one question."""

    id: str
    title: str
    charts: tuple[MiniChart, ...]

    @property
    def columns(self) -> int:
        """How much of the page's twelve columns the group takes: a third for each chart."""
        return 4 * min(3, len(self.charts))

    @property
    def card_columns(self) -> int:
        """How much of the group's own twelve each chart takes."""
        return 12 // min(3, len(self.charts))


@dataclass(frozen=True, slots=True)
class UnitPage:
    """insight/unit.html."""

    unit_id: int
    unit_name: str
    title: str
    lead: str
    periods: ToggleGroup
    query: str = field(metadata={"help": "What the page was asked for, carried to the downloads"})
    big: BigChart | None = field(metadata={"help": "None: nothing has been counted yet"})
    groups: tuple[MiniGroup, ...]
    beside: Beside | None = field(metadata={"help": "The teams, for a unit above them"})
    may_note: bool
    may_define: bool = field(metadata={"help": "She may make the municipality's own numbers"})


def unit_page(*, actor: Actor, unit_id: int, asked: Chosen, today: date) -> UnitPage:
    """Return the page of a unit the actor reaches. Raises NotFound. As many queries whatever there is to count."""
    unit = get_unit_with_figures(actor=actor, unit_id=unit_id)
    judged = judged_of(actor=actor, unit_id=unit_id, asked=asked, today=today)
    one = chosen_of(judged, asked.code)
    teams = teams_of(unit, today)
    return UnitPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        title=_("Hvordan går det med %(unit)s?") % {"unit": unit.name},
        lead=headline([(each.series.indicator, each.found) for each in judged]),
        periods=chooser(asked, _("Periode")),
        query=asked.query(),
        big=None
        if one is None
        else big(
            one,
            href=indicator_href(unit, one.series, asked),
            teams=max(1, len(teams)),
            lacks=lacks(unit, one, today=today),
            behind_href=behind_href(actor, unit, one),
        ),
        groups=_groups(unit, [each for each in judged if each is not one], asked),
        beside=beside(actor=actor, unit=unit, teams=teams, one=one, asked=asked, today=today) if one else None,
        may_note=holds(actor, ADD_MARK, scope_of(unit)),
        may_define=bool(whole_municipality(actor, DEFINE_FIGURES).paths),
    )


def judged_of(*, actor: Actor, unit_id: int, asked: Chosen, today: date) -> list[Judged]:
    """Return every indicator of the unit with its answer, in the catalogue's order."""
    codes = [indicator.code for indicator in indicators()]
    return [judge(one) for one in series_of(actor=actor, unit_id=unit_id, codes=codes, within=asked.within(today))]


def chosen_of(judged: Sequence[Judged], code: str) -> Judged | None:
    """Return the one asked for, else the first with figures, else the first that is hidden; None: there is nothing."""
    asked = next((one for one in judged if one.series.indicator.code == code), None)
    if asked is not None:
        return asked
    drawn = next((one for one in judged if one.has_figures), None)
    return drawn or next((one for one in judged if any(point.hidden for point in one.found.points)), None)


def indicator_href(unit: Unit, series: Series, asked: Chosen) -> str:
    """Return the address of an indicator's own page."""
    return reverse("insight:indicator", args=[unit.pk, series.indicator.code]) + asked.query(tall="")


def _groups(unit: Unit, judged: Sequence[Judged], asked: Chosen) -> tuple[MiniGroup, ...]:
    by_group: dict[str, list[MiniChart]] = {}
    for one in judged:
        by_group.setdefault(group_of(one.series.indicator.code), []).append(
            mini(one, href=indicator_href(unit, one.series, asked))
        )
    return tuple(
        MiniGroup(f"om-{group.lower() or 'egne'}", group_name(group), tuple(charts))
        for group, charts in by_group.items()
    )
