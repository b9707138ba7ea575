"""Every change of notices, as named acts."""

from tillit.care.notices.actions.answering import AlreadyAnswered, AnswerMissing, answer_notice
from tillit.care.notices.actions.from_outside import NobodyFollows, tell_team
from tillit.care.notices.actions.taking import TakenAlready, take_notice
from tillit.care.notices.actions.telling import tell_who_asked
from tillit.care.notices.actions.writing import NothingWritten, NotInTeam, write_notice

__all__ = [
    "AlreadyAnswered",
    "AnswerMissing",
    "NobodyFollows",
    "NotInTeam",
    "NothingWritten",
    "TakenAlready",
    "answer_notice",
    "take_notice",
    "tell_team",
    "tell_who_asked",
    "write_notice",
]
