"""Every change of a care plan, as named acts."""

from tillit.care.careplans.actions.drafting import (
    DraftExists,
    GoalFacts,
    InterventionFacts,
    PlanNotDraft,
    StrangeFacts,
    add_goal,
    add_intervention,
    add_need,
    change_goal,
    change_intervention,
    change_need,
    drop_draft,
    remove_goal,
    remove_intervention,
    remove_need,
    start_draft,
    take_up_draft,
)
from tillit.care.careplans.actions.goals import GoalNotActive, PlanNotInUse, mark_goal, record_goal_progress
from tillit.care.careplans.actions.starting import PlanNotReady, start_plan

__all__ = [
    "DraftExists",
    "GoalFacts",
    "GoalNotActive",
    "InterventionFacts",
    "PlanNotDraft",
    "PlanNotInUse",
    "PlanNotReady",
    "StrangeFacts",
    "add_goal",
    "add_intervention",
    "add_need",
    "change_goal",
    "change_intervention",
    "change_need",
    "drop_draft",
    "mark_goal",
    "record_goal_progress",
    "remove_goal",
    "remove_intervention",
    "remove_need",
    "start_draft",
    "start_plan",
    "take_up_draft",
]
