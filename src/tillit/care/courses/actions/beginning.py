"""Begin a course, change its frame, and say how long courses usually are."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import colleagues_of, get_citizen, scope_of, unit_ids_of
from tillit.care.courses.actions.opening import CourseRefused, close_course, open_course
from tillit.care.courses.models import Course, CourseTerms
from tillit.care.courses.permissions import DECIDE_TERMS, WRITE_COURSE
from tillit.care.courses.queries import terms_on
from tillit.care.courses.rules.course import last_day
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused

MOST_WEEKS = 26


class UnderWay(ActionRefused):
    """She has a course already."""


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What people write. why: one line when it is longer or shorter than usual."""

    own_words: str
    starts_on: date
    weeks: int
    trainer_id: int | None = None
    therapist_id: int | None = None
    why: str = ""


@transaction.atomic
def begin_course(*, actor: Actor, citizen_id: int, facts: CourseFacts, press_key: str, at: datetime) -> Course:
    """Begin a course in the citizen's main unit. The same press key again returns the first.

    Raises NotFound, NotAllowed, UnderWay, CourseRefused. One audit entry.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    require(actor, WRITE_COURSE, scope)
    if press_key and (known := citizen.courses.filter(press_key=press_key).first()):
        return known
    if citizen.courses.filter(ended_at__isnull=True).exists():
        raise UnderWay(_("Brukeren har et forløp allerede. Avslutt det først."))
    units = unit_ids_of((citizen.pk,), on=today).get(citizen.pk, ())
    if not units:
        raise CourseRefused(_("Ingen team følger brukeren nå."))
    course = Course(citizen=citizen, unit_id=units[0], begun_by_id=actor.employee_id, begun_at=at, press_key=press_key)
    _put(course, facts, today=today)
    course.save()
    change = {"from": course.starts_on.isoformat(), "to": course.last_on.isoformat()}
    audit.record(actor, WRITE_COURSE, str(course), scope, at=at, change=change)
    return course


@transaction.atomic
def change_course(*, actor: Actor, course_id: int, edition: int, facts: CourseFacts, at: datetime) -> Course:
    """Change the days, the words or who is with her. Raises NotFound, NotAllowed, ChangedMeanwhile, CourseRefused."""
    course, scope = open_course(actor=actor, course_id=course_id, edition=edition, at=at)
    _put(course, facts, today=oslo.day_of(at))
    change: dict[str, object] = {
        "from": course.starts_on.isoformat(),
        "to": course.last_on.isoformat(),
        "trainer": course.trainer_id,
        "therapist": course.therapist_id,
    }
    close_course(actor, course, scope, at=at, change=change)
    return course


@transaction.atomic
def decide_course_terms(
    *, actor: Actor, least_weeks: int, most_weeks: int, valid_from: date, at: datetime
) -> CourseTerms:
    """Let courses usually be so long from a day, today or later. The same day again replaces what was said.

    Raises NotAllowed, ActionRefused. One audit entry.
    """
    scope = Scope(actor.paths_for(DECIDE_TERMS.roles))
    require(actor, DECIDE_TERMS, scope)
    if valid_from < oslo.day_of(at):
        raise ActionRefused(_("Velg en dag fra i dag. Det som har vært, kan ikke endres."))
    if not 1 <= least_weeks <= most_weeks <= MOST_WEEKS:
        raise ActionRefused(_("Velg fra 1 til 26 uker, det korteste først."))
    stored, _new = CourseTerms.objects.update_or_create(
        valid_from=valid_from,
        defaults={
            "least_weeks": least_weeks,
            "most_weeks": most_weeks,
            "decided_by_id": actor.employee_id,
            "decided_at": at,
        },
    )
    change = {"least": least_weeks, "most": most_weeks, "from": valid_from.isoformat()}
    audit.record(actor, DECIDE_TERMS, str(stored), scope, at=at, change=change)
    return stored


def _put(course: Course, facts: CourseFacts, *, today: date) -> None:
    if not facts.own_words.strip():
        raise CourseRefused(_("Skriv hva brukeren vil klare, med egne ord."), fact="own_words")
    if not 1 <= facts.weeks <= MOST_WEEKS:
        raise CourseRefused(_("Velg fra 1 til 26 uker."), fact="weeks")
    course.starts_on, course.last_on = facts.starts_on, last_day(facts.starts_on, facts.weeks)
    terms = terms_on(today)
    if not terms.has(course.starts_on, course.last_on) and not facts.why.strip():
        raise CourseRefused(
            _("Et forløp er vanligvis %(least)d til %(most)d uker. Skriv én linje om hvorfor dette er annerledes.")
            % {"least": terms.least_weeks, "most": terms.most_weeks},
            fact="why",
        )
    known = {one.employee_id for one in colleagues_of(course.citizen_id, on=today)}
    known |= {course.trainer_id or 0, course.therapist_id or 0}  # who has it already keeps it
    for fact, employee_id in (("trainer_id", facts.trainer_id), ("therapist_id", facts.therapist_id)):
        if employee_id is not None and employee_id not in known:
            raise CourseRefused(_("Velg noen som arbeider der brukeren får hjelp."), fact=fact)
    course.own_words, course.why = facts.own_words.strip(), facts.why.strip()
    course.trainer_id, course.therapist_id = facts.trainer_id, facts.therapist_id
