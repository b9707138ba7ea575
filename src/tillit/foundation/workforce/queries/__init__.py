"""Reads about people at work. Other apps import from here."""

from tillit.foundation.workforce.queries.absences import AbsenceLine, absences_in_unit, get_absence
from tillit.foundation.workforce.queries.at_work import AtWork, at_work, at_work_between
from tillit.foundation.workforce.queries.competences import competences_of, list_competences
from tillit.foundation.workforce.queries.people import (
    HelperElsewhere,
    Mark,
    MemberLine,
    Staffing,
    employee_units,
    get_employee,
    has_members,
    helpers_elsewhere,
    leaders_of,
    marks,
    may_allocate,
    members_with_positions,
    staffing,
    team_members,
)

__all__ = [
    "AbsenceLine",
    "AtWork",
    "HelperElsewhere",
    "Mark",
    "MemberLine",
    "Staffing",
    "absences_in_unit",
    "at_work",
    "at_work_between",
    "competences_of",
    "employee_units",
    "get_absence",
    "get_employee",
    "has_members",
    "helpers_elsewhere",
    "leaders_of",
    "list_competences",
    "marks",
    "may_allocate",
    "members_with_positions",
    "staffing",
    "team_members",
]
