"""Whom a point rests on, counted when it is asked for: nothing about a citizen is stored with the figures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from django.utils.translation import gettext as _

from tillit.care.careplans import facts as plan_facts
from tillit.care.citizens import facts as citizen_facts
from tillit.care.citizens.queries import reachable
from tillit.care.decisions import facts as decision_facts
from tillit.care.evaluations import facts as evaluation_facts
from tillit.care.visits import facts as visit_facts
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import within_reach
from tillit.foundation.workforce import facts as work_facts
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days
from tillit.kernel.tables import table
from tillit.learning.insight.permissions import SEE_CITIZENS_BEHIND
from tillit.learning.insight.queries.definitions import indicator
from tillit.learning.insight.queries.gathering import WEEK_LEAD, places
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules import behind, periods
from tillit.learning.insight.rules.behind import Behind
from tillit.learning.insight.rules.facts import COUNTED_KINDS, Places, PlanFacts, WeekFacts
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.series import Point, Series

MOST = 25
"""So many are listed: enough to talk about, not a register."""
LONG_AGO = date(2000, 1, 1)
"""Before it nothing was counted."""


@dataclass(frozen=True, slots=True)
class PointBehind:
    """A point and those of them the reader reaches, the most telling first. point: None where there is none to see."""

    series: Series
    starts_on: date
    point: Point | None
    found: tuple[Behind, ...]
    left: int


def citizens_behind(*, actor: Actor, unit_id: int, code: str, on: date, today: date) -> PointBehind:
    """Return whom the unit's number for the week or month that has the day `on` rests on.

    Only citizens the actor reaches today, never one she is barred from; at most MOST, `left` more of those she reaches.
    Nobody where the point is hidden, not counted, or not yet hers to see. A constant number of queries. Raises NotFound
    for a unit out of reach, for an unknown number and one that no citizens are behind. The caller notes whom it shows.
    """
    asked = indicator(code)
    if code not in behind.CODES:
        raise NotFound(_("Dette tallet bygger ikke på enkelte brukere."))
    if not within_reach(actor, SEE_CITIZENS_BEHIND).filter(pk=unit_id, kind__in=COUNTED_KINDS).exists():
        raise NotFound(_("Fant ikke enheten."))
    starts_on = periods.begin(asked.step, min(max(on, LONG_AGO), today))
    span = Days(starts_on, periods.end(asked.step, starts_on))
    (series,) = series_of(actor=actor, unit_id=unit_id, codes=[code], within=span, today=today)
    point = next((each for each in series.points if each.starts_on == starts_on), None)
    if point is None or point.value is None:
        return PointBehind(series, starts_on, point, (), 0)
    reckoned = _week if asked.step == Step.WEEK else _month
    found = reckoned(actor, unit_id, code, starts_on, today)
    return PointBehind(series, starts_on, point, tuple(found[:MOST]), max(0, len(found) - MOST))


def _here(unit_id: int) -> tuple[Places, list[int]]:
    """Return the one unit with what counts for it, and those units' numbers."""
    all_places = places()
    here = all_places.belongs.filter(pl.col("at") == unit_id)
    return replace(all_places, belongs=here), here["unit"].to_list()


def _reached(actor: Actor, citizen_ids: Iterable[int], today: date) -> list[int]:
    return sorted(reachable(actor, on=today).filter(pk__in=list(citizen_ids)).values_list("pk", flat=True))


def _week(actor: Actor, unit_id: int, code: str, week: date, today: date) -> list[Behind]:
    here, unit_ids = _here(unit_id)
    after = week + timedelta(days=7)
    if code == "V-1":
        visits = visit_facts.visits_of(first=week, after=after, unit_ids=unit_ids)
        reached = _reached(actor, set(visits["citizen"].to_list()), today)
        helpers, spells = table((), visit_facts.HELPERS), table((), citizen_facts.SPELLS)
        visits = visits.filter(pl.col("citizen").is_in(reached))
    else:
        since = week - WEEK_LEAD
        spells = citizen_facts.spells(unit_ids=unit_ids)
        reached = _reached(actor, behind.followed(spells, first=week, after=after), today)
        until = after + timedelta(days=1)
        visits = visit_facts.visits_of(first=since, after=until, citizen_ids=reached)
        helpers = visit_facts.helpers_of(first=since, after=until, citizen_ids=reached)
    facts = WeekFacts(
        places=here,
        visits=visits,
        helpers=helpers,
        told=table((), visit_facts.TOLD_MINUTES),
        spells=spells.filter(pl.col("citizen").is_in(reached)),
        primaries=table((), citizen_facts.PRIMARIES),
        stays=citizen_facts.stays(citizen_ids=reached),
        people=citizen_facts.people(citizen_ids=reached),
        positions=table((), work_facts.POSITIONS),
    )
    return behind.of_week(code, facts, week)


def _month(actor: Actor, unit_id: int, code: str, month: date, today: date) -> list[Behind]:
    here, unit_ids = _here(unit_id)
    spells = citizen_facts.spells(unit_ids=unit_ids)
    reached = _reached(actor, behind.followed(spells, first=month, after=periods.end(Step.MONTH, month)), today)
    facts = PlanFacts(
        places=here,
        spells=spells.filter(pl.col("citizen").is_in(reached)),
        plans=plan_facts.plans(citizen_ids=reached),
        goals=plan_facts.goals(citizen_ids=reached),
        evaluations=evaluation_facts.evaluations(citizen_ids=reached),
        looked_at=decision_facts.looked_at(citizen_ids=reached),
    )
    return behind.of_month(code, facts, month)
