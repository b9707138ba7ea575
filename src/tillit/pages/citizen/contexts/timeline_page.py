"""citizen/timeline.html: all that happened with one citizen, newest first, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.permissions import READ_PLAN
from tillit.care.careplans.queries import goals_over_time, plans_of
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import get_citizen, last_scope_of, life_of
from tillit.care.courses.permissions import READ_COURSES
from tillit.care.courses.queries import courses_of_citizen
from tillit.care.decisions.queries import cases_over_time
from tillit.care.evaluations.permissions import READ_EVALUATIONS
from tillit.care.evaluations.queries import evaluations_of_citizen, measures_of_citizen
from tillit.care.journal.permissions import READ_JOURNAL
from tillit.care.journal.queries import notes_before
from tillit.care.needs.queries import list_conversations
from tillit.care.observations.permissions import READ_OBSERVATIONS
from tillit.care.observations.queries import watches_of
from tillit.care.visits.queries import follow_ups_before
from tillit.foundation.access.actor import Actor, Scope
from tillit.kernel import oslo
from tillit.pages.citizen.contexts.happened import around, health, plans
from tillit.pages.citizen.contexts.reads import reads
from tillit.pages.citizen.contexts.words import joined
from tillit.pages.citizen.rules.timeline import Happening, Kind, Stream, page_of
from tillit.teamwork.deviations.permissions import ANSWER_DEVIATION, REPORT_DEVIATION
from tillit.teamwork.deviations.queries import about_citizen
from tillit.ui import formats
from tillit.ui.format_words import words
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList, TabLink, Tabs, Tag

MOST = 40
"""About so many lines on a page."""
_ASKED = MOST + 1
_MOMENT = datetime.resolution


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and what happened then, newest first."""

    title: str
    iso: str
    rows: RowList


@dataclass(frozen=True, slots=True)
class Month:
    """A month of which something is told."""

    id: str
    title: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """citizen/timeline.html."""

    crumbs: Crumbs
    name: str
    kinds: Tabs = field(metadata={"help": "All, or one kind alone: links"})
    months: tuple[Month, ...]
    nothing: str = field(metadata={"help": "What is said when there is nothing"})
    older_href: str = field(metadata={"help": "Empty: this is the beginning"})
    newest_href: str = field(metadata={"help": "Empty: this is the newest page"})
    page_href: str


def timeline_page(
    *, actor: Actor, citizen_id: int, kind: Kind | None, before: datetime | None, at: datetime
) -> TimelinePage:
    """Return a page of what happened, in a number of queries that does not grow. Raises NotFound out of reach.

    kind: that kind alone. before: only what is strictly older (aware UTC); without it the newest.
    """
    today = oslo.day_of(at)
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    until = min(before, at + _MOMENT) if before is not None else at + _MOMENT
    found = page_of(
        _streams(actor, citizen, last_scope_of(citizen.pk, on=today), kind=kind, before=until, at=at),
        before=until,
        most=MOST,
    )
    here = reverse("citizens:timeline", args=[citizen.pk])
    asked = {"slag": kind.value} if kind else {}
    return TimelinePage(
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Tidslinje")),
            )
        ),
        name=citizen.name,
        kinds=_kinds(here, kind),
        months=_months(found.rows, today=today),
        nothing=_("Ingenting eldre enn dette.") if before else _("Her står ingenting ennå."),
        older_href=f"{here}?{urlencode({**asked, 'eldre': _text(found.older_than)})}" if found.older_than else "",
        newest_href=(f"{here}?{urlencode(asked)}" if asked else here) if before else "",
        page_href=reverse("citizens:page", args=[citizen.pk]),
    )


def kind_names() -> dict[Kind, str]:
    """Return the kinds as the reader chooses among them."""
    return {
        Kind.TALK: _("Samtaler"),
        Kind.CASE: _("Vedtak"),
        Kind.PLAN: _("Plan og mål"),
        Kind.HEALTH: _("Endringer"),
        Kind.STAY: _("Opphold"),
        Kind.PEOPLE: _("Ansvarlige"),
        Kind.NOTE: _("Notater"),
        Kind.DEVIATION: _("Avvik"),
    }


