"""teamboard/board.html: the team's day in one view."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.pages.teamboard.contexts.groups import GroupsPanel, group_lacks, groups_panel, own_visits, shared_now
from tillit.pages.teamboard.contexts.meeting import MeetingPanel, next_meeting
from tillit.pages.teamboard.contexts.people import PeoplePanel, people_panel
from tillit.pages.teamboard.contexts.today import KINDS, Today, read
from tillit.pages.teamboard.contexts.waiting import ask, read_waiting, waiting_rows
from tillit.pages.teamboard.contexts.week import WeekPanel, gauges, week_panel
from tillit.pages.teamboard.rules import enough_to_begin
from tillit.teamwork.changeover.permissions import READ_BOARD
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.board import uncovered_words
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.contexts.strength_line import StrengthLine, line_of
from tillit.ui import formats
from tillit.ui.language import page_language
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
    ask_again: bool = field(default=False, metadata={"help": "There is a proposal, but the lists have changed since"})


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing a new team does first."""

    text: str
    href: str
    done: bool
    note: str = field(default="", metadata={"help": "How far it has come: «1 medarbeider»; empty before it is begun"})


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """A team that is just starting: what to do first, in order."""

    steps: tuple[FirstStep, ...]


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
    groups: GroupsPanel | None = field(metadata={"help": "Work groups beside the team; for one of them, the team"})
    week: WeekPanel
    wall_href: str
    absence_href: str
    changeover_href: str = field(metadata={"help": "Empty: she does not read it"})
    duties_href: str
    shifts_href: str
    first_steps: FirstSteps | None
    strength: StrengthLine | None = field(metadata={"help": "What the lists can take, by the newest answer; or None"})


def board_page(*, actor: Actor, unit: Unit, now: datetime) -> TeamBoardPage:
    """Return the board of a unit the actor reaches."""
    asked = ask(unit_id=unit.pk, on=oslo.day_of(now), at=now)
    today = read(unit=unit, now=now, citizen_ids=asked.citizen_ids, also=asked.named)
    waiting = read_waiting(today, asked)
    language = page_language()
    found, note = gauges(today)
    visits = sum(len(today.part_of(today.on, kind)[0].calls) for kind in _counted(today))
    visits += own_visits(today) if today.kind != "NIGHT" else 0
    where = f"{unit.name} · " if today.days.family.is_group else ""
    return TeamBoardPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        title=today.title(language),
        subtitle=where
        + _("%(week)s · kl. %(time)s · %(citizens)s og %(visits)s %(when)s")
        % {
            "week": formats.week(today.on, language).capitalize(),
            "time": words.clock(now),
            "when": today.when,
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
        groups=groups_panel(actor, today),
        week=week_panel(today),
        wall_href=reverse("teamboard:wall", args=(unit.pk,)),
        absence_href=reverse("workforce:report-absence", args=(unit.pk,))
        + "?"
        + urlencode({"tilbake": reverse("teamboard:board", args=(unit.pk,))}),
        changeover_href=reverse("changeover:current", args=(unit.pk,)) if holds_anywhere(actor, READ_BOARD) else "",
        duties_href=reverse("responsibility:duties", args=(unit.pk,)),
        shifts_href=_lists(today, today.kind),
        first_steps=_first_steps(today),
        strength=_strength(today),
    )


def _lists(today: Today, kind: str) -> str:
    return reverse("planning:board", args=(today.unit.pk, today.on, kind))


def _headline(actor: Actor, today: Today) -> Headline:
    """What matters most now: somebody goes without, lists that are not in use, a duty nobody holds, or calm."""
    if (elsewhere := shared_now(today)) is not None:
        to_team = _("Se tavla til %(team)s") % {"team": today.days.family.team_name}
        return Headline("", elsewhere.title, elsewhere.text, primary=to_team, primary_href=elsewhere.href)
    parts = {kind: today.part_of(today.on, kind) for kind in KINDS}
    may = planning.may_allocate(actor=actor, unit=today.unit, on=today.on)
    if not any(day.workers or day.rows for day, _head in parts.values()):
        return _nobody(today, may=may)
    for kind in _remaining(today):
        day, head = parts[kind]
        started = head is not None and head.lists_id is not None
        if day.uncovered and started and head is not None and (day.rows_of_worker or head.in_use):
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
    if (lacks := group_lacks(today)) is not None:
        return Headline(
            "danger",
            _("%(group)s: %(visits)s") % {"group": lacks.name, "visits": uncovered_words(lacks.uncovered)},
            primary=_("Se listene"),
            primary_href=reverse("planning:board", args=(lacks.unit_id, today.on, lacks.kind)),
        )
    gaps = [duty for duty in (today.duties[0].duties if today.duties else ()) if duty.is_gap]
    if gaps and today.kind != "NIGHT":  # the duties are by day
        return Headline(
            "danger",
            ngettext(
                "%(count)d vakt har ingen %(when)s: %(duty)s",
                "%(count)d vakter har ingen %(when)s: %(duty)s",
                len(gaps),
            )
            % {"count": len(gaps), "when": today.when, "duty": words.joined([duty.name.lower() for duty in gaps])},
            primary=_("Se vaktene"),
            primary_href=reverse("responsibility:duties", args=(today.unit.pk,)),
        )
    if not any(parts[kind][0].calls for kind in _counted(today)):
        return Headline("", _("Ingen besøk %(when)s") % {"when": today.when})
    return Headline("success", _("Alle besøk %(when)s har noen som drar") % {"when": today.when})


