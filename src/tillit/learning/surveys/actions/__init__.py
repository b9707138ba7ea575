"""Every change of surveys, as named acts."""

from tillit.learning.surveys.actions.answering import AlreadyAnswered, Closed, Empty, NotAsked, asked_group, cast_ballot
from tillit.learning.surveys.actions.asking import TooFew, ask_survey, remind
from tillit.learning.surveys.actions.cards import UnknownCard, cast_card, enter_answers, may_enter
from tillit.learning.surveys.actions.closing import close_due, close_survey
from tillit.learning.surveys.actions.gatherings import (
    MayBeNames,
    hold_gathering,
    take_back_statement,
    write_statement,
)
from tillit.learning.surveys.actions.next_steps import write_next_step
from tillit.learning.surveys.actions.words import (
    NoReason,
    NothingRead,
    Unread,
    finish_words,
    judge_words,
    name_screener,
    open_words,
)

__all__ = [
    "AlreadyAnswered",
    "Closed",
    "Empty",
    "MayBeNames",
    "NoReason",
    "NotAsked",
    "NothingRead",
    "TooFew",
    "UnknownCard",
    "Unread",
    "ask_survey",
    "asked_group",
    "cast_ballot",
    "cast_card",
    "close_due",
    "close_survey",
    "enter_answers",
    "finish_words",
    "hold_gathering",
    "judge_words",
    "may_enter",
    "name_screener",
    "open_words",
    "remind",
    "take_back_statement",
    "write_next_step",
    "write_statement",
]
