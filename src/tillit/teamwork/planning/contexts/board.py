"""planning/board.html: the work lists of one part of one day."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.rules import Family
from tillit.foundation.responsibility import queries as responsibility
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.lanes import lanes_of
from tillit.teamwork.planning.contexts.offer import Offer, offer_of
from tillit.teamwork.planning.contexts.places import Where, names_of, where_of
from tillit.teamwork.planning.contexts.proposal import ProposalPanel, proposal_panel
from tillit.teamwork.planning.contexts.strength import StrengthPanel, strength_panel
from tillit.teamwork.planning.contexts.strength_line import StrengthLine, line_of
from tillit.teamwork.planning.contexts.work_groups import Sharing, sharing_of
from tillit.teamwork.planning.queries import DoneStep, ListsHead, ProposalView, TeamDay
from tillit.teamwork.planning.queries.days import KINDS
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.words import Names
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import DayPicker, Duty, Lanes, ToggleGroup, ToggleLink


@dataclass(frozen=True, slots=True)
class PresetChoice:
    """One way to weigh a proposal."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WeekCell:
    """How far the lists of one part of one day have come."""

    href: str
    text: str
    state: str
    current: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week strip."""

    name: str
    cells: tuple[WeekCell, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """planning/board.html and what htmx swaps of it."""

    unit_id: int
    unit_name: str
    title: str
    picker: DayPicker
    kinds: ToggleGroup
    lanes: Lanes
    edition: int
    state_text: str = field(metadata={"help": "«Utkast lagret kl. 07.42», «I bruk siden kl. 07.44»"})
    in_use: bool
    uncovered: int
    visits: int
    at_work: int
    duty: Duty | None
    may_allocate: bool
    why_not: str = field(metadata={"help": "Who may change the lists; empty for those who may"})
    undo_text: str = field(metadata={"help": "What «Angre» takes back; empty when there is nothing"})
    undo_href: str
    publish_href: str
    to_tell: int
    print_href: str
    changes_href: str
    changes: int
    ask_href: str
    add_href: str = field(metadata={"help": "Where a visit is added; empty for those who may not change the lists"})
    keep_present: bool = field(metadata={"help": "Whether «change as little as possible» is ticked to begin with"})
    presets: tuple[PresetChoice, ...]
    preset: str = field(metadata={"help": "What counted most last time"})
    counting: str = field(metadata={"help": "What the team has said counts; empty when all is as usual"})
    counting_href: str
    what_if_href: str = field(metadata={"help": "Empty for those who may not make the lists"})
    proposal: ProposalPanel | None
    happened: tuple[str, ...] = field(metadata={"help": "What others did meanwhile; empty when nothing"})
    week: tuple[WeekDay, ...]
    week_kinds: tuple[str, ...]
    team_href: str
    sharing: Sharing = field(metadata={"help": "What there is to say of work groups"})
    start_title: str = field(metadata={"help": "What is to be done first, when nobody has been given a visit"})
    is_empty: bool = field(metadata={"help": "No visits and nobody at work: nothing to allocate"})
    strength: StrengthPanel | None = field(metadata={"help": "What the lists can take; None while nobody has a visit"})
    strength_line: StrengthLine | None = field(metadata={"help": "The same in one line, on top of the lists"})
    offer: Offer | None = field(metadata={"help": "What has happened to lists that are made, and what to do about it"})


def board_page(
    *, actor: Actor, unit: Unit, on: date, shift_kind: str, now: datetime, seen: int | None = None
) -> BoardPage:
    """Return the page. seen: an edition the reader had, when others have been there since."""
    team_day = queries.team_day(unit=unit, on=on, shift_kind=shift_kind)
    return board_from(actor=actor, team_day=team_day, now=now, seen=seen)


def board_from(*, actor: Actor, team_day: TeamDay, now: datetime, seen: int | None = None) -> BoardPage:
    """Return the page from a day that is read already."""
    unit, day, head, family = team_day.unit, team_day.day, team_day.head, team_day.family
    where, names = where_of(team_day), names_of(team_day)
    sharing = sharing_of(actor=actor, unit=unit, family=family, where=where)
    may = sharing.elsewhere is None and queries.may_allocate(actor=actor, unit=unit, on=day.on)
    proposal = queries.newest_proposal(head.lists_id)
    strength = queries.strength_of_lists(head.lists_id)
    duties = responsibility.duties_today(  # the team's: a work group has none of its own
        unit_id=family.team_id, on=day.on, at_work=None if family.is_group else team_day.everybody
    )
    allocator = next((duty for duty in duties if duty.kind == "ALLOCATOR" and duty.must_be_held), None)
    step = queries.last_step(head.lists_id) if may else None
    people = workforce.marks(
        employee_ids=[
            found
            for found in (
                head.changed_by_id,
                head.published_by_id,
                allocator.holder_id if allocator else None,
                step.by_id if step else None,
            )
            if found is not None
        ],
        unit_id=unit.pk,
    )
    given = {employee_id: mark.given_name for employee_id, mark in people.items()}
    holder = given.get(allocator.holder_id or 0) if allocator else None
    return BoardPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        title=_("Arbeidslister"),
        picker=_picker(where),
        kinds=ToggleGroup(
            _("Vakt"),
            tuple(
                ToggleLink(
                    words.kind_name(kind), Where(where.unit_id, where.on, kind).href("board"), kind == where.shift_kind
                )
                for kind in KINDS
            ),
        ),
        lanes=lanes_of(team_day, names, proposal=proposal, may_allocate=may, now=now),
        edition=head.edition,
        state_text=_state(head, now=now),
        in_use=head.in_use,
        uncovered=len(day.uncovered),
        visits=len(day.calls),
        at_work=sum(worker.visits for worker in day.workers),
        duty=_duty(holder) if allocator else None,
        may_allocate=may,
        why_not="" if may else _why_not(holder),
        undo_text=_undo(step, given, names, actor) if step else "",
        undo_href=where.href("undo"),
        publish_href="" if head.in_use or not may else where.href("publish"),
        to_tell=len(day.rows_of_worker),
        print_href="" if sharing.elsewhere else where.href("print"),
        changes_href=where.href("changes") if head.in_use and not sharing.elsewhere else "",
        changes=len(queries.steps_since_publishing(head)),
        ask_href=where.href("ask") if may else "",
        add_href=where.href("add-visit") if may else "",
        keep_present=head.in_use or (bool(day.rows_of_worker) and any(worker.is_absent for worker in day.workers)),
        presets=tuple(
            PresetChoice(
                preset, words.preset_name(preset), preset == (proposal.preset if proposal else Preset.KNOWN_FACES)
            )
            for preset in Preset
        ),
        counting=words.counting(queries.what_counts(unit.pk).steps) if may else "",
        counting_href=reverse("planning:counting", args=(unit.pk,)),
        what_if_href=where.href("what-if") if may else "",
        preset=proposal.preset if proposal else Preset.KNOWN_FACES.value,
        proposal=proposal_panel(team_day, names, proposal, may_allocate=may, now=now) if proposal else None,
        happened=_happened(head, seen, names, unit.pk),
        week=_week(where, family, today=oslo.day_of(now)),
        week_kinds=tuple(words.kind_name(kind) for kind in KINDS),
        team_href=f"/team/{unit.pk}/tavle/",
        sharing=sharing,
        start_title=_start(team_day, proposal) if may else "",
        is_empty=not day.calls and not day.workers,
        strength=strength_panel(team_day, names, strength, may_allocate=may),
        strength_line=line_of(team_day.day, head, strength, where),
        offer=offer_of(team_day, names, proposal, now=now) if may else None,
    )


def _picker(where: Where) -> DayPicker:
    language = page_language()
    shown = f"{formats.weekday(where.on, language).capitalize()} {formats.short_date(where.on, language)}"
    return DayPicker(
        shown=shown,
        value=where.on.isoformat(),
        previous_href=Where(where.unit_id, where.on - timedelta(days=1), where.shift_kind).href("board"),
        next_href=Where(where.unit_id, where.on + timedelta(days=1), where.shift_kind).href("board"),
        action=reverse("planning:go", args=(where.unit_id, where.shift_kind)),
    )


def _start(team_day: TeamDay, proposal: ProposalView | None) -> str:
    """What to do first; empty once somebody has a visit or a proposal stands there."""
    day = team_day.day
    at_work = sum(worker.visits for worker in day.workers)
    if not day.calls or day.rows_of_worker or not at_work:
        return ""
    if proposal is not None and (proposal.is_working or proposal.is_open):
        return ""
    visits = ngettext("%(count)d besøk", "%(count)d besøk", len(day.calls)) % {"count": len(day.calls)}
    return ngettext(
        "%(visits)s skal fordeles på %(count)d som er på jobb",
        "%(visits)s skal fordeles på %(count)d som er på jobb",
        at_work,
    ) % {"visits": visits, "count": at_work}


def _duty(holder: str | None) -> Duty:
    if holder is None:
        return Duty(_("Ingen fordeler i dag"), "Branching", "empty")
    return Duty(_("%(who)s fordeler") % {"who": holder}, "Branching")


def _why_not(holder: str | None) -> str:
    if holder is None:
        return _("I dette teamet er det fordelerne som lager listene. Du kan se dem.")
    return _("I dette teamet er det fordelerne som lager listene. I dag er det %(who)s.") % {"who": holder}


def _state(head: ListsHead, *, now: datetime) -> str:
    if head.lists_id is None or head.changed_at is None:
        return _("Ikke begynt")
    when = formats.near_moment(head.changed_at, today=oslo.day_of(now), language=page_language())
    when = words.clock(head.changed_at) if oslo.day_of(head.changed_at) == oslo.day_of(now) else when
    if not head.in_use:
        return (
            _("Utkast lagret kl. %(when)s") % {"when": when}
            if len(when) == 5
            else _("Utkast lagret %(when)s") % {"when": when}
        )
    published = words.clock(head.published_at) if head.published_at else ""
    if head.state == "CHANGED":
        return _("I bruk siden kl. %(published)s, endret kl. %(changed)s") % {
            "published": published,
            "changed": words.clock(head.changed_at),
        }
    return _("I bruk siden kl. %(published)s") % {"published": published}


def _undo(step: DoneStep, given: dict[int, str], names: Names, actor: Actor) -> str:
    visit_ids = sorted({row.visit_id for row in (*step.before, *step.after)})
    what = words.step(step.what, names, visit_ids)
    if step.by_id == actor.employee_id:
        return _("Du %(what)s") % {"what": what}
    return _("%(who)s %(what)s") % {"who": given.get(step.by_id or 0, _("Noen")), "what": what}


def _happened(head: ListsHead, seen: int | None, names: Names, unit_id: int) -> tuple[str, ...]:
    if seen is None or head.lists_id is None:
        return ()
    steps = queries.steps_after(lists_id=head.lists_id, edition=seen)
    people = workforce.marks(employee_ids=[step.by_id for step in steps if step.by_id is not None], unit_id=unit_id)
    said = []
    for step in steps:
        who = people[step.by_id].given_name if step.by_id in people else _("Systemet")
        visit_ids = sorted({row.visit_id for row in (*step.before, *step.after)})
        said.append(
            _("Kl. %(time)s: %(who)s %(what)s.")
            % {"time": words.clock(step.at), "who": who, "what": words.step(step.what, names, visit_ids)}
        )
    return tuple(said) or (_("Det siste steget er angret."),)


def _week(where: Where, family: Family, *, today: date) -> tuple[WeekDay, ...]:
    first = where.on - timedelta(days=where.on.weekday())
    heads = queries.heads_of_week(unit_id=where.unit_id, first=first, after=first + timedelta(days=7))
    language = page_language()
    days = []
    for number in range(7):
        on = first + timedelta(days=number)
        cells = []
        for kind in KINDS:
            head = heads.get((on, kind))
            state = head.state if head else ""
            is_shared = not family.units_on_lists(on, kind)
            cells.append(
                WeekCell(
                    href=Where(where.unit_id, on, kind).href("board"),
                    text=_("Felles med teamet") if is_shared else _state_word(state),
                    state=state,
                    current=on == where.on and kind == where.shift_kind,
                )
            )
        name = f"{formats.weekday(on, language).capitalize()} {formats.day_and_month(on, language)}"
        days.append(WeekDay(name, tuple(cells), on == today))
    return tuple(days)


def _state_word(state: str) -> str:
    return {
        "": _("Ikke begynt"),
        "DRAFT": _("Utkast"),
        "PUBLISHED": _("I bruk"),
        "CHANGED": _("I bruk, endret"),
    }[state]


def uncovered_words(count: int) -> str:
    """«2 besøk mangler noen som kan dra», for headlines."""
    return ngettext("%(count)d besøk mangler noen som kan dra", "%(count)d besøk mangler noen som kan dra", count) % {
        "count": count
    }
