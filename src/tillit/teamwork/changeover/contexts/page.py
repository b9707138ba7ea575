"""changeover/board.html: what the shift must know, one citizen after the other, and who has read it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.care.notices.contexts.words import whose_text
from tillit.care.notices.queries import open_notices
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.teamwork.changeover import queries
from tillit.teamwork.changeover.contexts.told import items_of
from tillit.teamwork.changeover.permissions import READ_BOARD, WRITE_LINE
from tillit.teamwork.changeover.rules.board import Item, Weight, by_citizen
from tillit.teamwork.changeover.rules.shifts import ShiftOf, since_last_here, told_since
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import HelperMark, ListRow, RowList

#: In the address: since one was here last oneself.
SINCE_ME = "meg"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing about a citizen."""

    text: str
    words: str
    note: str = field(metadata={"help": "Who said it, and when"})
    icon: str
    href: str
    loud: bool


@dataclass(frozen=True, slots=True)
class AboutCitizen:
    """What is told of one citizen."""

    name: str
    href: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line somebody wrote to the shift."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Who has read it, and who of those at work has not."""

    title: str
    read: tuple[HelperMark, ...]
    read_text: str
    missing: tuple[HelperMark, ...]
    missing_text: str


@dataclass(frozen=True, slots=True)
class ChangeoverPage:
    """changeover/board.html."""

    unit_id: int
    on: date
    shift_kind: str
    title: str
    unit_name: str
    lead: str
    citizens: tuple[AboutCitizen, ...]
    notices: RowList | None
    lines: tuple[Line, ...]
    readers: Readers
    read_href: str = field(metadata={"help": "Receives POST; empty: she has read it"})
    read_note: str = field(metadata={"help": "When she read it; empty: not yet"})
    line_href: str = field(metadata={"help": "Receives POST; empty: she may not"})
    since_href: str
    since_text: str
    previous_href: str
    next_href: str


def unit_of(*, actor: Actor, unit_id: int) -> Unit:
    """Return the unit if the actor reaches it and may read its board. Raises NotFound, NotAllowed."""
    unit = organisation.get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_BOARD, organisation.scope_of(unit))
    return unit


def changeover_page(*, actor: Actor, unit: Unit, shift: ShiftOf, since_me: bool, now: datetime) -> ChangeoverPage:
    """Return the board of a shift in a unit the actor has come to by `unit_of`; a constant number of queries."""
    today = oslo.day_of(now)
    last = (
        queries.last_here(actor.employee_id, unit_id=unit.pk, before=shift.starts_at)
        if since_me and actor.employee_id
        else None
    )
    since = since_last_here(shift, last) if since_me else told_since(shift)
    until = min(now, shift.ends_at)
    ids = citizens.citizen_ids_of_unit(unit.pk, min(shift.on, today))
    items = items_of(ids, since=since, until=until)
    briefs = citizens.briefs({item.citizen_id for item in items}, on=today)
    told = by_citizen(items, names={pk: brief.sort_name for pk, brief in briefs.items()})
    at_work = workforce.at_work(unit_id=unit.pk, on=shift.on, kind=shift.kind)
    read = queries.readers_of(unit.pk, shift)
    here = reverse("changeover:board", args=[unit.pk, shift.on, shift.kind])
    mine = read.get(actor.employee_id or 0)
    return ChangeoverPage(
        unit_id=unit.pk,
        on=shift.on,
        shift_kind=shift.kind,
        title=shift_words(shift),
        unit_name=unit.name,
        lead=_lead(len(told), since=since, today=today) if since < now else _("Vakta før har ikke begynt ennå."),
        citizens=tuple(
            AboutCitizen(
                name=briefs[citizen_id].name,
                href=reverse("citizens:page", args=[citizen_id]),
                told=tuple(_told(item, today=today) for item in found),
            )
            for citizen_id, found in told
            if citizen_id in briefs
        ),
        notices=_notices(actor, unit, now=now),
        lines=tuple(
            Line(line.text, f"{line.who} · {_near(line.at, today=today)}") for line in queries.lines_of(unit.pk, shift)
        ),
        readers=_readers(at_work, read, unit),
        read_href=reverse("changeover:read", args=[unit.pk, shift.on, shift.kind])
        if mine is None and actor.employee_id and since < now
        else "",
        read_note=_("Du leste dette %(when)s.") % {"when": _near(mine, today=today)} if mine else "",
        line_href=reverse("changeover:write", args=[unit.pk, shift.on, shift.kind])
        if holds(actor, WRITE_LINE, organisation.scope_of(unit))
        else "",
        since_href=here if since_me else f"{here}?siden={SINCE_ME}",
        since_text=_("Bare siden forrige vakt") if since_me else _("Siden du var på jobb sist"),
        previous_href=reverse("changeover:board", args=[unit.pk, shift.before.on, shift.before.kind]),
        next_href=reverse("changeover:board", args=[unit.pk, shift.next.on, shift.next.kind])
        if shift.starts_at <= now
        else "",
    )


