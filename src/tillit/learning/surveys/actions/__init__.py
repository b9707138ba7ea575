"""Every change of surveys, as named acts."""

from tillit.learning.surveys.actions.answering import (
    AlreadyAnswered,
    Closed,
    CodeNotWhole,
    Empty,
    NotAsked,
    asked_group,
    cast_ballot,
)
from tillit.learning.surveys.actions.asking import TooFew, ask_survey, remind
from tillit.learning.surveys.actions.building import (
    InUse,
    NotReady,
    change_head,
    copy_instrument,
    discard_instrument,
    make_instrument,
    move_question,
    put_in_use,
    put_question,
    put_theme,
    remove_question,
    remove_theme,
)
from tillit.learning.surveys.actions.cards import LedPast, UnknownCard, cast_card, enter_answers, may_enter
from tillit.learning.surveys.actions.closing import close_due, close_survey
from tillit.learning.surveys.actions.gatherings import (
    MayBeNames,
    hold_gathering,
    take_back_statement,
    write_statement,
)
from tillit.learning.surveys.actions.next_steps import write_next_step
from tillit.learning.surveys.actions.pairing import end_over, end_series
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
    "CodeNotWhole",
    "Empty",
    "InUse",
    "LedPast",
    "MayBeNames",
    "NoReason",
    "NotAsked",
    "NotReady",
    "NothingRead",
    "TooFew",
    "UnknownCard",
    "Unread",
    "ask_survey",
    "asked_group",
    "cast_ballot",
    "cast_card",
    "change_head",
    "close_due",
    "close_survey",
    "copy_instrument",
    "discard_instrument",
    "end_over",
    "end_series",
    "enter_answers",
    "finish_words",
    "hold_gathering",
    "judge_words",
    "make_instrument",
    "may_enter",
    "move_question",
    "name_screener",
    "open_words",
    "put_in_use",
    "put_question",
    "put_theme",
    "remind",
    "remove_question",
    "remove_theme",
    "take_back_statement",
    "write_next_step",
    "write_statement",
]
