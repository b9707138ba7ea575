"""Every change of deviations, as named acts."""

from tillit.teamwork.deviations.actions.answering import (
    AlreadyAnswered,
    OwnDeviation,
    answer_deviation,
    look_at_deviation,
)
from tillit.teamwork.deviations.actions.reporting import report_deviation, see_answers, withdraw_deviation

__all__ = [
    "AlreadyAnswered",
    "OwnDeviation",
    "answer_deviation",
    "look_at_deviation",
    "report_deviation",
    "see_answers",
    "withdraw_deviation",
]