def moment_of(text: str) -> datetime | None:
    """Return the moment an address names; None when it names none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _streams(
    actor: Actor, citizen: Citizen, scope: Scope, *, kind: Kind | None, before: datetime, at: datetime
) -> list[Stream]:
    """What each room knows. A part the reader does not read is not asked for; a kind she left out neither."""
    pk, today = citizen.pk, oslo.day_of(at)
    whole: list[Happening] = []
    cut: list[Stream] = []

    def wants(one: Kind) -> bool:
        return kind in (None, one)

    if wants(Kind.CASE):
        whole += around.cases(cases_over_time(actor=actor, citizen_id=pk, on=today))
    if wants(Kind.STAY) or wants(Kind.PEOPLE):
        life = life_of(citizen, on=today)
        whole += around.stays(life, now=at) if wants(Kind.STAY) else []
        whole += around.people(life) if wants(Kind.PEOPLE) else []
    if wants(Kind.PLAN):
        whole += _of_the_plan(actor, pk, scope)
    if reads(actor, READ_JOURNAL, scope):
        if wants(Kind.TALK):
            whole += plans.conversations(list_conversations(pk))
        if wants(Kind.NOTE):
            notes, read_to = notes_before(pk, before=before, most=_ASKED)
            cut.append(Stream(health.notes(notes), read_to))
        if wants(Kind.HEALTH):
            told = follow_ups_before(pk, before=before, most=_ASKED)
            cut.append(Stream(health.changes(told), _read_to(line.told_at for line in told)))
    if wants(Kind.HEALTH) and reads(actor, READ_OBSERVATIONS, scope):
        seen = watches_of(pk, before=before, most=_ASKED)
        cut.append(Stream(health.watches(seen), _read_to(line.opened_at for line in seen)))
    answers = reads(actor, ANSWER_DEVIATION, scope)
    if wants(Kind.DEVIATION) and (answers or reads(actor, REPORT_DEVIATION, scope)):
        wrong = about_citizen(actor=actor, citizen_id=pk, before=before, most=_ASKED)
        cut.append(Stream(health.deviations(wrong, answers=answers), _read_to(line.reported_at for line in wrong)))
    return [Stream(whole), *cut]


def _of_the_plan(actor: Actor, citizen_id: int, scope: Scope) -> list[Happening]:
    found: list[Happening] = []
    evaluated = evaluations_of_citizen(citizen_id) if reads(actor, READ_EVALUATIONS, scope) else []
    if reads(actor, READ_PLAN, scope):
        found += plans.plans(plans_of(citizen_id).lines)
        found += plans.goals(goals_over_time(citizen_id), evaluated)
    if reads(actor, READ_EVALUATIONS, scope):
        found += plans.evaluations(evaluated, citizen_id=citizen_id)
        found += plans.measures(measures_of_citizen(citizen_id), citizen_id=citizen_id)
    if reads(actor, READ_COURSES, scope):
        found += plans.courses(courses_of_citizen(citizen_id))
    return found


def _read_to(moments: Iterable[datetime]) -> datetime | None:
    """The oldest moment of a stream that was not read to its end."""
    found = list(moments)
    return min(found) if len(found) == _ASKED else None


def _kinds(here: str, kind: Kind | None) -> Tabs:
    one_each = (
        TabLink(label, f"{here}?{urlencode({'slag': one.value})}", current=kind is one)
        for one, label in kind_names().items()
    )
    return Tabs(label=_("Vis"), tabs=(TabLink(_("Alt"), here, current=kind is None), *one_each))


def _months(rows: tuple[Happening, ...], *, today: date) -> tuple[Month, ...]:
    months = []
    for (year, month), in_month in groupby(rows, key=_year_and_month):
        days = tuple(
            _day(day, list(on_day), today=today)
            for day, on_day in groupby(in_month, key=lambda row: oslo.day_of(row.at))
        )
        name = words(page_language()).months[month - 1].capitalize()
        months.append(Month(id=f"m{year}-{month:02}", title=f"{name} {year}", days=days))
    return tuple(months)


def _year_and_month(row: Happening) -> tuple[int, int]:
    day = oslo.day_of(row.at)
    return day.year, day.month


def _day(day: date, rows: list[Happening], *, today: date) -> Day:
    language = page_language()
    spelled = f"{formats.weekday(day, language)} {formats.day_and_month(day, language)}"
    near = {0: _("I dag"), 1: _("I går")}.get((today - day).days, "")
    return Day(
        title=near or spelled[:1].upper() + spelled[1:],
        iso=day.isoformat(),
        rows=RowList(tuple(row_of(row) for row in rows), ordered=True, look="timeline"),
    )


def row_of(row: Happening, *, when: str | None = None) -> ListRow:
    """Return one thing that happened as it is drawn. when: else the time of day, where it is known."""
    is_day = row.of_day or oslo.clock_of(row.at) == time(0)  # taken in from elsewhere with a day alone
    clock = "" if is_day else _("kl. %(clock)s") % {"clock": formats.clock(row.at, page_language())}
    return ListRow(
        title=row.title,
        more=row.more,
        note=joined([clock if when is None else when, row.who]),
        icon=row.icon,
        href=row.href,
        end=Tag(_("Åpen"), "warning") if row.is_open else "",
    )