def _nobody(today: Today, *, may: bool) -> Headline:
    """Nobody has a shift today: the lists one can make are those of the next day somebody works."""
    coming = [(on, kind, day) for (on, kind), (day, _head) in today.days.parts.items() if on > today.on and day.workers]
    if not coming:
        return Headline(
            "",
            _("Ingen har vakt de neste dagene"),
            _("Legg inn vaktene, så kan dere lage arbeidslister."),
            primary=_("Legg inn vakter"),
            primary_href=reverse("workforce:shifts", args=(today.unit.pk,)),
        )
    on, kind, day = min(coming, key=lambda each: (each[0], KINDS.index(each[1])))
    when = formats.near_date(on, today=oslo.day_of(today.now), language=page_language(), weekdays=True)
    return Headline(
        "",
        _("Ingen har vakt %(when)s") % {"when": today.when},
        ngettext(
            "De neste vaktene er %(day)s. Da er det %(count)d besøk å fordele.",
            "De neste vaktene er %(day)s. Da er det %(count)d besøk å fordele.",
            len(day.calls),
        )
        % {"day": when, "count": len(day.calls)},
        primary=_("Lag listene") if may else _("Se listene"),
        primary_href=reverse("planning:board", args=(today.unit.pk, on, kind)),
    )


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
    is_behind = (
        proposal is not None
        and proposal.is_open
        and (
            planning.is_behind(proposal, head)
            or planning.has_not_seen(proposal, [call.visit_id for call in uncovered if call.latest_at >= today.now])
        )
    )
    if proposal is not None and proposal.is_open and not is_behind:
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
        if may and (proposal is None or not proposal.is_open or is_behind)
        else "",
        ask_again=is_behind,
    )


def _carried(today: Today, kind: str) -> bool:
    """Whether the visits themselves say who goes, without lists here: imported days."""
    day, head = today.part_of(today.on, kind)
    return (head is None or head.lists_id is None) and bool(day.rows) and not day.uncovered


def _counted(today: Today) -> tuple[str, ...]:
    """The parts of the day that the words on top are about: the night alone while it lasts, else the whole day."""
    return ("NIGHT",) if today.kind == "NIGHT" else KINDS


def _remaining(today: Today) -> tuple[str, ...]:
    """The parts of the day that are going on or to come."""
    return KINDS[KINDS.index(today.kind) :]


def _strength(today: Today) -> StrengthLine | None:
    """What the part that is going on can take, else the next part of the day that has an answer. One query."""
    heads = {kind: today.part_of(today.on, kind)[1] for kind in _remaining(today)}
    answers = planning.strengths_of([head.lists_id for head in heads.values() if head is not None])
    for kind, head in heads.items():
        found = answers.get(head.lists_id or 0) if head is not None else None
        line = line_of(today.part_of(today.on, kind)[0], head, found, Where(today.unit.pk, today.on, kind))
        if line is not None:
            return line
    return None


def _the_part(kind: str) -> str:
    return {"DAY": _("dagen"), "EVENING": _("kvelden"), "NIGHT": _("natta")}[kind]


def _first_steps(today: Today) -> FirstSteps | None:
    """What a new team does first; None once it has citizens, visits and people on shifts, and for a work group."""
    if today.days.family.is_group:
        return None
    unit_id = today.unit.pk
    has_visits = any(day.calls for day, _head in today.days.parts.values())
    has_shifts = bool(today.days.at_work) or workforce.has_shifts(unit_id=unit_id)
    if today.citizen_ids and has_visits and has_shifts:
        return None
    people = workforce.count_visiting(unit_id=unit_id, on=oslo.day_of(today.now))
    busiest = max((sum(today.capacity_of(on, kind).need_minutes for kind in KINDS) for on in today.shown), default=0)
    followed = len(today.citizen_ids)
    return FirstSteps(
        (
            FirstStep(
                _("Legg inn medarbeiderne, eller hent dem fra et regneark"),
                "/import/",
                enough_to_begin(people, busiest_minutes=busiest),
                ngettext("%(count)d medarbeider", "%(count)d medarbeidere", people) % {"count": people}
                if people
                else "",
            ),
            FirstStep(
                _("Legg inn brukerne teamet følger"),
                "/import/",
                bool(followed),
                ngettext("%(count)d bruker", "%(count)d brukere", followed) % {"count": followed} if followed else "",
            ),
            FirstStep(_("Lag tiltaksplaner, så kommer besøkene av seg selv"), reverse("citizens:list"), has_visits),
            FirstStep(_("Legg inn vaktene"), reverse("workforce:shifts", args=(unit_id,)), has_shifts),
            FirstStep(
                _("Bestem hvem som fordeler, tar meldinger og har akuttvakt"),
                reverse("responsibility:duties", args=(unit_id,)),
                any(day.duties for day in today.duties),
            ),
        )
    )
