"""minside/day.html: who comes, today and the coming days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.models import PartOfDay
from tillit.care.consents.permissions import CANCEL_VISIT, OPEN_PAGE, SAY_WHAT_SHE_THINKS, SEE_VISITS
from tillit.care.consents.queries import Door, open_door
from tillit.care.evaluations.queries import asked_now
from tillit.care.visits.models import VisitState
from tillit.care.visits.queries import VisitRow, visits_of_citizen
from tillit.care.visits.rules.saying_no import Said, may_say_no
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.queries import Mark, marks
from tillit.kernel import oslo
from tillit.pages.minside.contexts.frame import Frame, frame
from tillit.pages.minside.contexts.written import WrittenPart, answers_to
from tillit.pages.minside.rules import window
from tillit.ui import formats
from tillit.ui.language import page_language

#: Today and the six days after it: what the lists are made for.
DAYS = 7
#: How long an answer from the team stands here too.
ANSWERS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Coming:
    """One visit, as it is promised. No minute, no family name, no picture."""

    when: str = field(metadata={"help": "«Mellom kl. 08.00 og 09.00», or the part of the day"})
    who: str = field(metadata={"help": "First names with what they are; empty: it is not said yet"})
    what: str = field(metadata={"help": "For the citizen herself; empty to those she lets in"})
    state: str = field(metadata={"help": "«Avlyst», «Har vært her»; empty while it is to come"})
    cancel_href: str = field(metadata={"help": "Empty: cannot be cancelled here"})


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day with its visits."""

    id: str
    title: str
    visits: tuple[Coming, ...]
    some_unknown: bool = field(metadata={"help": "It is not said who comes to a visit that is to come"})
    all_unknown: bool


@dataclass(frozen=True, slots=True)
class DayPage:
    """minside/day.html."""

    frame: Frame
    title: str
    asked: tuple[tuple[str, str], ...] = field(metadata={"help": "Questions after an evaluation: goal and address"})
    answers: tuple[WrittenPart, ...] = field(metadata={"help": "What the team answered in the last days"})
    sees_visits: bool
    near: tuple[ComingDay, ...] = field(metadata={"help": "Today, also without visits, and tomorrow"})
    later: tuple[ComingDay, ...] = field(metadata={"help": "The rest of the days, folded"})


def day_page(*, actor: Actor, citizen_id: int, at: datetime) -> DayPage:
    """Return who comes, in a number of queries that does not grow with the visits. Raises NotFound."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=OPEN_PAGE, at=at)
    today = oslo.day_of(at)
    sees = door.opens(SEE_VISITS)
    found = visits_of_citizen(citizen_id, first=today, after=today + timedelta(days=DAYS)) if sees else []
    rows = sorted(found, key=lambda row: row.on)  # a night belongs to the day it begins
    people = marks(employee_ids={pk for row in rows for pk in row.helper_ids}) if rows else {}
    days = {
        day: tuple(_coming(row, people, door, at) for row in of_day)
        for day, of_day in groupby(rows, key=lambda row: row.on)
    }
    near = today + timedelta(days=1)
    return DayPage(
        frame=frame(door, "page", at=at),
        title=_title(door),
        asked=_asked(door, at),
        answers=answers_to(door, actor, since=at - ANSWERS, at=at),
        sees_visits=sees,
        near=tuple(_day(day, days.get(day, ()), today) for day in (today, near) if day == today or day in days),
        later=tuple(_day(day, visits, today) for day, visits in days.items() if day > near),
    )


def _day(day: date, visits: tuple[Coming, ...], today: date) -> ComingDay:
    unknown = [one for one in visits if not one.who and not one.state]
    return ComingDay(
        id=day.isoformat(),
        title=day_title(day, today=today),
        visits=visits,
        some_unknown=bool(unknown),
        all_unknown=len(unknown) == len(visits),
    )


def day_title(day: date, *, today: date) -> str:
    """«I dag, mandag 23. november»; further off only the day and the date."""
    written = formats.long_date(day, page_language())
    if abs((day - today).days) > 1:
        return _capital(written)
    return f"{_capital(formats.near_date(day, today=today, language=page_language()))}, {written}"


def _asked(door: Door, at: datetime) -> tuple[tuple[str, str], ...]:
    if not door.opens(SAY_WHAT_SHE_THINKS):
        return ()
    return tuple(
        (one.goal_words, reverse("minside:think", args=[door.citizen.pk, one.asked_id]))
        for one in asked_now(door.citizen.pk, on=oslo.day_of(at))
    )


def _title(door: Door) -> str:
    name = door.citizen.first_name
    return _("Hei, %(name)s") % {"name": name} if door.is_own else _("Hos %(name)s") % {"name": name}


def _coming(row: VisitRow, people: Mapping[int, Mark], door: Door, at: datetime) -> Coming:
    is_to_come = row.state == VisitState.PLANNED
    may = door.opens(CANCEL_VISIT) and is_to_come and answer_to(row, at=at) is Said.YES
    return Coming(
        when=when_text(row),
        who=who_text(row, people) if row.state != VisitState.CANCELLED else "",
        what=row.title if door.is_own and row.title != str(PartOfDay(row.part_of_day).label) else "",
        state="" if is_to_come else _("Har vært her") if row.state == VisitState.DONE else _("Avlyst"),
        cancel_href=reverse("minside:cancel", args=[row.citizen_id, row.visit_id]) if may else "",
    )


def answer_to(row: VisitRow, *, at: datetime) -> Said:
    """Return whether the visit can be cancelled on the page now, or why not."""
    return may_say_no(
        opens_at=window(row.starts_at).opens_at if row.starts_at else row.earliest_at, priority=row.priority, at=at
    )


def when_text(row: VisitRow) -> str:
    """Say when somebody comes: the window around the agreed start, else the part of the day."""
    if row.starts_at is None:
        return str(PartOfDay(row.part_of_day).label)
    found = window(row.starts_at)
    return _("Mellom kl. %(from)s og %(to)s") % {
        "from": formats.clock(found.opens_at, page_language()),
        "to": formats.clock(found.closes_at, page_language()),
    }


def who_text(row: VisitRow, people: Mapping[int, Mark]) -> str:
    """Say who comes by first name and what they are; nobody's family name."""
    known = [people[pk] for pk in row.helper_ids if pk in people]
    named = [
        _("%(name)s, %(profession)s") % {"name": one.given_name, "profession": one.profession_name.lower()}
        for one in known
    ]
    return _(" og ").join(named)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
