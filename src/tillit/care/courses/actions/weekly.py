"""The weekly plan of a course, written as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.courses.actions.opening import CourseRefused, close_course, open_course
from tillit.care.courses.models import Course, Session
from tillit.care.courses.rules.course import MOST_SESSIONS, Who
from tillit.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One thing she does on a weekday."""

    weekday: int
    what: str
    who: Who


@transaction.atomic
def write_week(*, actor: Actor, course_id: int, edition: int, sessions: Sequence[SessionFacts], at: datetime) -> Course:
    """Let the weekly plan be these. Raises NotFound, NotAllowed, ChangedMeanwhile, CourseRefused. One audit entry."""
    course, scope = open_course(actor=actor, course_id=course_id, edition=edition, at=at)
    if len(sessions) > MOST_SESSIONS:
        raise CourseRefused(_("Velg høyst 21 økter i uka."))
    if any(not one.what.strip() or not 1 <= one.weekday <= 7 for one in sessions):
        raise CourseRefused(_("Skriv hva brukeren gjør, og hvilken dag."))
    course.sessions.all().delete()
    Session.objects.bulk_create(
        [Session(course=course, weekday=one.weekday, what=one.what.strip(), who=one.who.value) for one in sessions]
    )
    close_course(actor, course, scope, at=at, change={"sessions": len(sessions)})
    return course
