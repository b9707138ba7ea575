"""What the plan pages show: plain values, ready to draw."""

from tillit.care.careplans.contexts.blocks import GoalBlock, InterventionBlock, NeedBlock
from tillit.care.careplans.contexts.opened import Choice, FormKind, Opened, OpenForm
from tillit.care.careplans.contexts.page import (
    Meanwhile,
    PlanPage,
    consequences_text,
    goal_facts,
    intervention_facts,
    plan_page,
    with_meanwhile,
    with_words,
)

__all__ = [
    "Choice",
    "FormKind",
    "GoalBlock",
    "InterventionBlock",
    "Meanwhile",
    "NeedBlock",
    "OpenForm",
    "Opened",
    "PlanPage",
    "consequences_text",
    "goal_facts",
    "intervention_facts",
    "plan_page",
    "with_meanwhile",
    "with_words",
]
