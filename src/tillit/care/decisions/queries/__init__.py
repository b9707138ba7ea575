"""Reads about cases. Other apps import from here."""

from tillit.care.decisions.queries.facts import dates_of, facts_of, is_disqualified, practice_on, targets
from tillit.care.decisions.queries.over_time import CasesOverTime, cases_over_time
from tillit.care.decisions.queries.queue import Phase, Queue, QueueRow, Whose, count_waiting, list_queue
from tillit.care.decisions.queries.reach import get_case, newest_case_id, reachable_cases, scope_of_case
from tillit.care.decisions.queries.workers import assessor_choices, workers_of

__all__ = [
    "CasesOverTime",
    "Phase",
    "Queue",
    "QueueRow",
    "Whose",
    "assessor_choices",
    "cases_over_time",
    "count_waiting",
    "dates_of",
    "facts_of",
    "get_case",
    "is_disqualified",
    "list_queue",
    "newest_case_id",
    "practice_on",
    "reachable_cases",
    "scope_of_case",
    "targets",
    "workers_of",
]
