"""teamboard/board.html: the team's day in one view."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.pages.teamboard.contexts.people import PeoplePanel, people_panel
from tillit.pages.teamboard.contexts.today import KINDS, Today, read
from tillit.pages.teamboard.contexts.waiting import MeetingPanel, ask, next_meeting, read_waiting, waiting_rows
from tillit.pages.teamboard.contexts.week import WeekPanel, gauges, week_panel
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.board import uncovered_words
from tillit.ui import formats
from tillit.ui.parts import Gauge, RowList

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class NamedVisit:
    """An uncovered visit in the headline."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The page's answer in words."""

    tone: Literal["", "danger", "success"]
    title: str
    text: str = ""
    visits: tuple[NamedVisit, ...] = ()
    more: str = ""
    primary: str = ""
    primary_href: str = ""
    ask_href: str = field(default="", metadata={"help": "Receives POST: asks for a proposal that changes little"})


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """A team that is just starting: what to do first, each with a link."""

    steps: tuple[tuple[str, str, bool], ...] = field(metadata={"help": "Text, address, done"})


@dataclass(frozen=True, slots=True)
class TeamBoardPage:
    """teamboard/board.html."""

    unit_id: int
    unit_name: str
    title: str
    subtitle: str
    headline: Headline
    people: PeoplePanel
    waiting: RowList
    gauges: tuple[Gauge, ...]
    capacity_note: str
    meeting: MeetingPanel | None
    week: WeekPanel
    wall_href: str
    absence_href: str
    duties_href: str
    shifts_href: str
    first_steps: FirstSteps | None


def _title(today: Today, language: str) -> str:
    """The day; after midnight, while the night shift lasts, the night to which it belongs."""
    calendar_day = oslo.day_of(today.now)
    if calendar_day > today.on:
        return _("Natt til %(day)s") % {"day": formats.long_date(calendar_day, language)}
    return formats.long_date(today.on, language).capitalize()


def board_page(*, actor: Actor, unit: Unit, now: datetime) -> TeamBoardPage:
    """Return the board of a unit the actor reaches."""
    asked = ask(unit_id=unit.pk, on=oslo.day_of(now))
    today = read(unit=unit, now=now, citizen_ids=asked.citizen_ids, also=asked.named)
    waiting = read_waiting(today, asked)
    language = words.language()
    found, note = gauges(today)
    visits = sum(len(today.part_of(today.on, kind)[0].calls) for kind in KINDS)
    return TeamBoardPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        title=_title(today, language),
        subtitle=_("%(week)s · kl. %(time)s · %(citizens)s og %(visits)s i dag")
        % {
            "week": formats.week(today.on, language).capitalize(),
            "time": words.clock(now),
            "citizens": ngettext("%(count)d bruker", "%(count)d brukere", len(today.citizen_ids))
            % {"count": len(today.citizen_ids)},
            "visits": ngettext("%(count)d besøk", "%(count)d besøk", visits) % {"count": visits},
        },
        headline=_headline(actor, today),
        people=people_panel(today, lists_href=_lists(today, today.kind)),
        waiting=waiting_rows(today, waiting),
        gauges=found,
        capacity_note=note,
        meeting=next_meeting(today, waiting),
        week=week_panel(today),
        wall_href=reverse("teamboard:wall", args=(unit.pk,)),
        absence_href=reverse("workforce:report-absence", args=(unit.pk,))
        + "?"
        + urlencode({"tilbake": reverse("teamboard:board", args=(unit.pk,))}),
        duties_href=reverse("responsibility:duties", args=(unit.pk,)),
        shifts_href=_lists(today, today.kind),
        first_steps=_first_steps(today),
    )


def _lists(today: Today, kind: str) -> str:
    return reverse("planning:board", args=(today.unit.pk, today.on, kind))


