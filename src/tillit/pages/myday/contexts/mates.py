"""myday/mates.html: where the colleagues are in their lists, and which visits nobody has. No place, no time kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.workforce.queries import AtWork, mark_at_work
from tillit.kernel import oslo
from tillit.pages.myday import queries, rules
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.handing import how_far, lists_of, standing_of
from tillit.teamwork.planning import words as planning_words
from tillit.teamwork.planning.contexts.places import mark_of, names_of
from tillit.teamwork.planning.permissions import SHARE_VISITS
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules import handing, objections
from tillit.teamwork.planning.rules.day import Worker
from tillit.teamwork.planning.rules.mates import Free, Standing
from tillit.teamwork.planning.rules.objections import Against
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Person


@dataclass(frozen=True, slots=True)
class MateShown:
    """One colleague at work."""

    person: Person = field(metadata={"help": "With how far: «3 av 7 ferdig · neste kl. 10.15»"})
    free: str = field(metadata={"help": "«Ledig kl. 11.00–11.40»; empty when there is no room"})
    call_href: str
    call_label: str


@dataclass(frozen=True, slots=True)
class FreeShown:
    """One visit that lacks somebody."""

    visit_id: int
    when: str
    name: str
    place: str
    tasks: str
    doubts: tuple[str, ...] = field(metadata={"help": "What speaks against her taking it, at its time"})
    why_not: str = field(metadata={"help": "Why she cannot take it; empty when she can"})
    take_href: str = field(metadata={"help": "Receives POST; empty when she cannot"})


@dataclass(frozen=True, slots=True)
class MatesPage:
    """myday/mates.html: the colleagues on the same lists as the one who looks."""

    note: str = field(metadata={"help": "«Team Bekkedal · dag»"})
    nothing: str = field(metadata={"help": "Why there is nobody to show; empty otherwise"})
    in_use: bool = field(metadata={"help": "Of the lists; True also where nobody goes out"})
    edition: str = field(metadata={"help": "Of the lists the page was drawn from"})
    mates: tuple[MateShown, ...]
    free: tuple[FreeShown, ...]
    refused: str = field(metadata={"help": "What stopped the press; empty at first"})


def mates_page(*, actor: Actor, now: datetime, refused: str = "") -> MatesPage:
    """Return the page for the shift that goes on, or the day's own. The same number of queries for any team."""
    me = actor.employee_id
    today = oslo.day_of(now)
    shift = rules.shift_of(queries.shifts_between(me, today - timedelta(days=1), today), now) if me else None
    if me is None or shift is None:
        return MatesPage(
            "", _("Du er ikke på vakt i dag."), in_use=False, edition="", mates=(), free=(), refused=refused
        )
    team_day = lists_of(actor, unit_id=shift.unit_id, row_on=shift, shift_kind=shift.kind)
    workers = [
        worker
        for worker in team_day.day.worker_by_id.values()
        if worker.employee_id != me and not worker.is_absent and worker.ends_at > now
    ]
    others = [each for each in team_day.everybody if _has_come(each, me=me, shift_kind=shift.kind, now=now)]
    phones = queries.phones(worker.employee_id for worker in workers)
    far = [(worker, standing_of(team_day, worker, now=now)) for worker in workers]
    # Who is free first stands first; then the others, by name; those at the office last.
    far.sort(key=lambda one: (one[0].is_office, *_first_free(one[1]), one[0].name))
    free = _free(team_day, actor, me) if team_day.head.in_use else ()
    return MatesPage(
        note=f"{team_day.unit.name} · {planning_words.kind_name(shift.kind).lower()}",
        nothing="" if far or others else _("Ingen andre er på vakt nå."),
        in_use=team_day.head.in_use or all(worker.is_office for worker in workers),
        edition=str(team_day.head.edition),
        mates=(
            *(
                _mate(worker, standing, phones.get(worker.employee_id, ""), in_use=team_day.head.in_use)
                for worker, standing in far
            ),
            *(_of_another_shift(each) for each in others),
        ),
        free=free,
        refused=refused,
    )


def _first_free(standing: Standing) -> tuple[bool, float]:
    return (not standing.free, standing.free[0].starts_at.timestamp() if standing.free else 0.0)


def _mate(worker: Worker, standing: Standing, phone: str, *, in_use: bool) -> MateShown:
    shift = _("På vakt %(hours)s") % {"hours": words.hours(worker.starts_at, worker.ends_at)}
    office = _("På kontoret %(hours)s") % {"hours": words.hours(worker.starts_at, worker.ends_at)}
    return MateShown(
        person=Person(mark_of(worker), office if worker.is_office else how_far(standing) if in_use else shift),
        free=_free_words(standing.free) if in_use and not worker.is_office else "",
        call_href=words.dialled(phone),
        call_label=_("Ring %(name)s") % {"name": worker.name},
    )


def _has_come(each: AtWork, *, me: int, shift_kind: str, now: datetime) -> bool:
    """Whether she is at work now on another shift of the day: the evening's come before the day's have gone."""
    there = each.starts_at <= now < each.ends_at and not each.is_absent
    return there and each.shift_kind != shift_kind and each.employee_id != me


def _of_another_shift(each: AtWork) -> MateShown:
    kind = planning_words.kind_name(each.shift_kind)
    return MateShown(
        person=words.person_of(mark_at_work(each), f"{kind} · {words.hours(each.starts_at, each.ends_at)}"),
        free="",
        call_href=words.dialled(each.phone),
        call_label=_("Ring %(name)s") % {"name": each.name},
    )


def _free_words(free: tuple[Free, ...]) -> str:
    spans = [words.unbroken(formats.period(one.starts_at, one.ends_at, page_language())) for one in free]
    return _("Ledig %(spans)s") % {"spans": words.listed(spans)} if spans else ""


def _free(team_day: TeamDay, actor: Actor, me: int) -> tuple[FreeShown, ...]:
    day, names = team_day.day, names_of(team_day)
    found = []
    for call in day.uncovered:
        row, brief = team_day.visits[call.visit_id], team_day.briefs.get(call.citizen_id)
        if row.state != "PLANNED" or brief is None or call.citizen_id in actor.barred:
            continue
        if me in handing.holders_of(day, call.visit_id):
            continue
        start = day.starts_at(call.visit_id)
        against = objections.against(day, visit_id=call.visit_id, employee_id=me, starts_at=start)
        refusals = [each for each in against if each.refuses]
        if any(each.code is Against.MUST_NOT for each in refusals):
            continue  # whom she has said no to is nobody's to be told
        may = not refusals and holds_anywhere(actor, SHARE_VISITS)
        found.append(
            FreeShown(
                visit_id=call.visit_id,
                when=words.unbroken(words.span(start, call.minutes)),
                name=brief.name,
                place=words.place_of(brief),
                tasks=words.listed(row.task_titles),
                doubts=()
                if refusals
                else tuple(planning_words.objection(each, names) for each in against if each.warns),
                why_not=". ".join(planning_words.objection(each, names) for each in refusals),
                take_href=reverse("myday:take", args=[call.visit_id]) if may else "",
            )
        )
        reading.note(call.citizen_id)
    return tuple(found)
