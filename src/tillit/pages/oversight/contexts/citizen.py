"""oversight/citizen.html: who has looked at a citizen's data, to be read by her."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.citizens.queries.lookups import Seen, SeenDay, earliest, log_begins, lookups_of
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import SHOW_LOOKUPS, require
from tillit.kernel import oslo
from tillit.pages.oversight.contexts.words import listed
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs

DAYS = 14
"""Days on one page."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on one day."""

    name: str
    who: str = field(metadata={"help": "Role and unit"})
    when: str
    read: str
    changed: str
    why: str


@dataclass(frozen=True, slots=True)
class DayPart:
    """A day on which somebody opened something."""

    day: date
    title: str
    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """Somebody who only saw the name in lists, and the days."""

    name: str
    days: str


@dataclass(frozen=True, slots=True)
class CitizenLookupsPage:
    """oversight/citizen.html."""

    crumbs: Crumbs
    name: str
    title: str
    lead: str
    days: tuple[DayPart, ...]
    in_lists: tuple[ListLine, ...]
    in_lists_title: str
    system: str = field(metadata={"help": "What the system did itself; empty: nothing"})
    older_href: str = field(metadata={"help": "Empty: the log begins here"})
    newer_href: str


def citizen_page(*, actor: Actor, citizen_id: int, until: date | None, at: datetime) -> CitizenLookupsPage:
    """Return fourteen days of a citizen's log, ending with `until` (today without). Raises NotFound, NotAllowed."""
    today = oslo.day_of(at)
    last = min(until or today, today)
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    require(actor, SHOW_LOOKUPS, scope_of(citizen_id, on=today))
    period = earliest(last, DAYS)
    days = lookups_of(citizen_id, period)
    begins = log_begins(citizen_id)
    first = oslo.day_of(period.start)
    lists = _in_lists(days)
    return CitizenLookupsPage(
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen_id])),
                Crumb(_("Hvem har sett")),
            )
        ),
        name=citizen.name,
        title=_("Hvem har sett i journalen"),
        lead=_lead(len({one.name for day in days for one in day.opened}), first, last),
        days=tuple(
            DayPart(day.day, _capital(formats.long_date(day.day, page_language())), tuple(map(_person, day.opened)))
            for day in days
            if day.opened
        ),
        in_lists=lists,
        in_lists_title=ngettext(
            "%(count)d person så navnet ditt i lister, uten å åpne journalen",
            "%(count)d personer så navnet ditt i lister, uten å åpne journalen",
            len(lists),
        )
        % {"count": len(lists)},
        system=_system(days),
        older_href=_href(citizen_id, first - timedelta(days=1)) if begins and begins < first else "",
        newer_href=_href(citizen_id, min(last + timedelta(days=DAYS), today)) if last < today else "",
    )


def _href(citizen_id: int, until: date) -> str:
    return f"{reverse('oversight:citizen', args=[citizen_id])}?til={until.isoformat()}"


def _lead(people: int, first: date, last: date) -> str:
    span = {
        "first": formats.day_and_month(first, page_language()),
        "last": formats.day_and_month(last, page_language()),
    }
    if not people:
        return _("I dagene %(first)s–%(last)s har ingen åpnet journalen din.") % span
    text = ngettext(
        "I dagene %(first)s–%(last)s har %(people)d person åpnet noe i journalen din.",
        "I dagene %(first)s–%(last)s har %(people)d personer åpnet noe i journalen din.",
        people,
    )
    return text % {**span, "people": people}


def _in_lists(days: Sequence[SeenDay]) -> tuple[ListLine, ...]:
    """Return those who never opened anything these days, only saw her name among others'."""
    opened = {_with_unit(one) for day in days for one in day.opened}
    found: dict[str, list[str]] = {}
    for day in reversed(days):
        for one in day.in_lists:
            if (name := _with_unit(one)) not in opened:
                found.setdefault(name, []).append(formats.day_and_month(day.day, page_language()))
    return tuple(ListLine(name, ", ".join(found[name])) for name in sorted(found))


def _system(days: Sequence[SeenDay]) -> str:
    done = dict.fromkeys(
        text for day in days for one in day.system for text in (*one.changed, *one.read, *one.in_lists)
    )
    return _("Systemet arbeidet også selv med: %(what)s.") % {"what": listed(done)} if done else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_unit(one: Seen) -> str:
    return ", ".join((one.name, *one.units))


def _person(one: Seen) -> PersonLine:
    first, last = formats.clock(one.first_at, page_language()), formats.clock(one.last_at, page_language())
    return PersonLine(
        name=one.name,
        who=", ".join((*one.roles, *one.units)),
        when=_("kl. %(time)s") % {"time": first} if first == last else f"{first}–{last}",
        read=listed(one.read),
        changed=listed(one.changed),
        why=listed(one.why) or _("Grunnen er ikke registrert"),
    )
