"""What one can do with a course."""

from tillit.care.courses.actions.beginning import (
    CourseFacts,
    UnderWay,
    begin_course,
    change_course,
    decide_course_terms,
)
from tillit.care.courses.actions.ending import end_course
from tillit.care.courses.actions.opening import CourseRefused
from tillit.care.courses.actions.weekly import write_week

__all__ = [
    "CourseFacts",
    "CourseRefused",
    "UnderWay",
    "begin_course",
    "change_course",
    "decide_course_terms",
    "end_course",
    "write_week",
]
