"""Every change of a visit, as named acts."""

from tillit.care.visits.actions.following_up import close_follow_up, tell_change
from tillit.care.visits.actions.learning import Learnt, forget_changed, forget_lines, learn_minutes
from tillit.care.visits.actions.making import MadeVisits, count_plan_changes, make_visits, roll_visits
from tillit.care.visits.actions.planning import (
    Assigned,
    AssignRow,
    HelperNotWanted,
    OutsideTheDay,
    VisitBegun,
    VisitNotPlanned,
    add_visit,
    assign_visits,
    cancel_visit,
    lock_visit,
    move_visit,
    unlock_visit,
)
from tillit.care.visits.actions.reporting import NothingToUndo, UnknownTask, report_visit, undo_report

__all__ = [
    "AssignRow",
    "Assigned",
    "HelperNotWanted",
    "Learnt",
    "MadeVisits",
    "NothingToUndo",
    "OutsideTheDay",
    "UnknownTask",
    "VisitBegun",
    "VisitNotPlanned",
    "add_visit",
    "assign_visits",
    "cancel_visit",
    "close_follow_up",
    "count_plan_changes",
    "forget_changed",
    "forget_lines",
    "learn_minutes",
    "lock_visit",
    "make_visits",
    "move_visit",
    "report_visit",
    "roll_visits",
    "tell_change",
    "undo_report",
    "unlock_visit",
]
