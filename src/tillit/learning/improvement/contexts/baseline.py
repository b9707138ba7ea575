"""improvement/baseline.html: what is measured, how it stands now, and the freezing; or what was frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.kernel.periods import Days
from tillit.learning.improvement.contexts.form_page import pilot_crumbs
from tillit.learning.improvement.contexts.pilot import team_baseline_tag
from tillit.learning.improvement.permissions import RUN_PILOT
from tillit.learning.improvement.queries import (
    TeamLine,
    chosen_of,
    figures,
    frozen_of,
    get_pilot,
    pilot_scope,
    teams_of,
)
from tillit.learning.improvement.queries.baselines import Chosen, FrozenTeam
from tillit.learning.improvement.rules import windows
from tillit.learning.improvement.rules.goals import USUAL, Goal
from tillit.learning.improvement.rules.phases import Phase
from tillit.learning.improvement.wording import GOALS, n_text, value_text
from tillit.learning.insight.rules.indicators import Indicator, Step
from tillit.learning.insight.rules.months import end_of, with_value
from tillit.learning.insight.rules.series import Point, Series
from tillit.learning.insight.words.changes import months_text
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Content, Crumbs, DataTable, HiddenNumber, ListRow, RowList, TableRow, Tag


@dataclass(frozen=True, slots=True)
class TeamShown:
    """A team's baseline: frozen, or as it would be."""

    name: str
    tag: Tag
    note: str
    table: DataTable | None = field(metadata={"help": "None: out of the reader's reach, or nothing is chosen"})
    brought: bool = field(default=False, metadata={"help": "Some of the figures were brought in, not counted"})


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """improvement/baseline.html."""

    pilot_id: int
    crumbs: Crumbs
    pilot_name: str
    without: str
    goals: RowList = field(metadata={"help": "Goal and indicator, once frozen: they stay"})
    may_choose: bool
    may_freeze: bool
    may_say_without: bool
    may_open_again: bool
    teams: tuple[TeamShown, ...]
    brought: bool = field(metadata={"help": "Some of it would be brought in, not counted: a caveat must be written"})
    is_late: bool = field(metadata={"help": "Frozen now it is marked retrospective"})
    drifted: tuple[str, ...] = field(metadata={"help": "Definitions that have changed since it was frozen"})
    nothing_counted: bool = field(metadata={"help": "There is no indicator to choose"})


def baseline_page(*, actor: Actor, pilot_id: int, now: datetime, months: int = windows.MONTHS_USUAL) -> BaselinePage:
    """Return the page, in a constant number of queries. months: of the baseline as it would be. Raises NotFound."""
    today = oslo.day_of(now)
    pilot = get_pilot(actor=actor, pilot_id=pilot_id)
    teams = tuple(one for one in teams_of(actor=actor, pilot=pilot) if one.left_on is None)
    chosen, frozen = chosen_of(pilot), frozen_of(pilot)
    known = {one.code: one for one in figures.indicators()}
    changes = holds(actor, RUN_PILOT, pilot_scope(pilot)) and pilot.phase != Phase.ENDED
    lacking = [one for one in teams if not one.has_baseline]
    as_it_would_be = _as_it_would_be(actor, lacking, chosen, today=today, months=months)
    return BaselinePage(
        pilot_id=pilot.pk,
        crumbs=pilot_crumbs(pilot, _("Nullpunkt")),
        pilot_name=pilot.name,
        without=pilot.without_reason,
        goals=_goals(chosen, known),
        may_choose=changes and not frozen,
        may_freeze=changes and bool(chosen) and bool(lacking),
        may_say_without=changes and any(not one.without_reason for one in lacking),
        may_open_again=changes and any(one.has_baseline and one.began_on is None for one in teams),
        teams=tuple(
            _frozen(one, frozen[one.team_id], chosen, known) if one.team_id in frozen else as_it_would_be[one.team_id]
            for one in teams
        ),
        brought=any(one.brought for one in as_it_would_be.values()),
        is_late=any(one.joined_on < today for one in lacking),
        drifted=drifted(frozen, known),
        nothing_counted=not known,
    )


def initial_goals(*, chosen: tuple[Chosen, ...]) -> dict[str, str]:
    """Return what the form begins with: what was chosen, else the usual indicator of each goal that has one."""
    if chosen:
        return {one.goal.value: one.code for one in chosen if one.is_primary}
    known = {one.code for one in figures.indicators()}
    return {goal.value: next((code for code in USUAL[goal] if code in known), "") for goal in Goal}


def drifted(frozen: Mapping[int, FrozenTeam], known: Mapping[str, Indicator]) -> tuple[str, ...]:
    """Return what must be said beside every figure: an indicator that is defined otherwise than when it was frozen."""
    found: dict[str, str] = {}
    for one in frozen.values():
        for value in one.values:
            now = known.get(value.code)
            if now is None:
                found[value.code] = _("%(code)s telles ikke lenger. Nullpunktet står, men kan ikke sammenliknes.") % {
                    "code": value.code
                }
            elif now.version != value.version:
                found[value.code] = _(
                    "«%(name)s» er definert på nytt siden nullpunktet ble fryst (versjon %(then)d, nå %(now)d). "
                    "Tallene etterpå er ikke talt likt."
                ) % {"name": now.name, "then": value.version, "now": now.version}
    return tuple(found[code] for code in sorted(found))


