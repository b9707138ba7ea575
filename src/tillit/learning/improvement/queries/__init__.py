"""Reads of pilots, baselines and benefits."""

from tillit.learning.improvement.queries.baselines import FrozenPoint, FrozenTeam, chosen_of, frozen_of
from tillit.learning.improvement.queries.benefits import benefits_of, get_benefit
from tillit.learning.improvement.queries.log import LogLine, get_entry, log_of
from tillit.learning.improvement.queries.pilots import (
    PilotLine,
    TeamLine,
    get_pilot,
    get_team,
    list_pilots,
    log_scope,
    pilot_scope,
    runnable_units,
    teams_of,
    teams_to_choose,
    untried_units,
)

__all__ = [
    "FrozenPoint",
    "FrozenTeam",
    "LogLine",
    "PilotLine",
    "TeamLine",
    "benefits_of",
    "chosen_of",
    "frozen_of",
    "get_benefit",
    "get_entry",
    "get_pilot",
    "get_team",
    "list_pilots",
    "log_of",
    "log_scope",
    "pilot_scope",
    "runnable_units",
    "teams_of",
    "teams_to_choose",
    "untried_units",
]
