"""The queue of cases (R23): whose, how far, the most urgent first."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.decisions import queries
from tillit.care.decisions.contexts.words import DUTY_WORDS, deadline, state_tag
from tillit.care.decisions.permissions import REGISTER_CASE
from tillit.care.decisions.queries.queue import PAGE_SIZE, Phase, Queue, QueueRow, Whose, may_work, units_with_cases
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline, Pagination, TabLink, Tabs, Tag
from tillit.ui.parts.tables import PageLink


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a filter."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list."""

    href: str
    name: str
    services: str
    who: str = field(metadata={"help": "The number, and who has it where that is not plain from the queue"})
    state: Tag
    duty: str = field(metadata={"help": "What must happen by the deadline; empty without one"})
    deadline: Deadline | None
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """decisions/queue.html."""

    lead: str
    tabs: Tabs
    phases: tuple[Option, ...]
    units: tuple[Option, ...] = field(metadata={"help": "Empty when there is only one"})
    whose: str
    lines: tuple[CaseLine, ...]
    nothing: str
    nothing_note: str
    pages: Pagination | None
    new_href: str = field(metadata={"help": "Empty: she may not receive cases"})


_PHASES = (Phase.WAITING, Phase.BEFORE_DECISION, Phase.DECIDED, Phase.RUNNING, Phase.CLOSED)


def queue_page(
    *, actor: Actor, on: date, whose: Whose | None, phase: Phase, unit_id: int | None, page: int
) -> QueuePage:
    """Return a page of a queue. whose None: her own when she has any that wait, else her unit's."""
    asked = whose or (Whose.MINE if may_work(actor) else Whose.OURS)
    found = queries.list_queue(actor=actor, on=on, whose=asked, phase=phase, unit_id=unit_id, page=page)
    if whose is None and asked is Whose.MINE and not found.total:
        asked = Whose.OFFERED if found.counts[Whose.OFFERED] else Whose.OURS
        found = queries.list_queue(actor=actor, on=on, whose=asked, phase=phase, unit_id=unit_id, page=page)
    units = units_with_cases(actor, on=on)
    kept = {"fase": phase.value.lower()} if phase is not Phase.WAITING else {}
    if unit_id is not None:
        kept["enhet"] = str(unit_id)
    return QueuePage(
        lead=_lead(found, phase),
        tabs=_tabs(actor, asked, found.counts, kept),
        phases=tuple(Option(each.value.lower(), _phase_words(each), each is phase) for each in _PHASES),
        units=tuple(Option(str(pk), name, pk == unit_id) for pk, name in units) if len(units) > 1 else (),
        whose=asked.value.lower(),
        lines=tuple(_line(row, on=on, whose=asked, units=len(units)) for row in found.rows),
        nothing=_nothing(asked, phase),
        nothing_note=_nothing_note(asked),
        pages=_pages(found.total, page, {"ko": asked.value.lower(), **kept}),
        new_href=reverse("decisions:new") if holds_anywhere(actor, REGISTER_CASE) else "",
    )


def _line(row: QueueRow, *, on: date, whose: Whose, units: int) -> CaseLine:
    tags: list[Tag] = []
    if row.is_urgent:
        tags.append(Tag(_("Hjelpen er i gang"), "warning", "Bell"))
    if row.moves_on:
        day = formats.near_date(row.moves_on, today=on, language=page_language())
        said = _("Flytter hit %(day)s") if row.moves_on > on else _("Flyttet hit %(day)s")
        tags.append(Tag(said % {"day": day}, "info", "House"))
    if row.offered_to:
        tags.append(Tag(_("Venter på svar fra %(unit)s") % {"unit": row.offered_to}, "neutral", "ArrowForward"))
    who = [] if whose is Whose.MINE else [row.worker_name or _("Ingen saksbehandler ennå")]
    if units > 1 or whose in (Whose.OTHERS, Whose.OFFERED):
        who.append(row.unit_name)
    return CaseLine(
        href=reverse("decisions:case", args=[row.case_id]),
        name=row.citizen_name,
        services=", ".join(row.services) or _("Ikke sagt hvilken hjelp"),
        who=" · ".join([_("Sak %(number)s") % {"number": row.number}, *who]),
        state=state_tag(row.state),
        duty=str(DUTY_WORDS[row.due.duty]) if row.due else "",
        deadline=deadline(row.due, on=on) if row.due else None,
        tags=tuple(tags),
    )


