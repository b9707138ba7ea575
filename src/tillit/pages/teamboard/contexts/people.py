"""«På jobb»: who is here, with which duties, and where the list says they are now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.pages.teamboard.contexts.today import Today
from tillit.teamwork.planning import words
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules import breaks
from tillit.teamwork.planning.rules.day import Worker
from tillit.ui.parts import Duty, HelperMark, ListRow, RowList

DUTY_ICONS = {"ALLOCATOR": "Branching", "MESSAGES": "EnvelopeClosed", "ACUTE": "FirstAid"}


@dataclass(frozen=True, slots=True)
class Others:
    """A line of marks under the list: the evening, the office, those away."""

    label: str
    marks: tuple[HelperMark, ...]
    text: str
    link: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePanel:
    """Who is at work today."""

    title: str
    count: str
    rows: RowList
    others: tuple[Others, ...]
    is_empty: bool


def people_panel(today: Today, *, lists_href: str) -> PeoplePanel:
    """Return the panel for the part of the day that is going on, the others in short."""
    part = today.part
    duties = _duties_by_holder(today)
    shown = [worker for worker in part.day.workers if worker.visits]
    away = [worker for worker in _workers(today) if worker.is_absent]
    office = [worker for worker in _workers(today) if worker.is_office and not worker.is_absent]
    rows = tuple(
        ListRow(
            title=worker.name,
            note=" · ".join(
                text for text in (worker.profession, worker.group, now_at(part, worker, today.now)) if text
            ),
            lead=_mark(worker),
            badges=duties.pop(worker.employee_id, ()),
            end=f"{words.clock(worker.starts_at)}–{words.clock(worker.ends_at)}",
        )
        for worker in shown
    )
    others = []
    for kind in ("DAY", "EVENING", "NIGHT"):
        if kind == today.kind:
            continue
        day, _head = today.part_of(today.on, kind)
        group = [worker for worker in day.workers if worker.visits]
        if group:
            others.append(
                Others(
                    words.kind_name(kind),
                    tuple(_mark(worker, spoken=True).small() for worker in group),
                    f"{words.clock(min(worker.starts_at for worker in group))}–"
                    f"{words.clock(max(worker.ends_at for worker in group))}",
                )
            )
    if office:
        names = words.joined([worker.given_name for worker in office])
        others.append(Others(_("Kontor"), tuple(_mark(worker).small() for worker in office), names))
    if away:
        names = words.joined([worker.name for worker in away])
        others.append(
            Others(_("Borte"), tuple(_mark(worker).small() for worker in away), names, _("Finn erstatter"), lists_href)
        )
    return PeoplePanel(
        title=_("På jobb"),
        count=_count(today, len(away)),
        rows=RowList(rows),
        others=tuple(others),
        is_empty=not rows,
    )


def now_at(part: TeamDay, worker: Worker, now: datetime, *, short: bool = False) -> str:
    """Where the list in use says somebody is: nothing is measured. Empty while the list is a draft."""
    if now < worker.starts_at:
        return _("starter kl. %(time)s") % {"time": words.clock(worker.starts_at)}
    if now >= worker.ends_at:
        return _("gikk kl. %(time)s") % {"time": words.clock(worker.ends_at)}
    for meeting in worker.meetings:
        if meeting.starts_at <= now < meeting.ends_at:
            return meeting.name[:1].lower() + meeting.name[1:]
    if not part.head.in_use:
        return ""
    pause = breaks.of_worker(part.day, worker)
    if pause is not None and pause <= now < pause + breaks.LENGTH:
        return _("pause til kl. %(time)s") % {"time": words.clock(pause + breaks.LENGTH)}
    for row in part.day.rows_of_worker.get(worker.employee_id, ()):
        call = part.day.call_by_id[row.visit_id]
        brief = part.briefs.get(call.citizen_id)
        if brief is None:
            continue
        name = short_name(brief.first_name, brief.family_name) if short else brief.name
        if row.starts_at <= now < row.starts_at + call.length:
            return _("hos %(who)s") % {"who": name}
        if row.starts_at > now:
            return _("skal til %(who)s kl. %(time)s") % {"who": name, "time": words.clock(row.starts_at)}
    return ""


def short_name(first_name: str, family_name: str) -> str:
    """First name and initial, as on paper and on the wall."""
    return f"{first_name} {family_name[:1]}." if family_name else first_name


def duty_chips(today: Today) -> tuple[Duty, ...]:
    """Today's duties, those nobody holds in red."""
    found = []
    for duty in today.duties[0].duties if today.duties else ():
        icon = DUTY_ICONS.get(duty.kind, "ClipboardCheckmark")
        if duty.is_gap:
            found.append(Duty(_("%(duty)s: ingen ennå") % {"duty": duty.name}, icon, "empty"))
        elif duty.holder_id in today.people:
            found.append(Duty(f"{duty.name}: {today.people[duty.holder_id].given_name}", icon))
    return tuple(found)


def _duties_by_holder(today: Today) -> dict[int, tuple[Duty, ...]]:
    found: dict[int, tuple[Duty, ...]] = {}
    for duty in today.duties[0].duties if today.duties else ():
        if duty.holder_id is not None:
            chip = Duty(duty.name, DUTY_ICONS.get(duty.kind, "ClipboardCheckmark"))
            found[duty.holder_id] = (*found.get(duty.holder_id, ()), chip)
    return found


def _workers(today: Today) -> list[Worker]:
    """Everybody with a shift today, whichever part, each once."""
    found: dict[int, Worker] = {}
    for kind in ("DAY", "EVENING", "NIGHT"):
        day, _head = today.part_of(today.on, kind)
        for worker in day.workers:
            found.setdefault(worker.employee_id, worker)
    return list(found.values())


def _count(today: Today, away: int) -> str:
    parts = []
    for kind, text in (
        ("DAY", _("%(count)d på dag")),
        ("EVENING", _("%(count)d på kveld")),
        ("NIGHT", _("%(count)d på natt")),
    ):
        day, _head = today.part_of(today.on, kind)
        if count := sum(worker.visits for worker in day.workers):
            parts.append(text % {"count": count})
    if away:
        parts.append(_("%(count)d borte") % {"count": away})
    return " · ".join(parts)


def _mark(worker: Worker, *, spoken: bool = False) -> HelperMark:
    kind = "away" if worker.is_absent else "temp" if worker.is_temp else ""
    return HelperMark(worker.initials, worker.name, colour=worker.colour, kind=kind, spoken=spoken)  # type: ignore[arg-type]
