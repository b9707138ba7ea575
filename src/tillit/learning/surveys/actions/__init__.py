"""Every change of surveys, as named acts."""

from tillit.learning.surveys.actions.answering import AlreadyAnswered, Closed, Empty, NotAsked, asked_group, cast_ballot
from tillit.learning.surveys.actions.asking import TooFew, ask_survey, remind
from tillit.learning.surveys.actions.cards import UnknownCard, cast_card, enter_answers, may_enter
from tillit.learning.surveys.actions.closing import close_due, close_survey
from tillit.learning.surveys.actions.next_steps import write_next_step

__all__ = [
    "AlreadyAnswered",
    "Closed",
    "Empty",
    "NotAsked",
    "TooFew",
    "UnknownCard",
    "ask_survey",
    "asked_group",
    "cast_ballot",
    "cast_card",
    "close_due",
    "close_survey",
    "enter_answers",
    "may_enter",
    "remind",
    "write_next_step",
]