def shift_words(shift: ShiftOf) -> str:
    """«Vaktskifte til kvelden, mandag 23. november»."""
    day = formats.long_date(shift.on, page_language())
    return {
        "DAY": _("Vaktskifte til dagen, %(day)s"),
        "EVENING": _("Vaktskifte til kvelden, %(day)s"),
        "NIGHT": _("Vaktskifte til natta, %(day)s"),
    }[shift.kind] % {"day": day}


def _lead(count: int, *, since: datetime, today: date) -> str:
    when = _near(since, today=today)
    if not count:
        return _("Ingenting er nytt siden %(when)s.") % {"when": when}
    return ngettext(
        "%(count)d bruker har noe nytt siden %(when)s.", "%(count)d brukere har noe nytt siden %(when)s.", count
    ) % {"count": count, "when": when}


def _near(moment: datetime, *, today: date) -> str:
    return formats.near_moment(moment, today=today, language=page_language())


def _told(item: Item, *, today: date) -> Told:
    return Told(
        text=item.text,
        words=item.words,
        note=" · ".join(part for part in (item.who, _near(item.at, today=today)) if part),
        icon=item.icon,
        href=item.href,
        loud=item.weight <= Weight.TODAY,
    )


def _notices(actor: Actor, unit: Unit, *, now: datetime) -> RowList | None:
    rows = tuple(
        ListRow(
            title=line.citizen_name or _("Om noe i teamet"),
            more=line.text,
            note=whose_text(line, employee_id=actor.employee_id),
            href=reverse("notices:show", args=[line.notice_id]),
            icon="ExclamationmarkTriangle" if line.whose.is_unowned else "Chat",
            end=formats.deadline_at(line.due_at, now=now, language=page_language()),
        )
        for line in open_notices(unit_ids=(unit.pk,), at=now)
    )
    return RowList(rows) if rows else None


def _readers(at_work: list[workforce.AtWork], read: dict[int, datetime], unit: Unit) -> Readers:
    here = {one.employee_id: one for one in at_work if not one.is_absent}
    marks = {
        pk: HelperMark(one.initials, one.name, colour=one.colour, kind="temp" if one.is_temp else "")
        for pk, one in here.items()
    }
    for pk, one in workforce.marks(employee_ids=read.keys() - marks.keys(), unit_id=unit.pk).items():
        marks[pk] = HelperMark(one.initials, one.name, colour=one.colour, kind="temp" if one.is_temp else "")
    done = [marks[pk] for pk in read if pk in marks]
    missing = [marks[pk] for pk in here if pk not in read]
    return Readers(
        title=_("Lest av %(read)d av %(all)d på vakt") % {"read": len(here.keys() & read.keys()), "all": len(here)}
        if here
        else _("Hvem har lest"),
        read=tuple(done),
        read_text=", ".join(mark.name for mark in done),
        missing=tuple(missing),
        missing_text=", ".join(mark.name for mark in missing),
    )
