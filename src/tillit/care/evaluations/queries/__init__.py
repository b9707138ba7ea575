"""Reads of evaluations and measures. Callers have checked reach, and note the reading, unless said otherwise."""

from tillit.care.evaluations.queries.asked import AskedLine, asked_now
from tillit.care.evaluations.queries.evaluations import (
    EvaluationLine,
    ThoughtLine,
    count_of_goal,
    evaluations_of_citizen,
    newest_levels,
)
from tillit.care.evaluations.queries.measures import MeasureLine, measures_of_citizen, measures_of_citizens

__all__ = [
    "AskedLine",
    "EvaluationLine",
    "MeasureLine",
    "ThoughtLine",
    "asked_now",
    "count_of_goal",
    "evaluations_of_citizen",
    "measures_of_citizen",
    "measures_of_citizens",
    "newest_levels",
]