def _lead(found: Queue, phase: Phase) -> str:
    total, late, again = found.total, found.late, found.again
    if not total:
        return ""
    if phase is not Phase.WAITING:
        return ngettext("%(number)s sak.", "%(number)s saker.", total) % {"number": total}
    said = ngettext("%(number)s sak venter.", "%(number)s saker venter.", total) % {"number": total}
    if again and again < total:
        said = _("%(number)s i arbeid, %(again)s skal ses på igjen.") % {
            "number": total - again,
            "again": again,
        }
    if late:
        over = ngettext("%(number)s er over fristen.", "%(number)s er over fristen.", late) % {"number": late}
        return f"{over} {said}"
    return _("Ingen er over fristen. %(said)s") % {"said": said}


def _tabs(actor: Actor, current: Whose, counts: dict[Whose, int], kept: dict[str, str]) -> Tabs:
    labels = {
        Whose.MINE: _("Mine"),
        Whose.OURS: _("Hos oss"),
        Whose.OFFERED: _("Tilbudt oss"),
        Whose.OTHERS: _("Hos andre"),
    }
    hers = (Whose.MINE, Whose.OFFERED)  # only those who work with cases have any, and can answer an offer
    shown = [each for each in Whose if each not in hers or each is current or may_work(actor)]
    return Tabs(
        _("Hvem sine saker"),
        tuple(
            TabLink(
                labels[each],
                f"{reverse('decisions:queue')}?{urlencode({'ko': each.value.lower(), **kept})}",
                current=each is current,
                count=counts.get(each, 0),
            )
            for each in shown
        ),
    )


def _phase_words(phase: Phase) -> str:
    return {
        Phase.WAITING: _("Alt som venter"),
        Phase.BEFORE_DECISION: _("Før vedtak"),
        Phase.DECIDED: _("Vedtatt, ikke i gang"),
        Phase.RUNNING: _("Hjelpen er i gang"),
        Phase.CLOSED: _("Avsluttet"),
    }[phase]


def _nothing(whose: Whose, phase: Phase) -> str:
    if phase is not Phase.WAITING:
        return _("Ingen saker her")
    return {
        Whose.MINE: _("Ingen saker venter på deg"),
        Whose.OURS: _("Ingen saker venter hos dere"),
        Whose.OFFERED: _("Ingen har tilbudt dere en sak"),
        Whose.OTHERS: _("Ingen saker for brukerne deres ligger hos andre"),
    }[whose]


def _nothing_note(whose: Whose) -> str:
    return {
        Whose.MINE: _("Saker du blir saksbehandler for, kommer hit. Det som haster mest, står øverst."),
        Whose.OURS: _("Nye søknader kommer hit når modellen gir dem til dere."),
        Whose.OFFERED: _("Når noen vil at dere tar over en sak, står den her til dere svarer."),
        Whose.OTHERS: _("Søker en av brukerne om noe andre avgjør, kan du følge saken her."),
    }[whose]


def _pages(total: int, page: int, kept: dict[str, str]) -> Pagination | None:
    last = max(1, -(-total // PAGE_SIZE))
    if last == 1:
        return None

    def href(number: int) -> str:
        return f"{reverse('decisions:queue')}?{urlencode({**kept, 'side': str(number)})}"

    first = (page - 1) * PAGE_SIZE + 1
    return Pagination(
        summary=_("Viser %(first)s–%(last)s av %(total)s saker")
        % {"first": first, "last": min(total, page * PAGE_SIZE), "total": total},
        pages=tuple(PageLink(str(number), href(number), number == page) for number in range(1, last + 1)),
        previous_href=href(page - 1) if page > 1 else "",
        next_href=href(page + 1) if page < last else "",
    )
