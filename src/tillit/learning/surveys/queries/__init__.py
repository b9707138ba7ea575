"""Reads of surveys."""

from tillit.learning.surveys.queries.campaigns import (
    Progress,
    ToAnswer,
    count_invited,
    get_campaign,
    group_for,
    has_answered,
    is_open,
    list_campaigns,
    progress_of,
    scope_of,
    scope_within,
    to_answer,
    told_today,
)
from tillit.learning.surveys.queries.cards import Card, cards_of, enters, find_card, is_inside
from tillit.learning.surveys.queries.instruments import get_instrument, instruments
from tillit.learning.surveys.queries.results import (
    TEAM_FIRST_DAYS,
    View,
    answers_of,
    groups_for,
    next_steps,
    views_of,
    wave_before,
)

__all__ = [
    "TEAM_FIRST_DAYS",
    "Card",
    "Progress",
    "ToAnswer",
    "View",
    "answers_of",
    "cards_of",
    "count_invited",
    "enters",
    "find_card",
    "get_campaign",
    "get_instrument",
    "group_for",
    "groups_for",
    "has_answered",
    "instruments",
    "is_inside",
    "is_open",
    "list_campaigns",
    "next_steps",
    "progress_of",
    "scope_of",
    "scope_within",
    "to_answer",
    "told_today",
    "views_of",
    "wave_before",
]
