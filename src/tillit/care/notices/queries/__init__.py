"""Reads of notices. Those that take an actor filter by reach; the others are for callers that have checked it."""

from tillit.care.notices.queries.notices import (
    NoticeLine,
    WaitingNotices,
    answered_since,
    count_open,
    get_notice,
    one_line,
    open_notices,
    scope_of_notice,
    waiting_in,
)
from tillit.care.notices.queries.receivers import Placed, Receivers, citizens_of_unit, duty_of, place, receivers

__all__ = [
    "NoticeLine",
    "Placed",
    "Receivers",
    "WaitingNotices",
    "answered_since",
    "citizens_of_unit",
    "count_open",
    "duty_of",
    "get_notice",
    "one_line",
    "open_notices",
    "place",
    "receivers",
    "scope_of_notice",
    "waiting_in",
]
