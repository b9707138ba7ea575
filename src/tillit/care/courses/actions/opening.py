"""The guarded way to a course that somebody changes."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import scope_of
from tillit.care.courses.models import Course
from tillit.care.courses.permissions import WRITE_COURSE
from tillit.care.courses.queries import get_course
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class CourseRefused(ActionRefused):
    """Something does not fit. fact: the field to mend; empty for the whole."""

    def __init__(self, text: str, *, fact: str = "") -> None:
        super().__init__(text)
        self.fact = fact


def open_course(*, actor: Actor, course_id: int, edition: int, at: datetime) -> tuple[Course, Scope]:
    """Return a course under way, locked, if the actor may write in it and has seen its newest edition."""
    course = get_course(actor=actor, course_id=course_id, at=at, lock=True)
    scope = scope_of(course.citizen_id, on=oslo.day_of(at))
    require(actor, WRITE_COURSE, scope)
    if course.ended_at is not None:
        raise CourseRefused(_("Forløpet er avsluttet."))
    if course.edition != edition:
        raise ChangedMeanwhile(
            _("En kollega endret forløpet mens du skrev. Se over, og lagre igjen hvis det fortsatt stemmer."),
            seen=edition,
            now=course.edition,
        )
    return course, scope


def close_course(actor: Actor, course: Course, scope: Scope, *, at: datetime, change: dict[str, object]) -> None:
    """One change more: a new edition, and one line in the audit trail."""
    course.edition += 1
    course.save()
    audit.record(actor, WRITE_COURSE, str(course), scope, at=at, change=change)
