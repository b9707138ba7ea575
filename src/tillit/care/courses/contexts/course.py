"""courses/course.html: one course on one page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.forms import WEEKDAYS
from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.courses.contexts.words import deadline_of, hours, week_text
from tillit.care.courses.models import Course
from tillit.care.courses.permissions import WRITE_COURSE
from tillit.care.courses.queries import SessionLine, services_of, sessions_of
from tillit.care.courses.queries.courses import line_of
from tillit.care.courses.rules.course import AFTER_END, picked
from tillit.care.courses.rules.services import Services
from tillit.care.evaluations.contexts.compared import Compared, compared
from tillit.care.evaluations.models import Tool
from tillit.care.evaluations.permissions import MEASURE
from tillit.care.evaluations.queries import measures_of_citizen
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.ui.parts import (
    Action,
    Column,
    Crumb,
    Crumbs,
    DataTable,
    Deadline,
    Fact,
    Facts,
    Matters,
    TableRow,
    Tag,
)


@dataclass(frozen=True, slots=True)
class ServiceBar:
    """Help in a week at one time: drawn as a bar."""

    name: str
    text: str
    width: str = field(metadata={"help": "Per cent of the longest; empty: not known"})


@dataclass(frozen=True, slots=True)
class CoursePage:
    """courses/course.html."""

    course_id: int
    citizen_id: int
    crumbs: Crumbs
    title: str
    name: str
    when: str
    deadline: Deadline | Tag
    words: Matters
    facts: Facts
    measures: tuple[Compared, ...]
    only_start: str = field(metadata={"help": "What is not measured yet, in words; empty when all is"})
    measure: tuple[Action, ...]
    services: str = field(metadata={"help": "What the bars say, in words"})
    bars: tuple[ServiceBar, ...]
    services_table: DataTable
    week: DataTable | None
    result: str
    end_words: Matters | None
    result_words: str
    change: Action | None
    write_week: Action | None
    end: Action | None
    plan_href: str


def course_page(*, actor: Actor, course: Course, at: datetime) -> CoursePage:
    """Return the page. Callers have come through `get_course`. Raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=course.citizen_id, at=at)
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    line = line_of(course)
    may = holds(actor, WRITE_COURSE, scope) and line.ended_on is None
    last_on = line.ended_on or line.last_on
    found = picked(measures_of_citizen(citizen.pk), starts_on=line.starts_on, last_on=last_on)
    services = services_of(citizen_id=citizen.pk, starts_on=line.starts_on, ended_on=line.ended_on, today=today)
    bars = _bars(services, ended=line.ended_on is not None)
    shown = []
    for start, end in found.values():
        one = start or end
        if one is not None:
            shown.append(compared(one, end if start is not None else None))
    return CoursePage(
        course_id=line.course_id,
        citizen_id=citizen.pk,
        crumbs=Crumbs(
            (Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])), Crumb(_("Hverdagsrehabilitering")))
        ),
        title=_("Hverdagsrehabilitering"),
        name=citizen.name,
        when=week_text(line, today=today),
        deadline=deadline_of(line, today=today),
        words=Matters(text=line.own_words, label=_("Dette vil %(name)s klare igjen") % {"name": citizen.first_name}),
        facts=Facts(
            tuple(
                Fact(term, value)
                for term, value in (
                    (_("Hjemmetrener"), line.trainer_name or _("Ingen ennå")),
                    (_("Terapeut"), line.therapist_name or _("Ingen ennå")),
                    (_("Team"), line.unit_name),
                    (_("Kortere eller lengre enn vanlig"), line.why),
                )
                if value
            ),
            column=True,
        ),
        measures=tuple(shown),
        only_start=_only_start([(start is not None, end is not None) for start, end in found.values()]),
        measure=_measure_ways(citizen.pk, line.course_id)
        if holds(actor, MEASURE, scope) and today <= last_on + AFTER_END
        else (),
        services=_services_text(services),
        bars=bars,
        services_table=DataTable(
            caption=_("Hjelp i uka etter planen"),
            columns=(Column(_("Når")), Column(_("Timer i uka"), right=True)),
            rows=tuple(TableRow((bar.name, bar.text)) for bar in bars),
            in_panel=False,
        ),
        week=_week(sessions_of(line.course_id)),
        result=line.result_name,
        end_words=Matters(text=line.end_words, size="sm") if line.end_words else None,
        result_words=line.result_words,
        change=_action(_("Endre"), "courses:change", line.course_id) if may else None,
        write_week=_action(_("Skriv ukeplanen"), "courses:week", line.course_id) if may else None,
        end=Action(_("Avslutt forløpet"), reverse("courses:end", args=[line.course_id]), variant="primary")
        if may and line.starts_on <= today
        else None,
        plan_href=reverse("careplans:plan_edit", args=[citizen.pk]),
    )


def _action(label: str, name: str, course_id: int) -> Action:
    return Action(label, reverse(name, args=[course_id]), variant="secondary", tight=True)


def _measure_ways(citizen_id: int, course_id: int) -> tuple[Action, ...]:
    return tuple(
        Action(
            _("Mål med %(tool)s") % {"tool": tool.label},
            f"{reverse('evaluations:measure', args=[citizen_id, tool.value])}?kurs={course_id}",
            variant="secondary",
            tight=True,
        )
        for tool in Tool
    )


def _only_start(found: Sequence[tuple[bool, bool]]) -> str:
    if not found:
        return _("Ingenting er målt ennå. Mål ved start, så dere ser endringen.")
    if all(start and end for start, end in found):
        return ""
    if any(start and not end for start, end in found):
        return _("Mål igjen med det samme verktøyet ved slutten, så dere ser endringen.")
    return _("Det er ikke målt ved start. Endringen kan ikke vises i tall.")


def _bars(services: Services, *, ended: bool) -> tuple[ServiceBar, ...]:
    rows: list[tuple[str, Decimal | None]] = [(_("Før forløpet"), services.before)]
    if ended:
        rows.append((_("Da det var slutt"), services.at_end))
    rows.append((_("Nå"), services.now))
    longest = max((minutes for _name, minutes in rows if minutes is not None), default=Decimal(0))
    return tuple(ServiceBar(name, hours(minutes), _width(minutes, longest)) for name, minutes in rows)


def _width(minutes: Decimal | None, longest: Decimal) -> str:
    return "" if minutes is None or not longest else f"{minutes / longest * 100:.1f}%"


def _services_text(services: Services) -> str:
    change = services.change
    if change is None:
        return _("Det kan ikke sammenlignes, for det var ingen plan begge gangene.")
    if change == 0:
        return _("Planen gir like mye hjelp nå som før.")
    words = _("Planen gir %(hours)s mindre nå enn før.") if change < 0 else _("Planen gir %(hours)s mer nå enn før.")
    return words % {"hours": hours(abs(change))}


def _week(sessions: Sequence[SessionLine]) -> DataTable | None:
    if not sessions:
        return None
    days = {int(code): str(name) for code, name in WEEKDAYS}
    return DataTable(
        caption=_("Ukeplanen"),
        columns=(Column(_("Dag")), Column(_("Hva")), Column(_("Sammen med"))),
        rows=tuple(TableRow((days[one.weekday], one.what, one.who_name)) for one in sessions),
    )
