"""Reads of courses. Those that take an actor filter by reach; the others are for callers that have checked it."""

from tillit.care.courses.queries.courses import (
    CourseLine,
    SessionLine,
    course_of_citizen,
    courses_of_citizen,
    courses_of_unit,
    courses_under_way,
    get_course,
    sessions_of,
    terms_on,
)
from tillit.care.courses.queries.services import services_of

__all__ = [
    "CourseLine",
    "SessionLine",
    "course_of_citizen",
    "courses_of_citizen",
    "courses_of_unit",
    "courses_under_way",
    "get_course",
    "services_of",
    "sessions_of",
    "terms_on",
]
