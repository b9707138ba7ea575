"""Fetches the apps' facts for a span of days: a constant number of queries, however many visits there are."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from tillit.care.careplans import facts as plan_facts
from tillit.care.citizens import facts as citizen_facts
from tillit.care.decisions import facts as decision_facts
from tillit.care.evaluations import facts as evaluation_facts
from tillit.care.therapy import facts as therapy_facts
from tillit.care.visits import facts as visit_facts
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import facts as work_facts
from tillit.learning.insight.queries import own_facts
from tillit.learning.insight.queries.own import Own
from tillit.learning.insight.rules import periods
from tillit.learning.insight.rules.facts import MonthFacts, Place, Places, WeekFacts, belongs
from tillit.learning.insight.rules.families import own as own_family
from tillit.learning.insight.rules.indicators import Step
from tillit.teamwork.deviations import facts as deviation_facts

WEEK_LEAD = timedelta(days=29)
"""So long before a week its visits may lie: four weeks, and the night before them."""
MONTH_LEAD = timedelta(days=93)
"""So long before a month that ready to leave hospital may lie."""


def places() -> Places:
    """Return the tree as it is now, with units no longer in force: they have a history. Two queries."""
    rows = Unit.objects.order_by("path").values_list("pk", "path", "kind")
    return Places(belongs([Place(*row) for row in rows]), visit_facts.first_day())


def for_weeks(*, first: date, after: date) -> WeekFacts:
    """Return what the weeks in [first, after) are counted from. Ten queries."""
    since, until = first - WEEK_LEAD, after + timedelta(days=1)
    return WeekFacts(
        places=places(),
        visits=visit_facts.visits_of(first=since, after=until),
        helpers=visit_facts.helpers_of(first=since, after=until),
        told=visit_facts.told_minutes(first=since, after=until),
        spells=citizen_facts.spells(),
        primaries=citizen_facts.primaries(),
        stays=citizen_facts.stays(),
        people=citizen_facts.people(),
        positions=work_facts.positions(),
    )


def for_months(*, first: date, after: date) -> MonthFacts:
    """Return what the months in [first, after) are counted from. Seventeen queries."""
    stays = citizen_facts.stays()
    waited = stays.filter(pl.col("ready_at").is_not_null())["citizen"].unique().to_list()
    return MonthFacts(
        places=places(),
        done_by_day=visit_facts.done_by_day(first=first, after=after),
        waited=visit_facts.visits_of(first=first - MONTH_LEAD, after=after + timedelta(days=1), citizen_ids=waited),
        spells=citizen_facts.spells(),
        stays=stays,
        people=citizen_facts.people(),
        plans=plan_facts.plans(),
        goals=plan_facts.goals(),
        evaluations=evaluation_facts.evaluations(),
        looked_at=decision_facts.looked_at(),
        cases=decision_facts.cases(),
        deviations=deviation_facts.deviations(),
        positions=work_facts.positions(),
        shares=work_facts.shares(),
        absences=work_facts.absences(),
        therapy_cases=therapy_facts.therapy_cases(),
    )


def own_points(own: Sequence[Own], *, step: Step, starts: Sequence[date]) -> pl.DataFrame:
    """Return the points (`families.own.OWN_POINTS`) of own indicators of this step: three queries, and their facts'.

    starts: the first days of weeks or months, the oldest first; what lies between them is fetched too.
    """
    spells = citizen_facts.spells()
    tables = own_facts.tables(
        frozenset(code for one in own for code in one.recipe.facts),
        first=starts[0],
        after=periods.end(step, starts[-1]),
        step=step,
        starts=starts,
        spells=spells,
    )
    return own_family.count(
        [(one.indicator.code, one.recipe, one.indicator.least) for one in own],
        tables,
        spells=spells,
        places=places(),
        step=step,
        starts=starts,
    )
