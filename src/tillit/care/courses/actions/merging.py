"""Courses when two registrations were one person, and when they were two after all. Called by events."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, let_go_of_presses, look, put_back, remember
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.courses.models import Course, ResultChoice
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: A course somebody has worked with since stays.
COURSES = Table(
    "courses",
    Course,
    ("citizen_id", "press_key", "result", "ended_on", "ended_at"),
    watched=("edition", "ended_at"),
)


@transaction.atomic
def move_courses(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the courses of one registration hang on another. Where both have one under way, the wrong one's stops.

    One audit entry with the ids.
    """
    rows = Course.objects.filter(citizen_id=wrong_id)
    seen = look(COURSES, rows)
    let_go_of_presses(COURSES, wrong_id=wrong_id, right_id=right_id)
    if Course.objects.filter(citizen_id=right_id, ended_at__isnull=True).exists():
        rows.filter(ended_at__isnull=True).update(
            result=ResultChoice.STOPPED.value, ended_on=oslo.day_of(at), ended_at=at
        )
    rows.update(citizen_id=right_id)
    remember(merge_id, COURSES, seen)
    scope = last_scope_of(right_id, on=oslo.day_of(at))
    change = {"wrong": wrong_id, "courses": sorted(seen)}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{right_id}", scope, at=at, change=change)


@transaction.atomic
def put_back_courses(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let the courses hang on the other registration again. One audit entry with the ids that went back."""
    back = put_back(merge_id, COURSES)
    scope = last_scope_of(wrong_id, on=oslo.day_of(at))
    change = {"undone": True, "right": right_id, "courses": back}
    audit.record(actor, MERGE_CITIZENS, f"citizen:{wrong_id}", scope, at=at, change=change)
