"""Every change of pilots, as named acts."""

from tillit.learning.improvement.actions.baselines import (
    AlreadyFrozen,
    CaveatLacking,
    NotEnough,
    choose_indicators,
    freeze_baseline,
    open_baseline_again,
    say_without_baseline,
)
from tillit.learning.improvement.actions.benefits import (
    Said,
    add_benefit,
    change_benefit,
    confirm_benefit,
    remove_benefit,
)
from tillit.learning.improvement.actions.log import take_back_from_log, write_in_log
from tillit.learning.improvement.actions.phases import (
    NotReady,
    begin_team,
    end_pilot,
    evaluate_pilot,
    go_on,
    start_pilot,
)
from tillit.learning.improvement.actions.pilots import change_pilot, make_pilot
from tillit.learning.improvement.actions.teams import add_team, change_team, remove_team

__all__ = [
    "AlreadyFrozen",
    "CaveatLacking",
    "NotEnough",
    "NotReady",
    "Said",
    "add_benefit",
    "add_team",
    "begin_team",
    "change_benefit",
    "change_pilot",
    "change_team",
    "choose_indicators",
    "confirm_benefit",
    "end_pilot",
    "evaluate_pilot",
    "freeze_baseline",
    "go_on",
    "make_pilot",
    "open_baseline_again",
    "remove_benefit",
    "remove_team",
    "say_without_baseline",
    "start_pilot",
    "take_back_from_log",
    "write_in_log",
]
