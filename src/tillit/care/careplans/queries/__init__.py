"""Reads of care plans. Those that take an actor filter by reach; the others are for callers that have checked it."""

from tillit.care.careplans.queries.content import (
    Evaluation,
    GoalLine,
    InterventionLine,
    NeedLine,
    PlanContent,
    Progress,
    content_of,
    evaluations_due,
    goals_in_use,
    help_by_plan,
    help_in_use,
    interventions_in_use,
)
from tillit.care.careplans.queries.plans import PlanLine, draft_of, get_plan, plan_in_use, plan_lines, plans_in_use
from tillit.care.careplans.queries.readiness import compare_goals, compare_interventions, gaps_in_content, gaps_of
from tillit.care.careplans.queries.wording import days_text, gap_text, gap_way_out, times_text, when_text

__all__ = [
    "Evaluation",
    "GoalLine",
    "InterventionLine",
    "NeedLine",
    "PlanContent",
    "PlanLine",
    "Progress",
    "compare_goals",
    "compare_interventions",
    "content_of",
    "days_text",
    "draft_of",
    "evaluations_due",
    "gap_text",
    "gap_way_out",
    "gaps_in_content",
    "gaps_of",
    "get_plan",
    "goals_in_use",
    "help_by_plan",
    "help_in_use",
    "interventions_in_use",
    "plan_in_use",
    "plan_lines",
    "plans_in_use",
    "times_text",
    "when_text",
]
