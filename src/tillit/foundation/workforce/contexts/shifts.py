"""What the pages about shifts and absence get."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.workforce import rules
from tillit.foundation.workforce.marks import mark_part
from tillit.foundation.workforce.models import ShiftKind
from tillit.foundation.workforce.permissions import PLAN_SHIFTS, REPORT_ABSENCE, SEE_SHIFTS
from tillit.foundation.workforce.queries import (
    AbsenceLine,
    AtWork,
    Mark,
    absences_in_unit,
    at_work_between,
    helpers_elsewhere,
    marks,
    team_members,
)
from tillit.kernel import red_days
from tillit.kernel.periods import each_day
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, DayPicker, HelperMark


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of a day's column."""

    on: date
    is_today: bool
    is_red: bool
    holiday: str
    count: str = field(metadata={"help": "«dag 8 · kveld 3»: how many are at work"})


@dataclass(frozen=True, slots=True)
class ShiftCell:
    """One person on one day."""

    day: str
    is_today: bool
    times: tuple[str, ...] = field(metadata={"help": "«07.30–15.00»; empty when she is off"})
    kind: str = field(metadata={"help": "Kveld, natt, kontor; empty for an ordinary day shift"})
    is_away: bool


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person's week."""

    mark: HelperMark
    name: str
    note: str
    cells: tuple[ShiftCell, ...]


@dataclass(frozen=True, slots=True)
class AwayRow:
    """Somebody who is away in the week."""

    absence_id: int
    mark: HelperMark
    name: str
    when: str
    kind: str = field(metadata={"help": "Empty for readers who may not know why"})
    may_change: bool


@dataclass(frozen=True, slots=True)
class ShiftsPage:
    """workforce/shifts.html: one week of a team."""

    unit_id: int
    title: str
    lead: str
    picker: DayPicker
    days: tuple[DayHead, ...]
    people: tuple[PersonWeek, ...]
    away: tuple[AwayRow, ...]
    caption: str
    may_plan: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """workforce/form.html: report an absence, say when it ends, add a shift."""

    title: str
    lead: str
    crumbs: Crumbs
    action: str
    submit: str
    back_href: str


def shifts_page(*, actor: Actor, unit_id: int, week_of: date, today: date) -> ShiftsPage:
    """Return the week of `week_of` for a team within reach, in a constant number of queries.

    Raises NotFound, NotAllowed: one may reach a team by another role than those that see who is at work there.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, SEE_SHIFTS, scope_of(unit))
    monday = rules.monday_of(week_of)
    after = monday + timedelta(days=7)
    shifts = at_work_between(unit_id=unit.pk, first=monday, after=after)
    away = absences_in_unit(actor=actor, unit=unit, first=monday, after=after)
    known = marks(employee_ids=[line.employee_id for line in away], unit_id=unit.pk)
    address = reverse("workforce:shifts", args=[unit.pk])
    language = page_language()
    return ShiftsPage(
        unit_id=unit.pk,
        title=_("Vaktliste for %(unit)s") % {"unit": unit.name},
        lead=_lead(shifts, today) if monday <= today < after else "",
        picker=DayPicker(
            shown=_("%(week)s, %(first)s–%(last)s")
            % {
                "week": formats.week(monday, language).capitalize(),
                "first": formats.day_and_month(monday, language),
                "last": formats.day_and_month(after - timedelta(days=1), language),
            },
            value=monday.isoformat(),
            previous_href=f"{address}?day={(monday - timedelta(days=7)).isoformat()}",
            next_href=f"{address}?day={after.isoformat()}",
            action=address,
            unit="week",
        ),
        days=tuple(_head(day, shifts, today) for day in each_day(monday, after)),
        people=_people(shifts, monday, after, today),
        away=tuple(_away(line, known[line.employee_id]) for line in away),
        caption=_("Hvem er på jobb når, %(week)s") % {"week": formats.week(monday, language)},
        may_plan=holds(actor, PLAN_SHIFTS, scope_of(unit)),
    )


def report_page(*, actor: Actor, unit: Unit) -> FormPage:
    """The form for reporting an absence."""
    others = holds(actor, REPORT_ABSENCE, scope_of(unit))
    return FormPage(
        _("Meld fravær"),
        _("Når du har meldt, kan teamet finne ut hvem som tar besøkene.")
        if others
        else _("Når du har meldt, ser teamet at du er borte, og finner ut hvem som tar besøkene dine."),
        _crumbs(unit, _("Meld fravær")),
        reverse("workforce:report-absence", args=[unit.pk]),
        _("Meld fravær"),
        reverse("workforce:shifts", args=[unit.pk]),
    )


def extend_page(*, unit: Unit, absence_id: int, name: str) -> FormPage:
    """The form for when an absence ends."""
    return FormPage(
        _("Når er %(name)s tilbake?") % {"name": name},
        "",
        _crumbs(unit, _("Endre fravær")),
        reverse("workforce:extend-absence", args=[unit.pk, absence_id]),
        _("Lagre"),
        reverse("workforce:shifts", args=[unit.pk]),
    )


def shift_page(*, unit: Unit) -> FormPage:
    """The form for an extra shift."""
    return FormPage(
        _("Legg til en vakt"),
        _("For den som tar en ekstra vakt, eller kommer fra et annet team eller som vikar."),
        _crumbs(unit, pgettext("shift", "Ny vakt")),
        reverse("workforce:add-shift", args=[unit.pk]),
        _("Legg til vakta"),
        reverse("workforce:shifts", args=[unit.pk]),
    )


def people_to_call(unit: Unit, *, on: date) -> list[tuple[int, str]]:
    """Return (employee id, name and team) of those who may take an extra shift: the team's own people first."""
    own = people_to_report(unit, on=on)
    known = {employee for employee, _name in own}
    others = [
        (helper.employee_id, _("%(name)s, %(unit)s") % {"name": helper.name, "unit": helper.unit_name})
        for helper in helpers_elsewhere(unit=unit, on=on)
        if helper.employee_id not in known
    ]
    return own + others


