"""Which courses there are, and the guarded door to each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import citizen_ids_of_unit, readable
from tillit.care.courses.models import Course, CourseTerms, ResultChoice, Session, WhoChoice
from tillit.care.courses.rules.course import Terms
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

ENDED_SHOWN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course. result: empty until it has ended."""

    course_id: int
    citizen_id: int
    unit_id: int
    unit_name: str
    own_words: str
    starts_on: date
    last_on: date
    why: str
    trainer_id: int | None
    trainer_name: str
    therapist_id: int | None
    therapist_name: str
    edition: int
    result: str
    result_name: str
    end_words: str
    result_words: str
    ended_on: date | None
    ended_by_name: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One thing in the weekly plan."""

    session_id: int
    weekday: int
    what: str
    who: str
    who_name: str


def get_course(*, actor: Actor, course_id: int, at: datetime, lock: bool = False) -> Course:
    """Return a course of a citizen the actor reaches, and note the reading. Raises NotFound."""
    rows = Course.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at)))
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        row = rows.get(pk=course_id)
    except Course.DoesNotExist:
        raise NotFound(_("Fant ikke forløpet.")) from None
    reading.note(row.citizen_id)
    return row


def line_of(course: Course) -> CourseLine:
    """Return a course that `get_course` gave, for showing."""
    return _lines(Course.objects.filter(pk=course.pk))[0]


def courses_of_unit(*, unit_id: int, today: date) -> list[CourseLine]:
    """Return courses of those the unit follows: under way, and ended the last year; by last day. Notes the reading.

    Callers have checked the unit.
    """
    rows = _lines(
        Course.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=today - ENDED_SHOWN),
            citizen_id__in=citizen_ids_of_unit(unit_id, today),
        )
    )
    reading.note_all(row.citizen_id for row in rows)
    return rows


def courses_of_citizen(citizen_id: int) -> list[CourseLine]:
    """Return every course of a citizen, the newest first. Callers have checked reach."""
    return list(reversed(_lines(Course.objects.filter(citizen_id=citizen_id))))


def course_of_citizen(citizen_id: int) -> CourseLine | None:
    """Return the course under way, or planned. Callers have checked reach."""
    return next(iter(_lines(Course.objects.filter(citizen_id=citizen_id, ended_at__isnull=True))), None)


def courses_under_way(citizen_ids: Iterable[int], *, until: date) -> list[tuple[int, date]]:
    """Return (citizen, last day) of courses not ended whose last day is on or before `until`. Callers checked reach."""
    rows = Course.objects.filter(citizen_id__in=list(citizen_ids), ended_at__isnull=True, last_on__lte=until)
    return list(rows.order_by("last_on", "pk").values_list("citizen_id", "last_on"))


def sessions_of(course_id: int) -> list[SessionLine]:
    """Return the weekly plan, by weekday. Callers have come through `get_course`."""
    rows = Session.objects.filter(course_id=course_id).order_by("weekday", "pk")
    return [SessionLine(row.pk, row.weekday, row.what, row.who, str(WhoChoice(row.who).label)) for row in rows]


def terms_on(day: date) -> Terms:
    """Return how long a course usually is on a day: what the municipality has said, else what is usual."""
    row = CourseTerms.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return Terms(row.least_weeks, row.most_weeks) if row else Terms()


def _lines(rows: QuerySet[Course]) -> list[CourseLine]:
    found = rows.select_related("unit", "trainer", "therapist", "ended_by").order_by("last_on", "pk")
    return [
        CourseLine(
            course_id=row.pk,
            citizen_id=row.citizen_id,
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            own_words=row.own_words,
            starts_on=row.starts_on,
            last_on=row.last_on,
            why=row.why,
            trainer_id=row.trainer_id,
            trainer_name=row.trainer.name if row.trainer else "",
            therapist_id=row.therapist_id,
            therapist_name=row.therapist.name if row.therapist else "",
            edition=row.edition,
            result=row.result,
            result_name=str(ResultChoice(row.result).label) if row.result else "",
            end_words=row.end_words,
            result_words=row.result_words,
            ended_on=row.ended_on,
            ended_by_name=row.ended_by.name if row.ended_by else "",
        )
        for row in found
    ]
