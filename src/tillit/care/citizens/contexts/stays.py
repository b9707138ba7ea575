"""Those who are in hospital, helsehus, KAD or on a short stay, for a team (R16)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.permissions import FOLLOW_STAY, READ_CITIZEN
from tillit.care.citizens.queries.stays import NextStep, StayLine, stays_of_unit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.responsibility.contexts.routing import WhyHere, holder_in_words, why_here
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Deadline

#: Makes the form of a row: of which stay, and which step stands there.
FormMaker = Callable[[int, int | None], BaseForm]


@dataclass(frozen=True, slots=True)
class StayRow:
    """One citizen who is not at home."""

    whereabouts_id: int
    citizen_id: int
    name: str
    href: str
    where: str
    since: str
    step: str = field(metadata={"help": "What comes next; empty: nothing is settled"})
    step_by: str
    deadline: Deadline | None
    earlier: tuple[str, ...] = field(metadata={"help": "What was planned before, newest first"})
    who: str = field(metadata={"help": "Who follows up; empty: nobody by the table"})
    why: WhyHere | None
    form: BaseForm | None = field(metadata={"help": "None: may not write"})
    is_open: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class StaysPage:
    """citizens/stays.html: those who are not at home, and who follows up."""

    unit_id: int
    crumbs: Crumbs
    title: str
    lead: str
    rows: tuple[StayRow, ...]


def stays_page(
    *, actor: Actor, unit_id: int, at: datetime, forms: FormMaker, opened: tuple[int, BaseForm] | None, changed: bool
) -> StaysPage:
    """Return the list. forms: makes a row's form; opened: the row somebody wrote in, with what was typed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_CITIZEN, scope_of(unit))
    may_write = holds(actor, FOLLOW_STAY, scope_of(unit))
    today = oslo.day_of(at)
    lines = stays_of_unit(unit=unit, at=at)
    return StaysPage(
        unit_id=unit.pk,
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(_("På sykehus, helsehus og KAD")))),
        title=_("På sykehus, helsehus og KAD"),
        lead=_lead(lines, unit.name, today),
        rows=tuple(_row(line, today, forms, opened, may_write=may_write, changed=changed) for line in lines),
    )


def _row(
    line: StayLine,
    today: date,
    forms: FormMaker,
    opened: tuple[int, BaseForm] | None,
    *,
    may_write: bool,
    changed: bool,
) -> StayRow:
    step = line.step
    here = opened is not None and opened[0] == line.whereabouts_id
    typed = opened[1] if opened is not None and here else None
    return StayRow(
        whereabouts_id=line.whereabouts_id,
        citizen_id=line.citizen_id,
        name=line.citizen_name,
        href=reverse("citizens:page", args=[line.citizen_id]),
        where=", ".join(part for part in (line.kind_name, line.place) if part),
        since=_since(line, today),
        step=step.words if step else "",
        step_by=_by(step, today) if step else "",
        deadline=formats.deadline_of(step.on, today=today, language=page_language()) if step and step.on else None,
        earlier=tuple(_("%(words)s (%(by)s)") % {"words": one.words, "by": _by(one, today)} for one in line.steps[1:]),
        who=holder_in_words(line.routed) if line.routed else "",
        why=why_here(line.routed, what=_("Oppfølgingen"), question=_("Hvorfor dem?")) if line.routed else None,
        form=(typed or forms(line.whereabouts_id, step.step_id if step else None)) if may_write else None,
        is_open=here,
        changed=here and changed,
    )


def _since(line: StayLine, today: date) -> str:
    days = (today - oslo.day_of(line.from_at)).days
    text = ngettext("i %(days)s dag", "i %(days)s dager", days) % {"days": days} if days else _("siden i dag")
    if line.to_at is None:
        return text
    return _("%(since)s, hjem %(when)s") % {
        "since": text,
        "when": formats.near_moment(line.to_at, today=today, language=page_language()),
    }


def _by(step: NextStep, today: date) -> str:
    when = formats.near_date(oslo.day_of(step.written_at), today=today, language=page_language())
    return _("%(who)s, %(when)s") % {"who": step.written_by, "when": when} if step.written_by else when


def _lead(lines: Sequence[StayLine], unit: str, today: date) -> str:
    if not lines:
        return _("Alle %(unit)s følger, er hjemme.") % {"unit": unit}
    without = sum(line.step is None for line in lines)
    late = sum(line.step is not None and line.step.on is not None and line.step.on < today for line in lines)
    away = ngettext("%(count)s bruker er ikke hjemme.", "%(count)s brukere er ikke hjemme.", len(lines))
    told = [away % {"count": len(lines)}]
    if without:
        missing = ngettext("%(count)s mangler et neste steg.", "%(count)s mangler et neste steg.", without)
        told.append(missing % {"count": without})
    if late:
        told.append(
            ngettext("%(count)s har et steg som skulle vært tatt.", "%(count)s har et steg som skulle vært tatt.", late)
            % {"count": late}
        )
    return " ".join(told)
