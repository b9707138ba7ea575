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
from planengine.horizon import Horizon, HorizonProgress, Planned, plan_horizon
from planengine.horizon_count import Faces, Load, OneOf, above_share, count_faces, loads, spread
from planengine.horizon_floor import Need, fewest_helpers, floors, shifts_suffice
from planengine.horizon_parts import Few, Met, Part, pairs_of
from planengine.horizon_why import GivenUp, Horizons
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
from planengine.robust import Fragile, Strength, strength_of
from planengine.robust_plan import Bound, Sturdier, Won, sturdier_plan, won_by
from planengine.robust_remedies import Remedy, RemedyKind, with_remedy
from planengine.robust_repair import Absence, without
from planengine.scenario import (
    Origin,
    Scenario,
    add_helper,
    change_period,
    copy_of,
    fit_period,
    remove_helper,
    select,
    unchanged,
)
from planengine.scenario_compare import Comparison, Side, Total, Verdict, compare_scenarios, judge, total_of
from planengine.scenario_teams import Regard, join, laid_together, move_citizens, recoded, split
from planengine.solve import result_of, solve_day, warm_up
from planengine.standing import standing_plan
from planengine.uncovered import try_way_out, why_uncovered
from planengine.weights import Weights

__all__ = [
    "Absence",
    "Assignment",
    "Bound",
    "Break",
    "Change",
    "ChangeKind",
    "ChangesDoNotFit",
    "Citizen",
    "Comparison",
    "Component",
    "Concession",
    "Ended",
    "Evaluation",
    "Explanation",
    "Faces",
    "Few",
    "FileSummary",
    "Fragile",
    "GiveWay",
    "GivenUp",
    "Helper",
    "HelperTotal",
    "Horizon",
    "HorizonProgress",
    "Horizons",
    "InvalidProblem",
    "Link",
    "Load",
    "Meeting",
    "Met",
    "Need",
    "OneOf",
    "Origin",
    "Params",
    "Part",
    "Place",
    "Plan",
    "PlanEngineError",
    "Planned",
    "Problem",
    "Progress",
    "Reason",
    "ReferenceAssignment",
    "Regard",
    "Remedy",
    "RemedyKind",
    "Result",
    "Rule",
    "Scenario",
    "Side",
    "Stop",
    "StopKind",
    "Strength",
    "Sturdier",
    "Total",
    "Tour",
    "TravelUnavailable",
    "Uncovered",
    "UnreadableFile",
    "UnsupportedFile",
    "Verdict",
    "Violation",
    "Visit",
    "VisitChange",
    "WayOut",
    "WayOutKind",
    "Weights",
    "Why",
    "WhyNot",
    "Window",
    "Won",
    "WorkPeriod",
    "above_share",
    "add_helper",
    "at_once",
    "change_period",
    "check_plan",
    "check_result",
    "compare_scenarios",
    "copy_of",
    "count_faces",
    "evaluate",
    "explain_assignment",
    "fewest_helpers",
    "fit_period",
    "floors",
    "join",
    "judge",
    "laid_together",
    "loads",
    "move_citizens",
    "pairs_of",
    "plan_file",
    "plan_horizon",
    "propose_changes",
    "recoded",
    "remove_helper",
    "result_of",
    "select",
    "shifts_suffice",
    "solve_day",
    "split",
    "spread",
    "standing_plan",
    "strength_of",
    "sturdier_plan",
    "total_of",
    "try_way_out",
    "unchanged",
    "warm_up",
    "what_gives",
    "why_not",
    "why_uncovered",
    "with_changes",
    "with_remedy",
    "without",
    "won_by",
]
