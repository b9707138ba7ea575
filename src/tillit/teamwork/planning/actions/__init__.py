"""Everything one may do with work lists. Each checks permission itself and leaves one audit entry."""

from tillit.teamwork.planning.actions.allocate import (
    Doubt,
    NothingToUndo,
    VisitRefused,
    allocate_visit,
    cancel_listed_visit,
    lock_visit,
    undo_step,
)
from tillit.teamwork.planning.actions.counting import say_what_counts
from tillit.teamwork.planning.actions.desk import ListsChangedMeanwhile, SharedWithTheTeam
from tillit.teamwork.planning.actions.follow import follow_absence, follow_barring, follow_planned_again, follow_visits
from tillit.teamwork.planning.actions.handing import (
    NotToShare,
    give_back_visit,
    hand_over_visit,
    take_visit,
    undo_hand_over,
)
from tillit.teamwork.planning.actions.propose import (
    ChangeOutdated,
    ShiftOver,
    accept_all,
    accept_change,
    ask_for_proposal,
    reject_change,
    stop_proposal,
)
from tillit.teamwork.planning.actions.publish import AlreadyInUse, NothingToPublish, publish_lists
from tillit.teamwork.planning.actions.see import see_notice, see_notices
from tillit.teamwork.planning.actions.strength import NothingToWeigh, ask_what_the_day_can_take, follow_lists_in_use
from tillit.teamwork.planning.actions.sturdier import StrengthOutdated, propose_sturdier
from tillit.teamwork.planning.actions.teams import AskedTeams, PassedOver, ask_for_teams
from tillit.teamwork.planning.actions.weeks import NothingToPlan, accept_weeks, ask_for_weeks, stop_weeks
from tillit.teamwork.planning.actions.whatif import CannotAsk, ask_what_if, planner_of, stop_what_if

__all__ = [
    "AlreadyInUse",
    "AskedTeams",
    "CannotAsk",
    "ChangeOutdated",
    "Doubt",
    "ListsChangedMeanwhile",
    "NotToShare",
    "NothingToPlan",
    "NothingToPublish",
    "NothingToUndo",
    "NothingToWeigh",
    "PassedOver",
    "SharedWithTheTeam",
    "ShiftOver",
    "StrengthOutdated",
    "VisitRefused",
    "accept_all",
    "accept_change",
    "accept_weeks",
    "allocate_visit",
    "ask_for_proposal",
    "ask_for_teams",
    "ask_for_weeks",
    "ask_what_if",
    "ask_what_the_day_can_take",
    "cancel_listed_visit",
    "follow_absence",
    "follow_barring",
    "follow_lists_in_use",
    "follow_planned_again",
    "follow_visits",
    "give_back_visit",
    "hand_over_visit",
    "lock_visit",
    "planner_of",
    "propose_sturdier",
    "publish_lists",
    "reject_change",
    "say_what_counts",
    "see_notice",
    "see_notices",
    "stop_proposal",
    "stop_weeks",
    "stop_what_if",
    "take_visit",
    "undo_hand_over",
    "undo_step",
]