def people_to_report(unit: Unit, *, on: date) -> list[tuple[int, str]]:
    """Return (employee id, name) of those a leader may report for, by name."""
    return [(mark.employee_id, mark.name) for mark in team_members(unit_id=unit.pk, on=on)]


def _crumbs(unit: Unit, here: str) -> Crumbs:
    return Crumbs((Crumb(_("Vaktliste"), reverse("workforce:shifts", args=[unit.pk])), Crumb(here)))


def _lead(shifts: Sequence[AtWork], today: date) -> str:
    here = {shift.employee_id for shift in shifts if shift.on == today and not shift.is_absent}
    gone = {shift.employee_id for shift in shifts if shift.on == today and shift.is_absent}
    text = ngettext("%(count)s er på jobb i dag.", "%(count)s er på jobb i dag.", len(here)) % {"count": len(here)}
    if gone:
        more = ngettext(
            "%(count)s som skulle vært på vakt, er borte.", "%(count)s som skulle vært på vakt, er borte.", len(gone)
        )
        text = f"{text} {more % {'count': len(gone)}}"
    return text


def _head(day: date, shifts: Sequence[AtWork], today: date) -> DayHead:
    counts = []
    for kind in ShiftKind:
        count = sum(shift.on == day and shift.shift_kind == kind and not shift.is_absent for shift in shifts)
        if count:
            counts.append(f"{str(kind.label).lower()} {count}")
    return DayHead(day, day == today, red_days.is_red(day), red_days.name_of(day), " · ".join(counts))


def _people(shifts: Sequence[AtWork], monday: date, after: date, today: date) -> tuple[PersonWeek, ...]:
    by_person: dict[int, dict[date, list[AtWork]]] = defaultdict(lambda: defaultdict(list))
    first_of: dict[int, AtWork] = {}
    for shift in shifts:
        by_person[shift.employee_id][shift.on].append(shift)
        first_of.setdefault(shift.employee_id, shift)
    language = page_language()
    rows = []
    for employee_id, person in sorted(first_of.items(), key=lambda one: (-one[1].level, one[1].name)):
        cells = []
        for day in each_day(monday, after):
            found = by_person[employee_id][day]
            cells.append(
                ShiftCell(
                    day=formats.long_date(day, language).capitalize(),
                    is_today=day == today,
                    times=tuple(formats.period(one.starts_at, one.ends_at, language) for one in found),
                    kind=", ".join(dict.fromkeys(words for one in found if (words := _kind(one)))),
                    is_away=bool(found) and all(one.is_absent for one in found),
                )
            )
        note = _("%(profession)s, vikar") if person.is_temp else "%(profession)s"
        rows.append(
            PersonWeek(mark_part(person), person.name, note % {"profession": person.profession_name}, tuple(cells))
        )
    return tuple(rows)


def _kind(shift: AtWork) -> str:
    if shift.is_office:
        return _("kontor")
    if shift.shift_kind == ShiftKind.DAY:
        return _("ekstra") if shift.is_extra else ""
    return str(ShiftKind(shift.shift_kind).label).lower()


def _away(line: AbsenceLine, mark: Mark) -> AwayRow:
    return AwayRow(
        absence_id=line.absence_id,
        mark=mark_part(mark, away=True),
        name=mark.name,
        when=_days(line.valid_from, line.valid_to),
        kind=line.kind_name,
        may_change=line.may_change,
    )


def _days(first: date, after: date | None) -> str:
    language = page_language()
    start = formats.day_and_month(first, language)
    if after is None:
        return _("fra %(day)s til videre") % {"day": start}
    last = after - timedelta(days=1)
    return start if last == first else f"{start}–{formats.day_and_month(last, language)}"
