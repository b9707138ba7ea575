"""What is said where the newest month of a figure that is brought in is not there: which month, of which teams."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS
from tillit.learning.insight.contexts.judged import Judged
from tillit.learning.insight.queries.brought_sums import teams_lacking
from tillit.learning.insight.rules import hiding, periods
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.words import figures
from tillit.learning.insight.words.headline import listed

_NAMED = 6


def newest_month(by: date) -> date:
    """Return the first day of the newest month that is over on a day."""
    return periods.begin(Step.MONTH, periods.begin(Step.MONTH, by) - timedelta(days=1))


def lacks(unit: Unit, one: Judged, *, today: date) -> str:
    """Return what is missing; empty when the newest month is there, or when Tillit counts it itself.

    Three queries for a unit above teams whose month is missing, else none. Callers checked reach.
    """
    indicator, points = one.series.indicator, one.found.points
    if not indicator.brought or (points and (points[-1].value is not None or points[-1].hidden)):
        return ""
    month = points[-1].starts_on if points else newest_month(hiding.last_for_leaders(today))
    when = figures.time_and_year(indicator.step, month)
    teams = [] if unit.kind in TEAM_KINDS else teams_lacking(unit, indicator, month)
    if teams:
        return _("Tall for %(when)s mangler for %(teams)s. Summen kommer når alle teamene har tallet sitt.") % {
            "when": when, "teams": listed(teams, most=_NAMED),
        }  # fmt: skip
    return _("Tall for %(when)s mangler.") % {"when": when}