def _goals(chosen: tuple[Chosen, ...], known: Mapping[str, Indicator]) -> RowList:
    by_goal = {one.goal: one.code for one in chosen if one.is_primary}
    names = {goal: known[code].name if code in known else code for goal, code in by_goal.items()}
    return RowList(
        tuple(ListRow(title=names.get(goal, _("Ikke med tall fra driften")), note=str(GOALS[goal])) for goal in Goal)
    )


def _frozen(team: TeamLine, its: FrozenTeam, chosen: tuple[Chosen, ...], known: Mapping[str, Indicator]) -> TeamShown:
    note = _("%(months)s. Signert %(day)s av %(who)s.") % {
        "months": _sentence(months_text(its.window)),
        "day": formats.short_date(oslo.day_of(its.signed_at), page_language()),
        "who": its.signed_by_name or _("systemet"),
    }
    if its.caveat:
        note = _("%(note)s Noe er hentet inn, ikke talt av Tillit. Forbehold: %(caveat)s") % {
            "note": note, "caveat": its.caveat,
        }  # fmt: skip
    indicators = [known[one.code] for one in chosen if one.code in known]
    return TeamShown(
        name=team.unit_name,
        tag=team_baseline_tag(team, its),
        note=note,
        table=_table(team, [(one, its.points(one.code), its.version(one.code)) for one in indicators])
        if team.is_reached
        else None,
    )


def _as_it_would_be(
    actor: Actor, teams: list[TeamLine], chosen: tuple[Chosen, ...], *, today: date, months: int
) -> dict[int, TeamShown]:
    """Return each team's baseline as it would be frozen today, by its number in the pilot."""
    spans = {one.team_id: windows.window(months=months, joined_on=one.joined_on, frozen_on=today) for one in teams}
    found: Mapping[int, tuple[Series, ...]] = {}
    if spans and chosen:
        found = figures.series_of_units(
            actor=actor,
            unit_ids=[one.unit_id for one in teams if one.is_reached],
            codes=[one.code for one in chosen],
            within=Days(min(one.first for one in spans.values()), max(end_of(one) for one in spans.values())),
            today=today,
            for_all=True,
        )
    shown: dict[int, TeamShown] = {}
    for team in teams:
        days = spans[team.team_id]
        rows = [
            (one.indicator, windows.within(one.points, days), one.indicator.version)
            for one in found.get(team.unit_id, ())
        ]
        shown[team.team_id] = TeamShown(
            name=team.unit_name,
            tag=team_baseline_tag(team, None),
            note=_("Slik blir det: %(months)s.") % {"months": months_text(days)},
            table=_table(team, rows) if rows else None,
            brought=any(
                point.imported
                for indicator, points, _version in rows
                if not indicator.brought
                for point in with_value(points)
            ),
        )
    return shown


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _table(team: TeamLine, rows: Sequence[tuple[Indicator, tuple[Point, ...], int | None]]) -> DataTable:
    return DataTable(
        caption=_("Nullpunktet til %(team)s") % {"team": team.unit_name},
        columns=(
            Column(_("Det som måles")), Column(_("Nivå"), right=True), Column(_("Punkter")), Column(_("Bygger på")),
            Column(_("Definisjon")),
        ),
        rows=tuple(TableRow(_cells(indicator, points, version)) for indicator, points, version in rows),
    )  # fmt: skip


def _cells(indicator: Indicator, points: tuple[Point, ...], version: int | None) -> tuple[Content, ...]:
    its = windows.level(points)
    need = windows.LEAST_POINTS[indicator.step]
    have = its.points if its else 0
    counted = _("%(have)d av %(all)d uker") if indicator.step is Step.WEEK else _("%(have)d av %(all)d måneder")
    text = counted % {"have": have, "all": len(points)}
    enough: Content = (
        text
        if have >= need
        else Tag(_("%(text)s, trenger %(need)d") % {"text": text, "need": need}, "warning", "ExclamationmarkTriangle")
    )
    level: Content = value_text(indicator, its.mean) if its else "–"
    if its is None and any(one.hidden for one in points):
        level = HiddenNumber(_("Vises ikke: for få"))
    rests = n_text(indicator, its.n_least, its.n_most) if its else ""
    if its and its.complete < 1:
        rests = _("%(n)s, minst %(share)s har data") % {
            "n": rests,
            "share": formats.percent(its.complete, 0, page_language()),
        }
    if not indicator.brought and any(one.imported for one in with_value(points)):
        rests = _("%(n)s, noe hentet inn") % {"n": rests}
    return (indicator.name, level, enough, rests, _("versjon %(number)d") % {"number": version or 0})