def _headline(actor: Actor, today: Today) -> Headline:
    """What matters most now: somebody goes without, lists that are not in use, a duty nobody holds, or calm."""
    parts = {kind: today.part_of(today.on, kind) for kind in KINDS}
    may = planning.may_allocate(actor=actor, unit=today.unit, on=today.on)
    for kind in _remaining(today):
        day, head = parts[kind]
        started = head is not None and head.lists_id is not None
        if day.uncovered and started and head is not None and day.rows_of_worker:
            return _missing(today, kind, may=may)
    for kind in _remaining(today):
        day, head = parts[kind]
        if day.calls and (head is None or not head.in_use) and not _carried(today, kind):
            return Headline(
                "",
                _("Arbeidslistene for %(part)s er ikke tatt i bruk") % {"part": _the_part(kind)},
                ngettext("%(count)d besøk skal fordeles.", "%(count)d besøk skal fordeles.", len(day.calls))
                % {"count": len(day.calls)},
                primary=_("Lag listene") if may else _("Se listene"),
                primary_href=_lists(today, kind),
            )
    gaps = [duty for duty in (today.duties[0].duties if today.duties else ()) if duty.is_gap]
    if gaps:
        return Headline(
            "danger",
            ngettext(
                "%(count)d vakt har ingen i dag: %(duty)s",
                "%(count)d vakter har ingen i dag: %(duty)s",
                len(gaps),
            )
            % {"count": len(gaps), "duty": words.joined([duty.name.lower() for duty in gaps])},
            primary=_("Se vaktene"),
            primary_href=reverse("responsibility:duties", args=(today.unit.pk,)),
        )
    if not any(day.calls for day, _head in parts.values()):
        return Headline("", _("Ingen besøk i dag"))
    return Headline("success", _("Alle besøk i dag har noen som drar"))


def _missing(today: Today, kind: str, *, may: bool) -> Headline:
    day, head = today.part_of(today.on, kind)
    uncovered = day.uncovered
    briefs = today.briefs_of({call.citizen_id for call in uncovered[:MOST_NAMED]}, on=today.on)
    away = [worker.name for worker in day.workers if worker.is_absent]
    href = _lists(today, kind)
    named = tuple(
        NamedVisit(
            _("%(who)s kl. %(time)s")
            % {"who": briefs[call.citizen_id].name, "time": words.clock(day.starts_at(call.visit_id))},
            f"{reverse('planning:visit', args=(today.unit.pk, today.on, kind, call.visit_id))}?helper=0",
        )
        for call in uncovered[:MOST_NAMED]
        if call.citizen_id in briefs
    )
    more = len(uncovered) - len(named)
    proposal = planning.newest_proposal(head.lists_id) if head is not None else None
    if proposal is not None and proposal.is_open:
        primary, href = _("Se forslaget"), f"{href}#forslag"
    else:
        primary = _("Fordel selv") if may else _("Se listene")
    return Headline(
        "danger",
        uncovered_words(len(uncovered)),
        ngettext("%(who)s er borte.", "%(who)s er borte.", len(away)) % {"who": words.joined(away)} if away else "",
        visits=named,
        more=ngettext("og %(count)d til", "og %(count)d til", more) % {"count": more} if more > 0 else "",
        primary=primary,
        primary_href=href,
        ask_href=reverse("planning:ask", args=(today.unit.pk, today.on, kind))
        if may and (proposal is None or not proposal.is_open)
        else "",
    )


def _carried(today: Today, kind: str) -> bool:
    """Whether the visits themselves say who goes, without lists here: imported days."""
    day, head = today.part_of(today.on, kind)
    return (head is None or head.lists_id is None) and bool(day.rows) and not day.uncovered


def _remaining(today: Today) -> tuple[str, ...]:
    """The parts of the day that are going on or to come."""
    return KINDS[KINDS.index(today.kind) :]


def _the_part(kind: str) -> str:
    return {"DAY": _("dagen"), "EVENING": _("kvelden"), "NIGHT": _("natta")}[kind]


def _first_steps(today: Today) -> FirstSteps | None:
    """What a new team does first; None once it has people, citizens and visits."""
    has_members = workforce.has_members(unit_id=today.unit.pk, on=oslo.day_of(today.now))
    has_visits = any(day.calls for day, _head in today.days.parts.values())
    if has_members and today.citizen_ids and has_visits:
        return None
    return FirstSteps(
        (
            (_("Legg inn medarbeiderne, eller hent dem fra et regneark"), "/import/", has_members),
            (_("Legg inn brukerne teamet følger"), "/import/", bool(today.citizen_ids)),
            (
                _("Lag tiltaksplaner, så kommer besøkene av seg selv"),
                reverse("citizens:list"),
                has_visits,
            ),
            (
                _("Bestem hvem som har hvilke vakter"),
                reverse("responsibility:duties", args=(today.unit.pk,)),
                any(day.duties for day in today.duties),
            ),
        )
    )
