"""planengine: plans a home-care team's day. Plain Python, numpy and numba; knows neither Django nor Tillit.

Whole seconds from the start of the horizon, small integer ids, one function per question, same seed same answer.
Start with ``problem.Problem`` and ``solve_day``; docs/how-we-plan.md explains, docs/planengine-format.md is the JSON.
"""

from planengine.changes import Change, ChangeKind, ChangesDoNotFit, VisitChange, propose_changes, with_changes
from planengine.check import Violation, check_plan, check_result
from planengine.errors import InvalidProblem, PlanEngineError, TravelUnavailable, UnreadableFile, UnsupportedFile
from planengine.evaluate import evaluate
from planengine.explain import Explanation, WhyNot, explain_assignment, why_not
from planengine.files import FileSummary, plan_file
from planengine.giveway import Concession, GiveWay, what_gives
from planengine.parameters import Params, Stop
from planengine.problem import (
    Break,
    Citizen,
    Helper,
    Link,
    Meeting,
    Place,
    Problem,
    ReferenceAssignment,
    Visit,
    Window,
    WorkPeriod,
    at_once,
)
from planengine.result import (
    Assignment,
    Component,
    Ended,
    Evaluation,
    HelperTotal,
    Plan,
    Progress,
    Reason,
    Result,
    Rule,
    StopKind,
    Tour,
    Uncovered,
    WayOut,
    WayOutKind,
    Why,
)
from planengine.robust import Absence, Fragile, Remedy, RemedyKind, Strength, strength_of, with_remedy, without
from planengine.solve import result_of, solve_day, warm_up
from planengine.standing import standing_plan
from planengine.uncovered import try_way_out, why_uncovered
from planengine.weights import Weights

__all__ = [
    "Absence",
    "Assignment",
    "Break",
    "Change",
    "ChangeKind",
    "ChangesDoNotFit",
    "Citizen",
    "Component",
    "Concession",
    "Ended",
    "Evaluation",
    "Explanation",
    "FileSummary",
    "Fragile",
    "GiveWay",
    "Helper",
    "HelperTotal",
    "InvalidProblem",
    "Link",
    "Meeting",
    "Params",
    "Place",
    "Plan",
    "PlanEngineError",
    "Problem",
    "Progress",
    "Reason",
    "ReferenceAssignment",
    "Remedy",
    "RemedyKind",
    "Result",
    "Rule",
    "Stop",
    "StopKind",
    "Strength",
    "Tour",
    "TravelUnavailable",
    "Uncovered",
    "UnreadableFile",
    "UnsupportedFile",
    "Violation",
    "Visit",
    "VisitChange",
    "WayOut",
    "WayOutKind",
    "Weights",
    "Why",
    "WhyNot",
    "Window",
    "WorkPeriod",
    "at_once",
    "check_plan",
    "check_result",
    "evaluate",
    "explain_assignment",
    "plan_file",
    "propose_changes",
    "result_of",
    "solve_day",
    "standing_plan",
    "strength_of",
    "try_way_out",
    "warm_up",
    "what_gives",
    "why_not",
    "why_uncovered",
    "with_changes",
    "with_remedy",
    "without",
]
