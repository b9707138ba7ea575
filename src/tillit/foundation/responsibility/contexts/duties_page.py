"""A team's duties for two weeks: who holds what, where nobody does, and who could."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.responsibility.contexts.words import DUTY_ICONS, weekdays_in_words
from tillit.foundation.responsibility.permissions import ARRANGE_DUTIES, HOLD_DUTIES
from tillit.foundation.responsibility.queries import (
    DutyDay,
    DutyShown,
    DutyToday,
    duties_of_unit,
    duties_of_week,
)
from tillit.foundation.responsibility.rules.duties import Why
from tillit.foundation.workforce.marks import mark_part
from tillit.foundation.workforce.models import ShiftKind
from tillit.foundation.workforce.queries import Mark, at_work, marks
from tillit.kernel import red_days
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, HelperMark

#: How many days the list shows.
DAYS = 14


@dataclass(frozen=True, slots=True)
class DutyCell:
    """One duty on one day."""

    duty: str
    href: str = field(metadata={"help": "Opens the choice; empty when nobody need hold it, or one may not"})
    mark: HelperMark | None
    holder: str
    icon: str
    is_gap: bool
    is_taken: bool = field(metadata={"help": "Somebody took it for this day: not by the rotation"})
    chosen: bool


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One day."""

    on: date
    is_today: bool
    note: str = field(metadata={"help": "The holiday's name"})
    cells: tuple[DutyCell, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody at work that day."""

    employee_id: int
    mark: HelperMark
    name: str
    note: str
    can: bool
    is_holder: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class DutyChoice:
    """Who could hold one duty on one day."""

    duty_id: int
    on: date
    question: str
    why: str
    is_gap: bool
    is_taken: bool
    candidates: tuple[Candidate, ...]
    close_href: str


@dataclass(frozen=True, slots=True)
class DutyCard:
    """How one duty goes round."""

    duty_id: int
    name: str
    icon: str
    what: str
    terms: str
    members: tuple[HelperMark, ...]
    order: str = field(metadata={"help": "The names in order; empty when nobody is on the list"})


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """responsibility/duties.html: two weeks of a team's duties."""

    unit_id: int
    title: str
    lead: str
    crumbs: Crumbs
    duty_names: tuple[str, ...]
    rows: tuple[DutyRow, ...]
    choice: DutyChoice | None
    cards: tuple[DutyCard, ...]
    previous_href: str = field(metadata={"help": "Empty at the first two weeks: days that have passed are not shown"})
    next_href: str
    may_hold: bool
    may_arrange: bool


def duties_page(
    *, actor: Actor, unit_id: int, first: date, today: date, duty_id: int | None = None, chosen_on: date | None = None
) -> DutiesPage:
    """Return a team's duties for two weeks from `first`, never from before today, in a constant number of queries.

    duty_id and chosen_on: open the choice of who holds that duty that day. Raises NotFound out of reach.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    start = max(first, today)
    days = duties_of_week(unit_id=unit.pk, first=start, days=DAYS)
    shown = duties_of_unit(unit_id=unit.pk, on=start)
    holders = {duty.holder_id for day in days for duty in day.duties if duty.holder_id is not None}
    known = marks(employee_ids=holders, unit_id=unit.pk)
    may_hold = holds(actor, HOLD_DUTIES, scope_of(unit))
    address = reverse("responsibility:duties", args=[unit.pk])
    picked = _picked(days, duty_id, chosen_on) if may_hold else None
    columns = list(dict.fromkeys((duty.duty_id, duty.name, duty.kind) for day in days for duty in day.duties))
    return DutiesPage(
        unit_id=unit.pk,
        title=_("Vakter i %(unit)s") % {"unit": unit.name},
        lead=_lead(days) if columns else "",
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(unit.name, reverse("organisation:unit", args=[unit.pk])),
                Crumb(_("Vakter")),
            )
        ),
        duty_names=tuple(name for _id, name, _kind in columns),
        rows=tuple(
            _row(day, columns, known, today=today, address=address, start=start, picked=picked, may_hold=may_hold)
            for day in days
        )
        if columns
        else (),
        choice=_choice(unit, picked[0], picked[1], shown, known, actor, f"{address}?fra={start.isoformat()}")
        if picked
        else None,
        cards=tuple(_card(duty) for duty in shown),
        previous_href=f"{address}?fra={max(today, start - timedelta(days=DAYS)).isoformat()}" if start > today else "",
        next_href=f"{address}?fra={(start + timedelta(days=DAYS)).isoformat()}",
        may_hold=may_hold,
        may_arrange=holds(actor, ARRANGE_DUTIES, scope_of(unit)),
    )


def _picked(days: Sequence[DutyDay], duty_id: int | None, on: date | None) -> tuple[DutyToday, date] | None:
    for day in days:
        for duty in day.duties:
            if day.on == on and duty.duty_id == duty_id and duty.must_be_held:
                return duty, day.on
    return None


def _lead(days: Sequence[DutyDay]) -> str:
    gaps = sum(day.gaps for day in days)
    if not gaps:
        return _("Alle vaktene er dekket i disse to ukene.")
    first = next((day, duty) for day in days for duty in day.duties if duty.is_gap)
    count = ngettext("%(count)s vakt mangler noen.", "%(count)s vakter mangler noen.", gaps) % {"count": gaps}
    return _("%(count)s Den første er %(duty)s %(day)s.") % {
        "count": count,
        "duty": first[1].name,
        "day": formats.long_date(first[0].on, page_language()),
    }


def _row(
    day: DutyDay,
    columns: Sequence[tuple[int, str, str]],
    known: Mapping[int, Mark],
    *,
    today: date,
    address: str,
    start: date,
    picked: tuple[DutyToday, date] | None,
    may_hold: bool,
) -> DutyRow:
    by_duty = {duty.duty_id: duty for duty in day.duties}
    cells = []
    for duty_id, name, kind in columns:
        duty = by_duty.get(duty_id)
        needed = duty is not None and duty.must_be_held
        mark = known.get(duty.holder_id) if duty is not None and duty.holder_id is not None else None
        cells.append(
            DutyCell(
                duty=name,
                href=f"{address}?fra={start.isoformat()}&vakt={duty_id}&dag={day.on.isoformat()}#valg"
                if needed and may_hold
                else "",
                mark=mark_part(mark) if mark else None,
                holder=mark.name if mark else "",
                icon=DUTY_ICONS[kind],
                is_gap=duty is not None and duty.is_gap,
                is_taken=duty is not None and duty.why == Why.TAKEN,
                chosen=picked is not None and picked[1] == day.on and picked[0].duty_id == duty_id,
            )
        )
    return DutyRow(day.on, day.on == today, red_days.name_of(day.on), tuple(cells))


def _choice(
    unit: Unit,
    duty: DutyToday,
    on: date,
    shown: Sequence[DutyShown],
    known: Mapping[int, Mark],
    actor: Actor,
    close_href: str,
) -> DutyChoice:
    terms = next((one for one in shown if one.duty_id == duty.duty_id), None)
    needs, needs_name = (terms.needs, terms.needs_name) if terms else ("", "")
    holder = known[duty.holder_id].name if duty.holder_id is not None else ""
    present = {
        row.employee_id: row for row in at_work(unit_id=unit.pk, on=on, kind=duty.shift_kind) if not row.is_absent
    }
    candidates = [
        Candidate(
            employee_id=row.employee_id,
            mark=mark_part(row),
            name=row.name,
            note=row.profession_name
            if not needs or needs in row.competences
            else _("%(profession)s · mangler %(competence)s")
            % {"profession": row.profession_name, "competence": needs_name.lower()},
            can=not needs or needs in row.competences,
            is_holder=row.employee_id == duty.holder_id,
            is_me=row.employee_id == actor.employee_id,
        )
        for row in present.values()
    ]
    candidates.sort(key=lambda one: (not one.can, not one.is_me, one.name))
    return DutyChoice(
        duty_id=duty.duty_id,
        on=on,
        question=_("%(duty)s %(day)s") % {"duty": duty.name, "day": formats.long_date(on, page_language())},
        why=why_in_words(duty, holder=holder, competence=needs_name),
        is_gap=duty.is_gap,
        is_taken=duty.why == Why.TAKEN,
        candidates=tuple(candidates),
        close_href=close_href,
    )


def why_in_words(duty: DutyToday, *, holder: str, competence: str) -> str:
    """Return why this person holds the duty, or why nobody does, in one or two sentences."""
    texts = {
        Why.NOT_TODAY: _("Teamet har ikke denne vakta på denne dagen."),
        Why.TAKEN: _("%(name)s har tatt vakta denne dagen."),
        Why.FIXED: _("%(name)s har vakta fast, og er på jobb."),
        Why.FIXED_NEXT: _("%(name)s er den første på lista som kan denne dagen."),
        Why.TURN: _("Det er %(name)s sin tur."),
        Why.STANDS_IN: _("Den som har tur, kan ikke denne dagen. Da går vakta til %(name)s."),
        Why.NO_MEMBERS: _("Ingen har vakta. Det står ingen på lista over dem som går den."),
        Why.NOBODY_AT_WORK: _("Ingen har vakta. Ingen av dem på lista er på jobb da."),
        Why.NOBODY_ABLE: _("Ingen har vakta. De på lista som er på jobb, mangler %(competence)s."),
    }
    return texts[Why(duty.why)] % {"name": holder, "competence": competence.lower()}


def _card(duty: DutyShown) -> DutyCard:
    when = _("%(days)s, %(shift)s") % {
        "days": weekdays_in_words(duty.weekdays),
        "shift": str(ShiftKind(duty.shift_kind).label).lower(),
    }
    how = _("Den første på lista som er på jobb") if duty.is_fixed else _("På omgang, en dag hver")
    terms = f"{how} · {when}"
    if duty.needs_name:
        terms = f"{terms} · " + _("krever %(competence)s") % {"competence": duty.needs_name.lower()}
    return DutyCard(
        duty_id=duty.duty_id,
        name=duty.name,
        icon=DUTY_ICONS[duty.kind],
        what=duty.what,
        terms=terms,
        members=tuple(mark_part(member.mark).small() for member in duty.members),
        order=", ".join(member.mark.given_name for member in duty.members),
    )
