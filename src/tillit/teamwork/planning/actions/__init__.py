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
from tillit.teamwork.planning.actions.desk import ListsChangedMeanwhile, SharedWithTheTeam
from tillit.teamwork.planning.actions.follow import follow_absence, follow_visits
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

__all__ = [
    "AlreadyInUse",
    "ChangeOutdated",
    "Doubt",
    "ListsChangedMeanwhile",
    "NothingToPublish",
    "NothingToUndo",
    "SharedWithTheTeam",
    "ShiftOver",
    "VisitRefused",
    "accept_all",
    "accept_change",
    "allocate_visit",
    "ask_for_proposal",
    "cancel_listed_visit",
    "follow_absence",
    "follow_visits",
    "lock_visit",
    "publish_lists",
    "reject_change",
    "see_notice",
    "see_notices",
    "stop_proposal",
    "undo_step",
]
