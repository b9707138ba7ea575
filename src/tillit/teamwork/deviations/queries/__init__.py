"""Reads of deviations."""

from tillit.teamwork.deviations.queries.counted import told_since
from tillit.teamwork.deviations.queries.deviations import (
    DeviationLine,
    about_citizen,
    count_to_answer,
    get_deviation,
    own,
    to_answer,
    unseen_answers,
)
from tillit.teamwork.deviations.queries.placing import leader_of

__all__ = [
    "DeviationLine",
    "about_citizen",
    "count_to_answer",
    "get_deviation",
    "leader_of",
    "own",
    "to_answer",
    "told_since",
    "unseen_answers",
]
