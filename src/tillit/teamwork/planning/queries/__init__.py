"""Reads of work lists. Callers of the functions that take a unit have checked that the actor reaches it."""

from tillit.teamwork.planning.queries.counting import Counting, what_counts
from tillit.teamwork.planning.queries.days import KINDS, TeamDay, TeamDays, shown_day, team_day, team_days, weighed_day
from tillit.teamwork.planning.queries.free import count_free
from tillit.teamwork.planning.queries.handing import handed_to, last_given, steps_since
from tillit.teamwork.planning.queries.lists import (
    DoneStep,
    ListsHead,
    PublishedChange,
    begun_lists,
    had_before_absence,
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
    has_not_seen,
    is_behind,
    newest_proposal,
)
from tillit.teamwork.planning.queries.strengths import StrengthView, strength_of_lists, strengths_of
from tillit.teamwork.planning.queries.teams import HowFar, PartToPlan, how_far, outcome_of, parts_to_plan

__all__ = [
    "KINDS",
    "ChangeLine",
    "Counting",
    "DoneStep",
    "HowFar",
    "ListsHead",
    "NoticeLine",
    "PartToPlan",
    "ProposalView",
    "PublishedChange",
    "StrengthView",
    "TeamDay",
    "TeamDays",
    "begun_lists",
    "competence_names",
    "count_free",
    "count_notices",
    "had_before_absence",
    "handed_to",
    "has_not_seen",
    "head_of",
    "heads_of_week",
    "how_far",
    "is_behind",
    "last_given",
    "last_step",
    "may_allocate",
    "newest_proposal",
    "notices_for",
    "outcome_of",
    "parts_to_plan",
    "shown_day",
    "steps_after",
    "steps_since",
    "steps_since_publishing",
    "strength_of_lists",
    "strengths_of",
    "team_day",
    "team_days",
    "weighed_day",
    "what_counts",
]
