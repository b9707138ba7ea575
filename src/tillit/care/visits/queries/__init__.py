"""Reads of visits. Those that take an actor filter by reach; the others are for callers that have checked it."""

from tillit.care.visits.queries.follow_ups import FollowUpLine, get_follow_up, open_follow_ups
from tillit.care.visits.queries.history import (
    ContinuityLine,
    GoalTrend,
    StripVisit,
    continuity_of,
    goal_trends,
    known_helpers,
    learned_of,
    strip,
)
from tillit.care.visits.queries.rows import (
    LinkRow,
    TaskRow,
    VisitRow,
    get_visit,
    last_day_of,
    tasks_of,
    visit_links,
    visit_rows,
    visits_of_citizen,
    visits_of_day,
    visits_of_employee,
)
from tillit.care.visits.queries.said import ReportRow, newest_reports, reports_of

__all__ = [
    "ContinuityLine",
    "FollowUpLine",
    "GoalTrend",
    "LinkRow",
    "ReportRow",
    "StripVisit",
    "TaskRow",
    "VisitRow",
    "continuity_of",
    "get_follow_up",
    "get_visit",
    "goal_trends",
    "known_helpers",
    "last_day_of",
    "learned_of",
    "newest_reports",
    "open_follow_ups",
    "reports_of",
    "strip",
    "tasks_of",
    "visit_links",
    "visit_rows",
    "visits_of_citizen",
    "visits_of_day",
    "visits_of_employee",
]
