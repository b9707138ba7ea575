"""What one can do: evaluate a goal, and write down measures."""

from tillit.care.evaluations.actions.evaluating import (
    Evaluated,
    GoalClosed,
    NotWhole,
    Written,
    evaluate_goal,
)
from tillit.care.evaluations.actions.measuring import StrangeNumbers, write_measurement
from tillit.care.evaluations.actions.thinking import NotAsked, say_what_she_thinks

__all__ = [
    "Evaluated",
    "GoalClosed",
    "NotAsked",
    "NotWhole",
    "StrangeNumbers",
    "Written",
    "evaluate_goal",
    "say_what_she_thinks",
    "write_measurement",
]
