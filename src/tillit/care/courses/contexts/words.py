"""Where a course stands, in words."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.care.courses.queries import CourseLine
from tillit.care.courses.rules.course import Result, Stands, stands, week_number, weeks_of
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline, Tag


def stands_of(course: CourseLine, *, today: date) -> Stands:
    """Return where a course stands."""
    return stands(course.starts_on, course.last_on, ended=course.ended_on is not None, today=today)


def week_text(course: CourseLine, *, today: date) -> str:
    """«Uke 4 av 6», or from when to when."""
    weeks = weeks_of(course.starts_on, course.last_on)
    if course.ended_on is not None or today < course.starts_on:
        return _("%(first)s til %(last)s") % {
            "first": formats.short_date(course.starts_on, page_language()),
            "last": formats.short_date(course.ended_on or course.last_on, page_language()),
        }
    week = week_number(course.starts_on, course.last_on, today=today)
    return _("Uke %(week)d av %(weeks)d") % {"week": week, "weeks": weeks}


def deadline_of(course: CourseLine, *, today: date) -> Deadline | Tag:
    """When it starts, ends or ended."""
    language = page_language()
    if course.ended_on is not None:
        if course.result == Result.REACHED:
            return Deadline(text=course.result_name, state="done", iso=course.ended_on.isoformat())
        return Tag(course.result_name)
    if today < course.starts_on:
        day = formats.day_and_month(course.starts_on, language)
        return Deadline(text=_("Starter %(day)s") % {"day": day}, iso=course.starts_on.isoformat())
    text = _("Siste dag %(day)s") % {"day": formats.day_and_month(course.last_on, language)}
    return formats.deadline_of(course.last_on, today=today, text=text, language=language)


def hours(minutes: Decimal | None) -> str:
    """«6,5 t i uka»."""
    if minutes is None:
        return _("ingen plan")
    return _("%(hours)s t i uka") % {"hours": formats.number(minutes / 60, 1, page_language())}
