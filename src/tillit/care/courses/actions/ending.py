"""End a course: what she says herself, how it went, signed by the press."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.courses.actions.opening import CourseRefused, close_course, open_course
from tillit.care.courses.models import Course
from tillit.care.courses.rules.course import Result
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def end_course(
    *,
    actor: Actor,
    course_id: int,
    edition: int,
    result: Result,
    end_words: str,
    result_words: str,
    ended_on: date,
    at: datetime,
) -> Course:
    """Say how a course went, from its first day until today. What is less help after it is said by the plan.

    Raises NotFound, NotAllowed, ChangedMeanwhile, CourseRefused. One audit entry.
    """
    course, scope = open_course(actor=actor, course_id=course_id, edition=edition, at=at)
    if not course.starts_on <= ended_on <= oslo.day_of(at):
        raise CourseRefused(_("Velg en dag fra forløpet startet, til i dag."), fact="ended_on")
    if not end_words.strip() and not result_words.strip():
        raise CourseRefused(_("Skriv det brukeren selv sier, eller hva dere har sett."), fact="end_words")
    course.result = result.value
    course.end_words, course.result_words = end_words.strip(), result_words.strip()
    course.ended_on, course.ended_by_id, course.ended_at = ended_on, actor.employee_id, at
    close_course(actor, course, scope, at=at, change={"result": result.value, "ended_on": ended_on.isoformat()})
    sign(
        actor=actor,
        kind=EntryKind.COURSE,
        row_id=course.pk,
        citizen_id=course.citizen_id,
        scope=scope,
        happened_at=at,
        at=at,
    )
    return course
