"""Reads of work lists. Callers of the functions that take a unit have checked that the actor reaches it."""

from tillit.teamwork.planning.queries.days import TeamDay, TeamDays, shown_day, team_day, team_days
from tillit.teamwork.planning.queries.lists import (
    DoneStep,
    ListsHead,
    PublishedChange,
    begun_lists,
    head_of,
    heads_of_week,
    last_step,
    may_allocate,
    steps_after,
    steps_since_publishing,
)
from tillit.teamwork.planning.queries.names import competence_names
from tillit.teamwork.planning.queries.notices import NoticeLine, count_notices, notices_for
from tillit.teamwork.planning.queries.proposals import (
    ChangeLine,
    ProposalView,
    is_behind,
    newest_proposal,
)

__all__ = [
    "ChangeLine",
    "DoneStep",
    "ListsHead",
    "NoticeLine",
    "ProposalView",
    "PublishedChange",
    "TeamDay",
    "TeamDays",
    "begun_lists",
    "competence_names",
    "count_notices",
    "head_of",
    "heads_of_week",
    "is_behind",
    "last_step",
    "may_allocate",
    "newest_proposal",
    "notices_for",
    "shown_day",
    "steps_after",
    "steps_since_publishing",
    "team_day",
    "team_days",
]
