"""Reads of citizens. Those that take an actor filter by reach; the others are for callers that have checked it."""

from tillit.care.citizens.models import AlertKind, NetworkKind, ResponsibleKind, WhereaboutsKind, WishKind
from tillit.care.citizens.queries.around import (
    AlertRow,
    Around,
    AwayLine,
    FollowingLine,
    HomeLine,
    NetworkLine,
    ResponsibleLine,
    WishLine,
    around,
    last_home,
)
from tillit.care.citizens.queries.briefs import AlertLine, CitizenBrief, briefs
from tillit.care.citizens.queries.circle import Away, Wish, away_periods, wishes
from tillit.care.citizens.queries.colleagues import Colleague, colleagues_of
from tillit.care.citizens.queries.lists import Found, followed_since, list_ids, search_citizens
from tillit.care.citizens.queries.reach import (
    citizen_ids_of_unit,
    get_citizen,
    reachable,
    scope_of,
    scopes_of,
    unit_ids_of,
)
from tillit.foundation.organisation.queries import in_force

__all__ = [
    "AlertKind",
    "AlertLine",
    "AlertRow",
    "Around",
    "Away",
    "AwayLine",
    "CitizenBrief",
    "Colleague",
    "FollowingLine",
    "Found",
    "HomeLine",
    "NetworkKind",
    "NetworkLine",
    "ResponsibleKind",
    "ResponsibleLine",
    "WhereaboutsKind",
    "Wish",
    "WishKind",
    "WishLine",
    "around",
    "away_periods",
    "briefs",
    "citizen_ids_of_unit",
    "colleagues_of",
    "followed_since",
    "get_citizen",
    "in_force",
    "last_home",
    "list_ids",
    "reachable",
    "scope_of",
    "scopes_of",
    "search_citizens",
    "unit_ids_of",
    "wishes",
]
