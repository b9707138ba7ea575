"""Every change of a visit, as named acts."""

from tillit.care.visits.actions.following_up import close_follow_up, tell_change
from tillit.care.visits.actions.holding import hold_time, let_go_of_time
from tillit.care.visits.actions.learning import Learnt, forget_changed, forget_lines, learn_minutes
from tillit.care.visits.actions.making import MadeVisits, count_plan_changes, make_visits, roll_visits
from tillit.care.visits.actions.planning import (
    Assigned,
    AssignRow,
    HelperNotWanted,
    MovedMeanwhile,
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
from tillit.care.visits.actions.saying_no import CallTheTeam, say_no_to_visit

__all__ = [
    "AssignRow",
    "Assigned",
    "CallTheTeam",
    "HelperNotWanted",
    "Learnt",
    "MadeVisits",
    "MovedMeanwhile",
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
    "hold_time",
    "learn_minutes",
    "let_go_of_time",
    "lock_visit",
    "make_visits",
    "move_visit",
    "report_visit",
    "roll_visits",
    "say_no_to_visit",
    "tell_change",
    "undo_report",
    "unlock_visit",
]
